/**
 * S-SSRF: tries to make the outbound client reach the inside: by spelling, by redirect, by names that change their answer, by proxy
 * variables and by addresses in content. Every connection the process attempts is recorded; one to a non-public address other than the
 * drill's own front server is a failure. No packet leaves the machine: the "outside" of the drill is the front server on loopback.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { isPublicAddress } from '../src/edge/addressGuard.ts';
import { makeOutbound } from '../src/edge/get.ts';
import feed from '../src/edge/sources/feed.ts';
import page from '../src/edge/sources/page.ts';
import type { Source } from '../src/model/source.ts';
import type { Get } from '../src/ports.ts';
import { INSIDE_SPELLINGS } from '../test/stubs/spellings.ts';
import type { Drill } from './main.ts';

const LIMITS = { headers: 400, grace: 300, total: 1500, post: 400 };
const INSIDE_TARGETS = [
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://168.63.129.16/',
  'http://[fd00:ec2::254]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[64:ff9b::a00:1]/',
  'file:///etc/passwd',
] as const;
const INSIDE_NUMBERS = ['10.0.0.1', '169.254.169.254', '192.168.1.1', 'fd00::1', '0.0.0.0', '::ffff:10.0.0.1'] as const;

interface Front {
  readonly port: number;
  readonly nSeen: () => number;
  readonly set: (answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string }) => void;
  readonly close: () => Promise<void>;
}

async function startFront(): Promise<Front> {
  let answer: Parameters<Front['set']>[0] = () => ({ status: 200, body: 'front' });
  let nSeen = 0;
  const server: Server = createServer((request, response) => {
    nSeen++;
    const { status, headers = {}, body = '' } = answer(request.url ?? '/');
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    nSeen: () => nSeen,
    set: (given) => {
      answer = given;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Records the numeric address of every connection this process attempts until `stop`. */
function watchConnections(): { readonly seen: { address: string; port: number }[]; readonly stop: () => void } {
  const seen: { address: string; port: number }[] = [];
  const own = Socket.prototype.connect;
  Socket.prototype.connect = function watched(this: Socket, ...args: unknown[]) {
    this.on('connectionAttempt', (address: string, port: number) => seen.push({ address, port }));
    return Reflect.apply(own, this, args) as Socket;
  } as typeof own;
  return {
    seen,
    stop: () => {
      Socket.prototype.connect = own;
    },
  };
}

interface Tally {
  nCases: number;
  readonly wrong: string[];
}

function outbound(options: { loopback: boolean; port: number; resolve?: (host: string) => Promise<readonly string[]> }) {
  let now = 0;
  return makeOutbound({
    allowLoopback: options.loopback,
    ports: [options.port],
    userAgent: 'Heed/drill',
    now: () => (now += 60_000),
    limits: LIMITS,
    resolve: options.resolve ?? (async () => ['127.0.0.1']),
  });
}

/** Expects anything but content. */
async function expectNothing(tally: Tally, get: Get, address: string, what: string): Promise<void> {
  tally.nCases++;
  const got = await get(address, { robots: false });
  if (got.kind === 'ok') tally.wrong.push(`${what}: ${address}`);
}

/** Strict client: loopback is inside. Each spelling as it stands, and aimed at the canary's own port. */
async function drillSpellings(tally: Tally, front: Front): Promise<void> {
  const { get, post } = outbound({ loopback: false, port: front.port });
  for (const spelling of INSIDE_SPELLINGS) {
    await expectNothing(tally, get, spelling, 'spelling');
    await expectNothing(tally, get, spelling.replace(/\/$/, `:${front.port}/`), 'spelling at the canary');
    tally.nCases++;
    const sent = await post(spelling, '{}', {});
    if ('body' in sent) tally.wrong.push(`post: ${spelling}`);
  }
  for (const number of ['127.0.0.1', '::1', ...INSIDE_NUMBERS]) {
    const named = outbound({ loopback: false, port: front.port, resolve: async () => [number] });
    await expectNothing(tally, named.get, `http://name.example:${front.port}/`, `name for ${number}`);
  }
}

async function drillRedirects(tally: Tally, front: Front): Promise<void> {
  for (const status of [301, 302, 303, 307, 308]) {
    for (const target of INSIDE_TARGETS) {
      front.set(() => ({ status, headers: { location: target } }));
      const { get } = outbound({ loopback: true, port: front.port });
      await expectNothing(tally, get, `http://127.0.0.1:${front.port}/`, `redirect ${status} to ${target}`);
    }
  }
  for (const target of INSIDE_TARGETS) {
    front.set((path) => (path === '/robots.txt' ? { status: 302, headers: { location: target } } : { status: 200, body: 'x' }));
    tally.nCases++;
    const got = await outbound({ loopback: true, port: front.port }).get(`http://127.0.0.1:${front.port}/`);
    if (got.kind === 'ok') tally.wrong.push(`robots.txt redirected to ${target}`);
  }
}

