/** Every ten minutes: issues that fall silent fade and close, and what time alone changes (unanswered, persistence) is assessed again. */
import type { Io } from '../io.ts';
import { tend } from '../judge/tend.ts';
import { MINUTE } from '../model/time.ts';
import type { Change, NewJob } from '../ports.ts';
import { colour, lastRows } from './colour.ts';
import { adoptRows } from './judgeDocuments.ts';
import { forget, judgeMemory } from './memory.ts';
import type { Piece } from './piece.ts';

const EVERY = 10 * MINUTE;

export function tendJob(due: number): NewJob {
  return { run: 'tendIssues', key: 'tendIssues', payload: null, due, lane: 'judge' };
}

export async function tendIssues(io: Io): Promise<Piece> {
  const now = io.now();
  const memory = await judgeMemory(io);
  const faded = tend(memory.state, now);
  const coloured = [...memory.state.live.values()].filter((live) => live.issue.level !== 'none').map((live) => live.issue);
  const known = lastRows([...coloured, ...faded]);
  const before = new Map(known.map((row) => [row.id, row.assessmentId]));
  const result = colour(memory, known, 'machine', now);
  const fadedIds = new Set(faded.map((row) => row.id));
  const issues = result.issues.filter((row) => fadedIds.has(row.id) || row.assessmentId !== before.get(row.id));
  adoptRows(memory, issues);
  const change: Change = {
    put: { issue: issues, assessment: result.assessments },
    journal: result.journal,
    jobs: [...result.jobs, tendJob(now + EVERY)],
  };
  const tell = (): void => {
    for (const issue of issues) io.tell({ kind: 'issue', id: issue.id });
  };
  return { change, lost: () => forget(io, 'judge'), after: tell };
}
