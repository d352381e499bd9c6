/**
 * Collector: a Discourse forum, or one of its categories or tags, by the JSON it offers everybody. Each post is an item; a topic is read
 * again when its replies changed, and a few times while it is young; a post that vanished is followed.
 */
import { type DiscoursePost, type DiscourseThread, readDiscourseList, readDiscourseThread } from '../../collect/discourse.ts';
import { admitSource } from '../../collect/sourceAdmission.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, NotGot, Pulled } from '../../ports.ts';
import { bytesText } from '../bytesText.ts';
import { floorMemory } from '../floorMemory.ts';
import { fieldOf, numberOf, recordOf } from '../looseValues.ts';
import { countOf } from '../sourceSettings.ts';
import { threadMemory } from '../threadMemory.ts';

const MAX_THREAD_PAGES = 50;
const ACCEPT = 'application/json';

const NOT_DISCOURSE: NotGot = {
  kind: 'failed',
  code: 'notDiscourse',
  because: { zh: '这个地址不是公开的 Discourse 论坛', en: 'This address is no public Discourse forum' },
};
const BAD_ADDRESS: NotGot = { kind: 'refused', refusal: { code: 'collect.badAddress' } };

/** `/latest.json`, `/c/name/5/l/latest.json` or `/tag/name.json` behind whatever page of the forum was given. */
function listAddress(source: Source, nPage: number): string | null {
  const url = URL.parse(source.address);
  if (url === null || !/^https?:$/.test(url.protocol) || !admitSource(source).ok) return null;
  const category = /^(.*\/c\/(?:[^/]+\/)*?\d+)(?:\/l\/[^/]+|\.json|\.rss)?\/?$/.exec(url.pathname)?.[1];
  const tag = /^(.*\/tag\/[^/]+?)(?:\/l\/[^/]+|\.json|\.rss)?\/?$/.exec(url.pathname)?.[1];
  const root = url.pathname.replace(/\/(?:latest|top|new|categories|t\/.*|c\/.*|tag\/.*)?(?:\.json|\.rss)?\/?$/, '');
  url.pathname = category !== undefined ? `${category}/l/latest.json` : tag !== undefined ? `${tag}.json` : `${root}/latest.json`;
  url.search = nPage > 1 ? `?page=${nPage - 1}` : '';
  return url.href;
}

/** Where a topic is read: under the root of the forum, by number. */
function topicAddress(list: string, id: string): string {
  const root = new URL(list).pathname.replace(/\/(?:latest\.json|c\/.*|tag\/.*)$/, '');
  return new URL(`${root}/t/${id}.json`, list).href;
}

function topicKey(list: string, id: string): string {
  return `${new URL(list).host}/t/${id}`;
}

function itemOf(follow: Follow, thread: DiscourseThread, post: DiscoursePost): Item {
  const isOpening = post.floor === 1;
  const page = follow.address.replace(/\.json(?:\?.*)?$/, '');
  return {
    key: isOpening ? follow.key : `${follow.key}#${post.floor}`,
    address: isOpening ? page : `${page}/${post.floor}`,
    title: isOpening ? thread.title || (follow.known.title ?? '') : '',
    body: post.body,
    kind: isOpening ? 'post' : 'reply',
    nImages: post.nImages,
    ...(isOpening ? {} : { thread: follow.key }),
    ...(post.author === '' ? {} : { author: post.author }),
    ...(post.publishedAt === undefined ? {} : { publishedAt: post.publishedAt }),
    ...(post.gone ? { gone: true } : {}),
  };
}

function gone(key: string, address: string, thread?: string): Item {
  return {
    key,
    address,
    title: '',
    body: '',
    kind: thread === undefined ? 'post' : 'reply',
    gone: true,
    ...(thread === undefined ? {} : { thread }),
  };
}

function withFloors(kept: Json | undefined, floors: Json): Json {
  return kept === undefined ? null : { ...(recordOf(kept) as { readonly [key: string]: Json }), floors };
}

function threadGone(follow: Follow, kept: Json | undefined, note: string): Pulled {
  const floors = floorMemory(fieldOf(kept ?? null, 'floors'));
  floors.forget(follow.key);
  return { items: [gone(follow.key, follow.address)], notes: [note], cursor: withFloors(kept, floors.toJson()) };
}

