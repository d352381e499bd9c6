/** Local days of the body's zone, as the papers are numbered by them. */
import type { Instant } from '../../model/time.ts';

/** `2026-03-10` */
export function localDay(instant: Instant, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}
