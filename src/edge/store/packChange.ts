/**
 * A change made ready for the writer: values as JSON text, terms as one text, the listed fields beside them. Done on the
 * calling thread, since texts cross to the writer's thread far cheaper than nested objects.
 */
import { HOUR } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import type { Change, Noun, Nouns } from '../../ports.ts';
import { canonical } from './chain.ts';
import { NOUN_FIELDS } from './schema.ts';
import { encodeTerms } from './search.ts';

export type Cell = string | number | null;

export interface PackedPut {
  readonly noun: Noun;
  readonly id: string;
  /** What the writer read it as; null for a noun without versions. The value in `data` already holds the next. */
  readonly rev: number | null;
  /** In the order of `NOUN_FIELDS[noun]`. */
  readonly cells: readonly Cell[];
  readonly data: string;
}

export interface PackedEntry {
  readonly at: Instant;
  readonly kind: string;
  readonly subject: string;
  readonly by: string;
  /** Canonical JSON. */
  readonly data: string;
}

export interface PackedJob {
  readonly run: string;
  readonly key: string;
  readonly lane: string;
  readonly due: Instant;
  readonly payload: string;
}

export interface PackedChange {
  readonly removes: readonly (readonly [noun: Noun, id: string])[];
  readonly puts: readonly PackedPut[];
  readonly terms: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly journal: readonly PackedEntry[];
  readonly dropJobs: readonly string[];
  readonly jobs: readonly PackedJob[];
  readonly finish: number | null;
  readonly putBack: { readonly jobId: number; readonly due: Instant } | null;
}

/** Hour counts go by the time of publishing. */
export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR;
}

function cell(value: unknown, path: string): Cell {
  let found: unknown = value;
  for (const part of path.split('.')) found = (found as Readonly<Record<string, unknown>> | null | undefined)?.[part];
  if (typeof found === 'string') return found;
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  return typeof found === 'boolean' ? Number(found) : null;
}

function packPut(noun: Noun, value: Nouns[Noun]): PackedPut {
  if (typeof value.id !== 'string' || value.id === '') throw new Error(`a ${noun} without an id cannot be kept`);
  const rev = 'rev' in value && typeof value.rev === 'number' ? value.rev : null;
  const data = JSON.stringify(rev === null ? value : { ...value, rev: rev + 1 });
  return { noun, id: value.id, rev, cells: NOUN_FIELDS[noun].map((field) => cell(value, field)), data };
}

export function packChange(change: Change): PackedChange {
  const puts: PackedPut[] = [];
  for (const [noun, values] of Object.entries(change.put ?? {}) as [Noun, readonly Nouns[Noun][]][]) {
    for (const value of values ?? []) puts.push(packPut(noun, value));
  }
  const removes: [Noun, string][] = [];
  for (const [noun, ids] of Object.entries(change.remove ?? {}) as [Noun, readonly string[]][]) {
    for (const id of ids ?? []) removes.push([noun, id]);
  }
  return {
    removes,
    puts,
    terms: (change.terms ?? []).map((of) => ({ id: of.documentId, title: encodeTerms(of.title), text: encodeTerms(of.text) })),
    journal: (change.journal ?? []).map(({ at, kind, subject, by, data }) => ({ at, kind, subject, by, data: canonical(data) })),
    dropJobs: change.dropJobs ?? [],
    jobs: (change.jobs ?? []).map(({ run, key, lane, due, payload }) => ({
      run,
      key,
      lane,
      due,
      payload: JSON.stringify(payload ?? null),
    })),
    finish: change.finish ?? null,
    putBack: change.putBack ?? null,
  };
}
