/** Retry-After as a span. A date is measured against the answer's own Date, because Heed's domain time may not be the world's. */
import { DAY, type Instant, SECOND, type Span } from '../model/time.ts';

/** Null when absent or unreadable. At least one second, at most a day: a host that says "next year" is asked tomorrow. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: Instant): Span | null {
  // Fediverse servers name the end of the silence in a header of their own.
  const value = (headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? '').trim();
  if (value === '') return null;
  let span: number;
  if (/^\d{1,12}$/.test(value)) span = Number(value) * SECOND;
  else {
    const date = Date.parse(headers.date ?? '');
    span = Date.parse(value) - (Number.isNaN(date) ? now : date);
  }
  if (Number.isNaN(span)) return null;
  return Math.min(DAY, Math.max(SECOND, span));
}
