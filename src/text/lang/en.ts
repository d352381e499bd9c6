/** English; serves also for other languages in Latin letters until they have a pack of their own. */
import type { LanguagePack } from '../pack.ts';
import { isStopWord, stripSuffix } from '../englishWords.ts';
import { fold } from '../fold.ts';
import { splitWords } from '../split.ts';

/** A piece of an abbreviation or of a mark-up rest: it joins what has nothing in common. A lone digit says something. */
function isLoneLetter(word: string): boolean {
  return word.length === 1 && word >= 'a' && word <= 'z';
}

function terms(text: string): string[] {
  const kept: string[] = [];
  for (const word of splitWords(fold(text))) if (!isLoneLetter(word) && !isStopWord(word)) kept.push(stripSuffix(word));
  return kept;
}

/** Share of a-z among the letters of the first 600 characters, lifted by stop words; 0 when there are no such letters. */
function looksLike(text: string): number {
  const sample = text.slice(0, 600).toLowerCase();
  const nAll = sample.match(/\p{L}/gu)?.length ?? 0;
  if (nAll === 0) return 0;
  const words = sample.match(/[a-z]+/g) ?? [];
  const nLetters = words.reduce((sum, word) => sum + word.length, 0);
  const nStops = words.filter(isStopWord).length;
  const share = nLetters / nAll;
  return words.length === 0 ? 0 : share * (0.5 + 0.5 * Math.min(1, (nStops * 4) / words.length));
}

const en: LanguagePack = { code: 'en', looksLike, terms, words: (text) => splitWords(fold(text)) };
export default en;
