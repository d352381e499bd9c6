/**
 * Collector: a board of a forum. The list gives threads; a thread is read when it is new, when its replies or last time changed, and a
 * few times more while it is young, because edits and removals show in no list. Each floor is an item of its own; one that is missing
 * after a thread was read whole, from its first page to its last, was removed.
 */
import type { ThreadPage } from '../../collect/forumPage.ts';
import type { ListEntry } from '../../collect/listPage.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, Pulled } from '../../ports.ts';
import { type FloorMemory, floorMemory } from '../floorMemory.ts';
import { nextPlace, readList } from '../listPlace.ts';
import { fieldOf, recordOf } from '../looseValues.ts';
import { failed } from '../outboundFault.ts';
import { parseApart } from '../parseApart.ts';
import { PAGE_ACCEPT, ZONE_FIELD, zoneOf } from '../sourceSettings.ts';
import { type ThreadMemory, threadMemory } from '../threadMemory.ts';
import { shownRows } from '../shownShape.ts';

const MAX_THREAD_PAGES = 30;

function followsOf(entries: readonly ListEntry[], memory: ThreadMemory, now: Instant): Follow[] {
  return entries
    .filter((entry) => memory.isNews({ ...entry, lastAt: entry.lastAt ?? entry.publishedAt }, now))
    .map((entry) => ({ address: entry.address, key: entry.key, known: { kind: 'post', title: entry.title } }));
}

/** Where a thread has pages without floor numbers, the page keeps its floors apart from those of the page before. */
function floorKey(follow: Follow, thread: ThreadPage, post: ThreadPage['posts'][number]): string {
  const nPage = follow.nPage ?? 1;
  if (post.isOpening && nPage === 1) return follow.key;
  const isRestarted = nPage > 1 && thread.posts[0]?.floor === 1;
  return `${follow.key}#${isRestarted ? `${nPage}:` : ''}${post.key}`;
}

function itemOf(follow: Follow, thread: ThreadPage, post: ThreadPage['posts'][number]): Item {
  const isOpening = post.isOpening && (follow.nPage ?? 1) === 1;
  return {
    key: floorKey(follow, thread, post),
    address: follow.address,
    title: isOpening ? thread.title || (follow.known.title ?? '') : '',
    body: post.body,
    kind: isOpening ? 'post' : 'reply',
    ...(isOpening ? {} : { thread: follow.key }),
    ...(post.author === undefined ? {} : { author: post.author }),
    ...(post.publishedAt === undefined ? {} : { publishedAt: post.publishedAt }),
    ...(post.nImages === undefined ? {} : { nImages: post.nImages }),
    ...(post.gone === true ? { gone: true } : {}),
  };
}

function nextFollow(follow: Follow, thread: ThreadPage): Follow[] {
  const nPage = follow.nPage ?? 1;
  if (thread.next === undefined || nPage >= MAX_THREAD_PAGES) return [];
  return [{ address: thread.next, key: follow.key, known: follow.known, nPage: nPage + 1 }];
}

function goneItem(key: string, address: string, thread?: string): Item {
  const kind = thread === undefined ? 'post' : 'reply';
  return { key, address, title: '', body: '', kind, gone: true, ...(thread === undefined ? {} : { thread }) };
}

/** The cursor with what was learned of floors; null when none was given, so that none is kept. */
function withFloors(kept: Json | undefined, floors: FloorMemory): Json {
  if (kept === undefined) return null;
  return { ...(recordOf(kept) as { readonly [key: string]: Json }), floors: floors.toJson() };
}

function threadGone(follow: Follow, kept: Json | undefined, note: string): Pulled {
  const floors = floorMemory(fieldOf(kept ?? null, 'floors'));
  floors.forget(follow.key);
  return { items: [goneItem(follow.key, follow.address)], notes: [note], cursor: withFloors(kept, floors) };
}

interface Vanished {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
  readonly cursor: Json;
}

