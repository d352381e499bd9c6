/**
 * Collector: a board of a forum. The list gives threads; a thread is read when it is new, when its replies or last time changed, and a
 * few times more while it is young, because edits and removals show in no list. Each floor is an item of its own.
 */
import { readThread, type ThreadPage } from '../../collect/forumPage.ts';
import type { ListEntry } from '../../collect/listPage.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, Pulled } from '../../ports.ts';
import { bytesText } from '../bytesText.ts';
import { nextPlace, readList } from '../listPlace.ts';
import { fieldOf } from '../looseValues.ts';
import { PAGE_ACCEPT, ZONE_FIELD, zoneOf } from '../sourceSettings.ts';
import { type ThreadMemory, threadMemory } from '../threadMemory.ts';

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

async function read(source: Source, follow: Follow, get: Get, now: Instant): Promise<Pulled> {
  const { robots, pause } = source.manners;
  const got = await get(follow.address, { accept: PAGE_ACCEPT, robots, pause });
  const nothing = { items: [], notes: [], cursor: null };
  if (got.kind === 'gone') {
    // A later page that is gone only means that the thread became shorter.
    if ((follow.nPage ?? 1) > 1) return nothing;
    const opening = { key: follow.key, address: follow.address, title: '', body: '', kind: 'post' as const, gone: true };
    return { ...nothing, items: [opening], notes: ['forum.threadGone'] };
  }
  if (got.kind === 'refused') return { ...nothing, notes: [`page.refused ${got.refusal.code}`] };
  if (got.kind !== 'ok') return { ...nothing, stopped: got };
  const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
  const thread = readThread(text, { address: got.address, now, zone: zoneOf(source) });
  return {
    ...nothing,
    items: thread.posts.map((post) => itemOf(follow, thread, post)),
    notes: thread.isThread ? thread.notes : [...thread.notes, 'forum.noFloors'],
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
      cursor: { threads: memory.toJson(), place: place === null ? null : { ...place } },
      charset,
      ...(place === null ? {} : { more: true }),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  },
  read,
} satisfies Collector;
