/** GET /api/sources. Secrets among a source's settings are masked. */
import type { Io } from '../../io.ts';
import type { SourceRow } from '../../model/desk.ts';
import type { Source, SourceState } from '../../model/source.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { maskSecrets } from './masks.ts';

function rowOf(io: Io, source: Source, state: SourceState | undefined, nDay: number): SourceRow {
  const fields = io.collectors.get(source.kind)?.settings ?? [];
  return {
    source: { ...source, settings: maskSecrets(fields, source.settings) },
    health: source.paused ? 'paused' : (state?.health ?? 'new'),
    because: state?.because ?? null,
    notes: state?.notes ?? [],
    readAt: state?.readAt ?? null,
    newAt: state?.newAt ?? null,
    nextAt: source.paused ? null : (state?.nextAt ?? null),
    usualGap: state?.usualGap ?? null,
    nDay,
    nDocuments: state?.nDocuments ?? 0,
    charset: state?.charset ?? null,
    strip: state?.strip ?? [],
  };
}

/** Documents published in the last 24 hours, by source, from the hourly counts. */
async function dayCounts(io: Io): Promise<ReadonlyMap<string, number>> {
  const now = io.now();
  const counts = new Map<string, number>();
  for (const row of await io.store.hours(Math.floor((now - DAY) / HOUR) * HOUR, now + HOUR))
    counts.set(row.sourceId, (counts.get(row.sourceId) ?? 0) + row.all);
  return counts;
}

export async function sourceRows(io: Io): Promise<SourceRow[]> {
  const [sources, states, counts] = await Promise.all([io.store.list('source'), io.store.list('sourceState'), dayCounts(io)]);
  const stateOf = new Map(states.map((state) => [state.id, state]));
  return sources.map((source) => rowOf(io, source, stateOf.get(source.id), counts.get(source.id) ?? 0));
}

export async function sourceRow(io: Io, id: string): Promise<SourceRow | null> {
  const [source, state, counts] = await Promise.all([io.store.get('source', id), io.store.get('sourceState', id), dayCounts(io)]);
  return source === undefined ? null : rowOf(io, source, state, counts.get(id) ?? 0);
}
