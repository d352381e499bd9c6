import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import { readSitemap } from '../../collect/sitemap.ts';
import type { Json } from '../../model/words.ts';
import collector from './sitemap.ts';

const ADDRESS = 'https://site.example/sitemap.xml';
const map = (inner: string): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n">${inner}</urlset>`;
const url = (path: string, more = ''): string => `<url><loc>https://site.example${path}</loc>${more}</url>`;
const mod = (time: string): string => `<lastmod>${time}</lastmod>`;
const news = (title: string, time: string): string =>
  `<news:news><news:publication><news:name>报</news:name><news:language>zh-cn</news:language></news:publication><news:publication_date>${time}</news:publication_date><news:title>${title}</news:title></news:news>`;
const index = (...names: string[]): string =>
  `<sitemapindex>${names.map((name) => `<sitemap><loc>https://site.example/${name}</loc></sitemap>`).join('')}</sitemapindex>`;
const site = (over = {}) => source('sitemap', { address: ADDRESS, ...over });
const pull = (body: string | Uint8Array, cursor: Json = null, over = {}) =>
  collector.pull(site(over), cursor, async () => ok(body, { 'content-type': 'application/xml' }, ADDRESS), NOW);
const paths = (pulled: { follow?: readonly { address: string }[] }): string[] =>
  (pulled.follow ?? []).map((one) => new URL(one.address).pathname);

describe('shapes', () => {
  test.each<[string, string, object]>([
    [
      'entities and blanks',
      map('<url><loc> https://site.example/a?b=1&amp;c=2 </loc></url>'),
      { address: 'https://site.example/a?b=1&c=2' },
    ],
    ['CDATA', map('<url><loc><![CDATA[https://site.example/a]]></loc></url>'), { address: 'https://site.example/a' }],
    [
      'prefixes',
      '<sm:urlset xmlns:sm="s"><sm:url><sm:loc>https://site.example/a</sm:loc></sm:url></sm:urlset>',
      { address: 'https://site.example/a' },
    ],
    [
      'a picture inside',
      map(url('/a', '<image:image><image:loc>https://cdn.example/p.png</image:loc><image:title>图</image:title></image:image>')),
      { address: 'https://site.example/a', title: '' },
    ],
    ['a date alone', map(url('/a', mod('2026-03-09'))), { changedAt: Date.parse('2026-03-09T00:00:00Z') }],
    ['a text list', '\ufeffhttps://site.example/a\r\n', { address: 'https://site.example/a' }],
    [
      'news',
      map(url('/a', news('停水 &amp; 公告', '2026-03-10T08:00:00+08:00'))),
      { title: '停水 & 公告', publishedAt: Date.parse('2026-03-10T08:00:00+08:00'), language: 'zh-cn' },
    ],
  ])('%s', (_why, text, entry) => {
    expect(readSitemap(text, ADDRESS).entries).toEqual([expect.objectContaining(entry)]);
  });
  test('what is none; addresses that run something; a hundred thousand open tags', () => {
    for (const text of ['', 'hello', '<html></html>', '<rss></rss>', '{}']) expect(readSitemap(text, ADDRESS).kind).toBe('none');
    expect(readSitemap(map('<url><loc>javascript:alert(1)</loc></url>'), ADDRESS)).toMatchObject({ entries: [], nLeftOut: 1 });
    expect(readSitemap(map('<url><loc>'.repeat(100_000)), ADDRESS).entries).toEqual([]);
    expect(readSitemap(map(url('/a').repeat(50_003)), ADDRESS)).toMatchObject({ nLeftOut: 3 });
  });
});

test('of a sitemap with times the last days are followed, and an edit is read again', async () => {
  const old = url('/old', mod('2026-01-01'));
  const first = await pull(map(old + url('/a', mod('2026-03-10T01:00:00Z')) + url('/b', mod('2026-03-09T20:00:00Z'))));
  expect(paths(first)).toEqual(['/a', '/b']);
  const second = await pull(
    map(old + url('/a', mod('2026-03-10T03:00:00Z')) + url('/b', mod('2026-03-09T20:00:00Z')) + url('/c', mod('2026-03-10'))),
    first.cursor,
  );
  expect(second.follow).toMatchObject([{ key: 'https://site.example/a', readBefore: true }, { key: 'https://site.example/c' }]);
  expect(second.follow![1]!.readBefore).toBeUndefined();
});

