import { expect, test } from 'vitest';
import { articlePage, NOW, ok, SENTENCE, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Json } from '../../model/words.ts';
import type { Got, NotGot } from '../../ports.ts';
import collector from './feed.ts';

const LONG = '县水务公司通报东门片区供水情况。'.repeat(40);
const rss = (entries: readonly [guid: string, text: string][], head = '') =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>澄湾发布</title><link>https://site.example/</link>${head}${entries
    .map(
      ([guid, text]) =>
        `<item><title>通告 ${guid}</title><link>https://site.example/${guid}.html</link><guid>${guid}</guid><description>${text}</description></item>`,
    )
    .join('')}</channel></rss>`;

const xml = { 'content-type': 'application/rss+xml' };
const pull = (cursor: Json, got: Got | NotGot, settings = {}) => collector.pull(source('feed', { settings }), cursor, async () => got, NOW);

test('gives whole texts at once, follows summaries, and each of them once', async () => {
  const first = await pull(
    null,
    ok(
      rss([
        ['a', LONG],
        ['b', '摘要'],
      ]),
      xml,
    ),
  );
  expect(first.items.map((item) => item.key)).toEqual(['a']);
  expect(first.follow!.map((follow) => [follow.key, follow.address])).toEqual([['b', 'https://site.example/b.html']]);
  const second = await pull(
    first.cursor,
    ok(
      rss([
        ['c', LONG],
        ['a', LONG],
        ['b', '摘要'],
      ]),
      xml,
    ),
  );
  expect(second.items.map((item) => item.key)).toEqual(['c']);
  expect(second.follow).toEqual([]);
});
test('an entry that was edited is read again', async () => {
  const first = await pull(
    null,
    ok(
      rss([
        ['a', LONG],
        ['b', '摘要'],
      ]),
      xml,
    ),
  );
  const second = await pull(
    first.cursor,
    ok(
      rss([
        ['a', `${LONG}更正。`],
        ['b', '摘要二'],
      ]),
      xml,
    ),
  );
  expect(second.items.map((item) => item.key)).toEqual(['a']);
  expect(second.follow).toMatchObject([{ key: 'b', readBefore: true }]);
  expect(first.follow![0]!.readBefore).toBeUndefined();
});
test('a followed summary becomes the text of its page, under its own key and title', async () => {
  const { follow } = await pull(null, ok(rss([['b', '摘要']]), xml));
  const read = await collector.read(source('feed'), follow![0]!, async () => ok(articlePage('通告 b - 澄湾发布')), NOW);
  expect(read.items[0]).toMatchObject({ key: 'b', title: '通告 b', address: 'https://site.example/b.html' });
  expect(read.items[0]!.body).toContain(SENTENCE);
});
test('where the text is can be chosen', async () => {
  const got = ok(
    rss([
      ['a', LONG],
      ['b', '摘要'],
    ]),
    xml,
  );
  expect((await pull(null, got, { fullText: 'feed' })).follow).toEqual([]);
  expect((await pull(null, got, { fullText: 'page' })).items).toEqual([]);
});
test('validators go back as they came, and an unchanged feed keeps its cursor', async () => {
  const got = { ...ok(rss([['a', LONG]]), xml), validators: { etag: 'W/"x y"', lastModified: 'Tue' } };
  const first = await pull(null, got);
  const get = table({ 'https://site.example/list': { kind: 'unchanged' } });
  const second = await collector.pull(source('feed'), first.cursor, get, NOW);
  expect(get.options[0]!.validators).toEqual(got.validators);
  expect(second.cursor).toEqual(first.cursor);
});
test('a page with an error or a login, sent as a success, loses nothing', async () => {
  const first = await pull(null, ok(rss([['a', LONG]]), xml));
  const second = await pull(first.cursor, ok('<html><body><form>请登录</form></body></html>'));
  expect(second.stopped).toMatchObject({ kind: 'failed', code: 'notAFeed' });
  expect(second.cursor).toEqual(first.cursor);
});
test('the pause the feed or its server asks for is handed on, a day at most', async () => {
  expect((await pull(null, ok(rss([['a', LONG]], '<ttl>90</ttl>'), xml))).askedPause).toBe(90 * 60_000);
  const cached = { ...xml, 'cache-control': 'public, max-age=7200' };
  expect((await pull(null, ok(rss([['a', LONG]]), cached))).askedPause).toBe(7_200_000);
  expect((await pull(null, ok(rss([['a', LONG]]), { ...cached, 'cache-control': 'max-age=99999999' }))).askedPause).toBe(86_400_000);
});
test('a JSON Feed is read as well', async () => {
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Notes',
    items: [{ id: '1', url: 'https://site.example/1', title: 'Brown water', content_text: LONG }],
  };
  const { items } = await pull(null, ok(JSON.stringify(json), { 'content-type': 'application/feed+json' }));
  expect(items).toMatchObject([{ key: '1', title: 'Brown water' }]);
});
