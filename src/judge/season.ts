/**
 * How much of the usual rate falls into an hour of the day, and with four weeks of history into an hour of the week. Factors are
 * shrunk towards 1, so that a short history changes little.
 */
import { DAY, HOUR, type Instant } from '../model/time.ts';

export interface Season {
  readonly day: Ratio[];
  readonly week: Ratio[];
  startedAt: Instant | null;
}

interface Ratio {
  seen: number;
  expected: number;
}

/** chosen: an hour of the day is believed by half after so many days, an hour of the week after so many weeks. */
const HALF_DAYS = 7;
const HALF_WEEKS = 4;
/** The issue asks for four weeks before the day of the week says anything. */
const WEEKLY_AFTER = 28 * DAY;
/** chosen: what was seen weighs half after so many days; a season changes slowly. */
const HALF_LIFE_DAYS = 28;
const LEAST = 0.1;

export function newSeason(): Season {
  const ratios = (n: number): Ratio[] => Array.from({ length: n }, () => ({ seen: 0, expected: 0 }));
  return { day: ratios(24), week: ratios(168), startedAt: null };
}

function hourOfWeek(at: Instant): number {
  return Math.floor(at / HOUR) % 168;
}

/** Shrunk ratio of seen to expected; `prior` is how much expectation the 1 weighs. */
function shrunk(ratio: Ratio, prior: number): number {
  return prior <= 0 ? 1 : (ratio.seen + prior) / (ratio.expected + prior);
}

/** Factor of the hour in which `at` lies; `aDay` is what a usual day holds. */
export function seasonAt(season: Season, at: Instant, aDay: number): number {
  const hour = hourOfWeek(at);
  const anHour = aDay / 24;
  const byDay = shrunk(season.day[hour % 24] ?? { seen: 0, expected: 0 }, HALF_DAYS * anHour);
  if (season.startedAt === null || at - season.startedAt < WEEKLY_AFTER) return Math.max(LEAST, byDay);
  return Math.max(LEAST, byDay * shrunk(season.week[hour] ?? { seen: 0, expected: 0 }, HALF_WEEKS * anHour));
}

/** Takes one bin in: what it held (bursts clipped), and what the level alone, without any season, expected. */
export function learnSeason(season: Season, at: Instant, seen: number, level: number, aDay: number): void {
  season.startedAt ??= at;
  const hour = hourOfWeek(at);
  const day = season.day[hour % 24];
  const week = season.week[hour];
  if (day === undefined || week === undefined) return;
  const byDay = Math.max(LEAST, shrunk(day, (HALF_DAYS * aDay) / 24));
  fade(day, level, aDay, 1);
  day.seen += seen;
  day.expected += level;
  fade(week, level, aDay, 7);
  week.seen += seen;
  week.expected += level * byDay;
}

/** An hour comes once in so many days: the share of an hour that this bin is, to the half-life. */
function fade(ratio: Ratio, level: number, aDay: number, everyDays: number): void {
  const share = aDay <= 0 ? 0 : (level / aDay) * 24;
  const keep = 0.5 ** ((share * everyDays) / HALF_LIFE_DAYS);
  ratio.seen *= keep;
  ratio.expected *= keep;
}
