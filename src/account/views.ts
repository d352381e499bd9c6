/**
 * What people say about an issue, as wordings shared by five voices or more. A wording is a sentence of at most 60 characters; sentences
 * with half of their character pairs in common are one view; copies do not count. Critical views are found by plain words and are
 * never left out in favour of friendly ones (each kind keeps its own places).
 */
import type { Document } from '../model/document.ts';
import { FEWEST, toFives } from './smallNumbers.ts';

export interface View {
  readonly text: string;
  /** Cut to fives. */
  readonly nVoices: number;
  readonly critical: boolean;
}

const LONGEST = 60;
/** Shorter than this a sentence says too little to be a view. */
const SHORTEST = 6;
/** Share of the smaller sentence's pairs. Chosen: below it, sentences that share only the place name fall together. */
const ALIKE = 0.5;
/** Sentences read; beyond it the report is no better and the pairing is quadratic in the number of views. */
const MOST_SENTENCES = 2000;

const CRITICAL =
  /(为什么|为何|凭什么|怎么(还|不|没)|没人管|不管|不满|质疑|迟迟|拖|敷衍|瞒|骗|不公|失望|投诉|拒绝|推诿|踢皮球|不作为|没有(通知|公告|说法)|why|nobody|no one|still (no|not)|ignored?|delay|refus|cover[- ]?up|lied?|unfair|disappoint|complain)/iu;

interface Group {
  readonly text: string;
  readonly pairs: ReadonlySet<string>;
  readonly voices: Set<string>;
}

/** Up to `most` views of each kind, the most shared first. Documents that are copies are passed over. */
export function viewsOf(documents: readonly Document[], most: number): readonly View[] {
  const groups: Group[] = [];
  let nSentences = 0;
  for (const document of documents) {
    if (document.copyOf !== null) continue;
    const voice = document.pseudonym ?? document.sourceId;
    for (const sentence of sentencesOf(document.text)) {
      if (++nSentences > MOST_SENTENCES) break;
      const pairs = pairsOf(sentence);
      const group = groups.find((one) => alike(one.pairs, pairs));
      if (group === undefined) groups.push({ text: sentence, pairs, voices: new Set([voice]) });
      else group.voices.add(voice);
    }
  }
  const views = groups
    .filter((group) => group.voices.size >= FEWEST)
    .sort((a, b) => b.voices.size - a.voices.size || (a.text < b.text ? -1 : 1))
    .map(({ text, voices }) => ({ text, nVoices: toFives(voices.size), critical: CRITICAL.test(text) }));
  return [...views.filter((view) => view.critical).slice(0, most), ...views.filter((view) => !view.critical).slice(0, most)];
}

function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[。！？!?；;])|\n|(?<=\.)\s/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence.length >= SHORTEST && sentence.length <= LONGEST);
}

function pairsOf(sentence: string): ReadonlySet<string> {
  const characters = Array.from(sentence.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
  return new Set(characters.slice(1).map((character, index) => characters[index]! + character));
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return false;
  let met = 0;
  for (const pair of small) if (large.has(pair)) met += 1;
  return met / small.size >= ALIKE && small.size * 2 >= large.size;
}
