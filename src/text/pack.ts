/** LanguagePack: all Heed knows of one language; one file in `text/lang/` adds one. */
import type { Language } from '../model/document.ts';

export interface LanguagePack {
  readonly code: Language;
  /** How much of the text looks like this language, 0..1. Cheap: decides between packs when the language is not known. */
  readonly looksLike: (text: string) => number;
  /** Index and grouping terms in order of appearance: folded, without stop words. Repeats are kept. */
  readonly terms: (text: string) => string[];
  /** Every word or character pair in order, nothing left out: for phrases, NEAR and full-text search. */
  readonly words: (text: string) => string[];
}

/** The pack that fits best; the first one when none does. */
export function pickPack(packs: readonly LanguagePack[], language: Language, text: string): LanguagePack {
  const named = packs.find((pack) => pack.code === language);
  if (named !== undefined) return named;
  let best = packs[0];
  let bestScore = -1;
  for (const pack of packs) {
    const score = pack.looksLike(text);
    if (score > bestScore) [best, bestScore] = [pack, score];
  }
  if (best === undefined) throw new Error('no language pack on the shelf');
  return best;
}
