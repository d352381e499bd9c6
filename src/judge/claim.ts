/**
 * What the texts of an issue say as fact, and what they ask: sentences as written, grouped when they say nearly the same, ranked
 * by how many independent voices say them. Extractive: no sentence here was made by the machine.
 */
import type { Document, DocumentId } from '../model/document.ts';
import { fold } from '../text/fold.ts';
import type { LanguagePack } from '../text/pack.ts';
import { isHan } from './foldText.ts';
import { readHarm } from './harm.ts';

export interface ClaimDraft {
  readonly kind: 'fact' | 'question';
  /** One of the sentences, as written. */
  readonly text: string;
  readonly firstDocumentId: DocumentId;
  readonly documentIds: readonly DocumentId[];
  readonly nDocuments: number;
  /** Sealed marks, and sources for texts without one; copies add none. */
  readonly nVoices: number;
}

const OPINION =
  /觉得|认为|希望|建议|应该|但愿|无语|呵呵|求求|拜托|支持|感谢|谢谢|加油|服了|离谱|\b(?:i think|i hope|hopefully|should|please|wish|thanks?|thank you|ridiculous|unbelievable|imo)\b/;
const FACT =
  /\d|听说|据说|据传|网传|有人说|已经|发现|看到|看见|导致|造成|因为|原因|被|没有|都是|出现|开始|停|通知|公告|\b(?:heard|said|says|reported|because|caused?|found|saw|seen|was|were|has|have|is|are|no|notice)\b/;
const QUESTION_END = /[？?]\s*$|(?:吗|呢|么)[。！!~～…\s]*$/;
const QUESTION_WORD =
  /什么时候|多久|能不能|可不可以|是不是|有没有|怎么办|谁来|谁管|到底|哪里|为什么|为啥|\b(?:when will|how long|is it safe|who will|what (?:is|should|can)|where can|why)\b/;
/** Parts of such a sentence stand or fall together. */
const BOUND = /因为|由于|如果|要是|虽然|即使|除非|只要|只有|\b(?:because|if|although|though|unless|while|since)\b/i;

/** chosen: two sentences say the same when half of their terms are the same, or three quarters of the shorter one's. */
const SAME = 0.5;
const INSIDE = 0.75;
const LEAST_TERMS = 3;
const MOST_SENTENCES = 20_000;

interface Sentence {
  readonly text: string;
  readonly kind: ClaimDraft['kind'];
  readonly terms: ReadonlySet<string>;
  readonly document: Document;
}

interface Group {
  readonly kind: ClaimDraft['kind'];
  readonly seed: ReadonlySet<string>;
  readonly sentences: Sentence[];
}

function kindOf(text: string): ClaimDraft['kind'] | null {
  const folded = fold(text);
  if (QUESTION_END.test(folded) || (QUESTION_WORD.test(folded) && /[？?！!]?\s*$/.test(folded) && !/[。.]\s*$/.test(folded)))
    return 'question';
  if (OPINION.test(folded)) return null;
  return FACT.test(folded) || readHarm(text).length > 0 ? 'fact' : null;
}

function fitsLength(text: string): boolean {
  const nChars = [...text].length;
  return isHan([...text].find((char) => /\p{L}/u.test(char)) ?? ' ') ? nChars >= 5 && nChars <= 80 : nChars >= 12 && nChars <= 220;
}

function read(text: string, document: Document, pack: LanguagePack): Sentence | null {
  const kind = fitsLength(text) ? kindOf(text) : null;
  if (kind === null) return null;
  const terms = new Set(pack.terms(text));
  return terms.size >= LEAST_TERMS ? { text, kind, terms, document } : null;
}

