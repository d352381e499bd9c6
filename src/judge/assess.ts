/**
 * From running counts to an assessment: eight named factors, each with a reason, a total and a colour. No text is read here.
 * One actor cannot move a colour alone: voices are capped per family, equal texts are one voice, red needs three families.
 */
import {
  type Assessment,
  compareLevels,
  FACTOR_NAMES,
  type Factor,
  type FactorName,
  type Level,
  type Override,
} from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { FACTORS, type FactorKit } from './factors.ts';
import { readHarmFactor } from './harmFactor.ts';
import { COLOURS, DEFAULT_THRESHOLDS, levelInForce, levelOf, liftedByHarm, standsNow, type Thresholds } from './level.ts';
import type { IssueFacts } from './tally.ts';
import { countedVoices, DEFAULT_WEIGHTS, type Weights } from './weigh.ts';

export interface AssessOptions {
  readonly weights?: Weights;
  readonly thresholds?: Thresholds;
  /** When our last statement on it was published. */
  readonly answeredAt?: Instant | null;
}

export const LEVEL_WORDS: Readonly<Record<Level, Words>> = {
  none: { zh: '无', en: 'none' },
  blue: { zh: '蓝色', en: 'blue' },
  yellow: { zh: '黄色', en: 'yellow' },
  orange: { zh: '橙色', en: 'orange' },
  red: { zh: '红色', en: 'red' },
};

export const FACTOR_WORDS: Readonly<Record<FactorName, Words>> = {
  reach: { zh: '传播范围', en: 'reach' },
  speed: { zh: '传播速度', en: 'speed' },
  harm: { zh: '危害程度', en: 'harm' },
  scope: { zh: '影响面', en: 'scope' },
  independence: { zh: '来源独立性', en: 'independence' },
  credibility: { zh: '可信度', en: 'credibility' },
  persistence: { zh: '持续性', en: 'persistence' },
  unanswered: { zh: '未回应', en: 'unanswered' },
};

