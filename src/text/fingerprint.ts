/**
 * Fingerprints of texts. Exact: a digest of the folded text without punctuation and space. Near: MinHash (Broder 1997) of 128 values
 * over shingles, in 32 bands of 4 (banding: Leskovec et al., Mining of Massive Datasets, ch. 3: at Jaccard 0.5 a pair meets in a
 * band with 0.87, at 0.6 with 0.99).
 */
import type { Fingerprint } from '../model/document.ts';
import { fold, isHanCode } from './fold.ts';
import { splitUnits } from './split.ts';

export const N_VALUES = 128;
export const N_BANDS = 32;
const ROWS = N_VALUES / N_BANDS;
/** Units in a shingle, characters for Han texts and words for others. Measured: bench/neardup. */
export const HAN_SHINGLE = 5;
export const WORD_SHINGLE = 3;
/** Below this many shingles a text is too short to be compared other than exactly. Chosen: about one short sentence. */
export const LEAST_SHINGLES = 12;
/** Units beyond this are not fingerprinted: a book is recognised by its beginning. */
const MOST_UNITS = 20_000;

const SEEDS = new Uint32Array(N_VALUES);
const FACTORS = new Uint32Array(N_VALUES);
fillSeeds();

/** xorshift32 from a fixed start: fingerprints are stored, so the numbers must never change. */
function fillSeeds(): void {
  let state = 0x9e3779b9;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let at = 0; at < N_VALUES; at++) {
    SEEDS[at] = next();
    FACTORS[at] = next() | 1;
  }
}

/** Final mixing of MurmurHash3. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashUnit(unit: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < unit.length; at++) hash = Math.imul(hash ^ unit.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Distinct shingle hashes of a text. */
export function shingles(text: string): Uint32Array {
  return shinglesOf(splitUnits(fold(text)));
}

function shinglesOf(allUnits: readonly string[]): Uint32Array {
  const units = allUnits.slice(0, MOST_UNITS);
  let nHan = 0;
  for (const unit of units) if (isHanCode(unit.codePointAt(0) ?? 0)) nHan++;
  const size = nHan * 2 >= units.length ? HAN_SHINGLE : WORD_SHINGLE;
  const hashes = new Int32Array(units.length);
  for (let at = 0; at < units.length; at++) hashes[at] = hashUnit(units[at] ?? '');
  const found = new Uint32Array(Math.max(0, hashes.length - size + 1));
  for (let at = 0; at < found.length; at++) {
    let hash = 0;
    for (let step = 0; step < size; step++) hash = (Math.imul(hash, 0x01000193) + (hashes[at + step] ?? 0)) | 0;
    found[at] = mix(hash);
  }
  return distinct(found);
}

/** Sorts in place; a third of the time a set of numbers takes, most of which are too large for V8's small integers. */
function distinct(values: Uint32Array): Uint32Array {
  values.sort();
  let n = 0;
  for (let at = 0; at < values.length; at++) if (at === 0 || values[at] !== values[n - 1]) values[n++] = values[at] ?? 0;
  return values.slice(0, n);
}

/** The 128 least values; each is an independent sample of the shingles. */
export function minhash(shingleHashes: Uint32Array): Uint32Array {
  const least = new Uint32Array(N_VALUES).fill(0xffffffff);
  for (let at = 0; at < N_VALUES; at++) {
    const seed = SEEDS[at] ?? 0;
    const factor = FACTORS[at] ?? 1;
    // With the highest bit turned, signed numbers stand in the order of the unsigned ones, and V8 need not leave its integers.
    let low = 0x7fffffff;
    for (let which = 0; which < shingleHashes.length; which++) {
      const value = Math.imul((shingleHashes[which] ?? 0) ^ seed, factor);
      const turned = value ^ (value >>> 15) ^ 0x80000000;
      if (turned < low) low = turned;
    }
    least[at] = low ^ 0x80000000;
  }
  return least;
}

/** One 32-bit key for each of the 32 bands. Equal keys in one band make two texts candidates, no more. */
export function bandKeys(values: Uint32Array): Uint32Array {
  const keys = new Uint32Array(N_BANDS);
  for (let band = 0; band < N_BANDS; band++) {
    let hash = band + 1;
    for (let row = 0; row < ROWS; row++) hash = mix(Math.imul(hash, 31) ^ (values[band * ROWS + row] ?? 0));
    keys[band] = hash;
  }
  return keys;
}

/** What the exact digest is taken of: letters, digits and Han only, folded. Empty when the text has none. */
export function exactInput(text: string): string {
  return splitUnits(fold(text)).join(' ');
}

/** `digest` gives hexadecimal; 32 digits are kept. About 0.1 ms per 500 characters. */
export function fingerprint(text: string, digest: (text: string) => string): Fingerprint {
  const units = splitUnits(fold(text));
  const found = shinglesOf(units);
  const exact = digest(units.join(' ')).slice(0, 32);
  if (found.length < LEAST_SHINGLES) return { exact, minhash: '', nShingles: found.length };
  return { exact, minhash: toBase64(minhash(found)), nShingles: found.length };
}

/** Estimate of |A and B| / |A or B|, 0..1, standard error about 0.04 at the middle. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let nEqual = 0;
  for (let at = 0; at < N_VALUES; at++) if (a[at] === b[at]) nEqual++;
  return nEqual / N_VALUES;
}

/** Estimate of the share of the smaller text that stands in the other, 0..1. */
export function containment(similarity: number, nA: number, nB: number): number {
  const shared = (similarity / (1 + similarity)) * (nA + nB);
  return Math.min(1, shared / Math.max(1, Math.min(nA, nB)));
}

/** Little-endian bytes of the 128 numbers, 684 characters. */
export function toBase64(values: Uint32Array): string {
  let bytes = '';
  for (const value of values) bytes += String.fromCharCode(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
  return btoa(bytes);
}

/** The inverse; null for what is not 128 numbers. */
export function fromBase64(text: string): Uint32Array | null {
  if (text.length !== 684) return null;
  const bytes = atob(text);
  const values = new Uint32Array(N_VALUES);
  for (let at = 0; at < N_VALUES; at++) {
    const from = at * 4;
    values[at] =
      (bytes.charCodeAt(from) |
        (bytes.charCodeAt(from + 1) << 8) |
        (bytes.charCodeAt(from + 2) << 16) |
        (bytes.charCodeAt(from + 3) << 24)) >>>
      0;
  }
  return values;
}
