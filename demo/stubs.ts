/** Where the notices of the demo end: a chat robot, a webhook and a mail server on loopback that record what they get and show it on a page. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '../src/model/time.ts';
import { asRaw, asText } from './scenario.ts';
import { escapeMarkup } from './sites/published.ts';
import { startSmtpSink } from './stubs/smtpSink.ts';

export interface StubMessage {
  readonly channel: 'bot' | 'hook' | 'mail';
  /** Domain time. */
  readonly at: Instant;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly links: readonly string[];
}

export interface StubsOptions {
  readonly now: () => Instant;
  /** Default 127.1.0.50, so that no other site shares it. */
  readonly host?: string;
  /** The robot listens on this port + 50, the mail server on + 51; 0: any free ports. */
  readonly basePort: number;
}

export interface Stubs {
  readonly botAddress: string;
  readonly hookAddress: string;
  /** A secret in the form of Standard Webhooks. */
  readonly hookSecret: string;
  readonly mailHost: string;
  readonly mailPort: number;
  readonly pageAddress: string;
  /** In the order they came. */
  readonly messages: readonly StubMessage[];
  readonly close: () => Promise<void>;
}

const LINK = /https?:\/\/[^\s()<>"'\]）]+/g;
/** 24 bytes of base64 that keep no secret: both ends are on loopback and in the demo. */
const HOOK_SECRET = 'whsec_ZGVtby1kZW1vLWRlbW8tZGVtby1kZW1v';

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    request.on('error', reject);
  });
}

type Found = Pick<StubMessage, 'title' | 'text' | 'links'>;

/** The forms of the group robots: markdown, text, action card, card. Whatever holds a text is read. */
function botMessage(body: unknown): Found {
  const raw = asRaw(body);
  const texts = [
    asRaw(raw.markdown).content,
    asRaw(raw.markdown).text,
    asRaw(raw.text).content,
    asRaw(raw.actionCard).text,
    JSON.stringify(raw.card ?? ''),
  ];
  const text = texts.map((each) => asText(each)).find((each) => each !== '' && each !== '""') ?? '';
  return { title: text.split('\n')[0] ?? '', text, links: [...text.matchAll(LINK)].map(([link]) => link) };
}

function hookMessage(body: unknown): Found {
  const data = asRaw(asRaw(body).data);
  const links = [asText(data.link), asText(data.pageLink)].filter((link) => link !== '');
  return { title: asText(data.subject), text: JSON.stringify(data), links };
}

function pageOf(messages: readonly StubMessage[]): string {
  const rows = [...messages]
    .reverse()
    .slice(0, 200)
    .map(
      (message) =>
        `<article><h2>${escapeMarkup(message.title)}</h2><p><small>${message.channel} · ${new Date(message.at).toISOString()} · ${escapeMarkup(message.to)}</small></p><pre>${escapeMarkup(message.text)}</pre></article>`,
    );
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>DEMO · ${messages.length}</title></head><body><h1>DEMO · ${messages.length}</h1>${rows.join('')}</body></html>`;
}

/** A robot says success in the body; anything that is no JSON is refused, as real ones do. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (channel: 'bot' | 'hook', found: Found) => void,
  page: () => string,
): Promise<void> {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
    return;
  }
  const text = await bodyOf(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The real service answers malformed bodies with a code, and so does this one.
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":40008,"errmsg":"invalid message"}');
    return;
  }
  const isHook = (request.url ?? '').startsWith('/hook');
  take(isHook ? 'hook' : 'bot', isHook ? hookMessage(body) : botMessage(body));
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0,"errmsg":"ok"}');
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
}

export async function startStubs(options: StubsOptions): Promise<Stubs> {
  const host = options.host ?? '127.1.0.50';
  const messages: StubMessage[] = [];
  const take = (channel: StubMessage['channel'], to: string, found: Found): void => {
    messages.push({ channel, at: options.now(), to, ...found });
  };
  const server = createServer((request, response) => {
    answer(
      request,
      response,
      (channel, found) => take(channel, request.url ?? '', found),
      () => pageOf(messages),
    ).catch(() => response.writeHead(500).end());
  });
  await listen(server, options.basePort === 0 ? 0 : options.basePort + 50, host);
  const sink = await startSmtpSink(host, options.basePort === 0 ? 0 : options.basePort + 51, (mail) =>
    take('mail', mail.to.join(', '), { title: mail.subject, text: mail.text, links: [...mail.text.matchAll(LINK)].map(([link]) => link) }),
  );
  const address = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    botAddress: `${address}/cgi-bin/webhook/send?key=demo`,
    hookAddress: `${address}/hook`,
    hookSecret: HOOK_SECRET,
    mailHost: host,
    mailPort: sink.port,
    pageAddress: `${address}/`,
    messages,
    close: async () => {
      server.closeAllConnections();
      await Promise.all([new Promise<void>((resolve) => server.close(() => resolve())), sink.close()]);
    },
  };
}
