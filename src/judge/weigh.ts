/** What the factors are worth, and the caps that keep one actor from moving a colour alone. Data; the defaults are ours. */
import type { FactorName } from '../model/assessment.ts';

export interface Weights {
  /** Most points each factor can give; together 100. */
  readonly points: Readonly<Record<FactorName, number>>;
  /** Highest total with one, and with two, independent families (S-FLOOD): under orange, and under red. */
  readonly capOneFamily: number;
  readonly capTwoFamilies: number;
  /** Voices of one family that count in full; beyond, they count by the logarithm. */
  readonly fullVoices: number;
}

/** chosen: harm first, then reach and speed; calibrated on constructed issues in assess.test.ts. */
export const DEFAULT_WEIGHTS: Weights = {
  points: { reach: 17, speed: 18, harm: 25, scope: 10, independence: 12, credibility: 6, persistence: 5, unanswered: 7 },
  capOneFamily: 59,
  capTwoFamilies: 79,
  fullVoices: 8,
};

/** Voices after the cap per family: the first `full` of a family count one each, then each doubling counts half of that. */
export function countedVoices(voicesByFamily: readonly number[], full: number): number {
  return voicesByFamily.reduce((sum, n) => sum + (n <= full ? n : full + (full / 2) * Math.log2(n / full)), 0);
}
