/**
 * Waiting work. Jobs are rows; leases are kept in the writer's memory: only the process that holds the folder's lock can
 * have one, so that all are free again when it starts anew, and taking work costs no fsync.
 *
 *   waiting --claim--> leased --finish--> gone
 *      ^                 |--putBack, lease over--> waiting
 *      |                 |--fail, due given------> waiting (one try more)
 *      '----retry--- set aside <--fail, no due
 *
 * Whatever comes back to waiting meets the rule of keys again: one waiting job per key, the first stays, the earlier due wins.
 */
import type { Instant, Span } from '../../model/time.ts';
import type { Job, JobCounts } from '../../ports.ts';
import type { Connection } from './connection.ts';
import type { PackedJob } from './packChange.ts';

/** Real time. Short, since a worker that died must not delay a warning. */
export const LEASE: Span = 30_000;

interface JobRow {
  readonly id: number;
  readonly run: string;
  readonly key: string;
  readonly lane: string;
  readonly due: Instant;
  readonly nTries: number;
  readonly lastError: string | null;
  readonly setAsideAt: Instant | null;
  readonly payload: string;
}

const LONGEST_ERROR = 4000;

/** The earliest waiting job of each lane, found by stepping from lane to lane in the index. */
const HEADS = `WITH RECURSIVE lanes (lane) AS (
    SELECT min(lane) FROM job WHERE setAsideAt IS NULL
    UNION ALL SELECT (SELECT min(job.lane) FROM job WHERE setAsideAt IS NULL AND job.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL)
  SELECT job.* FROM lanes JOIN job ON job.id = (SELECT id FROM job head WHERE setAsideAt IS NULL AND head.lane = lanes.lane ORDER BY due, id LIMIT 1)
  WHERE lanes.lane IS NOT NULL AND job.due <= ? AND lanes.lane NOT IN (SELECT value FROM json_each(?))
  ORDER BY job.due, job.id LIMIT ?`;

function toJob(row: JobRow): Job {
  return { ...row, payload: JSON.parse(row.payload) };
}

export class JobQueue {
  readonly #connection: Connection;
  readonly #leases = new Map<number, { readonly lane: string; readonly until: number }>();
  /** Leases given up by the running transaction, by its kept changes and by the change at work. */
  readonly #givenUp = new Set<number>();
  readonly #givenUpNow = new Set<number>();

  constructor(connection: Connection) {
    this.#connection = connection;
    for (const { key } of connection.all<{ key: string }>('SELECT key FROM job WHERE setAsideAt IS NULL GROUP BY key HAVING count(*) > 1'))
      this.#oneWaiting(key);
  }

  // ---- inside the writer's transaction

