/**
 * What a source's list usually looks like, and when it no longer does. A site that is rebuilt seldom fails: it goes on giving something,
 * only less, without dates, or in another charset. Two odd readings in a row are an alarm; twenty make the new look the usual one.
 */
import type { Words } from '../model/words.ts';

/** What one reading of a list showed, old entries and new. */
export interface ListShape {
  readonly nEntries: number;
  readonly nDated: number;
  readonly nWithText: number;
}

/** What is usual, learned; plain data, kept in the source's state. */
export interface UsualShape {
  readonly nReadings: number;
  readonly nEntries: number;
  /** 0..1 of the entries. */
  readonly dated: number;
  readonly withText: number;
  readonly charset: string | null;
  readonly language: string | null;
  /** Odd readings in a row. */
  readonly nOdd: number;
}

const WEIGHT = 0.1;
const KNOWN_AFTER = 8;
const ODD_IN_A_ROW = 2;
/** After so many odd readings the new look is the usual one. */
const NEW_USUAL_AFTER = 20;

export function freshShape(): UsualShape {
  return { nReadings: 0, nEntries: 0, dated: 0, withText: 0, charset: null, language: null, nOdd: 0 };
}

/** What differs from the usual, as one sentence; null when nothing does. */
export function oddOf(usual: UsualShape, shape: ListShape | null, charset: string | null, language: string | null): Words | null {
  if (usual.nReadings < KNOWN_AFTER) return null;
  if (shape !== null) {
    const { nEntries } = shape;
    const mean = Math.round(usual.nEntries);
    if (nEntries === 0 && mean >= 1)
      return {
        zh: `页面上一条也没有读到，平时约 ${mean} 条，版式可能变了`,
        en: `not one entry was found where about ${mean} usually stand: the layout may have changed`,
      };
    if (nEntries * 4 < usual.nEntries && mean >= 4)
      return {
        zh: `只读到 ${nEntries} 条，平时约 ${mean} 条，版式可能变了`,
        en: `only ${nEntries} entries were found where about ${mean} usually stand: the layout may have changed`,
      };
    if (nEntries > 0 && usual.dated >= 0.8 && shape.nDated / nEntries <= 0.2)
      return { zh: '条目不再带发布时间，版式可能变了', en: 'the entries no longer carry a date: the layout may have changed' };
    if (nEntries > 0 && usual.withText >= 0.8 && shape.nWithText / nEntries <= 0.2)
      return { zh: '条目不再带摘要或正文', en: 'the entries no longer carry a summary or text' };
  }
  if (charset !== null && usual.charset !== null && charset !== usual.charset)
    return { zh: `编码由 ${usual.charset} 变为 ${charset}`, en: `the charset changed from ${usual.charset} to ${charset}` };
  if (language !== null && usual.language !== null && language !== usual.language)
    return { zh: `语言由 ${usual.language} 变为 ${language}`, en: `the language changed from ${usual.language} to ${language}` };
  return null;
}

/** The usual look after a reading, and the alarm when it is one. A reading that showed nothing (unchanged, failed) is not given here. */
export function shapeAfter(
  usual: UsualShape,
  shape: ListShape | null,
  charset: string | null,
  language: string | null,
): { readonly usual: UsualShape; readonly alarm: Words | null } {
  const odd = oddOf(usual, shape, charset, language);
  if (odd !== null && usual.nOdd + 1 < NEW_USUAL_AFTER) {
    const nOdd = usual.nOdd + 1;
    return { usual: { ...usual, nOdd }, alarm: nOdd >= ODD_IN_A_ROW ? odd : null };
  }
  const from = odd === null ? usual : freshShape();
  const weight = Math.max(WEIGHT, 1 / (from.nReadings + 1));
  const toward = (old: number, value: number): number => old + weight * (value - old);
  const n = Math.max(1, shape?.nEntries ?? 1);
  return {
    usual: {
      nReadings: Math.min(1000, from.nReadings + 1),
      nEntries: shape === null ? from.nEntries : toward(from.nEntries, shape.nEntries),
      dated: shape === null || shape.nEntries === 0 ? from.dated : toward(from.dated, shape.nDated / n),
      withText: shape === null || shape.nEntries === 0 ? from.withText : toward(from.withText, shape.nWithText / n),
      charset: charset ?? from.charset,
      language: language ?? from.language,
      nOdd: 0,
    },
    alarm: null,
  };
}
