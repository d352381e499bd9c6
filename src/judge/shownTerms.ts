/** Character pairs made readable: overlapping pairs that stand in the text as one run are shown as one word. */
import { isHan } from './foldText.ts';

/** Keeps the order of the first pair of each run; `most` words at most. */
export function shownTerms(terms: readonly string[], most = 6): string[] {
  // Single characters count in the likeness, but pairs say it better.
  const pairs = terms.filter((term) => !isHan(term) || term.length > 1);
  if (pairs.length > 0 && pairs.length < terms.length) return shownTerms(pairs, most);
  const left = new Set(terms);
  const shown: string[] = [];
  for (const term of terms) {
    if (!left.delete(term)) continue;
    shown.push(isHan(term) ? grow(term, left) : term);
    if (shown.length === most) break;
  }
  return shown;
}

/** 自来 + 来水 -> 自来水, as long as pairs fit at either end; at most six characters. */
function grow(pair: string, left: Set<string>): string {
  let word = pair;
  for (let isGrown = true; isGrown && word.length < 6; ) {
    isGrown = false;
    for (const other of left) {
      if (!isHan(other) || other.length !== 2) continue;
      if (other[0] === word.at(-1)) word += other[1] ?? '';
      else if (other[1] === word[0]) word = (other[0] ?? '') + word;
      else continue;
      left.delete(other);
      isGrown = true;
      break;
    }
  }
  return word;
}
