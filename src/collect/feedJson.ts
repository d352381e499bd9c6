/** JSON Feed 1.0 and 1.1. Everything in it is believed to be anything until it is seen to be a string or a list. */
import type { Instant } from '../model/time.ts';
import { countImages, type Feed, type FeedEntry, resolveAddress, safeId, textOf } from './feedShape.ts';

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function text(raw: Raw, ...names: readonly string[]): string {
  for (const name of names) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number') return String(value);
  }
  return '';
}

const plainString = (value: unknown): string => (typeof value === 'string' ? value : '');

function authorOf(raw: Raw): string {
  const first = list(raw.authors)[0] ?? raw.author;
  return textOf(isRaw(first) ? text(first, 'name', 'url') : plainString(first), true);
}

function entryOf(raw: Raw, base: string, toInstant: (raw: string) => Instant | null): FeedEntry {
  const html = text(raw, 'content_html');
  const links = [text(raw, 'url'), text(raw, 'external_url')].map((link) => resolveAddress(link, base)).filter(Boolean);
  const enclosures = list(raw.attachments).map((file) => (isRaw(file) ? resolveAddress(text(file, 'url'), base) : ''));
  return {
    title: textOf(text(raw, 'title'), false).replace(/\s*\n\s*/g, ' '),
    link: links[0] ?? '',
    links,
    id: safeId(text(raw, 'id')),
    summary: textOf(text(raw, 'summary'), false),
    content: html === '' ? textOf(text(raw, 'content_text'), false) : textOf(html, true),
    published: toInstant(text(raw, 'date_published')),
    updated: toInstant(text(raw, 'date_modified')),
    author: authorOf(raw),
    language: textOf(text(raw, 'language'), false),
    tags: list(raw.tags)
      .map((tag) => textOf(plainString(tag), false))
      .filter(Boolean),
    enclosures: enclosures.filter(Boolean),
    replyTo: '',
    nImages: countImages(html) + (text(raw, 'image') === '' ? 0 : 1),
  };
}

/** The first brace decides that it is JSON; what cannot be read is a note. */
export function readJsonFeed(source: string, base: string, toInstant: (raw: string) => Instant | null, most: number): Feed {
  let raw: unknown = null;
  const notes: string[] = [];
  try {
    raw = JSON.parse(source);
  } catch {
    // What a host sends is no fault of ours: it becomes a note on the health page.
    notes.push('the JSON of the feed is broken');
  }
  const feed: Raw = isRaw(raw) ? raw : {};
  const items = list(feed.items).filter(isRaw);
  if (items.length > most) notes.push(`${items.length - most} entries beyond ${most} were left out`);
  const link = resolveAddress(text(feed, 'home_page_url'), base);
  const hubs = list(feed.hubs).filter(isRaw);
  const entries = items.slice(0, most).map((item) => entryOf(item, base, toInstant));
  const times = entries.map((entry) => entry.updated ?? entry.published).filter((at) => at !== null);
  return {
    title: textOf(text(feed, 'title'), false),
    link,
    links: [link, resolveAddress(text(feed, 'feed_url'), base)].filter(Boolean),
    subtitle: textOf(text(feed, 'description'), false),
    language: textOf(text(feed, 'language'), false),
    id: safeId(text(feed, 'feed_url')),
    published: null,
    // The format has no time of its own: the newest entry's.
    updated: times.length === 0 ? null : Math.max(...times),
    author: authorOf(feed),
    tags: [],
    entries,
    notes,
    askedPause: null,
    hub: hubs[0] === undefined ? '' : resolveAddress(text(hubs[0], 'url'), base),
    self: resolveAddress(text(feed, 'feed_url'), base),
    isFeed: Array.isArray(feed.items),
  };
}
