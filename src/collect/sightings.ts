/** The course of a hot-list entry, kept small: an entry that stands still costs two points however long it stands. */
import type { Document, Item, Sighting } from '../model/document.ts';
import { type Instant, MINUTE } from '../model/time.ts';

/** Chosen: two weeks of hourly change; about 6 kB of a row. Beyond it the older half loses every second point. */
export const MOST_SIGHTINGS = 336;
const MOST_HEAT = 1e12;
const MOST_RANK = 10_000;

function whole(raw: unknown, most: number): number {
  return typeof raw === 'number' && Number.isFinite(raw) && raw > 0 ? Math.min(most, Math.floor(raw)) : 0;
}

function isSame(a: Sighting | undefined, b: Sighting): boolean {
  return a !== undefined && a[1] === b[1] && a[2] === b[2];
}

function thinned(series: readonly Sighting[]): readonly Sighting[] {
  if (series.length <= MOST_SIGHTINGS) return series;
  const middle = Math.floor(series.length / 2);
  return [...series.slice(0, middle).filter((_, at) => at % 2 === 0), ...series.slice(middle)];
}

/** A look that is not later than the last one changes nothing. */
export function addSighting(series: readonly Sighting[], seen: Sighting): readonly Sighting[] {
  const [before, last] = [series.at(-2), series.at(-1)];
  if (last !== undefined && seen[0] <= last[0]) return series;
  if (isSame(before, seen) && isSame(last, seen)) return [...series.slice(0, -1), seen];
  return thinned([...series, seen]);
}

/** Null for an item that is not on a list. */
export function sightingOf(item: Item, now: Instant): Sighting | null {
  const rank = whole(item.rank, MOST_RANK);
  return rank === 0 ? null : [Math.floor(now / MINUTE), rank, whole(item.heat, MOST_HEAT)];
}

/** The document with one look more; the same object when nothing was added. Its reach is the hottest it was. */
export function withSighting(document: Document, item: Item, now: Instant): Document {
  const seen = sightingOf(item, now);
  if (seen === null) return document;
  const sightings = addSighting(document.sightings ?? [], seen);
  return sightings === document.sightings ? document : { ...document, sightings, reach: Math.max(document.reach, seen[2]) };
}
