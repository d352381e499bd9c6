/**
 * One folding for everything that is compared: NFKC (full-width to half-width), lower case, no invisible characters, traditional Han
 * to simplified. For comparing and indexing only: what people read is never folded. Folding twice gives the same.
 */
import { HAN_PAIRS } from './hanPairs.ts';

/** For each UTF-16 unit, what it is compared as. Filled once: 128 kB. */
const HAN_TABLE = makeTable();

function makeTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < table.length; code++) table[code] = code;
  for (let at = 0; at + 1 < HAN_PAIRS.length; at += 2) table[HAN_PAIRS.charCodeAt(at)] = HAN_PAIRS.charCodeAt(at + 1);
  return table;
}

/** The simplified form of one Han character, one UTF-16 unit; any other character comes back as it is. */
export function foldHan(char: string): string {
  const code = char.charCodeAt(0);
  const folded = HAN_TABLE[code] ?? code;
  return folded === code ? char : String.fromCharCode(folded);
}

/** A Han character by its code point, extensions and 〇 included. */
export function isHanCode(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x20000 && code <= 0x323af) || code === 0x3007
  );
}

/** Hiragana and katakana. */
export function isKanaCode(code: number): boolean {
  return code >= 0x3040 && code <= 0x30ff && code !== 0x30fb;
}

/** Zero-width characters, joiners, direction marks, variation selectors, soft hyphens, fillers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Characters that NFKC leaves alone and that are not invisible: nearly all of a usual text. */
const NEEDS_NORMALISING = /[^\u0009-\u007e\u2014\u2018-\u201d\u3001-\u3011\u4e00-\u9fff]/u;

/** Traditional to simplified only: same length in UTF-16 units. */
export function toSimplified(text: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x4e00) continue;
    const folded = HAN_TABLE[code] ?? code;
    if (folded === code) continue;
    out += text.slice(from, at) + String.fromCharCode(folded);
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Linear in the length of the text. */
export function fold(text: string): string {
  if (!NEEDS_NORMALISING.test(text)) return toSimplified(text.toLowerCase());
  // Lower-casing can undo NFKC (and the other way round) for a few letters: the second normalising makes the result stable.
  const normal = text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFKC');
  return toSimplified(normal.replace(INVISIBLE, ''));
}