/** A name whose answer flips at every question, and names with mixed answers. */
async function drillNames(tally: Tally, front: Front): Promise<void> {
  front.set(() => ({ status: 200, body: 'front' }));
  let nAsked = 0;
  const flipping = async () => (nAsked++ % 2 === 0 ? ['127.0.0.1'] : [INSIDE_NUMBERS[nAsked % INSIDE_NUMBERS.length]!]);
  const { get } = outbound({ loopback: true, port: front.port, resolve: flipping });
  for (let n = 0; n < 100; n++) {
    tally.nCases++;
    const got = await get(`http://flips.example:${front.port}/`, { robots: false });
    if ((got.kind === 'ok') !== (n % 2 === 0)) tally.wrong.push(`flipping name, fetch ${n}: ${got.kind}`);
  }
  if (nAsked !== 100) tally.wrong.push(`a name was asked ${nAsked} times in 100 fetches`);
  for (const number of INSIDE_NUMBERS) {
    const mixed = outbound({ loopback: true, port: front.port, resolve: async () => ['127.0.0.1', number] });
    await expectNothing(tally, mixed.get, `http://mixed.example:${front.port}/`, `mixed answer with ${number}`);
  }
}

async function drillProxy(tally: Tally, front: Front): Promise<void> {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'] as const;
  const before = names.map((name) => process.env[name]);
  const nBefore = front.nSeen();
  for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${front.port}`;
  const { get } = outbound({ loopback: false, port: front.port, resolve: async () => ['10.0.0.1'] });
  await expectNothing(tally, get, 'http://name.example/', 'proxy variables');
  if (front.nSeen() !== nBefore) tally.wrong.push('a proxy of the environment was asked');
  for (const [n, name] of names.entries()) {
    if (before[n] === undefined) delete process.env[name];
    else process.env[name] = before[n];
  }
}

function sourceAt(kind: string, address: string): Source {
  const manners = { robots: true, pollAtLeast: 0, pollAtMost: 0, pause: 0 };
  const rest = { settings: {}, standing: 'press' as const, family: 'f', audience: 0, paused: false, addedBy: 'drill', addedAt: 0, rev: 0 };
  return { id: kind, name: { zh: '演练', en: 'drill' }, kind, address, manners, ...rest };
}

/** Feeds and pages whose links, bases, enclosures, refreshes and hubs point inside: followed or not, nothing inside is asked. */
async function drillContent(tally: Tally, front: Front): Promise<void> {
  for (const target of INSIDE_TARGETS) {
    const entry = `<item><title>t</title><link>${target}a</link><guid>${target}</guid><description>short</description><enclosure url="${target}b"/></item>`;
    const rss = `<?xml version="1.0"?><rss version="2.0" xml:base="${target}"><channel><link>${target}</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${target}hub"/>${entry}</channel></rss>`;
    const links = Array.from({ length: 6 }, (_, n) => `<li><a href="${target}${n}">Water in the eastern part of town ${n}</a></li>`).join(
      '',
    );
    const html = `<html><head><meta http-equiv="refresh" content="0;url=${target}"><base href="${target}"><link rel="alternate" type="application/rss+xml" href="${target}feed"></head><body><ul>${links}</ul><img src="${target}i.png"></body></html>`;
    for (const [collector, body, type] of [
      [feed, rss, 'application/rss+xml'],
      [page, html, 'text/html'],
    ] as const) {
      tally.nCases++;
      front.set((path) => (path === '/robots.txt' ? { status: 404 } : { status: 200, headers: { 'content-type': type }, body }));
      const { get } = outbound({ loopback: true, port: front.port });
      const source = sourceAt(collector.kind, `http://127.0.0.1:${front.port}/x`);
      const pulled = await collector.pull(source, null, get, 0);
      for (const follow of pulled.follow ?? []) await collector.read?.(source, follow, get, 0);
    }
  }
}

const drill: Drill = {
  about: 'S-SSRF: spellings, redirects, changing names, proxies and content; 0 connections to the inside',
  run: async () => {
    const front = await startFront();
    const watch = watchConnections();
    const tally: Tally = { nCases: 0, wrong: [] };
    try {
      await drillSpellings(tally, front);
      if (front.nSeen() !== 0) tally.wrong.push(`the canary saw ${front.nSeen()} requests of a client that may not use loopback`);
      await drillRedirects(tally, front);
      await drillNames(tally, front);
      await drillProxy(tally, front);
      await drillContent(tally, front);
    } finally {
      watch.stop();
      await front.close();
    }
    const isFront = (to: { address: string; port: number }) => to.address === '127.0.0.1' && to.port === front.port;
    const inside = watch.seen.filter((to) => !isFront(to) && !isPublicAddress(to.address)).map((to) => `${to.address}:${to.port}`);
    // The drill must have watched something: without the front server's own connections its zero would say nothing.
    const watched = watch.seen.filter(isFront).length > 100;
    return {
      ok: watched && inside.length === 0 && tally.wrong.length === 0,
      nCases: tally.nCases,
      nConnections: watch.seen.length,
      inside,
      wrong: tally.wrong,
    };
  },
};
export default drill;
