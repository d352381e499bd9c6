import { describe, expect, test } from 'vitest';
import { NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Follow } from '../../ports.ts';
import collector from './discourse.ts';

const json = (value: unknown) => ok(JSON.stringify(value), { 'content-type': 'application/json' });
const at = (address: string) => source('discourse', { address });
const topic = (id: number, over = {}) => ({
  id,
  title: `水 ${id}`,
  posts_count: 3,
  created_at: '2026-03-09T01:00:00Z',
  last_posted_at: '2026-03-10T01:00:00Z',
  archetype: 'regular',
  visible: true,
  ...over,
});
const list = (topics: object[], more = false) => json({ topic_list: { topics, ...(more ? { more_topics_url: '/latest?page=1' } : {}) } });
const post = (n: number, over = {}) => ({
  id: n,
  post_number: n,
  post_type: 1,
  username: 'jane',
  cooked: `<p>水 ${n} <img class="emoji" src="x"><img src="y"></p>`,
  created_at: '2026-03-10T01:00:00Z',
  ...over,
});
const thread = (posts: object[], all = posts.length) =>
  json({
    id: 7,
    title: '东门水黄',
    archetype: 'regular',
    chunk_size: 2,
    post_stream: { posts, stream: Array.from({ length: all }, (_, n) => n) },
  });

describe('where the list is', () => {
  test.each([
    ['https://talk.example', 'https://talk.example/latest.json'],
    ['https://talk.example/', 'https://talk.example/latest.json'],
    ['https://talk.example/latest', 'https://talk.example/latest.json'],
    ['https://talk.example/latest.rss', 'https://talk.example/latest.json'],
    ['https://talk.example/forum/categories', 'https://talk.example/forum/latest.json'],
    ['https://talk.example/c/water/7', 'https://talk.example/c/water/7/l/latest.json'],
    ['https://talk.example/c/town/water/7/l/top', 'https://talk.example/c/town/water/7/l/latest.json'],
    ['https://talk.example/c/water/7.rss', 'https://talk.example/c/water/7/l/latest.json'],
    ['https://talk.example/tag/water', 'https://talk.example/tag/water.json'],
    ['https://talk.example/t/some-topic/33', 'https://talk.example/latest.json'],
  ])('%s', async (address, asked) => {
    const get = table({});
    await collector.pull(at(address), null, get, NOW);
    expect(get.asked).toEqual([asked]);
  });
  test.each(['https://talk.example/u/jane', 'https://talk.example/u/jane/activity.json', 'nowhere', 'ftp://talk.example/'])(
    'a person is not followed: %s',
    async (address) => {
      const get = table({});
      expect((await collector.pull(at(address), null, get, NOW)).stopped?.kind).toBe('refused');
      expect(get.asked).toEqual([]);
    },
  );
});

test('topics that are new or grew are followed, private ones never; pages are turned while there is news', async () => {
  const forum = at('https://talk.example');
  const first = await collector.pull(
    forum,
    null,
    async () => list([topic(1), topic(2, { archetype: 'private_message' }), topic(3, { visible: false })], true),
    NOW,
  );
  expect(first.follow?.map((one) => [one.address, one.key])).toEqual([['https://talk.example/t/1.json', 'talk.example/t/1']]);
  expect(first.more).toBe(true);
  const get = table({});
  await collector.pull(forum, first.cursor, get, NOW);
  expect(get.asked).toEqual(['https://talk.example/latest.json?page=1']);
  const same = await collector.pull(forum, { ...(first.cursor as object), page: 1 }, async () => list([topic(1)]), NOW);
  expect([same.follow, same.more]).toEqual([[], undefined]);
  const grown = await collector.pull(forum, same.cursor, async () => list([topic(1, { posts_count: 4 })]), NOW);
  expect(grown.follow).toHaveLength(1);
});

describe('a topic', () => {
  const follow: Follow = { address: 'https://talk.example/t/7.json', key: 'talk.example/t/7', known: { kind: 'post', title: '东门水黄' } };
  const read = (
    answer: ReturnType<typeof thread>,
    of = follow,
    cursor: Parameters<typeof collector.read>[4] = { threads: [], floors: [] },
  ) => collector.read(at('https://talk.example'), of, async () => answer, NOW, cursor);
  test('opening post, replies, actions that are no speech, next page', async () => {
    const { items, follow: next } = await read(thread([post(1), post(2), post(3, { post_type: 3, cooked: '' })], 5));
    expect(items).toMatchObject([
      {
        key: 'talk.example/t/7',
        kind: 'post',
        title: '东门水黄',
        body: '水 1',
        author: 'jane',
        nImages: 1,
        address: 'https://talk.example/t/7',
      },
      { key: 'talk.example/t/7#2', kind: 'reply', thread: 'talk.example/t/7', title: '', address: 'https://talk.example/t/7/2' },
    ]);
    expect(next).toMatchObject([{ address: 'https://talk.example/t/7.json?page=2', nPage: 2, key: follow.key }]);
  });
  test('a vanished post, a removed one, and a removed topic are followed', async () => {
    const before = await read(thread([post(1), post(2), post(3)], 2));
    const after = await read(thread([post(1), post(3)], 2), follow, before.cursor);
    expect(after.items.filter((item) => item.gone).map((item) => item.key)).toEqual(['talk.example/t/7#2']);
    const marked = await read(thread([post(1), post(2, { user_deleted: true })], 2));
    expect(marked.items.filter((item) => item.gone).map((item) => item.key)).toEqual(['talk.example/t/7#2']);
    for (const answer of [thread([post(1, { deleted_at: '2026-03-10T00:00:00Z' }), post(2)]), { kind: 'gone', status: 404 } as never])
      expect((await read(answer)).items).toEqual([expect.objectContaining({ key: 'talk.example/t/7', gone: true })]);
  });
  test('what is no topic gives nothing and says so', async () => {
    expect(await read(json({ errors: ['no'] }))).toMatchObject({ items: [], notes: ['forum.noFloors'] });
  });
});