function readPosts(follow: Follow, thread: DiscourseThread, kept: Json | undefined): Pulled {
  const nPage = follow.nPage ?? 1;
  const items = thread.posts.map((post) => itemOf(follow, thread, post));
  if (items.some((item) => item.gone === true && item.key === follow.key)) return threadGone(follow, kept, 'forum.openingGone');
  const isLast = thread.posts.length === 0 || nPage * thread.chunk >= thread.nPosts || nPage >= MAX_THREAD_PAGES;
  const start = `${follow.key}#`;
  const floors = floorMemory(fieldOf(kept ?? null, 'floors'));
  const { vanished, isDoubtful } = floors.take(follow.key, {
    nPage,
    floors: items.filter((item) => item.gone !== true && item.key.startsWith(start)).map((item) => item.key.slice(start.length)),
    nShown: items.length,
    isWhole: items.length > 0,
    isLast,
    nReplies: threadMemory(fieldOf(kept ?? null, 'threads')).nReplies(follow.key),
  });
  const next: Follow = { ...follow, address: `${follow.address.replace(/\?.*$/, '')}?page=${nPage + 1}`, nPage: nPage + 1 };
  return {
    items: [...items, ...vanished.map((floor) => gone(start + floor, follow.address, follow.key))],
    notes: isDoubtful ? ['forum.manyMissing'] : [],
    cursor: withFloors(kept, floors.toJson()),
    follow: isLast ? [] : [next],
  };
}

async function read(source: Source, follow: Follow, get: Get, _now: Instant, kept?: Json): Promise<Pulled> {
  const { robots, pause } = source.manners;
  const got = await get(follow.address, { accept: ACCEPT, robots, pause });
  const nothing = { items: [], notes: [], cursor: null };
  if (got.kind === 'gone') return (follow.nPage ?? 1) > 1 ? nothing : threadGone(follow, kept, 'forum.threadGone');
  if (got.kind === 'refused') return { ...nothing, notes: [`page.refused ${got.refusal.code}`] };
  if (got.kind !== 'ok') return { ...nothing, stopped: got };
  const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
  const thread = readDiscourseThread(text);
  return thread.isThread ? { ...readPosts(follow, thread, kept), charset } : { ...nothing, notes: ['forum.noFloors'], charset };
}

export default {
  kind: 'discourse',
  about: { zh: 'Discourse 论坛：整站、一个分类或一个标签', en: 'Discourse forum: all of it, one category or one tag' },
  settings: [{ name: 'pages', label: { zh: '最多翻几页', en: 'Pages to turn at most' }, type: 'number', default: 2 }],
  standing: 'community',
  manners: { robots: true, pollAtLeast: 10 * MINUTE, pollAtMost: 6 * HOUR, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const nPage = Math.max(1, numberOf(fieldOf(kept, 'page')) ?? 1);
    const list = listAddress(source, nPage);
    if (list === null) return { items: [], notes: [], cursor: kept, stopped: BAD_ADDRESS };
    const { robots, pause } = source.manners;
    const got = await get(list, { accept: ACCEPT, robots, pause });
    if (got.kind !== 'ok') return { items: [], notes: [], cursor: kept, stopped: got };
    const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
    const { topics, isList, hasMore } = readDiscourseList(text);
    if (!isList) return { items: [], notes: [], cursor: kept, stopped: NOT_DISCOURSE, charset };
    const memory = threadMemory(fieldOf(kept, 'threads'));
    const rows = topics.map((topic) => ({ ...topic, key: topicKey(list, topic.id), address: topicAddress(list, topic.id) }));
    const news = rows
      .filter((row) => memory.isNews(row, now))
      .map((row): Follow => ({ address: row.address, key: row.key, known: { kind: 'post', title: row.title } }));
    const more = hasMore && news.length > 0 && nPage < countOf(source, 'pages', 2, 30);
    return {
      items: [],
      notes: [],
      follow: nPage === 1 ? [...news, ...memory.young(now)] : news,
      cursor: { threads: memory.toJson(), floors: fieldOf(kept, 'floors') ?? [], page: more ? nPage + 1 : 1 },
      charset,
      ...(more ? { more: true } : {}),
    };
  },
  read,
} satisfies Collector;
