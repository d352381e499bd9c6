/**
 * Sitemaps (sitemaps.org 0.9), their indexes and news sitemaps. A scan for the few elements that matter, linear for every input and without
 * a tree: a sitemap may have 50,000 entries in 50 MB.
 */
import type { Instant } from '../model/time.ts';
import { parseFeedDate } from './feedDates.ts';
import { decodeEntities, resolveAddress } from './feedShape.ts';

export interface SitemapEntry {
  readonly address: string;
  /** As the site says; null when it does not. */
  readonly changedAt: Instant | null;
  /** Of a news sitemap; empty elsewhere. */
  readonly title: string;
  readonly publishedAt: Instant | null;
  /** BCP 47 code a news sitemap gives, or empty. */
  readonly language: string;
}

export interface Sitemap {
  /** Pages, or of an index the sitemaps it names. */
  readonly entries: readonly SitemapEntry[];
  readonly kind: 'pages' | 'index' | 'none';
  readonly nLeftOut: number;
}

/** The protocol's own limit. */
export const MOST_ENTRIES = 50_000;
const LONGEST_FIELD = 4_000;

/** The text of one element inside an entry, whatever prefix it has; comments and CDATA marks taken off. */
function fieldOf(entry: string, pattern: RegExp): string {
  const found = pattern.exec(entry)?.[1] ?? '';
  const cdata = /<!\[CDATA\[([^\]]*)\]\]>/.exec(found)?.[1];
  return (cdata ?? decodeEntities(found)).replace(/\s+/g, ' ').trim();
}

function patternOf(name: string): RegExp {
  const cdata = `\\s*<!\\[CDATA\\[[^\\]]{0,${LONGEST_FIELD}}\\]\\]>\\s*`;
  return new RegExp(`<(?:[a-z0-9]+:)?${name}(?:\\s[^<>]{0,500})?>([^<]{0,${LONGEST_FIELD}}|${cdata})</`, 'i');
}

const FIELDS = ['loc', 'lastmod', 'title', 'publication_date', 'language'].map(patternOf);

function entryOf(text: string, base: string): SitemapEntry | null {
  const [loc, lastmod, title, published, language] = FIELDS.map((pattern) => fieldOf(text, pattern)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const address = resolveAddress(loc, base);
  if (address === '') return null;
  const isNews = /<(?:[a-z0-9]+:)?news[\s>]/i.test(text);
  return {
    address,
    changedAt: lastmod === '' ? null : parseFeedDate(lastmod),
    title: isNews ? title : '',
    publishedAt: isNews && published !== '' ? parseFeedDate(published) : null,
    language: isNews ? language : '',
  };
}

/** Never throws. A sitemap that is a list of addresses, one a line, is one too. */
export function readSitemap(text: string, address: string): Sitemap {
  const isIndex = /<(?:[a-z0-9]+:)?sitemapindex[\s>]/i.test(text.slice(0, 5000));
  const isPages = /<(?:[a-z0-9]+:)?urlset[\s>]/i.test(text.slice(0, 5000));
  if (!isIndex && !isPages) return plainList(text, address);
  const entries: SitemapEntry[] = [];
  let nLeftOut = 0;
  const tag = isIndex ? 'sitemap' : 'url';
  const mark = new RegExp(`<(/?)(?:[a-z0-9]+:)?${tag}(?:\\s[^<>]{0,500})?>`, 'gi');
  let from = -1;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[1] === '') from = mark.lastIndex;
    else if (from >= 0) {
      const entry = entryOf(text.slice(from, Math.min(found.index, from + 20_000)), address);
      from = -1;
      if (entry === null || entries.length >= MOST_ENTRIES) nLeftOut++;
      else entries.push(entry);
    }
  }
  return { entries, kind: isIndex ? 'index' : 'pages', nLeftOut };
}

function plainList(text: string, base: string): Sitemap {
  const lines = text
    .slice(0, 20_000_000)
    .split(/\r\n?|\n/, MOST_ENTRIES + 1)
    .map((line) => line.replace(/^\ufeff/, '').trim())
    .filter((line) => line !== '');
  const isList = lines.length > 0 && lines.every((line) => /^https?:\/\/\S+$/i.test(line));
  if (!isList) return { entries: [], kind: 'none', nLeftOut: 0 };
  const entries = lines.slice(0, MOST_ENTRIES).flatMap((line): SitemapEntry[] => {
    const address = resolveAddress(line, base);
    return address === '' ? [] : [{ address, changedAt: null, title: '', publishedAt: null, language: '' }];
  });
  return { entries, kind: 'pages', nLeftOut: lines.length - entries.length };
}
