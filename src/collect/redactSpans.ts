/** Spans of personal data in a text, and the shadow of the text in which they are sought. */
import { toSimplified } from '../text/fold.ts';

export const REDACTED_KINDS = ['phone', 'id', 'card', 'email', 'plate', 'handle', 'home', 'place', 'name'] as const;
export type RedactedKind = (typeof REDACTED_KINDS)[number];

/** UTF-16 offsets into the original; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: RedactedKind;
}

const NEEDS_SHADOW = /[^\u0000-\u007f\u3001-\u3011\u4e00-\u9fff]/;
/** Stands in the shadow for what a reader does not see: zero-width characters, the parts of an emoji digit. */
export const UNSEEN = '\u200b';
const UNSEEN_CODE = 0x200b;

/** What one code point is compared as, or -1 when it stays as it is. */
function plainForm(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a)) return 0x20;
  if (code === 0x20e3 || code === 0xfe0f || code === 0x2060 || code === 0xfeff || (code >= 0x200b && code <= 0x200f)) return UNSEEN_CODE;
  if (code >= 0x2460 && code <= 0x2468) return code - 0x2460 + 0x31;
  if (code === 0x24ea) return 0x30;
  if (code >= 0x2776 && code <= 0x277e) return code - 0x2776 + 0x31;
  if (code >= 0x2080 && code <= 0x2089) return code - 0x2080 + 0x30;
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return 0x2d;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return ((code - 0x1d7ce) % 10) + 0x30;
  return -1;
}

/** The text with full-width, circled and mathematical digits as ASCII and traditional characters as simplified. Same length, unit by unit. */
export function shadowOf(text: string): string {
  const simple = toSimplified(text);
  if (!NEEDS_SHADOW.test(simple)) return simple;
  let out = '';
  let start = 0;
  for (let at = 0; at < simple.length; at++) {
    const unit = simple.charCodeAt(at);
    if (unit < 0x80 || (unit >= 0x3001 && unit <= 0x9fff)) continue;
    const code = unit >= 0xd800 && unit <= 0xdbff ? (simple.codePointAt(at) ?? unit) : unit;
    const plain = plainForm(code);
    const width = code > 0xffff ? 2 : 1;
    if (plain >= 0) {
      out += simple.slice(start, at) + String.fromCharCode(plain) + (width === 2 ? UNSEEN : '');
      start = at + width;
    }
    at += width - 1;
  }
  return out + simple.slice(start);
}

/** Overlapping spans become one, of the kind that began first. Sorted. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && span.from < last.to) joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}
