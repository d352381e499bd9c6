/** How times and numbers are written, in the body's zone and the reader's language. */
import type { Instant, Span } from '../../src/model/time.ts';
import type { Language } from './words.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function partsOf(at: Instant, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** `11:42`. */
export function hourMinute(at: Instant, zone: string): string {
  const { hour, minute } = partsOf(at, zone);
  return `${hour}:${minute}`;
}

/** `3月10日` or `10 Mar`. */
export function dayMonth(at: Instant, zone: string, lang: Language): string {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: lang === 'zh' ? 'long' : 'short' }).format(at);
}

/** `3月10日 11:42` or `10 Mar 11:42`. */
export function dayTime(at: Instant, zone: string, lang: Language): string {
  return `${dayMonth(at, zone, lang)} ${hourMinute(at, zone)}`;
}

/** The time alone on the reader's today, the day with it otherwise. */
export function shortTime(at: Instant, now: Instant, zone: string, lang: Language): string {
  return dayOf(at, zone) === dayOf(now, zone) ? hourMinute(at, zone) : dayTime(at, zone, lang);
}

/** `周二` or `Tue`, with the day. */
export function weekday(at: Instant, zone: string, lang: Language): string {
  const day = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, weekday: 'short' }).format(at);
  return lang === 'zh' ? `${dayMonth(at, zone, lang)} ${day}` : `${day} ${dayMonth(at, zone, lang)}`;
}

/** `2026-03-10` in the zone. */
export function dayOf(at: Instant, zone: string): string {
  const { year, month, day } = partsOf(at, zone);
  return `${year}-${month}-${day}`;
}

/** The value of a date-and-time field, `2026-03-10T14:30`. */
export function fieldOf(at: Instant, zone: string): string {
  const { year, month, day, hour, minute } = partsOf(at, zone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Reads a date-and-time field as a time in the zone; null when it is not complete. */
export function instantOf(field: string, zone: string): Instant | null {
  const asUtc = Date.parse(`${field.slice(0, 16)}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const shift = (at: Instant) => Date.parse(`${fieldOf(at, zone)}:00Z`) - at;
  const first = asUtc - shift(asUtc);
  return asUtc - shift(first);
}

/** Two units at most: `2 h 58 m`, `3 d 4 h`, `2小时58分`. */
export function spanWords(span: Span, lang: Language): string {
  const size = Math.abs(span);
  const units: [number, string, string][] = [
    [DAY, '天', ' d'],
    [HOUR, lang === 'zh' ? '小时' : '', ' h'],
    [MINUTE, '分', ' m'],
  ];
  const word = (n: number, unit: [number, string, string]) => `${n}${lang === 'zh' ? unit[1] : unit[2]}`;
  const big = units.findIndex(([length]) => size >= length);
  if (big === -1) return lang === 'zh' ? '不到1分' : '< 1 m';
  const head = units[big]!;
  const tail = units[big + 1];
  const n = Math.floor(size / head[0]);
  const rest = tail === undefined ? 0 : Math.floor((size - n * head[0]) / tail[0]);
  if (tail === undefined || rest === 0) return word(n, head);
  return lang === 'zh' ? `${word(n, head)}${word(rest, tail)}` : `${word(n, head)} ${word(rest, tail)}`;
}

/** 12k or 1.2万 from ten thousand on; whole below. */
export function count(n: number, lang: Language): string {
  if (Math.abs(n) < 10_000) return n.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB');
  return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { notation: 'compact', maximumFractionDigits: 1 }).format(n);
}