/** The same issue, facts, override and `now` give the same assessment. */
export function assess(issue: Issue, facts: IssueFacts, override: Override | null, now: Instant, options: AssessOptions = {}): Assessment {
  const weights = options.weights ?? DEFAULT_WEIGHTS;
  const thresholds = options.thresholds ?? DEFAULT_THRESHOLDS;
  const harm = readHarmFactor(facts);
  const kit: FactorKit = {
    issue,
    facts,
    harm,
    voices: countedVoices(facts.voicesByFamily, weights.fullVoices),
    now,
    answeredAt: options.answeredAt ?? null,
  };
  const factors = FACTOR_NAMES.map((name): Factor => {
    const reading = FACTORS[name](kit);
    return { name, score: round(reading.score, 3), weight: weights.points[name], because: reading.because, evidence: reading.evidence };
  });
  const sum = factors.reduce((total, factor) => total + factor.score * factor.weight, 0);
  const cap = facts.nFamilies < 2 ? weights.capOneFamily : facts.nFamilies < 3 ? weights.capTwoFamilies : 100;
  const total = Math.round(Math.min(sum, cap, 100));
  const stands = standsNow(override, now);
  const byTotal = levelOf(total, thresholds);
  const computed = liftedByHarm(byTotal, harm);
  const level = levelInForce(computed, override, now);
  const isCapped = sum > cap;
  return {
    id: `${issue.id}:${now}:${facts.nMentions}:${stands ? override.id : '-'}`,
    issueId: issue.id,
    at: now,
    factors,
    total,
    computed,
    level,
    nature: harm.nature,
    overrideId: stands ? override.id : null,
    because: becauseOf(factors, total, level, { isCapped, isLifted: computed !== byTotal }, facts, stands ? override : null),
    wouldChange: wouldChange(factors, total, { thresholds, isCapped, computed }),
  };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function points(factor: Factor): number {
  return round(factor.score * factor.weight, 1);
}

function becauseOf(
  factors: readonly Factor[],
  total: number,
  level: Level,
  { isCapped, isLifted }: { readonly isCapped: boolean; readonly isLifted: boolean },
  facts: IssueFacts,
  override: Override | null,
): Words {
  if (override !== null) {
    return {
      zh: `人工改判为${LEVEL_WORDS[level].zh}：${override.reason}（计算得分 ${total}）`,
      en: `Set to ${LEVEL_WORDS[level].en} by a person: ${override.reason} (computed ${total})`,
    };
  }
  const strongest = [...factors].sort((a, b) => points(b) - points(a)).slice(0, 3);
  const zh = strongest.map((factor) => `${FACTOR_WORDS[factor.name].zh} ${points(factor)}/${factor.weight}`).join('，');
  const en = strongest.map((factor) => `${FACTOR_WORDS[factor.name].en} ${points(factor)}/${factor.weight}`).join(', ');
  const capZh = isCapped ? `；独立来源只有 ${facts.nFamilies} 个，分数封顶` : '';
  const capEn = isCapped
    ? `; capped, because only ${facts.nFamilies} independent source${facts.nFamilies === 1 ? '' : 's'} carr${facts.nFamilies === 1 ? 'ies' : 'y'} it`
    : '';
  const liftZh = isLifted ? '；多个互不相属的来源说到严重伤害，因此不低于黄色' : '';
  const liftEn = isLifted ? '; independent sources tell of grave harm, so it is not below yellow' : '';
  return {
    zh: `得分 ${total}/100，${LEVEL_WORDS[level].zh}：主要是${zh}${capZh}${liftZh}`,
    en: `${total}/100, ${LEVEL_WORDS[level].en}: mainly ${en}${capEn}${liftEn}`,
  };
}

const RAISES: Readonly<Record<FactorName, Words>> = {
  reach: { zh: '更多不同的人说到此事', en: 'more different people speaking of it' },
  speed: { zh: '短时间内多个独立来源集中出现', en: 'a burst of several independent sources' },
  harm: { zh: '多个独立来源说到有人受到伤害', en: 'several independent sources saying that people were harmed' },
  scope: { zh: '出现更多地点或更多受影响的人', en: 'more places, or more people affected' },
  independence: { zh: '再有互不相属的来源说到此事', en: 'further sources that do not belong together' },
  credibility: { zh: '基层确认或媒体报道', en: 'confirmation from the field, or press reports' },
  persistence: { zh: '持续更久', en: 'its going on longer' },
  unanswered: { zh: '继续得不到回应', en: 'its staying unanswered' },
};

/** What would raise the colour, and what would lower it. */
interface Standing {
  readonly thresholds: Thresholds;
  readonly isCapped: boolean;
  readonly computed: Level;
}

function wouldChange(factors: readonly Factor[], total: number, { thresholds, isCapped, computed }: Standing): Words[] {
  const sentences: Words[] = [];
  const next = [...COLOURS].reverse().find((colour) => thresholds[colour] > total && compareLevels(colour, computed) > 0);
  if (isCapped)
    sentences.push({
      zh: '再有一个独立来源，封顶即放宽；或由人工改判',
      en: 'One more independent source lifts the cap; a person can also decide',
    });
  if (next !== undefined) {
    const missing = Math.ceil(thresholds[next] - total);
    const room = factors.map((factor) => ({ factor, room: (1 - factor.score) * factor.weight })).sort((a, b) => b.room - a.room);
    const named = room
      .filter((one) => one.room >= 1)
      .slice(0, 2)
      .map((one) => RAISES[one.factor.name]);
    sentences.push({
      zh: `再得 ${missing} 分升为${LEVEL_WORDS[next].zh}，最可能来自：${named.map((words) => words.zh).join('；')}`,
      en: `${missing} more points make it ${LEVEL_WORDS[next].en}, most likely by ${named.map((words) => words.en).join('; ')}`,
    });
  }
  const lower = COLOURS.find((colour) => total >= thresholds[colour]);
  if (lower !== undefined) {
    const speed = factors.find((factor) => factor.name === 'speed');
    const waiting = factors.find((factor) => factor.name === 'unanswered');
    const quiet = (speed === undefined ? 0 : points(speed)) + (waiting === undefined ? 0 : points(waiting) * 0.7);
    const isLower = total - quiet < thresholds[lower];
    sentences.push({
      zh: `公开回应且六小时无新内容，约减 ${Math.round(quiet)} 分${isLower ? '，等级下降' : '，等级仍不变'}`,
      en: `An answer and six quiet hours take about ${Math.round(quiet)} points off${isLower ? ': the colour falls' : ': the colour stays'}`,
    });
  }
  return sentences;
}