test('of a sitemap without times the first look only remembers', async () => {
  const first = await pull(map(url('/a') + url('/b')));
  expect(paths(first)).toEqual([]);
  expect(paths(await pull(map(url('/a') + url('/b') + url('/c')), first.cursor))).toEqual(['/c']);
});

test('the largest sitemap without times is remembered whole, and one that was forgotten floods nothing', async () => {
  const all = (n: number): string => map(Array.from({ length: n }, (_, at) => url(`/${at}`)).join(''));
  const first = await pull(all(49_000));
  const second = await pull(all(49_003), first.cursor);
  expect([paths(first), paths(second)]).toEqual([[], ['/49000', '/49001', '/49002']]);
  expect(JSON.stringify(second.cursor).length).toBeLessThan(300_000);
  const forgotten = await pull(all(49_003), { ...(first.cursor as object), marks: '' });
  expect([paths(forgotten), forgotten.notes]).toEqual([[], ['sitemap.tooManyWithoutTime 49003']]);
});

test('a news sitemap tells title and time; packed ones are read', async () => {
  const { follow } = await pull(gzipSync(map(url('/n', news('停水', '2026-03-10T08:00:00+08:00')))));
  expect(follow).toMatchObject([{ known: { kind: 'article', title: '停水', publishedAt: Date.parse('2026-03-10T08:00:00+08:00') } }]);
  expect((await pull(gzipSync(Buffer.alloc(50e6)))).stopped).toMatchObject({ code: 'bomb' });
});

test('other hosts and persons are left out and counted', async () => {
  const time = mod('2026-03-10T01:00:00Z');
  const body = map(
    url('/a', time) +
      `<url><loc>https://other.example/x</loc>${time}</url>` +
      url('/author/jane-doe', time) +
      url('/@jane', time) +
      `<url><loc>https://www.site.example/w</loc>${time}</url>`,
  );
  const pulled = await pull(body);
  expect([paths(pulled), pulled.notes]).toEqual([['/a', '/w'], ['sitemap.leftOut 3']]);
});

test('a hundred a round, the rest in the next', async () => {
  const body = map(Array.from({ length: 150 }, (_, n) => url(`/${n}`, mod('2026-03-10T01:00:00Z'))).join(''));
  const first = await pull(body);
  const second = await pull(body, first.cursor);
  expect([paths(first).length, paths(second).length, new Set([...paths(first), ...paths(second)]).size]).toEqual([100, 50, 150]);
});

describe('an index', () => {
  const time = mod('2026-03-10T01:00:00Z');
  async function walk(answers: Parameters<typeof table>[0]) {
    const get = table(answers);
    const found: string[] = [];
    const notes: string[] = [];
    let cursor: Json = null;
    for (let n = 0; n < 20; n++) {
      const pulled = await collector.pull(site(), cursor, get, NOW);
      found.push(...paths(pulled));
      notes.push(...pulled.notes);
      cursor = pulled.cursor;
      if (pulled.more !== true) break;
    }
    return { found: found.sort(), asked: get.asked.map((one) => new URL(one).pathname), notes };
  }
  test('is walked, a missing sitemap is passed over, an index inside is not walked', async () => {
    const at = (name: string): string => `https://site.example/${name}`;
    const { found, asked, notes } = await walk({
      [ADDRESS]: ok(index('1.xml', '2.xml', 'gone.xml', 'inner.xml')),
      [at('1.xml')]: ok(map(url('/a', time))),
      [at('2.xml')]: ok(map(url('/b', time))),
      [at('inner.xml')]: ok(index('deep.xml')),
    });
    expect(found).toEqual(['/a', '/b']);
    expect(asked.sort()).toEqual(['/1.xml', '/2.xml', '/gone.xml', '/inner.xml', '/sitemap.xml']);
    expect(notes).toEqual(['sitemap.missing gone']);
  });
  test('names no sitemap of another host, and no more than a round can hold', async () => {
    const many = index(...Array.from({ length: 40 }, (_, n) => `${n}.xml`)).replace(
      'https://site.example/39.xml',
      'https://inside.example/39.xml',
    );
    const { asked } = await walk({ [ADDRESS]: ok(many) });
    expect([asked.length, asked.includes('/39.xml')]).toEqual([13, false]);
  });
});
