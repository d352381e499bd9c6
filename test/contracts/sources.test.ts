/** The shelf of collectors: what every member must be, whatever it is given. The duties of each are tested beside it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { named, readShelf } from '../../src/edge/shelf.ts';
import { DOCUMENT_KINDS } from '../../src/model/document.ts';
import { STANDINGS } from '../../src/model/source.ts';
import type { Json } from '../../src/model/words.ts';
import type { Collector, Get, NotGot, Pulled, Received } from '../../src/ports.ts';
import { NOW, ok, source, table } from '../stubs/sourceKit.ts';
import { COLLECTOR_KINDS } from '../stubs/shelfKinds.ts';

const collectors = await readShelf<Collector>(new URL('../../src/edge/sources/', import.meta.url), named('kind'));

function expectWhole(pulled: Pulled): void {
  expect(JSON.parse(JSON.stringify(pulled.cursor))).toEqual(pulled.cursor);
  for (const note of pulled.notes) expect(typeof note).toBe('string');
  for (const item of pulled.items) {
    expect(item.key).not.toBe('');
    expect(DOCUMENT_KINDS).toContain(item.kind);
    for (const value of [item.title, item.body, item.address]) expect(typeof value).toBe('string');
    if (item.publishedAt !== undefined) expect(Number.isFinite(item.publishedAt)).toBe(true);
  }
}

test('the shelf holds the collectors we know, each of its own kind', () => {
  expect(collectors.map((one) => one.kind).sort()).toEqual(COLLECTOR_KINDS);
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc
    .array(
      fc.constantFrom(
        '<rss>',
        '<item>',
        '<title>',
        '</item>',
        '<a href="x">',
        '<li>',
        '[{',
        '"id":',
        '"1"',
        '}]',
        ',',
        '\n',
        'a',
        '水',
        '"',
        '<![CDATA[',
      ),
      { maxLength: 60 },
    )
    .map((parts) => new TextEncoder().encode(parts.join(''))),
);
const types = fc.constantFrom(
  'text/html',
  'application/rss+xml',
  'application/json',
  'text/csv',
  'application/x-www-form-urlencoded',
  '',
  'x; charset=nonsense',
);
const columns = fc.constantFrom<Pick<Received, 'columns'>[]>(
  {},
  { columns: { body: 'a' } },
  { columns: { 水: 'title', nothing: 'there' } },
);
const cursors = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

for (const collector of collectors) {
  describe(`every collector: ${collector.kind}`, () => {
    test('describes itself, its settings, standing and manners', () => {
      for (const words of [collector.about, ...collector.settings.map((field) => field.label)]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u);
        expect(words.en).toMatch(/[A-Za-z]/);
      }
      expect(STANDINGS).toContain(collector.standing);
      const { robots, pollAtLeast, pollAtMost, pause } = collector.manners;
      expect(robots).toBe(true);
      expect(pause).toBeGreaterThanOrEqual(1000);
      expect(pollAtMost).toBeGreaterThanOrEqual(pollAtLeast);
      expect(collector.pull !== undefined || collector.receive !== undefined).toBe(true);
    });
    test('never throws, and its cursor survives JSON, whatever it is given', async () => {
      await fc.assert(
        fc.asyncProperty(bytes, types, cursors, columns, async (body, type, cursor, chosen) => {
          const get: Get = async (address) => ok(body, { 'content-type': type }, address);
          if (collector.pull !== undefined) expectWhole(await collector.pull(source(collector.kind), cursor, get, NOW));
          if (collector.read !== undefined)
            expectWhole(
              await collector.read(source(collector.kind), { address: 'https://site.example/a', key: 'k', known: {} }, get, NOW, cursor),
            );
          if (collector.receive !== undefined)
            expectWhole(await collector.receive(source(collector.kind), { bytes: body, contentType: type, ...chosen }, NOW));
        }),
        { numRuns: 150 },
      );
    });
    const answers: NotGot[] = [
      { kind: 'unchanged' },
      { kind: 'later', at: NOW + 1000, because: 'pace' },
      { kind: 'refused', refusal: { code: 'collect.robotsForbid' } },
      { kind: 'gone', status: 410 },
      { kind: 'failed', because: { zh: '连不上', en: 'no' }, code: 'connection' },
    ];
    for (const answer of collector.pull === undefined ? [] : answers)
      test(`keeps its cursor when it is answered: ${answer.kind}`, async () => {
        const cursor = { since: '5', seen: [['a', 'b']], threads: [], place: null };
        const pulled = await collector.pull!(source(collector.kind), cursor, async () => answer, NOW);
        expect(pulled.cursor).toEqual(cursor);
        expect(pulled.stopped).toEqual(answer);
        expect(pulled.items).toEqual([]);
      });
    if (collector.pull !== undefined)
      test('asks one address per pull, with the manners of the source', async () => {
        const get = table({});
        await collector.pull!(
          source(collector.kind, { manners: { robots: false, pollAtLeast: 0, pollAtMost: 0, pause: 9000 } }),
          null,
          get,
          NOW,
        );
        expect(get.asked.length).toBe(1);
        expect(get.options[0]).toMatchObject({ robots: false, pause: 9000 });
      });
  });
}
