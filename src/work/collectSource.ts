/** Read one source once: its list, or one page that the list led to. The cursor is committed together with what it stands for. */
import { freshState, nextPoll, type Reading, stateAfter } from '../collect/pace.ts';
import { redact } from '../collect/redact.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import type { Io } from '../io.ts';
import { JOURNAL, type JournalKind } from '../account/journalKinds.ts';
import type { NewEntry } from '../model/journal.ts';
import type { Health, Source, SourceState } from '../model/source.ts';
import type { Words } from '../model/words.ts';
import type { Change, Follow, Job, NewJob, NotGot, Pulled } from '../ports.ts';
import { sayRefusal } from '../text/say.ts';
import { forget } from './memory.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';
import { type TakenIn, takeIn } from './takeIn.ts';
import { hubNews } from './hubState.ts';

/** A page that cannot be read is tried so many times in all. */
const PAGE_TRIES = 4;

export function pollJob(sourceId: string, due: number): NewJob {
  return { run: 'collectSource', key: `collectSource:${sourceId}`, payload: { sourceId }, due, lane: `source:${sourceId}` };
}

/** What a list told of a text waits in a job until its page is read: no author and no personal data wait with it. */
function masked(io: Io, source: Source, follow: Follow): Follow {
  const { author, title, body, place, ...known } = follow.known;
  const kept = (name: 'title' | 'body' | 'place', text: string | undefined) =>
    text === undefined ? {} : { [name]: redact(text, { names: author === undefined ? [] : [author] }).text };
  const mark = author === undefined ? {} : { author: io.seal.mark(source.id, author) };
  return { ...follow, known: { ...known, ...kept('title', title), ...kept('body', body), ...kept('place', place), ...mark } };
}

/** The address to read and the key may name an account as well: all of it waits hidden under the key of the period. */
function waiting(io: Io, source: Source, follow: Follow): string {
  return io.seal.hide?.(JSON.stringify(follow)) ?? JSON.stringify(masked(io, source, follow));
}

/** Null when its period is over: the page is not read any more. */
function awaited(io: Io, job: Job): Follow | null {
  const text = textOf(job, 'follow');
  const plain = io.seal.show === undefined ? text : io.seal.show(text);
  return plain === null ? null : (JSON.parse(plain) as Follow);
}

function followJobs(io: Io, source: Source, follows: readonly Follow[], now: number): NewJob[] {
  return follows.map((one, i) => ({
    run: 'readPage',
    key: `readPage:${source.id}:${io.seal.mark(source.id, one.key)}:${one.nPage ?? 1}`,
    payload: { sourceId: source.id, follow: waiting(io, source, one), tries: 0 },
    // In step with the host's pace, so that no job asks before its turn.
    due: now + i * source.manners.pause,
    lane: `source:${source.id}`,
  }));
}

/** Why nothing came, in words; null when that is no failure. */
function failureOf(stopped: NotGot | undefined): Words | null {
  if (stopped === undefined || stopped.kind === 'unchanged' || stopped.kind === 'later') return null;
  if (stopped.kind === 'refused') return sayRefusal(stopped.refusal);
  if (stopped.kind === 'gone') return { zh: `地址已不存在（${stopped.status}）`, en: `the address is gone (${stopped.status})` };
  return stopped.because;
}

/** 0..1 from the digest: jitter that a replay repeats. */
function jitterOf(io: Io, text: string): number {
  return Number.parseInt(io.digest(text).slice(0, 8), 16) / 0xffffffff;
}

/** What is written down when a source begins to be in such a state; leaving them all is being back. */
const TURNS: { readonly [health in Health]?: JournalKind } = {
  dark: JOURNAL.sourceDark,
  slow: JOURNAL.sourceQuiet,
  changed: JOURNAL.sourceChanged,
};

function turnOf(before: SourceState, after: SourceState, now: number): NewEntry[] {
  const was = TURNS[before.health];
  const is = TURNS[after.health];
  if (was === is) return [];
  return [{ at: now, kind: is ?? JOURNAL.sourceBack, subject: after.id, by: 'machine', data: {} }];
}

/** The source at the address its page has moved to, unless that is one that may not become a source: then it stays where it was. */
function movedSource(source: Source, movedTo: string | undefined): readonly Source[] {
  if (movedTo === undefined || movedTo === source.address) return [];
  const moved = { ...source, address: movedTo };
  return admitSource(moved).ok ? [moved] : [];
}

