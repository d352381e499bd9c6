import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type Answer, type StubSite, startSite } from '../../test/stubs/stubSite.ts';
import type { Got, NotGot } from '../ports.ts';
import { makeOutbound, type OutboundOptions } from './get.ts';

/** Short real time limits for what hangs or drips; whatever else is tested has the usual ones, so that a slow machine fails nothing. */
const HANGS = { headers: 120, grace: 80, floor: 200, total: 400 };
const DRIPS = { ...HANGS, headers: 15_000, total: 15_000 };
const text = (got: Got | NotGot) => (got.kind === 'ok' ? new TextDecoder().decode(got.bytes) : `${got.kind}`);
const codeOf = (got: Got | NotGot) =>
  got.kind === 'failed' ? got.code : got.kind === 'refused' ? got.refusal.code : got.kind === 'later' ? `later ${got.because}` : got.kind;

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
async function site(answers: Record<string, Answer>): Promise<StubSite> {
  const made = await startSite(answers);
  open.push(made);
  return made;
}
function client(options: Partial<OutboundOptions> = {}) {
  return makeOutbound({
    allowLoopback: true,
    userAgent: 'Heed/1.0 (+https://county.example/heed)',
    now: () => 0,
    ...options,
  });
}

describe('what is sent', () => {
  test('an honest name, validators as they were, and neither cookies nor credentials', async () => {
    const stub = await site({
      '/feed': { headers: { etag: '"a b"', 'last-modified': 'yesterday, roughly', 'set-cookie': 's=1' }, body: 'x' },
    });
    let now = 0;
    const { get } = client({ now: () => now });
    const got = await get(`${stub.address}/feed`);
    expect(got.kind === 'ok' && got.validators).toEqual({ etag: '"a b"', lastModified: 'yesterday, roughly' });
    stub.set('/feed', { status: 304 });
    now = 2000;
    expect(await get(`${stub.address}/feed`, { validators: { etag: '"a b"', lastModified: 'yesterday, roughly' } })).toEqual({
      kind: 'unchanged',
    });
    const last = stub.seen.at(-1)!;
    expect(last.headers['user-agent']).toBe('Heed/1.0 (+https://county.example/heed)');
    expect(last.headers['if-none-match']).toBe('"a b"');
    expect(last.headers['if-modified-since']).toBe('yesterday, roughly');
    expect(last.headers.cookie).toBeUndefined();
    expect(last.headers.authorization).toBeUndefined();
  });
  test('every request is told, with its result and no address', async () => {
    const stub = await site({ '/a': { body: 'x' } });
    const told: string[] = [];
    const { get } = client({ tell: (event) => told.push(`${event.kind} ${event.host} ${event.result}`) });
    await get(`${stub.address}/a?secret=1`);
    expect(told).toEqual([`get 127.0.0.1:${stub.port} ok`]);
  });
});

describe('unpacking', () => {
  const body = '闻应 hears. '.repeat(500);
  const packed: [coding: string, bytes: Uint8Array, why: string][] = [
    ['gzip', gzipSync(body), 'gzip'],
    ['x-gzip', gzipSync(body), 'the old name of gzip'],
    ['deflate', deflateSync(body), 'deflate in its wrapping'],
    ['deflate', deflateRawSync(body), 'deflate without it'],
    ['br', brotliCompressSync(body), 'brotli'],
    ['zstd', zstdCompressSync(body), 'zstd'],
    ['gzip, br', brotliCompressSync(gzipSync(body)), 'two layers, outermost last'],
    ['gzip', Buffer.from(body), 'a header that says gzip over plain bytes'],
    ['identity', Buffer.from(body), 'plain'],
  ];
  for (const [coding, bytes, why] of packed)
    test(`reads ${why}`, async () => {
      const stub = await site({ '/a': { headers: { 'content-encoding': coding }, body: bytes } });
      expect(text(await client().get(`${stub.address}/a`))).toBe(body);
    });
  const bad: [coding: string, bytes: Uint8Array, code: string, why: string][] = [
    ['gzip', gzipSync(Buffer.alloc(50_000_000)), 'bomb', 'a gzip bomb'],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000)), 'bomb', 'a brotli bomb'],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000)), 'bomb', 'a zstd bomb'],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50_000_000))), 'bomb', 'a bomb in two layers'],
    ['gzip, gzip, gzip', gzipSync('x'), 'bomb', 'three layers'],
    ['gzip', gzipSync(body).subarray(0, 60), 'broken', 'a packed body cut short'],
    ['compress', Buffer.from(body), 'broken', 'a coding nobody offered'],
  ];
  for (const [coding, bytes, code, why] of bad)
    test(`stops at ${why}`, async () => {
      const stub = await site({ '/a': { headers: { 'content-encoding': coding }, body: bytes } });
      expect(codeOf(await client().get(`${stub.address}/a`))).toBe(code);
    });
  test('the cap counts decoded bytes, and what asks for more gets more', async () => {
    const noise = Buffer.alloc(6_000_000);
    for (let n = 0; n < noise.length; n++) noise[n] = n * 7919 * (n % 251);
    const stub = await site({ '/a': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(noise, { level: 1 }) } });
    let now = 0;
    const { get } = client({ now: () => (now += 5000) });
    expect(codeOf(await get(`${stub.address}/a`))).toBe('tooLarge');
    expect((await get(`${stub.address}/a`, { maxBytes: 20_000_000 })).kind).toBe('ok');
  });
});