function vanishedFrom(follow: Follow, thread: ThreadPage, items: readonly Item[], kept: Json | undefined): Vanished {
  const floors = floorMemory(fieldOf(kept ?? null, 'floors'));
  const start = `${follow.key}#`;
  const nPage = follow.nPage ?? 1;
  const { vanished, isDoubtful } = floors.take(follow.key, {
    nPage,
    floors: items.filter((item) => item.gone !== true && item.key.startsWith(start)).map((item) => item.key.slice(start.length)),
    nShown: items.length,
    isWhole: thread.isThread && thread.notes.length === 0 && items.length > 0,
    isLast: thread.next === undefined,
    nReplies: threadMemory(fieldOf(kept ?? null, 'threads')).nReplies(follow.key),
  });
  return {
    items: vanished.map((floor) => goneItem(start + floor, follow.address, follow.key)),
    notes: isDoubtful ? ['forum.manyMissing'] : [],
    cursor: withFloors(kept, floors),
  };
}

async function read(source: Source, follow: Follow, get: Get, now: Instant, kept?: Json): Promise<Pulled> {
  const { robots, pause } = source.manners;
  const got = await get(follow.address, { accept: PAGE_ACCEPT, robots, pause });
  const nothing = { items: [], notes: [], cursor: null };
  // A later page that is gone only means that the thread became shorter.
  if (got.kind === 'gone') return (follow.nPage ?? 1) > 1 ? nothing : threadGone(follow, kept, 'forum.threadGone');
  if (got.kind === 'refused') return { ...nothing, notes: [`page.refused ${got.refusal.code}`] };
  if (got.kind !== 'ok') return { ...nothing, stopped: got };
  const kit = { address: got.address, now, zone: zoneOf(source) };
  const parsed = await parseApart('thread', { bytes: got.bytes, contentType: got.headers['content-type'] ?? '', kit });
  if (!parsed.ok) return { ...nothing, notes: [`page.tooHeavy ${parsed.why}`], stopped: failed('tooHeavy') };
  const { charset, ...thread } = parsed.value;
  const items = thread.posts.map((post) => itemOf(follow, thread, post));
  // The opening post was taken down: with it goes the whole thread, so what still stands below it is not taken in again.
  if (items.some((item) => item.gone === true && item.key === follow.key)) return threadGone(follow, kept, 'forum.openingGone');
  const vanished = vanishedFrom(follow, thread, items, kept);
  return {
    items: [...items, ...vanished.items],
    notes: [...thread.notes, ...(thread.isThread ? [] : ['forum.noFloors']), ...vanished.notes],
    cursor: vanished.cursor,
    follow: nextFollow(follow, thread),
    charset,
  };
}

export default {
  kind: 'forum',
  about: { zh: '论坛版块：读帖子和每一楼', en: 'Board of a forum: threads and each of their floors' },
  settings: [
    {
      name: 'list',
      label: { zh: '帖子列表在页面何处（CSS 选择器，可空）', en: 'Where the list of threads is (simple CSS selector; may be empty)' },
      type: 'text',
    },
    { name: 'pages', label: { zh: '最多翻几页', en: 'Pages to turn at most' }, type: 'number', default: 3 },
    ZONE_FIELD,
  ],
  standing: 'community',
  manners: { robots: true, pollAtLeast: 10 * MINUTE, pollAtMost: 6 * HOUR, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const page = await readList(source, kept, get, now);
    if (page.kind === 'stopped') return { items: [], notes: [], cursor: page.cursor, stopped: page.stopped };
    const memory = threadMemory(fieldOf(kept, 'threads'));
    const news = followsOf(page.list.entries, memory, now);
    // A board is ordered by its last reply: a page with nothing new on it is followed by pages with nothing new.
    const place = nextPlace(source, page, news.length > 0);
    const { charset, movedTo } = page;
    return {
      items: [],
      notes: page.list.notes,
      follow: page.nPage === 1 ? [...news, ...memory.young(now)] : news,
      cursor: { threads: memory.toJson(), floors: fieldOf(kept, 'floors') ?? [], place: place === null ? null : { ...place } },
      charset,
      ...shownRows(page.list.entries, page.nPage),
      ...(place === null ? {} : { more: true }),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  },
  read,
} satisfies Collector;
