import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { articlePage, NOW, source } from '../../../test/stubs/sourceKit.ts';
import collector from './warc.ts';

const read = (bytes: Uint8Array) => collector.receive(source('warc'), { bytes, contentType: '' }, NOW);

const record = (type: string, target: string, block: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(
      `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${target}\r\nWARC-Date: 2026-03-09T01:00:00Z\r\nContent-Length: ${block.length}\r\n\r\n`,
    ),
    block,
    Buffer.from('\r\n\r\n'),
  ]);
const answer = (body: Uint8Array | string, headers = '', status = '200 OK'): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=utf-8\r\n${headers}\r\n`), Buffer.from(body)]);
const page = (n: number): string => articlePage(`东门片区停水通告第${n}号`);
const chunked = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const half = Math.floor(bytes.length / 2);
  return Buffer.concat(
    [bytes.subarray(0, half), bytes.subarray(half)]
      .map((part) => Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]))
      .concat(Buffer.from('0\r\n\r\n')),
  );
};
const AT = 'https://site.example/a/1';

describe('pages', () => {
  const cases: readonly [why: string, bytes: Buffer][] = [
    ['plain', record('response', AT, answer(page(1)))],
    ['packed as a whole', gzipSync(record('response', AT, answer(page(1))))],
    [
      'packed record by record',
      Buffer.concat([gzipSync(record('warcinfo', '', Buffer.from('software: x'))), gzipSync(record('response', AT, answer(page(1))))]),
    ],
    ['in chunks', record('response', AT, answer(chunked(page(1)), 'Transfer-Encoding: chunked\r\n'))],
    ['chunks told but put together', record('response', AT, answer(page(1), 'Transfer-Encoding: chunked\r\n'))],
    ['body packed', record('response', AT, answer(gzipSync(page(1)), 'Content-Encoding: gzip\r\n'))],
    [
      'beside requests, errors and pictures',
      Buffer.concat([
        record('request', AT, Buffer.from('GET / HTTP/1.1\r\n\r\n')),
        record('response', `${AT}x`, answer(page(3), '', '404 Not Found')),
        record('response', AT, answer(page(1))),
        record('response', `${AT}.png`, Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx')),
      ]),
    ],
    ['archived twice', Buffer.concat([record('response', AT, answer(page(9))), record('response', AT, answer(page(1)))])],
    [
      'cut off behind the first',
      Buffer.concat([record('response', AT, answer(page(1))), record('response', `${AT}2`, answer(page(2))).subarray(0, 300)]),
    ],
  ];
  test.each(cases)('%s', async (_why, bytes) => {
    const { items, notes, stopped } = await read(bytes);
    expect([stopped, notes]).toEqual([undefined, []]);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      key: AT,
      address: AT,
      title: '东门片区停水通告第1号',
      kind: 'article',
      publishedAt: Date.parse('2026-03-09T01:00:00Z'),
    });
    expect(items[0]!.body).toContain('县水务公司');
  });
  test('a person’s pages are left out, and a broken one does not stop the others', async () => {
    const { items, notes } = await read(
      Buffer.concat([
        record('response', 'https://mastodon.example/@janedoe/1', answer(page(1))),
        record('response', `${AT}b`, answer('not gzip', 'Content-Encoding: gzip\r\n')),
        record('response', AT, answer(page(2))),
      ]),
    );
    expect([items.map((item) => item.key), notes]).toEqual([[AT], ['warc.notRead 1', 'warc.person 1']]);
  });
});

test.each([
  ['nothing', new Uint8Array()],
  ['a text', Buffer.from('hello')],
  ['gzip of something else', gzipSync('hello')],
  ['a record of impossible length', Buffer.from('WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n')],
])('%s is no archive', async (_why, bytes) => {
  const pulled = await read(bytes);
  expect([pulled.items, pulled.stopped?.kind]).toEqual([[], 'failed']);
});

test('one that swells beyond the cap is given up, not read', async () => {
  expect((await read(gzipSync(Buffer.alloc(300 * 1024 * 1024)))).notes[0]).toMatch(/^warc\.tooHeavy/);
}, 30_000);
