/** Writing instants the way papers print them, in the body's zone. */
import type { Instant } from '../model/time.ts';

function parts(instant: Instant, zone: string): Record<string, string> {
  const named: Record<string, string> = {};
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  for (const { type, value } of format.formatToParts(instant)) named[type] = value;
  return named;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `3月10日14:40` or `10 Mar 14:40`. */
export function dayAndTime(instant: Instant, zone: string, language: 'zh' | 'en'): string {
  const { month, day, hour, minute } = parts(instant, zone);
  if (language === 'zh') return `${Number(month)}月${Number(day)}日${hour}:${minute}`;
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${hour}:${minute}`;
}

/** `2026年3月10日` or `10 Mar 2026`. */
export function fullDay(instant: Instant, zone: string, language: 'zh' | 'en'): string {
  const { year, month, day } = parts(instant, zone);
  return language === 'zh' ? `${year}年${Number(month)}月${Number(day)}日` : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `14:00`, the hour an instant lies in. */
export function hourName(instant: Instant, zone: string): string {
  return `${parts(instant, zone).hour}:00`;
}
