/** Where an issue stands on its way: rising, at its peak, fading, over. */
import type { HourCount, Phase } from '../model/issue.ts';
import { HOUR, type Instant, type Span } from '../model/time.ts';

const WINDOW = 6;

/** Unique texts in the `nHours` hours that end with the hour of `at`. */
export function uniqueIn(hours: readonly HourCount[], at: Instant, nHours: number): number {
  const end = Math.floor(at / HOUR) * HOUR;
  const begin = end - (nHours - 1) * HOUR;
  let n = 0;
  for (let i = hours.length - 1; i >= 0; i--) {
    const hour = hours[i];
    if (hour === undefined || hour.hour < begin) break;
    if (hour.hour <= end) n += hour.unique;
  }
  return n;
}

/** The most unique texts in any six hours. */
function peakOf(hours: readonly HourCount[]): number {
  let peak = 0;
  let sum = 0;
  let first = 0;
  for (const hour of hours) {
    sum += hour.unique;
    for (let tail = hours[first]; tail !== undefined && tail.hour <= hour.hour - WINDOW * HOUR; tail = hours[first]) {
      sum -= tail.unique;
      first++;
    }
    peak = Math.max(peak, sum);
  }
  return peak;
}

/** chosen: six hours against the six before; within a fifth of the highest six hours counts as the peak. */
export function phaseOf(hours: readonly HourCount[], lastAt: Instant, now: Instant, idle: Span): Phase {
  if (now - lastAt > idle) return 'over';
  const latest = uniqueIn(hours, now, WINDOW);
  const before = uniqueIn(hours, now - WINDOW * HOUR, WINDOW);
  if (latest > before * 1.2) return 'rising';
  return latest > 0 && latest >= 0.8 * peakOf(hours) ? 'peak' : 'fading';
}
