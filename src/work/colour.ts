/** Assess the issues that a piece of work touched, and say what follows: new assessments, changed rows, journal, warnings. */
import { JOURNAL } from '../account/journalKinds.ts';
import { assess } from '../judge/assess.ts';
import { factsOf } from '../judge/tally.ts';
import { type Assessment, compareLevels } from '../model/assessment.ts';
import type { Issue, IssueId } from '../model/issue.ts';
import type { Actor, NewEntry } from '../model/journal.ts';
import { DAY, type Instant, type Span } from '../model/time.ts';
import type { Change, NewJob } from '../ports.ts';
import type { JudgeMemory } from './memory.ts';

/** An assessment is kept when the colour, the nature or this many points changed: its history stays readable. */
const POINTS_WORTH_KEEPING = 2;
/** An issue whose newest text was published longer ago is told of no more. Chosen: a source that was dark for a day still warns. */
const PAST: Span = DAY;

export interface Coloured {
  /** Rows with the colour in force; those that were given without a new assessment are given back as they were. */
  readonly issues: readonly Issue[];
  readonly assessments: readonly Assessment[];
  readonly journal: readonly NewEntry[];
  readonly jobs: readonly NewJob[];
}

/** Whether the harm named grew so that a rule may fire without a change of colour. */
function harmGrew(before: Assessment | undefined, after: Assessment): boolean {
  const harm = (one: Assessment | undefined): number => one?.factors.find((factor) => factor.name === 'harm')?.score ?? 0;
  return harm(after) > harm(before);
}

function warnJob(before: Assessment | undefined, after: Assessment, now: Instant): NewJob {
  return {
    run: 'warnOffices',
    key: `warnOffices:${after.id}`,
    payload: { issueId: after.issueId, before: before?.id ?? '', after: after.id },
    due: now,
    lane: `warn:${after.issueId}`,
  };
}

/**
 * `rows`: the issues as `judge/` gave them, each once. `by` is who caused it. The memory's assessments follow at once: call `forget` when
 * the commit fails.
 */
export function colour(memory: JudgeMemory, rows: readonly Issue[], by: Actor, now: Instant): Coloured {
  const issues: Issue[] = [];
  const assessments: Assessment[] = [];
  const journal: NewEntry[] = [];
  const jobs: NewJob[] = [];
  for (const row of rows) {
    const live = memory.state.live.get(row.id);
    if (live === undefined || row.state === 'merged') {
      issues.push(row);
      continue;
    }
    const before = memory.assessments.get(row.id);
    const override = memory.overrides.get(row.id) ?? null;
    const after = assess(row, factsOf(live.tally), override, now, { answeredAt: memory.answered.get(row.id) ?? null });
    const isWorth =
      before === undefined ||
      before.level !== after.level ||
      before.nature !== after.nature ||
      before.overrideId !== after.overrideId ||
      Math.abs(before.total - after.total) >= POINTS_WORTH_KEEPING ||
      harmGrew(before, after);
    if (!isWorth) {
      issues.push({ ...row, level: before.level, total: before.total, nature: before.nature, assessmentId: before.id });
      continue;
    }
    memory.assessments.set(row.id, after);
    assessments.push(after);
    issues.push({ ...row, level: after.level, total: after.total, nature: after.nature, assessmentId: after.id });
    const from = before?.level ?? 'none';
    if (from !== after.level)
      journal.push({ at: now, kind: JOURNAL.levelChanged, subject: row.id, by, data: { from, to: after.level, total: after.total } });
    const isUp = compareLevels(after.level, from) > 0;
    // An archive that is brought in tells of what is long past: it gives the issue its colour and wakes nobody.
    const isPast = now - row.lastAt > PAST;
    if (!isPast && (isUp || harmGrew(before, after))) jobs.push(warnJob(before, after, now));
  }
  return { issues, assessments, journal, jobs };
}

/** The part of a change that colours give. */
export function colourChange(coloured: Coloured): Change {
  return { put: { issue: coloured.issues, assessment: coloured.assessments }, journal: coloured.journal, jobs: coloured.jobs };
}

/** The last row of each issue, in the order of first sight. */
export function lastRows(rows: readonly Issue[]): readonly Issue[] {
  const last = new Map<IssueId, Issue>();
  for (const row of rows) last.set(row.id, row);
  return [...last.values()];
}