  keepChange(): void {
    for (const id of this.#givenUpNow) this.#givenUp.add(id);
    this.#givenUpNow.clear();
  }

  undoChange(): void {
    this.#givenUpNow.clear();
  }

  committed(): void {
    for (const id of this.#givenUp) this.#leases.delete(id);
    this.#givenUp.clear();
  }

  undoAll(): void {
    this.#givenUp.clear();
    this.#givenUpNow.clear();
  }

  insert(job: PackedJob): void {
    const waiting = this.#waiting(job.key);
    if (waiting[0] === undefined) {
      const sql = 'INSERT INTO job (run, key, lane, due, payload) VALUES (?, ?, ?, ?, ?)';
      this.#connection.run(sql, job.run, job.key, job.lane, job.due, job.payload);
    } else if (job.due < waiting[0].due) {
      this.#connection.run('UPDATE job SET due = ? WHERE id = ?', job.due, waiting[0].id);
    }
  }

  drop(key: string): void {
    for (const { id } of this.#waiting(key)) this.#connection.run('DELETE FROM job WHERE id = ?', id);
  }

  /** A job that is gone already (its lease ran out and another run finished it) is no fault: work is done at least once. */
  finish(id: number): void {
    this.#givenUpNow.add(id);
    this.#connection.run('DELETE FROM job WHERE id = ?', id);
  }

  putBack(id: number, due: Instant): void {
    this.#toWaiting(id, () => this.#connection.run('UPDATE job SET due = ? WHERE id = ?', due, id));
  }

  fail(id: number, error: string, due: Instant | null, now: Instant): void {
    const sql = 'UPDATE job SET nTries = nTries + 1, lastError = ?, due = coalesce(?, due), setAsideAt = ? WHERE id = ?';
    this.#toWaiting(id, () => this.#connection.run(sql, error.slice(0, LONGEST_ERROR), due, due === null ? now : null, id));
  }

  /** A person's retry begins a new ladder: tries count from 0, the last error stays readable. */
  retry(id: number, due: Instant): void {
    const isAside = this.#connection.one('SELECT 1 FROM job WHERE id = ? AND setAsideAt IS NOT NULL', id) !== undefined;
    if (!isAside) return;
    this.#toWaiting(id, () => this.#connection.run('UPDATE job SET due = ?, nTries = 0, setAsideAt = NULL WHERE id = ?', due, id));
  }

  /** Ids whose lease is over at `real`. */
  expired(real: number): number[] {
    return [...this.#leases].flatMap(([id, lease]) => (lease.until <= real ? [id] : []));
  }

  release(id: number): void {
    this.#toWaiting(id, () => undefined);
  }

  // ---- outside of it

  renew(ids: readonly number[], real: number): void {
    for (const id of ids) {
      const lease = this.#leases.get(id);
      if (lease !== undefined) this.#leases.set(id, { lane: lease.lane, until: real + LEASE });
    }
  }

  claim(now: Instant, limit: number, real: number): Job[] {
    const busy = JSON.stringify([...new Set([...this.#leases.values()].map((lease) => lease.lane))]);
    const rows = this.#connection.all<JobRow>(HEADS, now, busy, Math.max(0, limit));
    for (const row of rows) this.#leases.set(row.id, { lane: row.lane, until: real + LEASE });
    return rows.map(toJob);
  }

  nextDue(): Instant | null {
    const sql = 'SELECT due FROM job WHERE setAsideAt IS NULL AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due, id LIMIT 1';
    return this.#connection.one<{ due: Instant }>(sql, this.#leasedIds())?.due ?? null;
  }

  counts(now: Instant): JobCounts {
    const sql = `SELECT count(*) AS waiting, coalesce(sum(due <= ?), 0) AS due, min(CASE WHEN due <= ? THEN due END) AS oldestDue
      FROM job WHERE setAsideAt IS NULL AND id NOT IN (SELECT value FROM json_each(?))`;
    const row = this.#connection.one<{ waiting: number; due: number; oldestDue: Instant | null }>(sql, now, now, this.#leasedIds());
    const aside = this.#connection.one<{ n: number }>('SELECT count(*) AS n FROM job WHERE setAsideAt IS NOT NULL');
    return {
      waiting: row?.waiting ?? 0,
      due: row?.due ?? 0,
      leased: this.#leases.size,
      setAside: aside?.n ?? 0,
      oldestDue: row?.oldestDue ?? null,
    };
  }

  setAside(): Job[] {
    return this.#connection.all<JobRow>('SELECT * FROM job WHERE setAsideAt IS NOT NULL ORDER BY setAsideAt, id').map(toJob);
  }

  #leasedIds(): string {
    return JSON.stringify([...this.#leases.keys()]);
  }

  #isLeased(id: number): boolean {
    return this.#leases.has(id) && !this.#givenUp.has(id) && !this.#givenUpNow.has(id);
  }

  #waiting(key: string): { readonly id: number; readonly due: Instant }[] {
    const sql = 'SELECT id, due FROM job WHERE key = ? AND setAsideAt IS NULL ORDER BY id';
    return this.#connection.all<{ id: number; due: Instant }>(sql, key).filter(({ id }) => !this.#isLeased(id));
  }

  #toWaiting(id: number, update: () => void): void {
    this.#givenUpNow.add(id);
    update();
    const key = this.#connection.one<{ key: string }>('SELECT key FROM job WHERE id = ?', id)?.key;
    if (key !== undefined) this.#oneWaiting(key);
  }

  #oneWaiting(key: string): void {
    const [first, ...others] = this.#waiting(key);
    if (first === undefined || others.length === 0) return;
    this.#connection.run('UPDATE job SET due = ? WHERE id = ?', Math.min(first.due, ...others.map(({ due }) => due)), first.id);
    for (const { id } of others) this.#connection.run('DELETE FROM job WHERE id = ?', id);
  }
}
