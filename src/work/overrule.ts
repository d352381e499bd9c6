/** A person decides about an issue: its colour, its borders, whether it is one. Never undone by the machine; each with a reason. */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import { adopt } from '../judge/cluster.ts';
import { type Decided, mergeByPerson, splitByPerson, undoByPerson } from '../judge/persons.ts';
import type { Level, Override } from '../model/assessment.ts';
import type { Undoable } from '../model/desk.ts';
import type { Issue } from '../model/issue.ts';
import type { NewEntry } from '../model/journal.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Json } from '../model/words.ts';
import type { Change } from '../ports.ts';
import { actOnIssues, type Deed, entry } from './act.ts';
import { colour, lastRows } from './colour.ts';
import { issueOfOthers, UNDO_WITHIN } from './guards.ts';
import { adoptRows } from './judgeDocuments.ts';
import { type JudgeMemory, judgeMemory } from './memory.ts';
import type { Who } from './who.ts';

type Answer = Undoable & { readonly issueId?: string };

/** Colours the given rows again and makes the whole deed; `undo` is kept so that the person can take it back. */
export function issueDeed(
  io: Io,
  who: Who,
  memory: JudgeMemory,
  rows: readonly Issue[],
  more: {
    readonly change: Change;
    readonly journal: readonly NewEntry[];
    readonly what: string;
    readonly inverse: Json | null;
    readonly issueId?: string;
  },
): Deed<Answer> {
  const now = io.now();
  const coloured = colour(memory, lastRows(rows), who.actor, now);
  adoptRows(memory, coloured.issues);
  const until = now + UNDO_WITHIN;
  const undoId = more.inverse === null ? null : io.token(96);
  const undo = undoId === null ? [] : [{ id: undoId, staffId: who.staffId, what: more.what, inverse: more.inverse, at: now, until }];
  const change: Change = {
    ...more.change,
    put: { ...more.change.put, issue: coloured.issues, assessment: coloured.assessments, undo },
    journal: [...more.journal, ...coloured.journal],
    jobs: [...(more.change.jobs ?? []), ...coloured.jobs],
  };
  const value: Answer = { undoId, until: undoId === null ? null : until, ...(more.issueId === undefined ? {} : { issueId: more.issueId }) };
  const after = (): void => {
    for (const issue of coloured.issues) io.tell({ kind: 'issue', id: issue.id });
  };
  return { change, value, after, touchesJudge: true };
}

export function overrideLevel(
  io: Io,
  who: Who,
  issueId: string,
  input: { readonly level: Level; readonly reason: string },
): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    const found = await issueOfOthers(io, who, issueId);
    if (!found.ok) return found;
    if (input.reason.trim() === '') return refuse('judge.overrideNeedsReason');
    const memory = await judgeMemory(io);
    const before = memory.overrides.get(issueId);
    const override: Override = {
      id: `${issueId}:o${io.token(40)}`,
      issueId,
      level: input.level,
      reason: input.reason.trim(),
      by: who.staffId,
      at: io.now(),
      until: null,
      lifted: false,
    };
    memory.overrides.set(issueId, override);
    const lifted = before === undefined ? [] : [{ ...before, lifted: true }];
    const journal = [entry(io, who, JOURNAL.overridden, issueId, { from: found.value.level, to: input.level, overrideId: override.id })];
    const change: Change = { put: { override: [...lifted, override] } };
    return done(
      issueDeed(io, who, memory, [found.value], { change, journal, what: 'override', inverse: { kind: 'liftOverride', issueId } }),
    );
  });
}

export function liftOverride(io: Io, who: Who, issueId: string, input: { readonly reason: string }): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    const found = await issueOfOthers(io, who, issueId);
    if (!found.ok) return found;
    const memory = await judgeMemory(io);
    const before = memory.overrides.get(issueId);
    if (before === undefined) return refuse('http.notFound');
    if (input.reason.trim() === '') return refuse('judge.overrideNeedsReason');
    memory.overrides.delete(issueId);
    const journal = [entry(io, who, JOURNAL.overridden, issueId, { from: before.level, to: 'computed', overrideId: before.id })];
    const change: Change = { put: { override: [{ ...before, lifted: true }] } };
    return done(issueDeed(io, who, memory, [found.value], { change, journal, what: 'liftOverride', inverse: null }));
  });
}

