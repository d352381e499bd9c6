/** The factor harm: the worst thing that several voices say has happened, more when many or weak people are among them. */
import type { Nature } from '../model/assessment.ts';
import type { DocumentId } from '../model/document.ts';
import type { Words } from '../model/words.ts';
import { HARM_WORDS, type HarmKind, type HarmList } from './harmWords.ts';
import type { IssueFacts } from './tally.ts';

const AMPLIFIERS: readonly HarmKind[] = ['vulnerable', 'many'];
/** chosen: each amplifier takes so much of what is missing to the worst, a second kind of harm as well. Only deaths come near 1. */
const AMPLIFIED = 0.2;
const SECOND = 0.1;

export interface HarmReading {
  readonly score: number;
  readonly nature: Nature;
  readonly because: Words;
  readonly evidence: readonly DocumentId[];
  /** Independent families that say the worst of it. */
  readonly nFamilies: number;
  /** 0..1, how surely many people are affected. */
  readonly many: number;
  readonly kinds: readonly HarmKind[];
}

/** One voice can be wrong: 0.5 for one, 1 for five of two families. */
export function voiceTrust(nVoices: number, nFamilies: number): number {
  const byVoices = nVoices <= 0 ? 0 : Math.min(0.9, 0.5 + 0.1 * (nVoices - 1));
  return Math.min(1, byVoices + (nFamilies >= 2 ? 0.1 : 0));
}

function nameOf(kind: HarmKind, lists: readonly HarmList[]): Words {
  return lists.find((list) => list.kind === kind)?.name ?? { zh: kind, en: kind };
}

export function readHarmFactor(facts: IssueFacts, lists: readonly HarmList[] = HARM_WORDS): HarmReading {
  const rated = facts.harms.map((harm) => ({ ...harm, score: harm.severity * voiceTrust(harm.nVoices, harm.nFamilies) }));
  const main = rated.filter((harm) => !AMPLIFIERS.includes(harm.kind)).sort((a, b) => b.score - a.score);
  const [first, second] = main;
  if (first === undefined) {
    const because = { zh: '没有文字说到有人受到伤害或失去生活所需', en: 'No text says that people were harmed or lost what they live on' };
    return { score: 0, nature: 'service', because, evidence: [], nFamilies: 0, many: 0, kinds: [] };
  }
  const amplifiers = rated
    .filter((harm) => AMPLIFIERS.includes(harm.kind))
    .map((harm) => ({ ...harm, trust: voiceTrust(harm.nVoices, harm.nFamilies) }));
  const amplified =
    amplifiers.reduce((sum, harm) => sum + AMPLIFIED * harm.trust, 0) + (second === undefined ? 0 : SECOND * (second.score / first.score));
  const named = [first, ...(second === undefined ? [] : [second]), ...amplifiers].map((harm) => ({ harm, name: nameOf(harm.kind, lists) }));
  return {
    score: first.score + (1 - first.score) * Math.min(1, amplified),
    nature: natureOf(facts, main, lists),
    because: {
      zh: named.map(({ harm, name }) => `${name.zh}（“${harm.phrase}”，${harm.nVoices} 个声音，${harm.nFamilies} 个独立来源）`).join('；'),
      en: named
        .map(({ harm, name }) => `${name.en} ("${harm.phrase}", ${harm.nVoices} voices, ${harm.nFamilies} independent sources)`)
        .join('; '),
    },
    evidence: [...new Set([...first.evidence, ...(second?.evidence ?? [])])].slice(0, 8),
    nFamilies: first.nFamilies,
    many: amplifiers.find((harm) => harm.kind === 'many')?.trust ?? 0,
    kinds: named.map(({ harm }) => harm.kind),
  };
}

/** The nature with the most weight; a rumour when what weighs most is mostly passed on from hearsay. */
function natureOf(
  facts: IssueFacts,
  main: readonly { kind: HarmKind; score: number; nVoices: number; nHeard: number }[],
  lists: readonly HarmList[],
): Nature {
  const first = main[0];
  if (first !== undefined && facts.nVoices >= 3 && first.nHeard > 0.6 * first.nVoices) return 'rumour';
  const weights = new Map<Nature, number>();
  for (const harm of main) {
    const nature = lists.find((list) => list.kind === harm.kind)?.nature ?? 'service';
    // What few of many voices say does not name the whole issue.
    weights.set(nature, (weights.get(nature) ?? 0) + harm.score * Math.sqrt(harm.nVoices / Math.max(1, facts.nVoices)));
  }
  let best: Nature = 'service';
  let bestWeight = 0;
  for (const [nature, weight] of weights) if (weight > bestWeight) [best, bestWeight] = [nature, weight];
  return best;
}
