/**
 * A source's own rhythm, and whether its silence is unusual. Silence is measured in documents that would have come by now at this hour
 * of this day, not in minutes: three hours at night are nothing for a paper that prints at six. The alarm level is each source's own:
 * twice the longest silence among the last ones, so that a source in bursts is given more than a steady one.
 * The rates stand still while a source is silent: a dead source must not teach that silence is usual.
 */
import { DAY, HOUR, type Instant, type Span } from '../model/time.ts';

/** What is learned of one source; plain data, kept in its state. */
export interface Rhythm {
  /** Documents an hour, by hour of the day (UTC), 24 numbers; -1 where nothing is known yet. */
  readonly hours: readonly number[];
  /** What a day of the week gives against the mean, Sunday first, 7 numbers about 1. */
  readonly days: readonly number[];
  /** The last silences, in documents that were to be expected meanwhile, newest last. */
  readonly gaps: readonly number[];
  /** The hour and the day that are being counted, and what they gave. */
  readonly hourAt: Instant;
  readonly nHour: number;
  readonly dayAt: Instant;
  readonly nDay: number;
}

/** chosen: an hour is learned over about a working week, a day of the week over about a month. */
const HOUR_WEIGHT = 0.2;
const DAY_WEIGHT = 0.25;
/** With exponential gaps the longest of 40 is about 4.3 means; a gap twice as long has a chance of 2 in 10,000. */
const GAPS = 40;
const GAPS_AT_LEAST = 20;
const TIMES_LONGEST = 2;
/** Below so many expected documents, or this long, nothing is called silence. */
const EXPECTED_AT_LEAST = 3;
const SILENT_AT_LEAST: Span = HOUR;
/** Pages of one list come minutes apart: they are one arrival. */
const ONE_ARRIVAL: Span = HOUR / 2;
/** Longer silences are not added up hour by hour. */
const MOST_HOURS = 24 * 28;

const UNKNOWN = -1;
const hourOf = (at: Instant): number => Math.floor(at / HOUR) % 24;
/** The epoch was a Thursday. */
const weekdayOf = (at: Instant): number => (Math.floor(at / DAY) + 4) % 7;
const startOf = (at: Instant, span: Span): Instant => Math.floor(at / span) * span;

export function freshRhythm(now: Instant): Rhythm {
  return {
    hours: Array<number>(24).fill(UNKNOWN),
    days: Array<number>(7).fill(1),
    gaps: [],
    hourAt: startOf(now, HOUR),
    nHour: 0,
    dayAt: startOf(now, DAY),
    nDay: 0,
  };
}

function meanHour(rhythm: Rhythm): number {
  const known = rhythm.hours.filter((rate) => rate !== UNKNOWN);
  return known.length === 0 ? 0 : known.reduce((sum, rate) => sum + rate, 0) / known.length;
}

/** How many documents this source usually gives between two moments, the later one at most four weeks on. */
export function expectedBetween(rhythm: Rhythm, from: Instant, to: Instant): number {
  const mean = meanHour(rhythm);
  let sum = 0;
  let at = from;
  for (let n = 0; at < to && n < MOST_HOURS; n++) {
    const end = Math.min(to, startOf(at, HOUR) + HOUR);
    const rate = rhythm.hours[hourOf(at)]!;
    sum += ((rate === UNKNOWN ? mean : rate) * rhythm.days[weekdayOf(at)]! * (end - at)) / HOUR;
    at = end;
  }
  return sum;
}

function learned(old: number, value: number, weight: number, first: number): number {
  return old === UNKNOWN ? first : old + weight * (value - old);
}

/** The hours and days that have ended by `now`, put to what is known. `isSkipped`: the source was out, nothing is learned of the time. */
function closed(rhythm: Rhythm, now: Instant, isSkipped: boolean): Rhythm {
  const hourNow = startOf(now, HOUR);
  const dayNow = startOf(now, DAY);
  if (isSkipped) return { ...rhythm, hourAt: hourNow, nHour: 0, dayAt: dayNow, nDay: 0 };
  const hours = [...rhythm.hours];
  const days = [...rhythm.days];
  let mean = meanHour(rhythm);
  let { nHour, nDay } = rhythm;
  for (let at = rhythm.hourAt, n = 0; at < hourNow && n < MOST_HOURS; at += HOUR, n++) {
    const cell = hourOf(at);
    const value = nHour / Math.max(0.2, days[weekdayOf(at)]!);
    hours[cell] = learned(hours[cell]!, value, HOUR_WEIGHT, mean === 0 ? value : (value + mean) / 2);
    nHour = 0;
    mean = meanHour({ ...rhythm, hours });
  }
  for (let at = rhythm.dayAt, n = 0; at < dayNow && n < MOST_HOURS / 24; at += DAY, n++) {
    const cell = weekdayOf(at);
    if (mean > 0) days[cell] = Math.min(5, Math.max(0.05, learned(days[cell]!, nDay / (24 * mean), DAY_WEIGHT, 1)));
    nDay = 0;
  }
  return { ...rhythm, hours, days, hourAt: hourNow, nHour, dayAt: dayNow, nDay };
}

/**
 * The rhythm after a reading that gave `nNew` documents. `newAt` is when the last one before came; `isSkipped` says that the time
 * since cannot teach anything: the source could not be read, or its silence was an alarm.
 */
export function rhythmAfter(rhythm: Rhythm, nNew: number, newAt: Instant | null, isSkipped: boolean, now: Instant): Rhythm {
  if (nNew === 0) return rhythm;
  const gap = newAt === null || isSkipped || now - newAt < ONE_ARRIVAL ? null : expectedBetween(rhythm, newAt, now);
  const isKnown = rhythm.hours.some((rate) => rate !== UNKNOWN);
  const next = closed(rhythm, now, isSkipped);
  return {
    ...next,
    gaps: gap === null || !isKnown ? rhythm.gaps : [...rhythm.gaps, Math.round(gap * 1000) / 1000].slice(-GAPS),
    nHour: next.nHour + nNew,
    nDay: next.nDay + nNew,
  };
}

/** Null while the silence is usual for this source, or too little is known; else how many documents would have come by now. */
export function unusualSilence(rhythm: Rhythm, newAt: Instant | null, now: Instant): number | null {
  if (newAt === null || rhythm.gaps.length < GAPS_AT_LEAST || now - newAt < SILENT_AT_LEAST) return null;
  const expected = expectedBetween(rhythm, newAt, now);
  return expected > Math.max(EXPECTED_AT_LEAST, TIMES_LONGEST * Math.max(...rhythm.gaps)) ? expected : null;
}