export async function collectSource(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const source = await io.store.get('source', textOf(job, 'sourceId'));
  const collector = source === undefined ? undefined : io.collectors.get(source.kind);
  if (source === undefined || source.paused || collector?.pull === undefined) return NOTHING;
  const before = (await io.store.get('sourceState', source.id)) ?? freshState(source.id);
  const pulled = await collector.pull(source, before.cursor, io.get, now);
  if (pulled.stopped?.kind === 'later' && pulled.items.length === 0 && pulled.follow === undefined) {
    return { change: { putBack: { jobId: job.id, due: pulled.stopped.at } } };
  }
  const taken = await takeIn(io, source, pulled.items, now);
  const reading = readingOf(pulled, taken);
  const after = stateAfter(before, reading, now);
  const later = pulled.stopped?.kind === 'later' ? pulled.stopped.at : null;
  const pushed = await hubNews(io, source, pulled, now);
  const nextAt =
    later ??
    (pulled.more === true ? now : (pushed.pollAt ?? nextPoll(source, before, after, reading, jitterOf(io, `${source.id}:${now}`), now)));
  const moved = movedSource(source, pulled.movedTo);
  const change: Change = {
    ...taken.change,
    put: { ...taken.change.put, sourceState: [{ ...after, cursor: pulled.cursor, nextAt }], source: moved },
    jobs: [...(taken.change.jobs ?? []), ...followJobs(io, source, pulled.follow ?? [], now), pollJob(source.id, nextAt), ...pushed.jobs],
    journal: turnOf(before, after, now),
  };
  return pieceOf(io, change, taken, source.id, before.health !== after.health);
}

function readingOf(pulled: Pulled, taken: TakenIn): Reading {
  return {
    nNew: taken.documents.length,
    failed: failureOf(pulled.stopped),
    isRefused: pulled.stopped?.kind === 'refused',
    notes: pulled.notes,
    askedPause: pulled.askedPause ?? 0,
    charset: pulled.charset ?? null,
    language: pulled.language ?? null,
    shape: pulled.stopped === undefined ? (pulled.shape ?? null) : null,
  };
}

function pieceOf(io: Io, change: Change, taken: TakenIn, sourceId: string, isTold: boolean): Piece {
  return {
    change,
    lost: () => forget(io, 'copies'),
    after: () => {
      if (isTold) io.tell({ kind: 'source', id: sourceId });
      if (taken.documents.length > 0) io.tell({ kind: 'stream', id: sourceId });
    },
  };
}

/** Read one page that a list led to: an article, a thread. */
export async function readPage(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const source = await io.store.get('source', textOf(job, 'sourceId'));
  const collector = source === undefined ? undefined : io.collectors.get(source.kind);
  if (source === undefined || source.paused || collector?.read === undefined) return NOTHING;
  const follow = awaited(io, job);
  if (follow === null) return NOTHING;
  const state = (await io.store.get('sourceState', source.id)) ?? freshState(source.id);
  const pulled = await collector.read(source, follow, io.get, now, state.cursor);
  if (pulled.stopped?.kind === 'later') return { change: { putBack: { jobId: job.id, due: pulled.stopped.at } } };
  const taken = await takeIn(io, source, pulled.items, now);
  const change: Change = {
    ...taken.change,
    put: {
      ...taken.change.put,
      sourceState: [{ ...counted(state, taken.documents.length, pulled, now), cursor: pulled.cursor ?? state.cursor }],
    },
    jobs: [
      ...(taken.change.jobs ?? []),
      ...followJobs(io, source, pulled.follow ?? [], now),
      ...again(io, source, follow, pulled, job, now),
    ],
  };
  return pieceOf(io, change, taken, source.id, false);
}

/** Documents of a page count for the source's last new text and its strip. */
function counted(state: SourceState, nNew: number, pulled: Pulled, now: number): SourceState {
  if (nNew === 0) return { ...state, notes: [...pulled.notes, ...state.notes].slice(0, 20) };
  const reading: Reading = {
    nNew,
    failed: null,
    isRefused: false,
    notes: [...pulled.notes, ...state.notes],
    askedPause: 0,
    charset: pulled.charset ?? null,
    language: pulled.language ?? null,
  };
  return { ...stateAfter(state, reading, now), nFailures: state.nFailures, health: state.health === 'new' ? 'ok' : state.health };
}

function again(io: Io, source: Source, follow: Follow, pulled: Pulled, job: Job, now: number): NewJob[] {
  if (pulled.stopped?.kind !== 'failed') return [];
  const tries = ((job.payload as { tries?: number }).tries ?? 0) + 1;
  if (tries >= PAGE_TRIES) return [];
  const first = followJobs(io, source, [follow], now)[0]!;
  return [
    {
      ...first,
      payload: { sourceId: source.id, follow: waiting(io, source, follow), tries },
      due: now + source.manners.pollAtLeast * 2 ** tries,
    },
  ];
}
