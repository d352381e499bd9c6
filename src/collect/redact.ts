/**
 * Personal data is masked before anything is stored or shown. A mask names its kind, `▮电话▮` or `▮phone▮`; the original is not
 * kept. Masking a masked text changes nothing. Linear in the length; measured in redact.test.ts and bench/redact.
 */
import { isHanCode } from '../text/fold.ts';
import { handleSpans, webAddresses } from './redactHandles.ts';
import { nameSpans } from './redactNames.ts';
import { numberSpans } from './redactNumbers.ts';
import { placeSpans } from './redactPlaces.ts';
import { joinSpans, type RedactedKind, shadowOf, type Span } from './redactSpans.ts';

export interface Redacted {
  readonly text: string;
  readonly nRedactions: number;
}

export interface RedactOptions {
  /** Numbers that stay: an office's own hotline or switchboard, in any spelling. */
  readonly keepNumbers?: readonly string[];
  /** Names to mask wherever they stand: the author's own. */
  readonly names?: readonly string[];
  /** Edited text of press or public bodies: people who speak there in public keep their names. */
  readonly isPress?: boolean;
}

const ZH_MASKS: Readonly<Record<RedactedKind, string>> = {
  phone: '电话',
  id: '证件号',
  card: '卡号',
  email: '邮箱',
  plate: '车牌',
  handle: '账号',
  home: '住址',
  place: '坐标',
  name: '姓名',
};
const EN_MASKS: Readonly<Record<RedactedKind, string>> = {
  phone: 'phone',
  id: 'id number',
  card: 'card number',
  email: 'e-mail',
  plate: 'plate',
  handle: 'account',
  home: 'address',
  place: 'coordinates',
  name: 'name',
};

const MASK = /▮[^▮\n]{1,12}▮/gu;

/** The text without its masks: for fingerprints and index terms, which must not count the word in a mask. */
export function withoutMasks(text: string): string {
  return text.includes('▮') ? text.replace(MASK, ' ') : text;
}

function isMostlyHan(text: string): boolean {
  let nHan = 0;
  let nLatin = 0;
  for (let at = 0; at < text.length && at < 400; at++) {
    const code = text.charCodeAt(at);
    if (isHanCode(code)) nHan++;
    else if ((code | 32) >= 0x61 && (code | 32) <= 0x7a) nLatin++;
  }
  return nHan * 3 >= nLatin;
}

const isWordUnit = (char: string | undefined): boolean => char !== undefined && /[A-Za-z0-9_]/.test(char);

/** Whole words only for names in Latin letters. */
function namedSpans(shadow: string, names: readonly string[]): Span[] {
  const spans: Span[] = [];
  const lower = shadow.toLowerCase();
  if (lower.length !== shadow.length) return spans;
  for (const raw of names) {
    const name = shadowOf(raw).toLowerCase();
    const isLatin = /^[\x20-\x7e]+$/.test(name);
    if (name.length < (isLatin ? 3 : 2)) continue;
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length)) {
      const end = at + name.length;
      if (isLatin && ((isWordUnit(lower[at - 1]) && isWordUnit(name[0])) || (isWordUnit(lower[end]) && isWordUnit(name.at(-1))))) continue;
      spans.push({ from: lower[at - 1] === '@' ? at - 1 : at, to: end, kind: 'handle' });
    }
  }
  return spans;
}

function digitsOf(numbers: readonly string[]): ReadonlySet<string> {
  return new Set(numbers.map((number) => shadowOf(number).replace(/\D/g, '')).filter((digits) => digits !== ''));
}

/** Spans inside a mask that stands already are no finds. */
function outsideMasks(text: string, spans: readonly Span[]): Span[] {
  if (!text.includes('▮')) return [...spans];
  const masks = Array.from(text.matchAll(MASK), (found) => [found.index, found.index + found[0].length] as const);
  return spans.filter((span) => !masks.some(([from, to]) => span.from < to && span.to > from));
}

interface Pass extends Redacted {
  /** A mask stands where it may have parted what stood together: the result must be read again. */
  readonly again: boolean;
}

const GLUED = /[A-Za-z0-9_@+\-./:▮零〇一二三四五六七八九]/;

function redactOnce(text: string, options: RedactOptions): Pass {
  const shadow = shadowOf(text);
  const addresses = webAddresses(shadow);
  const skipTo = (at: number): number => addresses.find((address) => at >= address.from && at < address.to)?.to ?? -1;
  const found = [
    ...handleSpans(shadow, addresses),
    ...numberSpans(shadow, digitsOf(options.keepNumbers ?? []), skipTo),
    ...placeSpans(shadow, addresses),
    ...nameSpans(shadow, options.isPress === true),
    ...(options.names === undefined ? [] : namedSpans(shadow, options.names)),
  ];
  const spans = found.length === 0 ? [] : joinSpans(outsideMasks(text, found));
  if (spans.length === 0) return { text, nRedactions: 0, again: false };
  const masks = isMostlyHan(text) ? ZH_MASKS : EN_MASKS;
  let out = '';
  let start = 0;
  let again = false;
  for (const span of spans) {
    again ||= GLUED.test(shadow[span.from - 1] ?? ' ') || GLUED.test(shadow[span.to] ?? ' ') || (start > 0 && span.from - start < 3);
    out += `${text.slice(start, span.from)}▮${masks[span.kind]}▮`;
    start = span.to;
  }
  return { text: out + text.slice(start), nRedactions: spans.length, again };
}

/** Masking a masked text changes nothing. */
export function redact(text: string, options: RedactOptions = {}): Redacted {
  let nRedactions = 0;
  let current = text;
  for (let round = 0; round < 6; round++) {
    const pass = redactOnce(current, options);
    nRedactions += pass.nRedactions;
    current = pass.text;
    if (!pass.again) break;
  }
  return { text: current, nRedactions };
}
