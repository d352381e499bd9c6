/** Factors, assessment, level, override: why an issue has its colour. */
import type { DocumentId } from './document.ts';
import type { IssueId } from './issue.ts';
import type { Instant } from './time.ts';
import type { Words } from './words.ts';

/** Lowest first; the order is the law, the labels are words. Colours are internal and never on a public page. */
export const LEVELS = ['none', 'blue', 'yellow', 'orange', 'red'] as const;
export type Level = (typeof LEVELS)[number];

/** Negative when a is lower than b. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

export const NATURES = ['livelihood', 'safety', 'health', 'conduct', 'service', 'rumour'] as const;
export type Nature = (typeof NATURES)[number];

export const FACTOR_NAMES = ['reach', 'speed', 'harm', 'scope', 'independence', 'credibility', 'persistence', 'unanswered'] as const;
export type FactorName = (typeof FACTOR_NAMES)[number];

/** One reason, scored 0 to 1, with a sentence. `weight` is the most points it can give; points = score x weight. */
export interface Factor {
  readonly name: FactorName;
  readonly score: number;
  readonly weight: number;
  readonly because: Words;
  readonly evidence: readonly DocumentId[];
}

/** All factors of an issue at one time. Never changed: a new one is added. */
export interface Assessment {
  readonly id: string;
  readonly issueId: IssueId;
  readonly at: Instant;
  readonly factors: readonly Factor[];
  /** 0..100. */
  readonly total: number;
  /** What the factors alone say. */
  readonly computed: Level;
  /** What is in force: the override's level while one stands, else the computed one. */
  readonly level: Level;
  readonly nature: Nature;
  readonly overrideId: string | null;
  /** Why the colour is this one, and what would change it. */
  readonly because: Words;
  readonly wouldChange: readonly Words[];
}

/** A person sets the level and says why; stands until it is lifted or `until`. */
export interface Override {
  readonly id: string;
  readonly issueId: IssueId;
  readonly level: Level;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly lifted: boolean;
}
