/** A document made ready for matching: title and text as units with positions, folded, and found again by their first unit. */
import type { Document } from '../model/document.ts';
import { foldText, isUnspaced } from './foldText.ts';

/** What fields other than title and text are compared with. All optional: a missing one matches nothing. */
export interface Facets {
  /** Id, names and family of the source. */
  readonly source?: readonly string[];
  /** Names of bodies that the document is about. */
  readonly org?: readonly string[];
  readonly topic?: readonly string[];
  readonly issue?: readonly string[];
  readonly level?: string;
  readonly status?: string;
  /** Minutes that local time is ahead of UTC, for dates in queries. */
  readonly zoneMinutes?: number;
}

/**
 * Units in order: one per Han character or kana, one per other word. `place` counts half words: a Han character moves it by 1,
 * another word by 2. `glued` is true when the unit follows the one before without anything between.
 */
export interface PreparedText {
  readonly units: readonly string[];
  readonly place: readonly number[];
  readonly width: readonly number[];
  readonly glued: readonly boolean[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** As written, for terms whose case counts. */
  readonly written: readonly string[];
  /** Units before this index are the title's. */
  readonly nTitle: number;
  readonly unitsAt: ReadonlyMap<string, readonly number[]>;
}

export interface PreparedDocument {
  readonly document: Document;
  readonly text: PreparedText;
  readonly facets: Facets;
}

/** NEAR does not reach from the title into the text. */
const TITLE_GAP = 10_000;

/** Longest stretch of a text that queries look at. */
const MOST_CHARS = 65_536;

interface Growing {
  readonly units: string[];
  readonly place: number[];
  readonly width: number[];
  readonly glued: boolean[];
  readonly from: number[];
  readonly to: number[];
  readonly written: string[];
  next: number;
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const SIGN = 0;
const LETTER = 1;
const UNSPACED = 2;

function widthAt(text: string, i: number): number {
  return (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
}

/** The commonest ranges by number, the rest by property. */
function kindAt(text: string, i: number): number {
  const code = text.codePointAt(i) ?? 0;
  if (code >= 0x4e00 && code <= 0x9fff) return UNSPACED;
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f ? LETTER : SIGN;
  const char = String.fromCodePoint(code);
  return isUnspaced(char) ? UNSPACED : WORD.test(char) ? LETTER : SIGN;
}

/** Splits as `text/split.ts` does, but keeps places. Shared by texts and the terms of queries. */
function readUnits(source: string, growing: Growing): void {
  const folded = foldText(source, true);
  const { text } = folded;
  let i = 0;
  let lastEnd = -1;
  while (i < text.length) {
    const kind = kindAt(text, i);
    let end = i + widthAt(text, i);
    const unspaced = kind === UNSPACED;
    if (kind === SIGN) {
      i = end;
      continue;
    }
    if (!unspaced) {
      while (end < text.length && kindAt(text, end) === LETTER) end += widthAt(text, end);
    }
    const from = folded.from[i] ?? 0;
    const to = folded.to[end - 1] ?? source.length;
    growing.units.push(text.slice(i, end));
    growing.place.push(growing.next);
    growing.width.push(unspaced ? 1 : 2);
    growing.glued.push(lastEnd === i);
    growing.from.push(from);
    growing.to.push(to);
    growing.written.push(source.slice(from, to));
    growing.next += unspaced ? 1 : 2;
    lastEnd = end;
    i = end;
  }
}

function emptyGrowing(): Growing {
  return { units: [], place: [], width: [], glued: [], from: [], to: [], written: [], next: 0 };
}

/** The units of a term of a query. */
export interface TermUnits {
  readonly units: readonly string[];
  readonly glued: readonly boolean[];
  readonly written: readonly string[];
}

export function termUnits(term: string): TermUnits {
  const growing = emptyGrowing();
  readUnits(term, growing);
  return growing;
}

export function prepareText(title: string, text: string): PreparedText {
  const growing = emptyGrowing();
  readUnits(title, growing);
  const nTitle = growing.units.length;
  growing.next += TITLE_GAP;
  readUnits(text.slice(0, MOST_CHARS), growing);
  const unitsAt = new Map<string, number[]>();
  for (const [i, unit] of growing.units.entries()) {
    const list = unitsAt.get(unit);
    if (list === undefined) unitsAt.set(unit, [i]);
    else list.push(i);
  }
  return { ...growing, nTitle, unitsAt };
}

export function prepareDocument(document: Document, facets: Facets = {}): PreparedDocument {
  return { document, text: prepareText(document.title, document.text), facets };
}
