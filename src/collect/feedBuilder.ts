/** Collects what a feed says, element by element, and settles at the end which of several sayings holds. */
import type { Instant, Span } from '../model/time.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import { countImages, type Feed, type FeedEntry, safeId, textOf } from './feedShape.ts';

/** All that was said about the feed or one entry, in order. */
export interface FeedRecord {
  readonly titles: Map<string, string>;
  readonly texts: Map<string, string>;
  readonly links: { readonly href: string; readonly rel: string; readonly type: string }[];
  readonly languages: string[];
  readonly published: string[];
  readonly updated: string[];
  readonly authors: string[];
  readonly tags: string[];
  readonly enclosures: string[];
  id: string;
  about: string;
  replyTo: string;
  nImages: number;
}

export const MOST_ENTRIES = 5000;

function newRecord(): FeedRecord {
  return {
    titles: new Map(),
    texts: new Map(),
    links: [],
    languages: [],
    published: [],
    updated: [],
    authors: [],
    tags: [],
    enclosures: [],
    id: '',
    about: '',
    replyTo: '',
    nImages: 0,
  };
}

/** The first of these that was said wins. */
const TITLE_ORDER = ['title', 'dc:title', 'media:title', 'itunes:title'];
const CONTENT_ORDER = ['content:encoded', 'content', 'xhtml:body', 'xhtml:div', 'body', 'fullitem'];
const SUMMARY_ORDER = ['description', 'summary', 'abstract', 'dc:description', 'itunes:summary', 'itunes:subtitle', 'media:description'];
const SUBTITLE_ORDER = ['description', 'subtitle', 'tagline', 'info', 'abstract', 'dc:description', 'itunes:summary', 'itunes:subtitle'];

function firstOf(said: ReadonlyMap<string, string>, order: readonly string[]): string {
  for (const name of order) {
    const value = said.get(name);
    if (value !== undefined && value !== '') return value;
  }
  return '';
}

type Put = (record: FeedRecord, value: string, name: string) => void;

const addAuthor: Put = (record, value) => record.authors.push(value);
const addPublished: Put = (record, value) => record.published.push(value);
const addUpdated: Put = (record, value) => record.updated.push(value);
const addLanguage: Put = (record, value) => record.languages.unshift(value);
const addWords: Put = (record, value) => record.tags.push(...value.split(/[,，;；]/).map((word) => word.trim()));

const PUTS: Readonly<Record<string, Put>> = {
  author: addAuthor,
  contributor: (record, value) => record.authors.length === 0 && record.authors.push(value),
  'dc:creator': addAuthor,
  'dc:author': addAuthor,
  'itunes:author': addAuthor,
  managingeditor: addAuthor,
  name: addAuthor,
  category: (record, value) => record.tags.push(value),
  'media:category': (record, value) => record.tags.push(value),
  'dc:subject': (record, value) => record.tags.push(value),
  tags: addWords,
  'itunes:keywords': addWords,
  'media:keywords': addWords,
  pubdate: addPublished,
  published: addPublished,
  issued: addPublished,
  'dcterms:issued': addPublished,
  created: addPublished,
  'dcterms:created': addPublished,
  'dc:date': addUpdated,
  'dcterms:date': addUpdated,
  updated: addUpdated,
  modified: addUpdated,
  'dcterms:modified': addUpdated,
  lastbuilddate: addUpdated,
  lastmod: addUpdated,
  language: addLanguage,
  'dc:language': addLanguage,
};

const PERIODS: Readonly<Record<string, Span>> = { hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY, yearly: 365 * DAY };

export class FeedBuilder {
  readonly feed: FeedRecord = newRecord();
  entry: FeedRecord | null = null;
  isFeed = false;
  private readonly entries: FeedRecord[] = [];
  private ttl = 0;
  private period: Span = 0;
  private frequency = 1;

  beginEntry(about: string): FeedRecord {
    this.endEntry();
    this.entry = newRecord();
    this.entry.about = about;
    return this.entry;
  }

  endEntry(): void {
    if (this.entry !== null && this.entries.length < MOST_ENTRIES) this.entries.push(this.entry);
    this.entry = null;
  }

  /** No further entry will be kept. */
  get isFull(): boolean {
    return this.entries.length >= MOST_ENTRIES;
  }

  /** `goesFirst`: in RSS a later link replaces an earlier one. */
  addLink(record: FeedRecord, href: string, rel: string, type = '', goesFirst = false): void {
    if (href === '' || record.links.length >= 100) return;
    const link = { href, rel: rel.toLowerCase(), type: type.toLowerCase() };
    if (goesFirst) record.links.unshift(link);
    else record.links.push(link);
  }

