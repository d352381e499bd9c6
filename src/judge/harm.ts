/**
 * Reads which kinds of harm a text says have happened. A harm that is denied counts nothing, one asked about or feared counts
 * in part. It reads texts, never people: what it finds is a kind of event, not a trait of anybody.
 */
import type { Nature } from '../model/assessment.ts';
import { fold } from '../text/fold.ts';
import { HARM_WORDS, type HarmKind, type HarmList } from './harmWords.ts';

export type { HarmKind } from './harmWords.ts';

export interface HarmFind {
  readonly kind: HarmKind;
  readonly nature: Nature;
  /** 0..1, after the cuts for questions and fears. */
  readonly severity: number;
  /** The words that said it. */
  readonly phrase: string;
  /** Passed on from hearsay, not seen. */
  readonly isHeard: boolean;
}

/** Longest stretch read of one text; a claim of harm stands early. */
const MOST_CHARS = 4000;

/** chosen: a question or a fear is worth about a third of an assertion; a rumour called false about nothing. */
const ASKED = 0.35;
const FEARED = 0.5;
const HEARD = 0.6;

const DENIED_ZH =
  /(?:没有?|未|无|并无|未见|未发现|不会|(?<!是)不是|没人|无人|排除|避免|防止|预防|以防|防范|杜绝|谨防|严防|免得|以免|零|不存在|尚无|暂无)[^，。！？；：\n]{0,4}$/;
const DENIED_EN =
  /\b(?:no|not|never|without|nobody|none|no one|denied|denies|prevent(?:s|ing)?|avoid(?:s|ing)?|wasn't|weren't|isn't|aren't|didn't|hasn't|haven't|rule[sd]? out|free of)(?:\s+[\w'-]+){0,3}\s*$/;
const FALSE_ZH = /谣言|不实|假的|辟谣|子虚乌有|演练|演习|模拟|纯属虚构|造谣/;
const FALSE_EN = /\b(?:false rumou?r|hoax|fake news|drill|exercise|simulation|debunked|not true)\b/;
const ASKED_ZH = /[？?]\s*$|(?:吗|么)[。！!~～…\s]*$|是不是|会不会|有没有|是否|听说.{0,20}真的假的/;
const PRESUMED_ZH = /为什么|为啥|凭什么|怎么还|怎么又|什么时候才|谁来|谁管|多久|到底|还要|难道/;
const ASKED_EN = /\?\s*$|\bis it true\b/;
const PRESUMED_EN = /\b(?:why|how long|how many more|when will|who will|who is)\b/;
const FEARED_ZH = /担心|害怕|生怕|怕[^，。]{0,4}|万一|如果|要是|假如|可能会|恐怕|小心|当心/;
const HEARD_ZH = /听说|听人说|据说|据传|网传|有人说|传言|群里说|说是/;
const HEARD_EN =
  /\b(?:i heard|heard (?:that|from)|rumou?rs?|apparently|allegedly|reportedly|people (?:say|are saying)|word is|someone said)\b/;
const FEARED_EN = /\b(?:afraid|worr(?:y|ied)|fear(?:s|ed)?|in case|what if|if|might|could|may (?:be|have|get|become|cause))\b/;

const SIGNS_ZH = { isFalse: FALSE_ZH, asked: ASKED_ZH, presumed: PRESUMED_ZH, feared: FEARED_ZH, heard: HEARD_ZH };
const SIGNS_EN = { isFalse: FALSE_EN, asked: ASKED_EN, presumed: PRESUMED_EN, feared: FEARED_EN, heard: HEARD_EN };

interface Reader {
  readonly list: HarmList;
  readonly zh: RegExp;
  readonly en: RegExp;
}

const compiled = new WeakMap<readonly HarmList[], readonly Reader[]>();

function readersOf(lists: readonly HarmList[]): readonly Reader[] {
  let readers = compiled.get(lists);
  if (readers === undefined) {
    readers = lists.map((list) => ({
      list,
      zh: new RegExp(list.zh.join('|'), 'g'),
      en: new RegExp(`\\b(?:${list.en.join('|')})\\b`, 'g'),
    }));
    compiled.set(lists, readers);
  }
  return readers;
}

interface Sentence {
  readonly text: string;
  readonly isHan: boolean;
  /** How much an assertion in it counts, 0..1, before denial of the single phrase. */
  readonly trust: number;
  readonly isHeard: boolean;
}

function sentencesOf(text: string): Sentence[] {
  return (text.match(/[^。！？!?；;\n.]+[。！？!?；;.]*/g) ?? []).map((sentence) => {
    const isHan = /[\u4e00-\u9fff]/.test(sentence);
    const signs = isHan ? SIGNS_ZH : SIGNS_EN;
    const isHeard = signs.heard.test(sentence);
    let trust = 1;
    if (signs.isFalse.test(sentence)) trust = 0;
    else if (signs.asked.test(sentence) && !signs.presumed.test(sentence)) trust = ASKED;
    else if (signs.feared.test(sentence)) trust = FEARED;
    else if (isHeard) trust = HEARD;
    return { text: sentence, isHan, trust, isHeard };
  });
}

/** The strongest find of each kind; amplifiers only where their sentence, or the one beside it, names another harm. */
export function readHarm(text: string, lists: readonly HarmList[] = HARM_WORDS): HarmFind[] {
  const folded = fold(text.slice(0, MOST_CHARS));
  const best = new Map<HarmKind, HarmFind>();
  let lastHarmAt = -2;
  const amplifiers: { readonly i: number; readonly find: HarmFind }[] = [];
  const harmAt = new Set<number>();
  for (const [i, sentence] of sentencesOf(folded).entries()) {
    if (sentence.trust === 0) continue;
    for (const reader of readersOf(lists)) {
      const find = findIn(sentence, reader);
      if (find === null) continue;
      if (find.kind === 'vulnerable' || find.kind === 'many') amplifiers.push({ i, find });
      else {
        lastHarmAt = i;
        harmAt.add(i);
        keep(best, find);
      }
    }
  }
  if (lastHarmAt < 0) return [];
  for (const { i, find } of amplifiers) if (harmAt.has(i) || harmAt.has(i - 1) || harmAt.has(i + 1)) keep(best, find);
  return [...best.values()];
}

function keep(best: Map<HarmKind, HarmFind>, find: HarmFind): void {
  if ((best.get(find.kind)?.severity ?? 0) < find.severity) best.set(find.kind, find);
}

function findIn(sentence: Sentence, reader: Reader): HarmFind | null {
  const pattern = sentence.isHan ? reader.zh : reader.en;
  const denied = sentence.isHan ? DENIED_ZH : DENIED_EN;
  const isAmplifier = reader.list.kind === 'vulnerable' || reader.list.kind === 'many';
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(sentence.text); hit !== null; hit = pattern.exec(sentence.text)) {
    if (hit[0] === '') return null;
    if (!isAmplifier && denied.test(sentence.text.slice(Math.max(0, hit.index - 24), hit.index))) continue;
    return {
      kind: reader.list.kind,
      nature: reader.list.nature,
      severity: reader.list.severity * sentence.trust,
      phrase: hit[0],
      isHeard: sentence.isHeard,
    };
  }
  return null;
}
