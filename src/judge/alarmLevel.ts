/**
 * What a rarity means on one series. Two series of the same mean differ in how wild they are, so a fixed bar on any statistic is
 * silent on one and rings daily on the other; here the bar is laid on the series' own past, as a number of false alarms a month.
 *
 * The highest value of each day is kept. Daily maxima follow a Gumbel law whatever the series' own distribution (unless its tail is
 * heavier than exponential, where the law errs on the side of more alarms); location and scale are the line through the middle ranks.
 * The highest ranks are left out: they hold the bursts that shall be found.
 */
import { DAY, type Instant } from '../model/time.ts';

/** Mean length of a month in days. */
export const MONTH_DAYS = 365.25 / 12;

/** What is believed before the series has a past: a Gumbel law, weighing as much as so many days. */
export interface Prior {
  readonly location: number;
  readonly scale: number;
  readonly days: number;
}

export interface AlarmLevel {
  readonly prior: Prior;
  /** Highest value of each whole day, oldest first. */
  readonly maxima: number[];
  startedAt: Instant | null;
  day: number;
  highest: number;
  location: number;
  scale: number;
}

/** chosen: two months say what is usual now; older days are forgotten. */
const MEMORY_DAYS = 60;
/** chosen: ranks of the line. Below, days when nothing happened; above, the days of bursts (one in ten at most). */
const LOWEST_RANK = 0.3;
const HIGHEST_RANK = 0.9;
/** So few maxima are all used: ranks mean little yet. */
const FEW = 4;
const LEAST_SCALE = 1e-3;

export function newAlarmLevel(prior: Prior): AlarmLevel {
  const { location, scale } = prior;
  return { prior, maxima: [], startedAt: null, day: 0, highest: Number.NEGATIVE_INFINITY, location, scale };
}

/** Gumbel units of a value: 0 is a usual day's maximum, and each unit more is rarer by the factor e. */
export function gumbel(level: AlarmLevel, value: number): number {
  return (value - level.location) / level.scale;
}

/**
 * Onsets a month at so many Gumbel units when each silences the next for `hold`: the dead time counts, as two crossings within it are
 * one onset. Falls as the units rise.
 */
export function onsetsPerMonth(units: number, hold: number): number {
  const aDay = Math.exp(-units);
  return (MONTH_DAYS * aDay) / (1 + (aDay * hold) / DAY);
}

/** Takes one value into the day's maximum; instants never go back. A day counts when it is over. */
export function learnLevel(level: AlarmLevel, at: Instant, value: number): void {
  level.startedAt ??= at;
  // Days are counted from the first value, so that none is cut short and a shift of the clock changes nothing.
  const day = Math.floor((at - level.startedAt) / DAY);
  if (day !== level.day) {
    closeDay(level);
    level.day = day;
  }
  level.highest = Math.max(level.highest, value);
}

function closeDay(level: AlarmLevel): void {
  level.maxima.push(level.highest);
  if (level.maxima.length > MEMORY_DAYS) level.maxima.shift();
  level.highest = Number.NEGATIVE_INFINITY;
  const { location, scale } = lineOf(level.maxima, level.prior);
  level.location = location;
  level.scale = scale;
}

/** Least squares of the sorted maxima on the Gumbel quantiles of their ranks, the prior as two points of half its days each. */
function lineOf(maxima: readonly number[], prior: Prior): { location: number; scale: number } {
  const n = maxima.length;
  const points = [0, PRIOR_SPREAD].map((x) => ({ x, y: prior.location + prior.scale * x, weight: prior.days / 2 }));
  for (const [i, y] of [...maxima].sort((a, b) => a - b).entries()) {
    const rank = (i + 0.5) / n;
    if (n > FEW && (rank < LOWEST_RANK || rank > HIGHEST_RANK)) continue;
    points.push({ x: -Math.log(-Math.log(rank)), y, weight: 1 });
  }
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  const meanX = points.reduce((sum, point) => sum + point.weight * point.x, 0) / weight;
  const meanY = points.reduce((sum, point) => sum + point.weight * point.y, 0) / weight;
  const spread = points.reduce((sum, point) => sum + point.weight * (point.x - meanX) ** 2, 0);
  const both = points.reduce((sum, point) => sum + point.weight * (point.x - meanX) * (point.y - meanY), 0);
  const scale = Math.max(LEAST_SCALE, both / spread);
  return { location: meanY - scale * meanX, scale };
}

/** The upper of the two prior points: the Gumbel quantile of rank 0.8, as the middle ranks reach about so far. */
const PRIOR_SPREAD = 1.5;
