/**
 * The runner: leases due jobs, does their piece of work, commits its change together with the job's completion. One of the two places
 * where faults are caught: a failing job waits longer each time and is set aside after the last try, journalled and shown.
 */
import type { Io } from '../io.ts';
import { type Instant, MINUTE, SECOND, type Span } from '../model/time.ts';
import { done, type Outcome } from '../model/outcome.ts';
import type { Job } from '../ports.ts';
import { act, entry } from './act.ts';
import { checkTask } from './checkTask.ts';
import { closeDay } from './closeDay.ts';
import { collectSource, readPage } from './collectSource.ts';
import { judgeDocuments } from './judgeDocuments.ts';
import { exclusive } from './memory.ts';
import type { Piece, Work } from './piece.ts';
import { runClock } from './runClock.ts';
import { sendNotice } from './sendNotice.ts';
import { subscribeHub } from './subscribeHub.ts';
import { tendIssues } from './tendIssues.ts';
import { warnOffices } from './warnOffices.ts';
import type { Who } from './who.ts';

/** A job's name is the name of its file's function. */
export const WORKS: Readonly<Record<string, Work>> = {
  collectSource,
  readPage,
  subscribeHub,
  judgeDocuments,
  tendIssues,
  warnOffices,
  sendNotice,
  runClock,
  checkTask,
  closeDay,
};

/** Tries of one job before it is set aside: with these pauses about nine hours. */
const MOST_TRIES = 14;
const PAUSE: Span = 2 * SECOND;
const LONGEST: Span = 2 * 60 * MINUTE;

/** Pause before the next try; half of it is by chance (the job's digest), so that jobs that failed together part. */
function pauseAfter(io: Io, job: Job): Span {
  const whole = Math.min(LONGEST, PAUSE * 2 ** job.nTries);
  const chance = Number.parseInt(io.digest(`${job.key}:${job.nTries}`).slice(0, 6), 16) / 0xffffff;
  return Math.round(whole * (0.5 + chance / 2));
}

/** The cause chain in one line, for staff; it never reaches a reader. */
export function faultText(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error && parts.length < 5; at = at.cause) parts.push(at.message);
  return parts.length === 0 ? String(error) : parts.join(' < ');
}

async function commit(io: Io, job: Job, work: Work): Promise<void> {
  const piece: Piece = await work(io, job);
  const { change } = piece;
  try {
    const committed = await io.store.commit(change.putBack === undefined ? { ...change, finish: job.id } : change);
    if (!committed.ok) {
      piece.lost?.();
      throw new Error(`stale ${committed.stale.noun} ${committed.stale.id}`);
    }
    piece.after?.(committed.entries);
  } catch (cause) {
    piece.lost?.();
    throw new Error(`${job.run} could not be stored`, { cause });
  }
}

export async function runJob(io: Io, job: Job): Promise<void> {
  const work = WORKS[job.run];
  try {
    if (work === undefined) throw new Error(`no piece of work is called ${job.run}`);
    // Judging and staff actions on issues never overlap.
    if (job.lane === 'judge') await exclusive(io, () => commit(io, job, work));
    else await commit(io, job, work);
  } catch (error) {
    const text = faultText(error);
    const isLast = job.nTries + 1 >= MOST_TRIES;
    io.log(isLast ? 'a job was set aside' : 'a job failed and will be tried again', {
      run: job.run,
      key: job.key,
      nTries: job.nTries + 1,
      error: text,
    });
    await io.store.fail(job.id, text, isLast ? null : io.now() + pauseAfter(io, job), io.now());
    if (isLast)
      await io.store.commit({
        journal: [{ at: io.now(), kind: 'work.setAside', subject: job.key, by: 'machine', data: { run: job.run } }],
      });
  }
}

/** Runs what is due now, at most `atOnce` together; gives how many ran. */
export async function runDue(io: Io, atOnce: number): Promise<number> {
  const jobs = await io.store.claim(io.now(), atOnce);
  await Promise.all(jobs.map((job) => runJob(io, job)));
  return jobs.length;
}

/** Domain time that is moved by hand: `set` never goes back. */
export interface SteppedClock {
  readonly now: () => Instant;
  readonly set: (instant: Instant) => void;
}

/**
 * Brings a stepped clock to `to`: runs everything due, moves to the next due instant only when all due work is finished, one job at a
 * time, so that two runs are equal.
 */
export async function stepTo(io: Io, clock: SteppedClock, to: Instant): Promise<void> {
  for (;;) {
    const ran = await runDue(io, 1);
    if (ran > 0) continue;
    const next = await io.store.nextDue();
    if (next === null || next > to) break;
    clock.set(Math.max(clock.now(), next));
  }
  clock.set(Math.max(clock.now(), to));
}

/** A job set aside is tried again at once. */
export function retryJob(io: Io, who: Who, jobId: number): Promise<Outcome<null>> {
  return act(io, async () => {
    await io.store.retry(jobId, io.now());
    return done({ change: { journal: [entry(io, who, 'work.retried', String(jobId))] }, value: null });
  });
}
