/** The neutral shape every kind of feed is read into, and the text rules all share. */
import type { Instant, Span } from '../model/time.ts';
import { plainText } from './plainText.ts';

/** All texts are plain, paragraphs parted by \n; all addresses are absolute http(s). Empty strings where the feed is silent. */
export interface FeedEntry {
  readonly title: string;
  /** The page of the entry. */
  readonly link: string;
  readonly links: readonly string[];
  /** guid or id as written; empty when there is none. */
  readonly id: string;
  readonly summary: string;
  readonly content: string;
  readonly published: Instant | null;
  readonly updated: Instant | null;
  readonly author: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly enclosures: readonly string[];
  /** What this entry answers (`thr:in-reply-to`), or empty. */
  readonly replyTo: string;
  readonly nImages: number;
}

export interface Feed {
  readonly title: string;
  readonly link: string;
  readonly links: readonly string[];
  readonly subtitle: string;
  readonly language: string;
  readonly id: string;
  readonly published: Instant | null;
  readonly updated: Instant | null;
  readonly author: string;
  readonly tags: readonly string[];
  readonly entries: readonly FeedEntry[];
  /** What could not be read, for the health page. */
  readonly notes: readonly string[];
  /** The shortest pause the feed asks for (ttl, sy:updatePeriod), or null. */
  readonly askedPause: Span | null;
  /** WebSub hub and the feed's own address, or empty. */
  readonly hub: string;
  readonly self: string;
  /** False when this was no feed at all. */
  readonly isFeed: boolean;
}

/** Names that stand for space or for nothing seen: reading them as markup would fold them away. */
const SPACES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  zwj: '\u200d',
  zwnj: '\u200c',
  lrm: '\u200e',
  rlm: '\u200f',
  shy: '\u00ad',
};
const NAMED = new Map<string, string | null>();

/** HTML's names, through the one table that htmlparser2 carries. */
function namedEntity(name: string): string | null {
  const known = SPACES[name] ?? NAMED.get(name);
  if (known !== undefined) return known;
  const whole = `&${name};`;
  const text = plainText(whole);
  const value = text === whole || text === '' ? null : text;
  // A feed of made-up names must not fill the heap.
  if (NAMED.size < 3000) NAMED.set(name, value);
  return value;
}

const XML_NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What Windows writers meant by 128 to 159. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function numericEntity(text: string): string {
  const code = /^#x/i.test(text) ? Number.parseInt(text.slice(2), 16) : Number.parseInt(text.slice(1), 10);
  if (code >= 128 && code <= 159) return WINDOWS[code - 128] ?? '';
  if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

/** Entities of one level; unknown names stay as they are. No entity is ever read from a DTD. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,8}|#[0-9]{1,8}|[a-z][a-z0-9]{1,30});/gi, (whole, name: string) => {
    if (name.startsWith('#')) return numericEntity(name);
    return XML_NAMES[name] ?? namedEntity(name) ?? whole;
  });
}

/** A C1 control is a Windows character whose encoding was mistaken. */
export function mendWindows(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS[char.charCodeAt(0) - 128] ?? '');
}

const TAG = /<\/?[a-z!?][^<>]*>/gi;
const TAG_START = /<(?=[a-z!/?])/gi;

/** What still looks like a tag after reading once was escaped twice: it goes too. Nothing that could be markup leaves this room. */
export function textOf(raw: string, isMarkup: boolean): string {
  let text = isMarkup ? plainText(raw.replace(/<(\/?)(?:svg|math)(?=[\s>/])/gi, '<$1span')) : raw.trim();
  for (let round = 0; round < 3 && /<[a-z!/?]/i.test(text); round++) text = text.replace(TAG, ' ').replace(/ {2,}/g, ' ').trim();
  text = text.replace(TAG_START, '‹');
  return mendWindows(text);
}

export function countImages(html: string): number {
  return html.match(/<img[\s/>]/gi)?.length ?? 0;
}

/** A guid or id: any string but markup and addresses that run something. */
export function safeId(raw: string): string {
  const id = textOf(raw.replace(/[\u0000-\u001f\u007f]/g, ''), false);
  return /^\s*(?:java|vb|live)?script\s*:|^\s*data\s*:/i.test(id) ? '' : id;
}

/** Absolute http(s) address without spaces, or empty. */
export function resolveAddress(raw: string, base: string): string {
  // Browsers drop control characters inside an address, so a scheme may hide behind one.
  const trimmed = raw.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  if (trimmed === '' || trimmed.length > 4000) return '';
  if (/^https?:\/\//i.test(trimmed)) return !URL.canParse(trimmed) ? '' : /[\s<>"]/.test(trimmed) ? new URL(trimmed).href : trimmed;
  // Only relative references are resolved: any other scheme is none that is fetched or opened.
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed) || !/^https?:/i.test(base) || !URL.canParse(trimmed, base)) return '';
  const url = new URL(trimmed, base);
  return /^https?:$/.test(url.protocol) ? url.href : '';
}