  /** One element's text. `isPlain`: not to be read as markup. */
  put(
    record: FeedRecord,
    name: string,
    attributes: Readonly<Record<string, string>>,
    raw: string,
    isPlain: boolean,
    resolve: (raw: string) => string,
  ): void {
    const simple = PUTS[name];
    if (simple !== undefined) {
      // A mail address in angle brackets is no tag.
      const value = textOf(raw.replace(/<([^<>\s@]+@[^<>\s@]+)>/g, '($1)'), true).replace(/\n/g, ' ');
      if (value !== '') simple(record, value, name);
      return;
    }
    if (TITLE_ORDER.includes(name)) {
      const title = textOf(raw, !isPlain).replace(/\s*\n\s*/g, ' ');
      if (title !== '' || !record.titles.has(name)) record.titles.set(name, title);
    } else if (name === 'link' || name === 'url') this.addLink(record, resolve(raw), 'alternate', '', true);
    else if (name === 'comments') this.addLink(record, resolve(raw), 'replies');
    else if (name === 'guid' || name === 'id') this.putId(record, name, attributes, safeId(raw), resolve);
    else this.putRest(record, name, raw, isPlain);
  }

  private putId(
    record: FeedRecord,
    name: string,
    attributes: Readonly<Record<string, string>>,
    id: string,
    resolve: (raw: string) => string,
  ): void {
    if (id === '') return;
    // An Atom id is a name, never resolved unless it is plainly a relative reference.
    record.id = name === 'id' && /^\.{0,2}\//.test(id) ? resolve(id) || id : id;
    const isLink = name === 'guid' && attributes.ispermalink?.toLowerCase() !== 'false' && /^https?:/i.test(id);
    if (isLink) this.addLink(record, resolve(id), 'guid');
  }

  private putRest(record: FeedRecord, name: string, raw: string, isPlain: boolean): void {
    if (name === 'ttl') this.ttl = Number.parseInt(raw, 10) || 0;
    else if (name === 'sy:updateperiod') this.period = PERIODS[raw.trim().toLowerCase()] ?? 0;
    else if (name === 'sy:updatefrequency') this.frequency = Math.max(1, Number.parseInt(raw, 10) || 1);
    else if (name !== 'webmaster') {
      record.nImages = Math.max(record.nImages, countImages(raw));
      const text = textOf(raw, !isPlain);
      // The longer of two sayings: some feeds repeat an element to be polite to old readers.
      if (text.length >= (record.texts.get(name)?.length ?? 0)) record.texts.set(name, text);
    }
  }

  /** Both are lower bounds; a day is the most a feed may ask for. */
  private askedPause(): Span | null {
    const asked = Math.max(this.ttl * MINUTE, this.period / this.frequency);
    return asked > 0 ? Math.min(DAY, Math.floor(asked)) : null;
  }

  build(toInstant: (raw: string) => Instant | null, notes: readonly string[]): Feed {
    const { feed } = this;
    const rel = (wanted: string): string => feed.links.find((link) => link.rel === wanted)?.href ?? '';
    return {
      title: firstOf(feed.titles, TITLE_ORDER),
      link: linkOf(feed),
      links: unique(feed.links.map((link) => link.href)),
      subtitle: firstOf(feed.texts, SUBTITLE_ORDER),
      language: textOf(feed.languages[0] ?? '', false),
      id: feed.id,
      published: dateOf(feed.published, toInstant),
      updated: dateOf(feed.updated, toInstant),
      author: feed.authors[0] ?? '',
      tags: unique(feed.tags),
      entries: this.entries.map((entry) => entryOf(entry, toInstant)),
      notes,
      askedPause: this.askedPause(),
      hub: rel('hub'),
      self: rel('self'),
      isFeed: this.isFeed || this.entries.length > 0,
    };
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => textOf(value, false)).filter((value) => value !== ''))];
}

/** The first date that can be read; the last one said wins for `issued` after `created`. */
function dateOf(said: readonly string[], toInstant: (raw: string) => Instant | null): Instant | null {
  for (const raw of said) {
    const at = toInstant(raw);
    if (at !== null) return at;
  }
  return null;
}

function linkOf(record: FeedRecord): string {
  const alternates = record.links.filter((link) => link.rel === 'alternate');
  const page = alternates.find((link) => link.type === '' || /html/.test(link.type)) ?? alternates[0];
  const fallback =
    record.links.find((link) => link.rel === 'guid') ??
    record.links.find((link) => !/^(?:enclosure|self|hub|replies|next|previous|license|related|via|edit)$/.test(link.rel));
  return page?.href ?? fallback?.href ?? (/^https?:/.test(record.about) ? record.about : '');
}

function entryOf(record: FeedRecord, toInstant: (raw: string) => Instant | null): FeedEntry {
  // Beside a description, `summary` is the fuller of the two in the wild.
  const order = record.texts.has('description') ? [...CONTENT_ORDER, 'summary'] : CONTENT_ORDER;
  const content = firstOf(record.texts, order);
  return {
    title: firstOf(record.titles, TITLE_ORDER),
    link: linkOf(record),
    links: unique(record.links.map((link) => link.href)),
    id: record.id === '' ? safeId(record.about) : record.id,
    summary: firstOf(record.texts, SUMMARY_ORDER),
    content,
    published: dateOf(record.published, toInstant),
    updated: dateOf(record.updated, toInstant),
    author: record.authors[0] ?? '',
    language: textOf(record.languages[0] ?? '', false),
    tags: unique(record.tags),
    enclosures: unique([...record.enclosures, ...record.links.filter((link) => link.rel === 'enclosure').map((link) => link.href)]),
    replyTo: safeId(record.replyTo),
    nImages: record.nImages,
  };
}