/** `上游泄漏了，三个孩子送医院了` says two things: a sentence is taken apart at its commas when every part says something by itself. */
function partsOf(text: string, document: Document, pack: LanguagePack): Sentence[] {
  const parts = BOUND.test(text) ? [] : (text.match(/[^，,]+[，,]*/gu) ?? []);
  const said = parts.map((part) => read(part.replace(/[，,]+$/u, '').trim(), document, pack)).filter((part) => part !== null);
  if (parts.length > 1 && said.length === parts.length) return said;
  const whole = read(text, document, pack);
  return whole === null ? [] : [whole];
}

function sentencesOf(document: Document, pack: LanguagePack): Sentence[] {
  const sentences = new Map<string, Sentence>();
  for (const raw of `${document.title}\n${document.text}`.match(/[^。！？!?；;\n]+[。！？!?；;]*/gu) ?? [])
    for (const sentence of partsOf(raw.trim(), document, pack)) if (!sentences.has(sentence.text)) sentences.set(sentence.text, sentence);
  return [...sentences.values()];
}

function nShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let n = 0;
  for (const term of small) if (large.has(term)) n++;
  return n;
}

function saysSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = nShared(a, b);
  const smaller = Math.min(a.size, b.size);
  return shared / (a.size + b.size - shared) >= SAME || (smaller >= 4 && shared / smaller >= INSIDE);
}

function group(sentences: readonly Sentence[]): Group[] {
  const groups: Group[] = [];
  const byTerm = new Map<string, Group[]>();
  for (const sentence of sentences) {
    const counts = new Map<Group, number>();
    for (const term of sentence.terms) for (const one of byTerm.get(term) ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
    let best: Group | null = null;
    let bestCount = 0;
    for (const [one, count] of counts) {
      if (one.kind === sentence.kind && count > bestCount && saysSame(one.seed, sentence.terms)) [best, bestCount] = [one, count];
    }
    if (best !== null) {
      best.sentences.push(sentence);
      continue;
    }
    const opened: Group = { kind: sentence.kind, seed: sentence.terms, sentences: [sentence] };
    groups.push(opened);
    for (const term of sentence.terms) byTerm.set(term, [...(byTerm.get(term) ?? []), opened]);
  }
  return groups;
}

/** The sentence that shares most with the others; the shorter, then the earlier one on ties. */
function spokesText(one: Group): string {
  const counts = new Map<string, number>();
  for (const sentence of one.sentences) for (const term of sentence.terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  let best = one.sentences[0];
  let bestScore = -1;
  for (const sentence of one.sentences) {
    const score = [...sentence.terms].reduce((sum, term) => sum + (counts.get(term) ?? 0), 0) / sentence.terms.size;
    if (score > bestScore || (score === bestScore && sentence.text.length < (best?.text.length ?? 0)))
      [best, bestScore] = [sentence, score];
  }
  return best?.text ?? '';
}

/** Documents of one issue in any order; drafts ranked by voices, at most `most` of each kind. */
export function claimsOf(documents: readonly Document[], packFor: (document: Document) => LanguagePack, most = 12): ClaimDraft[] {
  const ordered = [...documents].sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
  const sentences = ordered.flatMap((document) => sentencesOf(document, packFor(document))).slice(0, MOST_SENTENCES);
  const drafts = group(sentences).map((one): ClaimDraft => {
    const ids = [...new Set(one.sentences.map((sentence) => sentence.document.id))];
    const originals = one.sentences.filter((sentence) => sentence.document.copyOf === null);
    const voices = new Set(originals.map(({ document }) => document.pseudonym ?? `source:${document.sourceId}`));
    return {
      kind: one.kind,
      text: spokesText(one),
      firstDocumentId: ids[0] ?? '',
      documentIds: ids,
      nDocuments: ids.length,
      nVoices: Math.max(1, voices.size),
    };
  });
  drafts.sort((a, b) => b.nVoices - a.nVoices || b.nDocuments - a.nDocuments);
  return (['fact', 'question'] as const).flatMap((kind) => drafts.filter((draft) => draft.kind === kind).slice(0, most));
}
