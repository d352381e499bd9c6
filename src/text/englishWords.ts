/** English words as index terms: stop words left out, the commonest endings taken off. Used by every pack for words in Latin letters. */

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren as at be because been before being below between both but by can cannot
could couldn d did didn do does doesn doing don down during each else ever few for from further get gets got had hadn has hasn have haven
having he her here hers herself him himself his how however i if in into is isn it its itself just ll m may me might more most must mustn my
myself no nor not now of off on once only or other our ours ourselves out over own re s same shall she should shouldn so some such t than that
the their theirs them themselves then there these they this those through to too under until up upon us ve very was wasn we were weren what
when where which while who whom whose why will with won would wouldn yet you your yours yourself yourselves`.split(/\s+/),
);

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

const VOWEL = /[aeiouy]/;

function withoutPlural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function withoutTense(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  const ending = word.endsWith('ing') && word.length > 5 ? 3 : word.endsWith('ed') && word.length > 4 ? 2 : 0;
  if (ending === 0) return word;
  const stem = word.slice(0, -ending);
  if (!VOWEL.test(stem)) return word;
  return /([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

const STRIPPED = new Map<string, string>();

/** Light stripping: plural, -ed, -ing, -ly and a last e, so that `closes`, `closed` and `closing` are one term. Words under 4 letters stay. */
export function stripSuffix(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const known = STRIPPED.get(word);
  if (known !== undefined) return known;
  let stem = withoutTense(withoutPlural(word));
  if (stem.length > 6 && stem.endsWith('ly')) stem = stem.slice(0, -2);
  if (stem.length > 3 && stem.endsWith('e')) stem = stem.slice(0, -1);
  // A bounded memory: a flood of made-up words must not fill the heap.
  if (STRIPPED.size >= 20_000) STRIPPED.clear();
  STRIPPED.set(word, stem);
  return stem;
}
