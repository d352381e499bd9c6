/** Time as Heed sees it. Nobody in a room reads a clock: `now` is always told. */

/** Milliseconds since 1970-01-01T00:00Z, a whole number. */
export type Instant = number;

/** A length of time in milliseconds, never negative. */
export type Span = number;

export const SECOND: Span = 1000;
export const MINUTE: Span = 60 * SECOND;
export const HOUR: Span = 60 * MINUTE;
export const DAY: Span = 24 * HOUR;

/**
 * The working time of an office. Days are written `YYYY-MM-DD` in `zone`.
 * `validThrough` is the last day the lists are known for; a clock that runs past it is announced, not guessed.
 */
export interface Calendar {
  readonly zone: string;
  /** Minutes from midnight: work begins and ends. */
  readonly opens: number;
  readonly closes: number;
  readonly holidays: readonly string[];
  /** Weekend days that are worked (调休). */
  readonly workedWeekends: readonly string[];
  readonly validThrough: string;
}
