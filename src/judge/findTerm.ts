/** Finds of single terms and of terms near each other in a prepared text. All linear in the number of occurrences. */
import { isUnspaced } from './foldText.ts';
import { type PreparedText, type TermUnits, termUnits } from './preparedText.ts';
import type { QueryNode } from './queryTree.ts';

/** Unit indexes, `from` inclusive, `to` exclusive. */
export interface Found {
  readonly from: number;
  readonly to: number;
  /** The term as the query writes it. */
  readonly term: string;
}

export type Column = 'title' | 'text' | null;
export type TermFinder = (text: PreparedText, column: Column) => Found[];

function isInColumn(text: PreparedText, from: number, to: number, column: Column): boolean {
  if (from < text.nTitle && to > text.nTitle) return false;
  return column === null || (column === 'title') === from < text.nTitle;
}

/** True when the term's unit may follow as it does in the text: characters of unspaced scripts must touch. */
function mayFollow(text: PreparedText, i: number, unit: string): boolean {
  return text.glued[i] === true || !isUnspaced(unit) || !isUnspaced(text.units[i - 1] ?? '');
}

function sequence(text: PreparedText, term: TermUnits, label: string, column: Column, exactCase: boolean): Found[] {
  const found: Found[] = [];
  const first = term.units[0];
  if (first === undefined) return found;
  for (const start of text.unitsAt.get(first) ?? []) {
    const end = start + term.units.length;
    if (end > text.units.length || !isInColumn(text, start, end, column)) continue;
    let fits = true;
    for (let k = 0; k < term.units.length && fits; k++) {
      const unit = term.units[k] ?? '';
      fits =
        text.units[start + k] === unit &&
        (k === 0 || mayFollow(text, start + k, unit)) &&
        (!exactCase || text.written[start + k] === term.written[k]);
    }
    if (fits) found.push({ from: start, to: end, term: label });
  }
  return found;
}

/** One unit of a wildcard term: a fixed one, one with single-character gaps, or the last one of a prefix. */
function unitTest(pattern: string, isPrefix: boolean): (unit: string) => boolean {
  if (!pattern.includes('?')) return isPrefix ? (unit) => unit.startsWith(pattern) : (unit) => unit === pattern;
  const chars = [...pattern];
  return (unit) => {
    const own = [...unit];
    if (own.length < chars.length || (!isPrefix && own.length !== chars.length)) return false;
    return chars.every((char, i) => char === '?' || char === own[i]);
  };
}

/** A question mark is no word character: it is carried through the splitting as a letter of the private use area. */
const GAP = '\ue000';

function splitWild(pattern: string): string[] {
  const units: string[] = [];
  let word = '';
  const flush = (): void => {
    if (word !== '') units.push(word.replaceAll(GAP, '?'));
    word = '';
  };
  for (const char of pattern.replaceAll('?', GAP)) {
    // A gap beside Han stands for one character of its own, inside a word for one letter of it.
    if (isUnspaced(char) || (char === GAP && word === '')) {
      flush();
      units.push(char === GAP ? '?' : char);
    } else if (char === GAP || /[\p{L}\p{N}\p{M}_]/u.test(char)) word += char;
    else flush();
  }
  flush();
  return units;
}

function wildFinder(pattern: string, isPrefix: boolean, label: string): TermFinder {
  const folded = splitWild(foldPattern(pattern));
  const tests = folded.map((unit, i) => unitTest(unit, isPrefix && i === folded.length - 1 && !isUnspaced(unit)));
  return (text, column) => {
    const found: Found[] = [];
    for (let start = 0; start + tests.length <= text.units.length; start++) {
      if (!isInColumn(text, start, start + tests.length, column)) continue;
      const fits = tests.every(
        (test, k) => test(text.units[start + k] ?? '') && (k === 0 || mayFollow(text, start + k, text.units[start + k] ?? '')),
      );
      if (fits && tests.length > 0) found.push({ from: start, to: start + tests.length, term: label });
    }
    return found;
  };
}

/** Folds the letters of a pattern and leaves its gaps. */
function foldPattern(pattern: string): string {
  return pattern
    .split('?')
    .map((part) => foldDeep(part))
    .join('?');
}

function foldDeep(text: string): string {
  // Units joined again lose only signs, which no pattern needs.
  const term = termUnits(text);
  return term.units.map((unit, i) => (i > 0 && term.glued[i] !== true ? ` ${unit}` : unit)).join('');
}

