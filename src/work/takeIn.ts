/**
 * Items of any source come through the one door here: admitted, or refused with a reason; what is gone at the source is deleted.
 * Gives the change to commit, with a job to judge the new documents. Admitting the same items again changes nothing.
 */
import { type Admitted, admit, storedKey } from '../collect/admit.ts';
import { withSighting } from '../collect/sightings.ts';
import type { Io } from '../io.ts';
import type { Document, DocumentId, Item } from '../model/document.ts';
import type { Refusal } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import type { Change, NewJob } from '../ports.ts';
import { copyIndexOf } from './memory.ts';

/** Documents judged in one job: few enough that a staff action never waits long, many enough that commits are shared. */
const JUDGED_AT_ONCE = 50;

export interface TakenIn {
  readonly change: Change;
  readonly documents: readonly Document[];
  /** One per item, in their order: the document's id, or why there is none. */
  readonly results: readonly (
    | { readonly id: DocumentId; readonly isNew: boolean }
    | { readonly refusal: Refusal }
    | { readonly gone: number }
  )[];
}

export function judgeJobs(ids: readonly DocumentId[], now: number): NewJob[] {
  const jobs: NewJob[] = [];
  for (let from = 0; from < ids.length; from += JUDGED_AT_ONCE) {
    const some = ids.slice(from, from + JUDGED_AT_ONCE);
    jobs.push({ run: 'judgeDocuments', key: `judge:${some[0]}`, payload: { ids: some }, due: now, lane: 'judge' });
  }
  return jobs;
}

interface Known {
  readonly keys: readonly string[];
  readonly byKey: Map<string, Document[]>;
}

async function knownOf(io: Io, source: Source, items: readonly Item[]): Promise<Known> {
  const keys = items.map((item) => storedKey(source, item, { seal: io.seal.mark, digest: io.digest }));
  const gone = items.flatMap((item, i) => (item.gone === true ? [keys[i]!] : []));
  const stored = await io.store.list('document', { equal: { sourceId: source.id, key: [...new Set(keys)] } });
  if (gone.length > 0) stored.push(...(await io.store.list('document', { equal: { sourceId: source.id, thread: gone } })));
  const byKey = new Map<string, Document[]>();
  for (const document of stored) {
    for (const key of new Set([document.key, document.thread ?? document.key])) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [document]);
      else list.push(document);
    }
  }
  return { keys, byKey };
}

/** Hotlines of the offices stay readable in texts. */
async function hotlinesOf(io: Io): Promise<readonly string[]> {
  return (await io.store.list('office')).map((office) => office.hotline).filter((line) => line.trim() !== '');
}

export async function takeIn(io: Io, source: Source, items: readonly Item[], now: number): Promise<TakenIn> {
  // Its tables are read with the first text: a start is a fifth of a second shorter.
  const { languageOf } = await import('../collect/language.ts');
  const recent = await copyIndexOf(io);
  const known = await knownOf(io, source, items);
  const keepNumbers = items.length === 0 ? [] : await hotlinesOf(io);
  const fresh: Admitted[] = [];
  const removed = new Set<DocumentId>();
  const seenAgain: Document[] = [];
  const results: TakenIn['results'][number][] = [];
  for (const [i, item] of items.entries()) {
    if (io.breathe.isTime()) await io.breathe.now();
    const key = known.keys[i]!;
    if (item.gone === true) {
      const gone = known.byKey.get(key) ?? [];
      for (const document of gone) removed.add(document.id);
      results.push({ gone: gone.length });
      continue;
    }
    const earlier = (wanted: string): Document[] => (known.byKey.get(wanted) ?? []).filter((document) => document.key === wanted);
    const admitted = admit(item, {
      source,
      packs: io.packs,
      seal: io.seal.mark,
      digest: io.digest,
      now,
      recent,
      earlier,
      keepNumbers,
      languageOf,
    });
    if (!admitted.ok) {
      results.push({ refusal: admitted.refusal });
      continue;
    }
    const { isNew } = admitted.value;
    const document = withSighting(admitted.value.document, item, now);
    results.push({ id: document.id, isNew });
    if (!isNew) {
      seenAgain.push(...sightedAgain(earlier(document.key), document.id, item, now));
      continue;
    }
    fresh.push({ ...admitted.value, document });
    recent.add(document);
    known.byKey.set(document.key, [...(known.byKey.get(document.key) ?? []), document]);
  }
  return { change: changeOf(fresh, seenAgain, removed, now), documents: fresh.map((one) => one.document), results };
}

/** An entry of a hot list that is stored already: its row with one look more. Nothing for every other text. */
function sightedAgain(stored: readonly Document[], id: DocumentId, item: Item, now: number): Document[] {
  const before = stored.find((document) => document.id === id);
  const after = before === undefined ? undefined : withSighting(before, item, now);
  return after === undefined || after === before ? [] : [after];
}

function changeOf(fresh: readonly Admitted[], seenAgain: readonly Document[], removed: ReadonlySet<DocumentId>, now: number): Change {
  const documents = fresh.map((one) => one.document);
  return {
    put: { document: [...documents, ...seenAgain] },
    terms: fresh.map((one) => ({ documentId: one.document.id, title: one.terms.title, text: one.terms.text })),
    remove: removed.size > 0 ? { document: [...removed] } : {},
    jobs: judgeJobs(
      documents.map((document) => document.id),
      now,
    ),
  };
}