/** A server that says exactly these bytes, below HTTP. */
async function raw(speak: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    socket.once('data', () => speak(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/a`;
}

function drip(socket: Socket, first: string, piece: string, every: number): void {
  socket.write(first);
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(piece)), every);
  socket.on('close', () => clearInterval(timer));
}

describe('hostile upstreams end in a plain reason', () => {
  const OK = 'HTTP/1.1 200 OK\r\n';
  const behaviours: [why: string, speak: (socket: Socket) => void, code: string][] = [
    ['accepts and never answers', () => undefined, 'timeout'],
    ['one header byte at a time', (s) => drip(s, OK, 'x', 20), 'timeout'],
    ['one body byte at a time', (s) => drip(s, `${OK}\r\n`, 'x', 20), 'tooSlow'],
    ['an endless body at speed', (s) => drip(s, `${OK}\r\n`, 'x'.repeat(2_000_000), 2), 'tooLarge'],
    ['endless headers', (s) => drip(s, OK, `a: ${'x'.repeat(4000)}\r\n`, 1), 'tooLarge'],
    ['a header of 1 MB', (s) => s.write(`${OK}a: ${'x'.repeat(1_000_000)}\r\n\r\n`), 'tooLarge'],
    ['endless 100 Continue', (s) => drip(s, '', 'HTTP/1.1 100 Continue\r\n\r\n', 10), 'timeout'],
    ['a reset in the middle', (s) => s.write(`${OK}Content-Length: 100\r\n\r\nabc`, () => s.resetAndDestroy()), 'broken'],
    ['closes before Content-Length is full', (s) => s.end(`${OK}Content-Length: 100\r\n\r\nabc`), 'broken'],
    ['broken chunks', (s) => s.end(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc`), 'broken'],
    ['two Content-Lengths', (s) => s.end(`${OK}Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde`), 'broken'],
    ['no HTTP at all', (s) => s.end('SSH-2.0-x\r\n'), 'broken'],
    ['closes without a word', (s) => s.end(), 'connection'],
    ['switches protocols', (s) => s.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'), 'broken'],
  ];
  for (const [why, speak, code] of behaviours)
    test(`${why}: ${code}`, async () => {
      const address = await raw(speak);
      const { get } = client(code === 'timeout' ? { limits: HANGS } : code === 'tooSlow' ? { limits: DRIPS } : {});
      expect(codeOf(await get(address, { robots: false }))).toBe(code);
    });
  test('a body longer than its Content-Length is read to its length', async () => {
    const address = await raw((s) => s.end(`${OK}Content-Length: 3\r\n\r\nabcdef`));
    expect(text(await client().get(address, { robots: false }))).toBe('abc');
  });
  test('a TLS handshake with something else is a certificate problem or no connection', async () => {
    const address = await raw((s) => s.end('HTTP/1.1 400 no\r\n\r\n'));
    expect(['tls', 'connection']).toContain(codeOf(await client().get(address.replace('http:', 'https:'), { robots: false })));
  });
  test('a name server that hangs', async () => {
    const { get } = client({ resolve: () => new Promise(() => undefined), limits: HANGS });
    expect(codeOf(await get('http://slow.example/', { robots: false }))).toBe('timeout');
  });
  test('a name that does not exist', async () => {
    const { get } = client({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(codeOf(await get('http://nowhere.example/', { robots: false }))).toBe('dns');
  });
});

describe('statuses', () => {
  const statuses: [status: number, headers: Record<string, string>, code: string][] = [
    [404, {}, 'gone'],
    [410, {}, 'gone'],
    [403, {}, 'http403'],
    [500, {}, 'http500'],
    [503, {}, 'http503'],
    [304, {}, 'unexpected304'],
    [429, { 'retry-after': '60' }, 'later retryAfter'],
    [503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT', date: 'Wed, 21 Oct 2015 07:18:00 GMT' }, 'later retryAfter'],
    [503, { 'retry-after': 'soon' }, 'http503'],
  ];
  for (const [status, headers, code] of statuses)
    test(`${status} ${JSON.stringify(headers)} is ${code}`, async () => {
      const stub = await site({ '/a': { status, headers } });
      expect(codeOf(await client().get(`${stub.address}/a`))).toBe(code);
    });
  test('Retry-After by date counts from the date of the answer, and silences the host', async () => {
    const stub = await site({
      '/a': { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT', date: 'Wed, 21 Oct 2015 07:18:00 GMT' } },
      '/b': { body: 'x' },
    });
    const { get } = client({ now: () => 5000 });
    expect(await get(`${stub.address}/a`)).toEqual({ kind: 'later', at: 605_000, because: 'retryAfter' });
    expect(await get(`${stub.address}/b`)).toEqual({ kind: 'later', at: 605_000, because: 'retryAfter' });
    expect(stub.seen.map((request) => request.path)).toEqual(['/robots.txt', '/a']);
  });
});

describe('redirects', () => {
  test('a permanent chain says where to go from now on, and a temporary step ends it', async () => {
    const stub = await site({
      '/a': { status: 301, headers: { location: '/b' } },
      '/b': { status: 308, headers: { location: '/c' } },
      '/c': { status: 302, headers: { location: '/d' } },
      '/d': { body: 'x' },
    });
    const got = await client().get(`${stub.address}/a`);
    expect(got.kind === 'ok' && [got.movedTo, got.address]).toEqual([`${stub.address}/c`, `${stub.address}/d`]);
  });
  const loop = (n: number): Record<string, Answer> =>
    Object.fromEntries(
      Array.from({ length: n }, (_, i) => [`/${i}`, { status: 302, headers: { location: i + 1 < n ? `/${i + 1}` : '/end' } }]),
    );
  test('five are followed, six are not', async () => {
    const stub = await site({ ...loop(6), '/end': { body: 'x' } });
    let now = 0;
    const { get } = client({ now: () => (now += 5000) });
    expect((await get(`${stub.address}/1`)).kind).toBe('ok');
    expect(codeOf(await get(`${stub.address}/0`))).toBe('redirects');
  });
  for (const target of [
    'file:///etc/passwd',
    'http://169.254.169.254/',
    'http://10.0.0.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://user:x@example.com/',
  ])
    test(`to ${target}: refused`, async () => {
      const stub = await site({ '/a': { status: 307, headers: { location: target } } });
      expect((await client().get(`${stub.address}/a`)).kind).toBe('refused');
    });
  test('to another host: it has a robots.txt and a turn of its own, and validators stay behind', async () => {
    const other = await site({ '/robots.txt': { body: 'User-agent: *\nDisallow: /private' }, '/open': { body: 'x' } });
    const stub = await site({
      '/a': { status: 302, headers: { location: `${other.address}/private` } },
      '/b': { status: 302, headers: { location: `${other.address}/open` } },
    });
    let now = 0;
    const { get } = client({ now: () => (now += 5000) });
    expect(codeOf(await get(`${stub.address}/a`))).toBe('collect.robotsForbid');
    expect((await get(`${stub.address}/b`, { validators: { etag: '"1"' } })).kind).toBe('ok');
    expect(other.seen.map((request) => request.path)).toEqual(['/robots.txt', '/open']);
    expect(other.seen.at(-1)!.headers['if-none-match']).toBeUndefined();
  });
});

describe('robots.txt', () => {
  test('is asked once a day of domain time, for all pages of a site, and takes no turn', async () => {
    const stub = await site({ '/robots.txt': { body: 'User-agent: *\nDisallow: /no' }, '*': { body: 'x' } });
    let now = 0;
    const { get } = client({ now: () => now });
    expect((await get(`${stub.address}/a`)).kind).toBe('ok');
    expect(codeOf(await get(`${stub.address}/no`))).toBe('collect.robotsForbid');
    now = 23 * 3_600_000;
    expect((await get(`${stub.address}/b`)).kind).toBe('ok');
    now = 25 * 3_600_000;
    expect((await get(`${stub.address}/c`)).kind).toBe('ok');
    expect(stub.seen.map((request) => request.path)).toEqual(['/robots.txt', '/a', '/b', '/robots.txt', '/c']);
  });
  const cases: [why: string, answer: Answer, code: string][] = [
    ['403: no rules', { status: 403 }, 'ok'],
    ['404: no rules', { status: 404 }, 'ok'],
    ['500: nothing may be read', { status: 500 }, 'robotsUnreachable'],
    ['429: nothing may be read', { status: 429 }, 'robotsUnreachable'],
    ['a reset: nothing may be read', (_q, _r, socket) => socket.resetAndDestroy(), 'robotsUnreachable'],
    ['redirected to a file that forbids', { status: 301, headers: { location: '/rules' } }, 'collect.robotsForbid'],
    [
      'larger than is read: its beginning counts',
      { body: `User-agent: *\nDisallow: /a\n${'#\n'.repeat(400_000)}` },
      'collect.robotsForbid',
    ],
  ];
  for (const [why, answer, code] of cases)
    test(why, async () => {
      const stub = await site({ '/robots.txt': answer, '/rules': { body: 'User-agent: *\nDisallow: /a' }, '/a': { body: 'x' } });
      expect(codeOf(await client().get(`${stub.address}/a`))).toBe(code);
    });
  test('after ten minutes an unreachable one is asked again', async () => {
    const stub = await site({ '/robots.txt': { status: 500 }, '/a': { body: 'x' } });
    let now = 0;
    const { get } = client({ now: () => now });
    await get(`${stub.address}/a`);
    stub.set('/robots.txt', { status: 404 });
    now = 9 * 60_000;
    expect(codeOf(await get(`${stub.address}/a`))).toBe('robotsUnreachable');
    now = 11 * 60_000;
    expect((await get(`${stub.address}/a`)).kind).toBe('ok');
  });
  test('a host that refuses connections is disallowed, asked once, and asked again after ten minutes', async () => {
    const stub = await site({});
    await stub.close();
    let now = 0;
    const { get, counts } = client({ now: () => now });
    for (now of [0, 0, 1, 1000, 9 * 60_000]) expect(codeOf(await get(`${stub.address}/${now}`))).toBe('robotsUnreachable');
    expect(counts().nRequests).toBe(1);
    now = 11 * 60_000;
    expect(codeOf(await get(`${stub.address}/a`))).toBe('robotsUnreachable');
    expect(counts().nRequests).toBe(2);
  });
  test('Crawl-delay lengthens the pause', async () => {
    const stub = await site({ '/robots.txt': { body: 'User-agent: *\nCrawl-delay: 7' }, '*': { body: 'x' } });
    const { get } = client({ now: () => 0 });
    await get(`${stub.address}/a`);
    expect(await get(`${stub.address}/b`)).toEqual({ kind: 'later', at: 7000, because: 'pace' });
  });
});

describe('pace under a standing clock', () => {
  test('all askers of one host are answered at their own slots, one request a second', async () => {
    const stub = await site({ '*': { body: 'x' } });
    let now = 0;
    const { get } = client({ now: () => now });
    const due = Array.from({ length: 20 }, (_, n) => ({ at: 0, path: `/${n}` }));
    const starts: number[] = [];
    while (due.length > 0) {
      due.sort((a, b) => a.at - b.at);
      now = due[0]!.at;
      const batch = due.splice(0, due.filter((each) => each.at === now).length);
      const answers = await Promise.all(batch.map((each) => get(stub.address + each.path)));
      for (const [n, got] of answers.entries()) {
        if (got.kind === 'ok') starts.push(now);
        else if (got.kind === 'later' && got.at > now) due.push({ at: got.at, path: batch[n]!.path });
        else throw new Error(`neither read nor put off: ${codeOf(got)}`);
      }
    }
    expect(starts).toEqual(Array.from({ length: 20 }, (_, n) => n * 1000));
  });
  test('the pause of the source counts when it is longer', async () => {
    const stub = await site({ '*': { body: 'x' } });
    const { get } = client({ now: () => 0 });
    await get(`${stub.address}/a`, { pause: 3000 });
    expect(await get(`${stub.address}/b`, { pause: 3000 })).toEqual({ kind: 'later', at: 3000, because: 'pace' });
  });
});

test('the demo refuses whatever is not loopback, and counts it', async () => {
  const stub = await site({ '*': { body: 'x' } });
  const { get, post, counts } = client({ allowLoopback: false, onlyLoopback: true });
  expect((await get(`${stub.address}/a`)).kind).toBe('ok');
  expect(codeOf(await get('https://example.com/'))).toBe('collect.addressForbidden');
  expect((await post('https://example.com/', '{}', {})) as NotGot).toMatchObject({ kind: 'refused' });
  expect(counts()).toEqual({ nRequests: 2, nForbidden: 2, nRefusedByRobots: 0 });
});
