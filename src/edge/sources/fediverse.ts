/**
 * Collector: a server's public timeline, or one tag of it (Mastodon API). Only public posts are read, without an account; people are
 * not followed. One page per pull: newest first, then back by `max_id` until what was known is met.
 */
import { plainText } from '../../collect/plainText.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Get, Got, NotGot, Pulled } from '../../ports.ts';
import { fieldOf, listOfValues, numberOf, parseJson, recordOf, textOf } from '../looseValues.ts';
import { retryAfter } from '../retryAfter.ts';

const PAGE = 40;
/** Pages read back at most before the newest are read again: a server that is far busier than our pace must not hold us for ever. */
const MAX_PAGES = 15;

/** Pages of the past read when a source is new. */
const FIRST_PAGES = 5;

/** `since`: the newest post known. `back`: where the walk to it stands, and the newest post it began with. */
interface Cursor {
  readonly since: string;
  readonly back: { readonly maxId: string; readonly newest: string; readonly nPages: number } | null;
}

function cursorOf(kept: Json): Cursor {
  const back = recordOf(fieldOf(kept, 'back'));
  const maxId = textOf(back.maxId);
  return {
    since: textOf(fieldOf(kept, 'since')),
    back: maxId === '' ? null : { maxId, newest: textOf(back.newest), nPages: numberOf(back.nPages) ?? 0 },
  };
}

/** Ids are numbers too large for a number: the longer is the larger. */
function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

function timelineAddress(source: Source, cursor: Cursor): string {
  const tag = textOf(source.settings.tag).replace(/^#/, '').trim();
  const url = new URL(tag === '' ? '/api/v1/timelines/public' : `/api/v1/timelines/tag/${encodeURIComponent(tag)}`, source.address);
  if (source.settings.local !== false) url.searchParams.set('local', 'true');
  url.searchParams.set('limit', String(PAGE));
  if (cursor.since !== '') url.searchParams.set('since_id', cursor.since);
  if (cursor.back !== null) url.searchParams.set('max_id', cursor.back.maxId);
  return url.href;
}

function mediaOf(post: Readonly<Record<string, unknown>>): { nImages: number; words: string[] } {
  const media = listOfValues(post.media_attachments).map(recordOf);
  const words = media.map((each) => textOf(each.description).trim()).filter((text) => text !== '');
  return { nImages: media.filter((each) => each.type === 'image' || each.type === 'gifv').length, words };
}

/** A boost is a post of its own with the text it passes on. Null: not public, or its writer asked not to be indexed. */
function itemOf(status: Readonly<Record<string, unknown>>): Item | null {
  const boosted = recordOf(status.reblog);
  const isBoost = textOf(boosted.id) !== '';
  const told = isBoost ? boosted : status;
  if (textOf(status.visibility || 'public') !== 'public' || textOf(told.visibility || 'public') !== 'public') return null;
  if (recordOf(told.account).noindex === true) return null;
  const media = mediaOf(told);
  const body = [textOf(told.spoiler_text), plainText(textOf(told.content)), ...media.words].filter((text) => text !== '').join('\n');
  const publishedAt = Date.parse(textOf(status.created_at));
  const replyTo = isBoost ? '' : textOf(status.in_reply_to_id);
  const language = textOf(told.language);
  return {
    key: textOf(status.id),
    address: textOf(told.url) || textOf(told.uri),
    title: '',
    body,
    kind: replyTo === '' ? 'post' : 'reply',
    author: textOf(recordOf(status.account).acct),
    nImages: media.nImages,
    ...(Number.isNaN(publishedAt) ? {} : { publishedAt }),
    ...(replyTo === '' ? {} : { thread: replyTo }),
    ...(language === '' ? {} : { language }),
    ...(isBoost ? {} : { reach: numberOf(told.reblogs_count) ?? 0 }),
  };
}

/** The server says how many questions are left; with none left it says when to come again. */
function askedPause(got: Got, now: Instant): { readonly askedPause?: number } {
  if (numberOf(got.headers['x-ratelimit-remaining']) !== 0) return {};
  const span = retryAfter(got.headers, now);
  return span === null ? {} : { askedPause: span };
}

function nextCursor(cursor: Cursor, ids: readonly string[], firstPages: number): Cursor {
  const newest = cursor.back?.newest ?? ids.reduce((a, b) => (isLater(b, a) ? b : a), cursor.since);
  const oldest = ids.reduce((a, b) => (isLater(a, b) ? b : a), ids[0] ?? '');
  const nPages = (cursor.back?.nPages ?? 0) + 1;
  const most = cursor.since === '' ? Math.min(firstPages, MAX_PAGES) : MAX_PAGES;
  if (ids.length < PAGE || nPages >= most) return { since: newest, back: null };
  return { since: cursor.since, back: { maxId: oldest, newest, nPages } };
}

const NO_TIMELINE: NotGot = {
  kind: 'failed',
  code: 'notATimeline',
  because: { zh: '服务器给出的不是公开时间线', en: 'What this server gives is not a public timeline' },
};
const BAD_ADDRESS: NotGot = { kind: 'refused', refusal: { code: 'collect.badAddress' } };

export default {
  kind: 'fediverse',
  about: { zh: '联邦宇宙服务器的公开时间线，可只看一个话题标签', en: 'Public timeline of a fediverse server, or one tag of it' },
  settings: [
    { name: 'tag', label: { zh: '话题标签（空着：整条公开时间线）', en: 'Tag (empty: the whole public timeline)' }, type: 'text' },
    { name: 'local', label: { zh: '只看本服务器的帖子', en: 'Only posts of this server' }, type: 'boolean', default: true },
    {
      name: 'firstPages',
      label: { zh: '首次回看几页（每页 40 条）', en: 'Pages of the past to read at first (40 posts each)' },
      type: 'number',
      default: FIRST_PAGES,
    },
  ],
  standing: 'community',
  manners: { robots: true, pollAtLeast: 5 * MINUTE, pollAtMost: HOUR, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const cursor = cursorOf(kept);
    const unchanged = { items: [], notes: [], cursor: kept };
    if (!URL.canParse(source.address)) return { ...unchanged, stopped: BAD_ADDRESS };
    const { robots, pause } = source.manners;
    const got = await get(timelineAddress(source, cursor), { accept: 'application/json', robots, pause });
    if (got.kind !== 'ok') return { ...unchanged, stopped: got };
    const posts = parseJson(new TextDecoder().decode(got.bytes));
    if (!Array.isArray(posts)) return { ...unchanged, stopped: NO_TIMELINE, ...askedPause(got, now) };
    const statuses = posts.map(recordOf).filter((status) => textOf(status.id) !== '');
    const items = statuses.map(itemOf).filter((item) => item !== null);
    const next = nextCursor(
      cursor,
      statuses.map((status) => textOf(status.id)),
      numberOf(source.settings.firstPages) ?? FIRST_PAGES,
    );
    const nLeftOut = posts.length - items.length;
    return {
      items,
      notes: nLeftOut === 0 ? [] : [`fediverse.leftOut ${nLeftOut}`],
      cursor: { since: next.since, back: next.back },
      ...(next.back === null ? {} : { more: true }),
      ...askedPause(got, now),
    };
  },
} satisfies Collector;
