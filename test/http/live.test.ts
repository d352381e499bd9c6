import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeLive } from '../../src/http/live.ts';
import { MINUTE } from '../../src/model/time.ts';
import { settle } from './rows.ts';
import { type Browser, browserFor, makeWorld, type World } from './testIo.ts';

let world: World;
let live: ReturnType<typeof makeLive>;
/** `beat`: milliseconds between two heartbeats. */
async function begin(beat: number): Promise<void> {
  live = makeLive(beat);
  world = await makeWorld({ live });
  await settle(world);
  await world.app.listen({ host: '127.0.0.1', port: 0 });
}

beforeEach(async () => {
  await begin(20);
});
afterEach(() => world.end());

interface Line {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  text: string;
  /** Resolves when the text holds a part. */
  readonly until: (part: string) => Promise<void>;
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

function open(browser: Browser | null): Promise<Line> {
  const { port } = world.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: '/api/live', headers: browser === null ? {} : { cookie: browser.cookie } },
      (reply) => {
        const waiting: { part: string; done: () => void }[] = [];
        const line: Line = {
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          text: '',
          until: (part) => (line.text.includes(part) ? Promise.resolve() : new Promise((done) => waiting.push({ part, done }))),
          ended: new Promise((done) => reply.on('close', done)),
          stop: () => sent.destroy(),
        };
        reply.setEncoding('utf8').on('data', (text: string) => {
          line.text += text;
          for (const one of waiting) if (line.text.includes(one.part)) one.done();
        });
        reply.on('error', () => undefined);
        resolve(line);
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

test('tells names of what changed, each once in a moment, with the headers of every answer', async () => {
  const line = await open(await browserFor(world, 'duty'));
  expect([line.status, line.headers['content-type'], line.headers['x-content-type-options']]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
    'nosniff',
  ]);
  for (let n = 0; n < 1000; n++) live.tell({ kind: 'issue', id: 'HD-1' });
  for (let n = 0; n < 10; n++) live.tell({ kind: 'time', id: String(n) });
  await line.until('"kind":"time"');
  expect(line.text.match(/"kind":"issue"/g)).toHaveLength(1);
  expect(line.text).toContain('event: change\ndata: {"kind":"time","id":"9"}\n\n');
  line.stop();
});

test('beats, and ends when its session does', async () => {
  const browser = await browserFor(world, 'duty');
  const [line, other] = [await open(browser), await open(await browserFor(world, 'analyst'))];
  await line.until(': beat');
  await browser.send('DELETE', '/api/session');
  await line.ended;
  expect(live.size()).toBe(1);
  world.time.real += 31 * MINUTE;
  await other.ended;
  expect(live.size()).toBe(0);
});

test('is not for strangers, and has room for 300', async () => {
  await world.end();
  await begin(60_000);
  expect((await open(null)).status).toBe(401);
  const browser = await browserFor(world, 'duty');
  const lines = await Promise.all(Array.from({ length: 300 }, () => open(browser)));
  expect(lines.every((line) => line.status === 200)).toBe(true);
  expect((await open(browser)).status).toBe(503);
  for (const line of lines) line.stop();
}, 30_000);

test('closing the server ends every line', async () => {
  const line = await open(await browserFor(world, 'duty'));
  await world.app.close();
  await line.ended;
});
