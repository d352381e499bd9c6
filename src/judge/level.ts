/** From total and override to colour. */
import { compareLevels, type Level, type Override } from '../model/assessment.ts';
import type { Instant } from '../model/time.ts';

/** The total from which each colour begins, 0..100. */
export interface Thresholds {
  readonly blue: number;
  readonly yellow: number;
  readonly orange: number;
  readonly red: number;
}

/** chosen: equal steps; data, edited by the body. */
export const DEFAULT_THRESHOLDS: Thresholds = { blue: 20, yellow: 40, orange: 60, red: 80 };

/** Highest first. */
export const COLOURS = ['red', 'orange', 'yellow', 'blue'] as const;

export function levelOf(total: number, thresholds: Thresholds = DEFAULT_THRESHOLDS): Level {
  return COLOURS.find((colour) => total >= thresholds[colour]) ?? 'none';
}

/** chosen: harm of four fifths, told by two families that do not belong together, is never below yellow, however few tell it. */
const GRAVE = 0.8;
const GRAVE_FAMILIES = 2;
const GRAVE_LEVEL: Level = 'yellow';

/** `level`, or yellow where grave harm is told by independent families: few posts with much harm must be heard. */
export function liftedByHarm(level: Level, harm: { readonly score: number; readonly nFamilies: number }): Level {
  const isGrave = harm.score >= GRAVE && harm.nFamilies >= GRAVE_FAMILIES;
  return isGrave && compareLevels(level, GRAVE_LEVEL) < 0 ? GRAVE_LEVEL : level;
}

/** Whether a person's decision is in force. */
export function standsNow(override: Override | null, now: Instant): override is Override {
  return override !== null && !override.lifted && (override.until === null || now < override.until);
}

/** A person's decision wins over any total and any harm, up or down. */
export function levelInForce(computed: Level, override: Override | null, now: Instant): Level {
  return standsNow(override, now) ? override.level : computed;
}
