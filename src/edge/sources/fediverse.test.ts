import { expect, test } from 'vitest';
import { NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Item } from '../../model/document.ts';
import type { Json } from '../../model/words.ts';
import type { Get, Pulled } from '../../ports.ts';
import collector from './fediverse.ts';

const status = (id: number, over: Record<string, unknown> = {}) => ({
  id: String(id),
  created_at: '2026-03-10T03:00:00.000Z',
  url: `https://site.example/@a/${id}`,
  visibility: 'public',
  content: `<p>水 ${id}<br>黄的 <a href="https://site.example/tags/x">#<span>澄湾</span></a></p>`,
  account: { acct: 'a' },
  media_attachments: [],
  ...over,
});

const server = source('fediverse', { address: 'https://site.example' });
const json = (value: unknown, headers = {}) => ok(JSON.stringify(value), { 'content-type': 'application/json', ...headers });
async function only(over: Record<string, unknown>): Promise<readonly Item[]> {
  return (await collector.pull(server, null, async () => json([status(1, over)]), NOW)).items;
}

test('a post: text without markup, author, time', async () => {
  const [item] = await only({});
  expect(item).toMatchObject({ key: '1', kind: 'post', author: 'a', publishedAt: Date.parse('2026-03-10T03:00:00Z') });
  expect(item!.body).toBe('水 1\n黄的 #澄湾');
});
test('a reply carries its thread; a boost is a post of its own with the same text', async () => {
  expect((await only({ in_reply_to_id: '9' }))[0]).toMatchObject({ kind: 'reply', thread: '9' });
  const [boost] = await only({ content: '', account: { acct: 'b' }, reblog: status(7) });
  expect(boost).toMatchObject({ key: '1', kind: 'post', author: 'b', address: 'https://site.example/@a/7' });
  expect(boost!.body).toContain('水 7');
});
test('an image post speaks by its description', async () => {
  const [item] = await only({ content: '', media_attachments: [{ type: 'image', description: '一杯黄水' }] });
  expect(item).toMatchObject({ body: '一杯黄水', nImages: 1 });
});
test('private posts and writers who asked not to be indexed are left out', async () => {
  expect(await only({ visibility: 'private' })).toEqual([]);
  expect(await only({ account: { acct: 'a', noindex: true } })).toEqual([]);
  expect(await only({ reblog: status(7, { visibility: 'private' }) })).toEqual([]);
});
test('asks for the tag, or the local timeline', async () => {
  const get = table({});
  await collector.pull({ ...server, settings: { tag: '#澄湾' } }, null, get, NOW);
  await collector.pull({ ...server, settings: { local: false } }, null, get, NOW);
  expect(get.asked).toEqual([
    `https://site.example/api/v1/timelines/tag/${encodeURIComponent('澄湾')}?local=true&limit=40`,
    'https://site.example/api/v1/timelines/public?limit=40',
  ]);
});
test('walks back by max_id until what was known, and reads every post once', async () => {
  let newest = 130;
  const get: Get = async (address) => {
    const query = new URL(address).searchParams;
    const max = Number(query.get('max_id') ?? 1e9);
    const since = Number(query.get('since_id') ?? 0);
    const ids = Array.from({ length: newest }, (_, n) => newest - n).filter((id) => id < max && id > since);
    return json(ids.slice(0, 40).map((id) => status(id)));
  };
  let cursor: Json = null;
  async function round(): Promise<string[]> {
    const keys: string[] = [];
    for (let more = true; more; ) {
      const pulled: Pulled = await collector.pull(server, cursor, get, NOW);
      keys.push(...pulled.items.map((item) => item.key));
      cursor = pulled.cursor;
      more = pulled.more ?? false;
    }
    return keys;
  }
  expect(await round()).toEqual(Array.from({ length: 130 }, (_, n) => String(130 - n)));
  newest = 235;
  expect(await round()).toEqual(Array.from({ length: 105 }, (_, n) => String(235 - n)));
  expect(await round()).toEqual([]);
});
test('the rate limit of the server becomes a pause', async () => {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-03-10T04:05:00Z', date: 'Tue, 10 Mar 2026 04:00:00 GMT' };
  expect((await collector.pull(server, null, async () => json([], headers), NOW)).askedPause).toBe(300_000);
});
test('an error page sent as a success is a failure, and the cursor stays', async () => {
  const cursor = { since: '5', back: null };
  for (const body of ['<html>Login</html>', '{"error":"This method requires an authenticated user"}', 'null']) {
    const pulled = await collector.pull(source('fediverse', { address: 'https://social.example' }), cursor, async () => ok(body), NOW);
    expect(pulled.stopped).toMatchObject({ kind: 'failed', code: 'notATimeline' });
    expect(pulled.cursor).toEqual(cursor);
    expect(pulled.items).toEqual([]);
  }
});
test('an address that is none is refused without asking', async () => {
  const get = table({});
  const pulled = await collector.pull(source('fediverse', { address: 'social' }), null, get, NOW);
  expect(pulled.stopped).toMatchObject({ kind: 'refused', refusal: { code: 'collect.badAddress' } });
  expect(get.asked).toEqual([]);
});
