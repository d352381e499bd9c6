/**
 * Working-time arithmetic, exact to the minute.
 *
 * A span in working time is read in two parts: each whole DAY in it is one working day (same time of day, that many working days
 * later), the rest counts only while the office is open. So `5 * DAY` is "five working days" whatever the length of a day is, and
 * `4 * HOUR` is four hours of an open office. A deadline that falls on closing time stays on that evening.
 */
import { type Calendar, DAY, HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';

/** A calendar without one working day in three years is a mistake; `checkSetup` refuses it, and arithmetic stops here. */
const FARTHEST = 1200;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...parts });
    formats.set(zone, format);
  }
  return format;
}

/** What the wall clock of `zone` shows, as if it were UTC: subtract the instant to get the offset. */
function wallTime(instant: Instant, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const seconds = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return seconds + (((instant % 1000) + 1000) % 1000);
}

/** The local day as a whole number of days since 1970-01-01. */
function localDay(instant: Instant, zone: string): number {
  return Math.floor(wallTime(instant, zone) / DAY);
}

/** The local day of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: Instant, zone: string): string {
  return nameOfDay(localDay(instant, zone));
}

function nameOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The instant at which the wall clock shows that day and minute; in the hour that a clock change skips, the moment of the change. */
function instantAt(day: number, minute: number, zone: string): Instant {
  const wall = day * DAY + minute * MINUTE;
  // An offset is looked up twice because the first guess may stand on the other side of a clock change.
  const guess = wall - (wallTime(wall, zone) - wall);
  return wall - (wallTime(guess, zone) - guess);
}

/** The same for a day written `YYYY-MM-DD`; `minute` counts from local midnight. */
export function instantOf(day: string, minute: number, zone: string): Instant {
  return instantAt(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY), minute, zone);
}

function isWorkingDay(day: number, calendar: Calendar): boolean {
  const name = nameOfDay(day);
  if (calendar.holidays.includes(name)) return false;
  const weekday = (((day + 4) % 7) + 7) % 7;
  return (weekday !== 0 && weekday !== 6) || calendar.workedWeekends.includes(name);
}

function works(calendar: Calendar): boolean {
  return calendar.opens < calendar.closes;
}

/** True while the office is open: from opening (inclusive) to closing time (exclusive) of a working day. */
export function isWorking(instant: Instant, calendar: Calendar): boolean {
  const day = localDay(instant, calendar.zone);
  if (!isWorkingDay(day, calendar)) return false;
  return instant >= instantAt(day, calendar.opens, calendar.zone) && instant < instantAt(day, calendar.closes, calendar.zone);
}

function nextWorkingDay(day: number, calendar: Calendar): number {
  for (let next = day + 1; next <= day + FARTHEST; next++) if (isWorkingDay(next, calendar)) return next;
  return day + 1;
}

/** The first moment at or after `instant` at which the office is open. */
export function workBegins(instant: Instant, calendar: Calendar): Instant {
  if (!works(calendar)) return instant;
  const day = localDay(instant, calendar.zone);
  if (isWorkingDay(day, calendar) && instant < instantAt(day, calendar.closes, calendar.zone)) {
    return Math.max(instant, instantAt(day, calendar.opens, calendar.zone));
  }
  return instantAt(nextWorkingDay(day, calendar), calendar.opens, calendar.zone);
}

/** When a span of working time that begins at `start` is over. Cost: one step per working day spanned. */
export function dueAt(start: Instant, span: Span, calendar: Calendar): Instant {
  if (!works(calendar)) return start + span;
  let at = workBegins(start, calendar);
  const days = Math.floor(span / DAY);
  let left = span - days * DAY;
  let day = localDay(at, calendar.zone);
  if (days > 0) {
    const minutes = (wallTime(at, calendar.zone) - day * DAY) / MINUTE;
    for (let n = 0; n < days; n++) day = nextWorkingDay(day, calendar);
    at = instantAt(day, minutes, calendar.zone);
  }
  for (let n = 0; n < FARTHEST; n++) {
    const open = instantAt(day, calendar.closes, calendar.zone) - at;
    if (left <= open) return at + left;
    left -= open;
    day = nextWorkingDay(day, calendar);
    at = instantAt(day, calendar.opens, calendar.zone);
  }
  return at;
}

/** True when the answer rests on days the calendar does not know: it is then announced, not guessed. */
export function runsPastCalendar(due: Instant, calendar: Calendar): boolean {
  return dayOf(due, calendar.zone) > calendar.validThrough;
}

/** The local hour of the day, 0..23 with minutes as a fraction. */
export function hourOfDay(instant: Instant, zone: string): number {
  const wall = wallTime(instant, zone);
  return (wall - Math.floor(wall / DAY) * DAY) / HOUR;
}

/** `03-10 14:40`, local. */
export function shortTime(instant: Instant, zone: string): string {
  return new Date(wallTime(instant, zone)).toISOString().slice(5, 16).replace('T', ' ');
}
