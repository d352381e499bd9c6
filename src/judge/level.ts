/** From total and override to colour. */
import type { Level, Override } from '../model/assessment.ts';
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

/** Whether a person's decision is in force. */
export function standsNow(override: Override | null, now: Instant): override is Override {
  return override !== null && !override.lifted && (override.until === null || now < override.until);
}

/** A person's decision wins over any total, up or down. */
export function levelInForce(total: number, override: Override | null, now: Instant, thresholds: Thresholds = DEFAULT_THRESHOLDS): Level {
  return standsNow(override, now) ? override.level : levelOf(total, thresholds);
}
