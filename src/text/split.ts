/**
 * Text into words: runs of Han (and kana) give overlapping pairs of characters, a run of one gives that one; other letters and digits
 * give whole words. One splitting for all languages, so that a query needs not know in which language a text was indexed.
 */
import { isHanCode, isKanaCode } from './fold.ts';

const WORD_CHAR = /[\p{L}\p{N}\p{M}_]/u;

const OTHER = 0;
const LATIN = 1;
const PAIRED = 2;

function classOf(code: number): number {
  if (code >= 0x4e00 && code <= 0x9fff) return PAIRED;
  if (code < 0x80)
    return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f
      ? LATIN
      : OTHER;
  if (isHanCode(code) || isKanaCode(code)) return PAIRED;
  if (code >= 0x2000 && code <= 0x2bff) return OTHER;
  return WORD_CHAR.test(String.fromCodePoint(code)) ? LATIN : OTHER;
}

function addPairs(words: string[], run: string): void {
  if (run.length === 1) words.push(run);
  else if (/[\ud800-\udfff]/.test(run)) addWidePairs(words, [...run]);
  else for (let at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
}

function addWidePairs(words: string[], chars: readonly string[]): void {
  if (chars.length === 1) words.push(...chars);
  for (let at = 0; at + 1 < chars.length; at++) words.push(`${chars[at]}${chars[at + 1]}`);
}

/** `folded` comes from `fold`. Words in order, repeats kept. */
export function splitWords(folded: string): string[] {
  const words: string[] = [];
  let start = 0;
  let kind = OTHER;
  for (let at = 0; at <= folded.length; ) {
    const code = at < folded.length ? (folded.codePointAt(at) ?? 0) : 0;
    const next = at < folded.length ? classOf(code) : OTHER;
    if (next !== kind) {
      if (kind === LATIN) words.push(folded.slice(start, at));
      else if (kind === PAIRED) addPairs(words, folded.slice(start, at));
      start = at;
      kind = next;
    }
    at += code > 0xffff ? 2 : 1;
  }
  return words;
}

/** Tokens for fingerprints: each Han character or kana alone, each other word whole, in order. */
export function splitUnits(folded: string): string[] {
  const units: string[] = [];
  let start = 0;
  let inWord = false;
  for (let at = 0; at <= folded.length; ) {
    const code = at < folded.length ? (folded.codePointAt(at) ?? 0) : 0;
    const width = code > 0xffff ? 2 : 1;
    const kind = at < folded.length ? classOf(code) : OTHER;
    if (inWord && kind !== LATIN) units.push(folded.slice(start, at));
    if (kind === PAIRED) units.push(folded.slice(at, at + width));
    if (kind === LATIN && !inWord) start = at;
    inWord = kind === LATIN;
    at += width;
  }
  return units;
}