/** The parts of a phrase with slop: what spaces part; a single run of Han in twos. */
function slopParts(text: string): TermUnits[] {
  const words = text.split(/\s+/u).filter((word) => termUnits(word).units.length > 0);
  if (words.length > 1) return words.map(termUnits);
  const whole = termUnits(text);
  const parts: TermUnits[] = [];
  const step = whole.units.every(isUnspaced) ? 2 : 1;
  for (let i = 0; i < whole.units.length; i += step) {
    const to = i + step;
    parts.push({ units: whole.units.slice(i, to), glued: whole.glued.slice(i, to), written: whole.written.slice(i, to) });
  }
  return parts;
}

/** All parts, in any order, with at most `slop` foreign words between the first and the last. */
function slopFinder(node: Extract<QueryNode, { kind: 'phrase' }>, slop: number): TermFinder {
  const parts = slopParts(node.text);
  return (text, column) => {
    const hits = parts.flatMap((part, k) => sequence(text, part, node.text, column, node.exactCase).map((found) => ({ found, k })));
    hits.sort((a, b) => a.found.from - b.found.from || a.k - b.k);
    const found: Found[] = [];
    const last: (Found | undefined)[] = parts.map(() => undefined);
    for (const { found: hit, k } of hits) {
      last[k] = hit;
      const window = windowOf(last);
      if (window === null) continue;
      const own = parts.reduce((sum, part) => sum + part.units.reduce((n, unit) => n + (isUnspaced(unit) ? 1 : 2), 0), 0);
      const span = (text.place[window.to - 1] ?? 0) + (text.width[window.to - 1] ?? 0) - (text.place[window.from] ?? 0);
      if (span - own <= 2 * slop && isInColumn(text, window.from, window.to, column)) found.push({ ...window, term: node.text });
    }
    return found;
  };
}

function windowOf(last: readonly (Found | undefined)[]): { from: number; to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const hit of last) {
    if (hit === undefined) return null;
    from = Math.min(from, hit.from);
    to = Math.max(to, hit.to);
  }
  return { from, to };
}

export function termFinder(node: Extract<QueryNode, { kind: 'word' | 'phrase' }>): TermFinder {
  if (node.kind === 'phrase') {
    if (node.slop !== null && node.slop > 0) return slopFinder(node, node.slop);
    const term = termUnits(node.text);
    return (text, column) => sequence(text, term, node.text, column, node.exactCase);
  }
  if (node.prefix || node.text.includes('?')) return wildFinder(node.text, node.prefix, node.prefix ? `${node.text}*` : node.text);
  const term = termUnits(node.text);
  return (text, column) => sequence(text, term, node.text, column, false);
}

/**
 * The finds of both sides that have one of the other side within `n` words: at most n words, or 2n Han characters, between them.
 * With `ordered` the left one comes first. A find is never near itself.
 */
export function nearFinds(text: PreparedText, left: readonly Found[], right: readonly Found[], n: number, ordered: boolean): Found[] {
  const kept = new Set<Found>();
  const leftSorted = [...left].sort(byPlace);
  const rightSorted = [...right].sort(byPlace);
  markBefore(text, leftSorted, rightSorted, n, kept);
  if (!ordered) markBefore(text, rightSorted, leftSorted, n, kept);
  return [...kept].sort(byPlace);
}

function byPlace(a: Found, b: Found): number {
  return a.from - b.from || a.to - b.to;
}

/**
 * Marks the finds of which one of `firsts` begins before one of `seconds` and ends within reach. One pass: what is out of reach
 * of the next second is out of reach of all later ones.
 */
function markBefore(text: PreparedText, firsts: readonly Found[], seconds: readonly Found[], n: number, kept: Set<Found>): void {
  let low = 0;
  let next = 0;
  for (const second of seconds) {
    const start = text.place[second.from] ?? 0;
    const isReached = (first: Found): boolean => start - endPlace(text, first) <= 2 * n;
    for (let first = firsts[next]; first !== undefined && begins(first, second); first = firsts[++next])
      if (isReached(first)) kept.add(first);
    for (let first = firsts[low]; low < next && first !== undefined && !isReached(first); first = firsts[++low]);
    if (low < next) kept.add(second);
  }
}

function begins(first: Found, second: Found): boolean {
  return first.from < second.from || (first.from === second.from && first.to < second.to);
}

function endPlace(text: PreparedText, found: Found): number {
  return (text.place[found.to - 1] ?? 0) + (text.width[found.to - 1] ?? 0);
}
