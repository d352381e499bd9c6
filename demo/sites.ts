/**
 * Real HTTP servers on loopback, one per site of a scenario, that show only what is published by the told time. They are as
 * difficult as the setting says: wrong encodings, redirects, compression, conditional requests, outages, robots.txt.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Instant } from '../src/model/time.ts';
import type { Fault, Scenario, SiteSetting, Text } from './scenarioShape.ts';
import { fediverseSite } from './sites/fediverseSite.ts';
import { feedSite } from './sites/feedSite.ts';
import { forumSite } from './sites/forumSite.ts';
import { encodeGb18030 } from './sites/gb18030.ts';
import { NOT_FOUND, type Site, type SiteAnswer, type SiteKit } from './sites/siteShape.ts';

export interface SitesOptions {
  readonly now: () => Instant;
  /** Each site listens on this port plus its number; 0: any free port. */
  readonly basePort: number;
}

export interface Sites {
  /** By site id, without a slash at the end. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The page that shows a text; null for what is sent in and stands on no site. */
  readonly pageOf: (textId: string) => string | null;
  /** The lasting key under which a collector knows the text; null likewise. */
  readonly keyOf: (textId: string) => string | null;
  /** Requests answered so far, by site id. */
  readonly requests: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

const KINDS = { feed: feedSite, forum: forumSite, fediverse: fediverseSite } as const;

interface Running {
  readonly setting: SiteSetting;
  readonly site: Site;
  readonly server: Server;
  address: string;
  nRequests: number;
}

function faultAt(setting: SiteSetting, now: Instant): Fault | undefined {
  return setting.faults.find((fault) => fault.from <= now && now < fault.to);
}

function answerOf(running: Running, url: URL, now: Instant): SiteAnswer {
  const { setting, site } = running;
  const fault = faultAt(setting, now);
  if (fault !== undefined) {
    const headers: Record<string, string> = fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
    return { status: fault.status, type: 'text/html', body: `<h1>${fault.status}</h1>`, headers };
  }
  if (url.pathname === '/robots.txt') {
    return setting.robots === null ? NOT_FOUND : { status: 200, type: 'text/plain', body: `${setting.robots.join('\n')}\n` };
  }
  const redirect = setting.redirects.find((each) => each.from === url.pathname);
  if (redirect !== undefined) return { status: redirect.status, type: 'text/html', body: '', headers: { location: redirect.to } };
  return site.answer({ path: url.pathname, query: url.searchParams, now }) ?? NOT_FOUND;
}

/** Sends in pieces without a length: chunked, as pages made on the fly are. */
function write(response: ServerResponse, bytes: Uint8Array): void {
  const half = Math.floor(bytes.length / 2);
  response.write(bytes.subarray(0, half));
  response.end(bytes.subarray(half));
}

function send(running: Running, request: IncomingMessage, response: ServerResponse, now: Instant): void {
  const { setting } = running;
  const answer = answerOf(running, new URL(request.url ?? '/', running.address), now);
  const bytes = setting.charset === 'gb18030' ? encodeGb18030(answer.body) : Buffer.from(answer.body, 'utf8');
  const isText = /^(?:text|application\/(?:rss|atom))/.test(answer.type);
  const headers: Record<string, string> = { ...answer.headers };
  headers['content-type'] = isText && setting.charsetHeader !== null ? `${answer.type}; charset=${setting.charsetHeader}` : answer.type;
  if (answer.status === 200 && setting.validators) {
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`;
    headers.etag = etag;
    if (answer.changedAt !== undefined && answer.changedAt > 0) headers['last-modified'] = new Date(answer.changedAt).toUTCString();
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  const isPacked = setting.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (isPacked) headers['content-encoding'] = 'gzip';
  response.writeHead(answer.status, headers);
  write(response, isPacked ? gzipSync(bytes) : bytes);
}

async function startSite(setting: SiteSetting, scenario: Scenario, options: SitesOptions): Promise<Running> {
  const texts = scenario.texts.filter((text) => text.site === setting.id);
  const kit: SiteKit = { setting, texts, textsById: scenario.textsById, zone: scenario.setting.zone, address: () => running.address };
  const server = createServer((request, response) => {
    running.nRequests++;
    send(running, request, response, options.now());
  });
  const running: Running = { setting, site: KINDS[setting.kind](kit), server, address: '', nRequests: 0 };
  const host = `127.1.0.${setting.number}`;
  const port = options.basePort === 0 ? 0 : options.basePort + setting.number;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new Error(`the site ${setting.id} cannot listen on ${host}:${port}`, { cause })));
    server.listen(port, host, resolve);
  });
  running.address = `http://${host}:${(server.address() as AddressInfo).port}`;
  return running;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export async function startSites(scenario: Scenario, options: SitesOptions): Promise<Sites> {
  const all: Running[] = [];
  try {
    for (const setting of scenario.sites) all.push(await startSite(setting, scenario, options));
  } catch (cause) {
    await Promise.all(all.map((running) => stop(running.server)));
    throw cause;
  }
  const find = (id: string): { readonly text: Text; readonly running: Running } | null => {
    const text = scenario.textsById.get(id);
    const running = all.find((each) => each.setting.id === text?.site);
    return text === undefined || running === undefined ? null : { text, running };
  };
  return {
    addresses: Object.fromEntries(all.map((running) => [running.setting.id, running.address])),
    pageOf(id) {
      const found = find(id);
      return found === null ? null : `${found.running.address}${found.running.site.pageOf(found.text)}`;
    },
    keyOf(id) {
      const found = find(id);
      return found === null ? null : found.running.site.keyOf(found.text, new URL(found.running.address).host);
    },
    requests: () => Object.fromEntries(all.map((running) => [running.setting.id, running.nRequests])),
    close: async () => {
      await Promise.all(all.map((running) => stop(running.server)));
    },
  };
}
