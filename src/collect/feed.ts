/**
 * Feeds of every kind into one neutral shape, and from it into items. Never throws for what a feed holds: what could not be read
 * is a note. All texts that leave here are plain; all addresses are absolute http(s).
 */
import type { Item } from '../model/document.ts';
import { parseFeedDate } from './feedDates.ts';
import { MOST_ENTRIES } from './feedBuilder.ts';
import { readJsonFeed } from './feedJson.ts';
import { type Feed, type FeedEntry, resolveAddress } from './feedShape.ts';
import { readXmlFeed } from './feedXml.ts';

export type { Feed, FeedEntry } from './feedShape.ts';

export interface FeedOptions {
  /** Where the feed was read; relative addresses are resolved against it. */
  readonly address: string;
  /** Lower-case names. Content-Location and Content-Language are read. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Minutes east of Greenwich for dates without a zone; without it, 480 for Chinese feeds and 0 for others. */
  readonly zone?: number;
}

const HAN_FEED = /<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*zh|xml:lang\s*=\s*["']zh|"language"\s*:\s*"zh/i;

/** A feed in Chinese is dated by the one zone that China, Taiwan, Hong Kong and Singapore share. */
function zoneOf(text: string, options: FeedOptions): number {
  if (options.zone !== undefined) return options.zone;
  const head = text.slice(0, 4000);
  const nHan = head.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const isKana = /[\u3040-\u30ff]{2}/.test(head);
  return HAN_FEED.test(head) || (nHan > 20 && !isKana) ? 480 : 0;
}

export function parseFeed(text: string, options: FeedOptions): Feed {
  const { address, headers = {} } = options;
  const base = resolveAddress(headers['content-location'] ?? '', address) || address;
  const zone = zoneOf(text, options);
  const toInstant = (raw: string): number | null => parseFeedDate(raw, zone);
  const start = text.slice(0, 200).replace(/^[\ufeff\s]+/, '')[0];
  const feed = start === '{' || start === '[' ? readJsonFeed(text, base, toInstant, MOST_ENTRIES) : readXmlFeed(text, base, toInstant);
  const language = feed.language === '' ? (headers['content-language'] ?? '') : feed.language;
  return { ...feed, language, notes: feed.isFeed ? feed.notes : [...feed.notes, 'this is no feed'] };
}

function itemOf(entry: FeedEntry, feed: Feed): Item {
  const body = entry.content.length >= entry.summary.length ? entry.content : entry.summary;
  const publishedAt = entry.published ?? entry.updated;
  const language = entry.language === '' ? feed.language : entry.language;
  return {
    key: entry.id === '' ? (entry.link === '' ? entry.title : entry.link) : entry.id,
    address: entry.link,
    title: entry.title,
    body,
    kind: entry.replyTo === '' ? 'article' : 'reply',
    nImages: entry.nImages,
    ...(entry.author === '' ? {} : { author: entry.author }),
    ...(publishedAt === null ? {} : { publishedAt }),
    ...(language === '' ? {} : { language }),
    ...(entry.replyTo === '' ? {} : { thread: entry.replyTo }),
    ...(entry.tags[0] === undefined ? {} : { section: entry.tags[0] }),
  };
}

export interface FeedItems {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
}

/** In the order of the feed. Entries without any text are noted; of two with one key the first counts. */
export function feedItems(feed: Feed): FeedItems {
  const items: Item[] = [];
  const notes = [...feed.notes];
  const keys = new Set<string>();
  feed.entries.forEach((entry, at) => {
    const item = itemOf(entry, feed);
    if (item.title === '' && item.body === '') notes.push(`entry ${at + 1} has no text`);
    else if (keys.has(item.key)) notes.push(`entry ${at + 1} repeats the key of another`);
    else {
      keys.add(item.key);
      items.push(item);
      if (item.address === '') notes.push(`entry ${at + 1} has no link`);
    }
  });
  return { items, notes: notes.slice(0, 50) };
}
