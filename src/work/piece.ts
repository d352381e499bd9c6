/** The shape of every piece of work: read, think, and give back one change. The runner commits it together with the job. */
import type { Io } from '../io.ts';
import type { Entry } from '../model/journal.ts';
import type { Change, Job } from '../ports.ts';

export interface Piece {
  /** Committed once, with the job's completion (or its return to waiting, when `putBack` is set). */
  readonly change: Change;
  /** Called after the commit is durable: memory that follows the store. */
  readonly after?: (entries: readonly Entry[]) => void;
  /** Called when the commit did not happen: memory that ran ahead must be forgotten. */
  readonly lost?: () => void;
}

/** One piece of work. A throw is a fault: the runner tries again later. */
export type Work = (io: Io, job: Job) => Promise<Piece>;

/** A piece that changes nothing: its cause is gone. */
export const NOTHING: Piece = { change: {} };

/** A string field of a job's payload; a job without it is our bug. */
export function textOf(job: Job, name: string): string {
  const payload = job.payload;
  const value =
    typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? (payload as Record<string, unknown>)[name] : undefined;
  if (typeof value !== 'string') throw new Error(`job ${job.run} ${job.key} has no ${name}`);
  return value;
}

/** A list of strings in a job's payload; empty when absent. */
export function listOf(job: Job, name: string): readonly string[] {
  const payload = job.payload as Record<string, unknown> | null;
  const value = payload?.[name];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