/** The change that a person's decision about the borders of issues makes. */
export function bordersChange(decided: Decided): Change {
  return { put: { mention: decided.mentions, merge: decided.merges } };
}

export function mergeIssues(
  io: Io,
  who: Who,
  input: { readonly from: string; readonly into: string; readonly reason: string },
): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    for (const id of [input.from, input.into]) {
      const found = await issueOfOthers(io, who, id);
      if (!found.ok) return found;
    }
    const memory = await judgeMemory(io);
    const decided = mergeByPerson(memory.state, input.from, input.into, { by: who.staffId, because: input.reason, now: io.now() });
    if (!decided.ok) return decided;
    const journal = [entry(io, who, JOURNAL.merged, input.from, { into: input.into })];
    const inverse = { kind: 'undoMerge', mergeId: decided.value.merges[0]?.id ?? '' };
    return done(
      issueDeed(io, who, memory, decided.value.issues, {
        change: bordersChange(decided.value),
        journal,
        what: 'merge',
        inverse,
        issueId: input.into,
      }),
    );
  });
}

export function splitIssue(
  io: Io,
  who: Who,
  issueId: string,
  input: { readonly documentIds: readonly string[]; readonly reason: string },
): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    const found = await issueOfOthers(io, who, issueId);
    if (!found.ok) return found;
    const memory = await judgeMemory(io);
    const decided = splitByPerson(memory.state, issueId, input.documentIds, { by: who.staffId, because: input.reason, now: io.now() });
    if (!decided.ok) return decided;
    const opened = decided.value.issue;
    const { firstPublishedAt, firstSeenAt } = opened;
    const journal = [entry(io, who, JOURNAL.issueOpened, opened.id, { firstPublishedAt, firstSeenAt, splitFrom: issueId })];
    const inverse = { kind: 'undoMerge', mergeId: decided.value.merges[0]?.id ?? '' };
    return done(
      issueDeed(io, who, memory, decided.value.issues, {
        change: bordersChange(decided.value),
        journal,
        what: 'split',
        inverse,
        issueId: opened.id,
      }),
    );
  });
}

/** Takes a merge or a split back, as its inverse asked. */
export async function undoBorders(io: Io, who: Who, mergeId: string): Promise<Outcome<Deed<Answer>>> {
  const merge = await io.store.get('merge', mergeId);
  if (merge === undefined) return refuse('http.notFound');
  const memory = await judgeMemory(io);
  const gone = (await io.store.get('issue', merge.from)) ?? null;
  const decided = undoByPerson(memory.state, merge, gone, { by: who.staffId, because: '', now: io.now() });
  if (!decided.ok) return decided;
  const journal = [entry(io, who, JOURNAL.merged, merge.from, { into: merge.into, undone: true })];
  return done(
    issueDeed(io, who, memory, decided.value.issues, { change: bordersChange(decided.value), journal, what: 'undo', inverse: null }),
  );
}

/** Not something to answer; says why. Its clocks stop, late ones stay late. */
export function dismissIssue(io: Io, who: Who, issueId: string, input: { readonly reason: string }): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    const found = await issueOfOthers(io, who, issueId);
    if (!found.ok) return found;
    if (input.reason.trim() === '') return refuse('answer.reasonMissing');
    const memory = await judgeMemory(io);
    const row: Issue = { ...found.value, state: 'dismissed' };
    adopt(memory.state, row);
    const clocks = await io.store.list('clock', { equal: { issueId, metAt: null, cancelled: false } });
    const journal = [
      entry(io, who, JOURNAL.dismissed, issueId),
      ...clocks.map((clock) => entry(io, who, JOURNAL.clockCancelled, issueId, { clockId: clock.id })),
    ];
    const change: Change = {
      put: { clock: clocks.map((clock) => ({ ...clock, cancelled: true })) },
      dropJobs: clocks.map((clock) => `runClock:${clock.id}`),
    };
    return done(
      issueDeed(io, who, memory, [row], {
        change,
        journal,
        what: 'dismiss',
        inverse: { kind: 'setState', issueId, state: found.value.state },
      }),
    );
  });
}
