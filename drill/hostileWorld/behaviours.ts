/**
 * Servers that behave badly: the list of appendix B, one entry each. An entry answers requests for anything on its own address; what a
 * polite reader must make of it is in `expects`.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TLSSocket } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Certificates } from './certificates.ts';
import { brotliBomb, gzipBomb } from './packedShapes.ts';

/** Called once per connection when its first request has arrived, `n` counting connections from 1. */
export type Serve = (socket: Socket, n: number, request: string) => void;

export interface Behaviour {
  readonly name: string;
  /** Acceptable results: `ok`, or a code of a failure, `later`, `gone`, `refused`. */
  readonly expects: readonly string[];
  readonly serve?: Serve;
  /** Called at once, before a byte has come. */
  readonly onConnect?: (socket: Socket) => void;
  readonly tls?: keyof Omit<Certificates, 'authority'>;
  /** The name asked for, with how it resolves; without it the numeric address is asked. */
  readonly resolve?: (address: string, n: number) => Promise<readonly string[]>;
  /** Ask twice, as a poll does. */
  readonly polls?: number;
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml; charset=utf-8\r\n';

export function rss(items: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title><link>http://site.example/</link>${items}</channel></rss>`;
}

export function item(key: string, body = 'Water is back in North Street.', date = 'Tue, 03 Mar 2026 08:00:00 GMT'): string {
  return `<item><guid isPermaLink="false">${key}</guid><title>Notice ${key}</title><description>${body}</description><pubDate>${date}</pubDate></item>`;
}

/** A whole answer; `headers` end each with CRLF. */
function answer(body: string | Buffer, headers = '', status = '200 OK', type = 'application/rss+xml; charset=utf-8'): Serve {
  return (socket) => {
    const bytes = Buffer.from(body as string);
    socket.write(`HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\n${headers}content-length: ${bytes.length}\r\nconnection: close\r\n\r\n`);
    socket.end(bytes);
  };
}

function packed(coding: string, body: Buffer): Serve {
  return answer(body, `content-encoding: ${coding}\r\n`);
}

/** Writes `piece` for ever, as fast as the reader takes it, or every `pause` ms. */
function forEver(start: string, piece: string | Buffer, pause = 0): Serve {
  return (socket) => {
    socket.write(start);
    if (pause > 0) {
      const timer = setInterval(() => socket.write(piece), pause);
      socket.on('close', () => clearInterval(timer));
      return;
    }
    const pump = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', pump);
    pump();
  };
}

function bytesInPieces(total: number, head: string, piece: (n: number) => string, tail: string): Serve {
  return (socket) => {
    let written = 0;
    let n = 0;
    socket.write(`${HEAD}connection: close\r\n\r\n${head}`);
    const pump = (): void => {
      while (!socket.destroyed && written < total) {
        const text = piece(n++);
        written += text.length;
        if (!socket.write(text)) return;
      }
      if (!socket.destroyed && !socket.writableEnded) socket.end(tail);
    };
    socket.on('drain', pump);
    pump();
  };
}

const MANY_A = Buffer.alloc(64 * 1024, 'a');
const WHOLE = rss(item('1'));
const utf16 = Buffer.from(WHOLE.replace('utf-8', 'utf-16'), 'utf16le');
const gbk = Buffer.concat([
  Buffer.from('<rss version="2.0"><channel><title>'),
  Buffer.from('cda3cbaecda8d6aa', 'hex'),
  Buffer.from(`</title>${item('1')}</channel></rss>`),
]);

function renegotiating(socket: Socket): void {
  const secure = socket as TLSSocket;
  let n = 0;
  const again = (): void => {
    if (secure.destroyed || n++ > 1000) return;
    secure.renegotiate({}, (error) => (error === null ? again() : secure.destroy()));
  };
  again();
}

const SLOW: readonly Behaviour[] = [
  { name: 'accepts and never answers', expects: ['timeout'], serve: () => undefined },
  { name: 'header one byte per 10 s', expects: ['timeout'], serve: forEver('HTTP/1.1 200 OK\r\nx', 'a', 10_000) },
  { name: 'body one byte per 10 s', expects: ['tooSlow', 'timeout'], serve: forEver(`${HEAD}\r\n`, 'a', 10_000) },
  { name: 'endless body', expects: ['tooLarge'], serve: forEver(`${HEAD}\r\n`, MANY_A) },
  { name: 'endless body above the floor', expects: ['timeout', 'tooSlow'], serve: forEver(`${HEAD}\r\n`, 'a'.repeat(400), 1000) },
  { name: 'endless headers', expects: ['tooLarge', 'broken'], serve: forEver('HTTP/1.1 200 OK\r\n', `x-more: ${'a'.repeat(200)}\r\n`) },
  { name: '1 MB header', expects: ['tooLarge', 'broken'], serve: answer(WHOLE, `x-large: ${'a'.repeat(1 << 20)}\r\n`) },
  { name: 'TLS handshake that stalls', expects: ['timeout'], tls: 'good', onConnect: () => undefined },
  { name: 'TLS renegotiation loop', expects: ['connection', 'tls', 'broken', 'timeout'], tls: 'good', serve: renegotiating },
  {
    name: 'name that takes 30 s to resolve',
    expects: ['timeout', 'dns'],
    resolve: (address) => new Promise((resolve) => setTimeout(() => resolve([address]), 30_000).unref()),
    serve: answer(WHOLE),
  },
];

const BROKEN: readonly Behaviour[] = [
  {
    name: 'reset in the middle',
    expects: ['broken', 'connection'],
    serve: (socket) => socket.write(`${HEAD}content-length: 100000\r\n\r\n${WHOLE}`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
  },
  { name: 'Content-Length too large', expects: ['broken'], serve: (socket) => socket.end(`${HEAD}content-length: 100000\r\n\r\n${WHOLE}`) },
  {
    name: 'Content-Length too small',
    expects: ['ok', 'broken', 'notAFeed'],
    serve: (socket) => socket.end(`${HEAD}content-length: 180\r\n\r\n${WHOLE}`),
  },
  {
    name: 'broken chunks',
    expects: ['broken'],
    serve: (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n`),
  },
  {
    name: 'two Content-Lengths',
    expects: ['broken'],
    serve: (socket) => socket.end(`${HEAD}content-length: 10\r\ncontent-length: ${WHOLE.length}\r\n\r\n${WHOLE}`),
  },
  { name: 'expired certificate', expects: ['tls'], tls: 'expired', serve: answer(WHOLE) },
  { name: 'certificate of another host', expects: ['tls'], tls: 'wrongHost', serve: answer(WHOLE) },
  { name: 'self-signed certificate', expects: ['tls'], tls: 'selfSigned', serve: answer(WHOLE) },
  { name: 'redirect loop', expects: ['redirects'], serve: answer('', 'location: /\r\n', '302 Found') },
  {
    name: 'redirect chain of 50',
    expects: ['redirects'],
    serve: (socket, n, request) => answer('', `location: /${n}\r\n`, '301 Moved')(socket, n, request),
  },
  { name: 'redirect to file:', expects: ['refused'], serve: answer('', 'location: file:///etc/passwd\r\n', '302 Found') },
  { name: 'gzip bomb', expects: ['bomb', 'tooLarge'], serve: packed('gzip', gzipBomb()) },
  { name: 'brotli bomb', expects: ['bomb', 'tooLarge'], serve: packed('br', brotliBomb()) },
  { name: 'wrong Content-Encoding', expects: ['ok'], serve: answer(WHOLE, 'content-encoding: gzip\r\n') },
  { name: 'brotli called gzip', expects: ['ok', 'broken', 'notAFeed'], serve: packed('gzip', brotliCompressSync(WHOLE)) },
  { name: 'gzip not declared', expects: ['ok', 'notAFeed'], serve: answer(gzipSync(WHOLE)) },
];

const PAGE =
  '<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1><form action=/login><input name=user></form></body></html>';

const ODD: readonly Behaviour[] = [
  { name: 'HTML error page with 200', expects: ['notAFeed'], serve: answer(PAGE, '', '200 OK', 'text/html') },
  { name: 'login page with 200', expects: ['notAFeed'], serve: answer(PAGE.replace('502', 'Log in'), '', '200 OK', 'text/html') },
  { name: '304 without a cache', expects: ['unexpected304'], serve: answer('', '', '304 Not Modified') },
  { name: '429 with Retry-After one year', expects: ['later'], serve: answer('', 'retry-after: 31536000\r\n', '429 Too Many Requests') },
  { name: '503 for ever', expects: ['http503'], serve: answer('', '', '503 Unavailable') },
  { name: 'wrong charset label', expects: ['ok'], serve: answer(gbk) },
  { name: 'UTF-16 without BOM', expects: ['ok'], serve: answer(utf16, '', '200 OK', 'application/xml') },
  { name: 'NUL bytes', expects: ['ok'], serve: answer(rss(item('1', 'Wa\0ter\0 is back')).replaceAll('<title>', '<title>\0')) },
  {
    name: '1,000,000 items',
    expects: ['tooLarge', 'ok'],
    serve: bytesInPieces(80_000_000, '<rss version="2.0"><channel>', (n) => item(String(n)), '</channel></rss>'),
  },
  {
    name: '1,000,000 tiny items',
    expects: ['ok'],
    serve: bytesInPieces(15_000_000, '<rss version="2.0"><channel>', () => '<item>a</item>'.repeat(1000), '</channel></rss>'),
  },
  {
    name: 'one 50 MB item',
    expects: ['tooLarge'],
    serve: bytesInPieces(
      50_000_000,
      '<rss version="2.0"><channel><item><description>',
      () => 'a'.repeat(65_536),
      '</description></item></channel></rss>',
    ),
  },
  {
    name: 'new GUID on every poll',
    expects: ['ok'],
    polls: 3,
    serve: (socket, n, request) => answer(rss(item(`poll-${n}`)))(socket, n, request),
  },
  {
    name: 'same GUID, changing text',
    expects: ['ok'],
    polls: 3,
    serve: (socket, n, request) => answer(rss(item('1', `Told for the ${n}th time.`)))(socket, n, request),
  },
  {
    name: 'dates in year 1 and 9999',
    expects: ['ok'],
    serve: answer(
      rss(item('1', 'a', 'Mon, 01 Jan 0001 00:00:00 GMT') + item('2', 'b', 'Fri, 31 Dec 9999 23:59:59 GMT') + item('3', 'c', 'never')),
    ),
  },
  {
    name: 'name that flaps',
    expects: ['ok', 'dns'],
    polls: 3,
    resolve: async (address, n) => (n % 2 === 0 ? [address] : Promise.reject(new Error('SERVFAIL'))),
    serve: answer(WHOLE),
  },
];

export const BEHAVIOURS: readonly Behaviour[] = [...SLOW, ...BROKEN, ...ODD];

/** A well-behaved feed that grows by one item a poll; the control of the drill. */
export const GOOD: Behaviour = {
  name: 'good',
  expects: ['ok'],
  serve: (socket, n, request) => answer(rss(item(`good-${n}`)))(socket, n, request),
};

export interface BadServer {
  readonly address: string;
  readonly close: () => void;
}

/** Listens on `host` with a port of its own. */
export async function startBehaviour(behaviour: Behaviour, host: string, certificates: Certificates): Promise<BadServer> {
  const open = new Set<Socket>();
  let n = 0;
  const onConnection = (socket: Socket) => {
    open.add(socket);
    const nth = ++n;
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    if (behaviour.onConnect !== undefined) {
      behaviour.onConnect(socket);
      return;
    }
    socket.once('data', (bytes) => behaviour.serve?.(socket, nth, bytes.toString('latin1')));
  };
  const stalls = behaviour.onConnect !== undefined;
  const server: Server =
    behaviour.tls === undefined || stalls
      ? createServer(onConnection)
      : createSecureServer({ ...certificates[behaviour.tls], maxVersion: 'TLSv1.2' }, onConnection).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  const shown = behaviour.resolve === undefined ? host : `h${host.replaceAll('.', '-')}.drill.example`;
  return {
    address: `${behaviour.tls === undefined ? 'http' : 'https'}://${shown}:${port}/feed.xml`,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
