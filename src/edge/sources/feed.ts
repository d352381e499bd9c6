/**
 * Collector: feeds (RSS, Atom, JSON Feed). Asks conditionally, reads only what is new or changed, and follows an entry to its page when
 * the feed gives a summary only.
 */
import { hubOfHeader } from '../../collect/siteDiscovery.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, MINUTE, SECOND, type Span } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, Got, NotGot, Pulled, Validators } from '../../ports.ts';
import { readArticlePage } from '../articlePage.ts';
import { fieldOf, recordOf, textOf } from '../looseValues.ts';
import { failed } from '../outboundFault.ts';
import { parseApart } from '../parseApart.ts';
import type { ParsedFeed } from '../parseTasks.ts';
import { seenMarks } from '../seenMarks.ts';
import { FEED_ACCEPT, ZONE_FIELD } from '../sourceSettings.ts';
import { shownItems } from '../shownShape.ts';

/** Read by streaming and counted after unpacking (S-ZIP). */
const FEED_BYTES = 20 * 1024 * 1024;
/** `auto`: a text of this many characters is taken as whole unless it ends in dots; chosen: shorter ones are news-ticker summaries. */
const WHOLE_TEXT = 400;

function validatorsOf(kept: Json): Validators {
  const { etag, lastModified } = recordOf(fieldOf(kept, 'validators'));
  return {
    ...(textOf(etag) === '' ? {} : { etag: textOf(etag) }),
    ...(textOf(lastModified) === '' ? {} : { lastModified: textOf(lastModified) }),
  };
}

function isSummary(item: Item): boolean {
  return item.body.length < WHOLE_TEXT || /(?:\.\.\.|…|\[…\]|more|全文|阅读原文|查看更多)\s*$/i.test(item.body);
}

/** `fullText`: `auto` looks at the entry, `feed` never follows, `page` always does. */
function mustFollow(item: Item, source: Source): boolean {
  if (item.kind !== 'article' || !/^https?:\/\//i.test(item.address)) return false;
  const wish = textOf(source.settings.fullText) || 'auto';
  return wish === 'page' || (wish === 'auto' && isSummary(item));
}

function formOf(item: Item): string {
  return [item.title, item.body, item.address].join('\n');
}

/** The longer of what the answer's headers and the feed itself ask for. */
function askedPause(got: Got, feed: ParsedFeed): { readonly askedPause?: Span } {
  const maxAge = Number(/(?:^|[\s,])max-age=(\d{1,9})/i.exec(got.headers['cache-control'] ?? '')?.[1] ?? 0) * SECOND;
  const asked = Math.min(DAY, Math.max(maxAge, feed.askedPause ?? 0));
  return asked > 0 ? { askedPause: asked } : {};
}

/** What the answer's Link headers say comes before what the feed says (WebSub, 4). */
function hubOf(got: Got, feed: ParsedFeed): { readonly hub?: { readonly hub: string; readonly topic: string } } {
  const told = hubOfHeader(got.headers.link ?? '', got.address);
  const hub = told.hub ?? feed.hub;
  return hub === '' ? {} : { hub: { hub, topic: told.self ?? (feed.self || got.address) } };
}

const NOT_A_FEED: NotGot = {
  kind: 'failed',
  code: 'notAFeed',
  because: { zh: '这个地址给出的不是订阅源', en: 'What this address gives is not a feed' },
};

export default {
  kind: 'feed',
  about: { zh: '订阅源（RSS、Atom、JSON Feed）', en: 'Feed (RSS, Atom, JSON Feed)' },
  settings: [
    {
      name: 'fullText',
      label: { zh: '正文取自', en: 'Where the text is' },
      help: {
        zh: 'auto：订阅源只有摘要时去读原文页；feed：只用订阅源；page：总是读原文页',
        en: 'auto: read the page when the feed has a summary only; feed: never; page: always',
      },
      type: 'choice',
      choices: ['auto', 'feed', 'page'],
      default: 'auto',
    },
    ZONE_FIELD,
  ],
  standing: 'press',
  manners: { robots: true, pollAtLeast: 15 * MINUTE, pollAtMost: DAY, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, _now: Instant): Promise<Pulled> {
    const { robots, pause } = source.manners;
    const got = await get(source.address, { accept: FEED_ACCEPT, validators: validatorsOf(kept), maxBytes: FEED_BYTES, robots, pause });
    if (got.kind !== 'ok') return { items: [], notes: [], cursor: kept, stopped: got };
    const { bytes, address, headers } = got;
    const parsed = await parseApart('feed', { bytes, contentType: headers['content-type'] ?? '', address, headers });
    if (!parsed.ok) return { items: [], notes: [`feed.tooHeavy ${parsed.why}`], cursor: kept, stopped: failed('tooHeavy') };
    const feed = parsed.value;
    const { items, notes, charset } = feed;
    const { movedTo } = got;
    // A page with an error or a login on it, sent as a success: the cursor stays, so that nothing is missed when the feed is back.
    if (!feed.isFeed) return { items: [], notes, cursor: kept, stopped: NOT_A_FEED, charset };
    const seen = seenMarks(fieldOf(kept, 'seen'));
    const before = new Set(items.flatMap((item) => (seen.knows(item.key) ? [item.key] : [])));
    const news = items.filter((item) => seen.isNews(item.key, formOf(item)));
    const follow: Follow[] = news
      .filter((item) => mustFollow(item, source))
      .map((item) => ({ address: item.address, key: item.key, known: item, ...(before.has(item.key) ? { readBefore: true } : {}) }));
    return {
      items: news.filter((item) => !mustFollow(item, source)),
      notes,
      follow,
      cursor: { validators: { ...got.validators }, seen: seen.toJson() },
      charset,
      ...shownItems(items),
      ...askedPause(got, feed),
      ...hubOf(got, feed),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  },
  read: readArticlePage,
} satisfies Collector;
