/**
 * The synchronous core that writes: a group of changes in one transaction, each behind a savepoint of its own.
 * Runs in the writer's thread, or on the calling one for a database in memory; the same code in both.
 */
import type { Instant } from '../../model/time.ts';
import type { Job, JobCounts, Noun } from '../../ports.ts';
import { hashLine, NO_ENTRY } from './chain.ts';
import type { Connection } from './connection.ts';
import { JobQueue } from './jobQueue.ts';
import { hourOf, type PackedChange, type PackedPut } from './packChange.ts';
import { NOUN_FIELDS, NOUNS, quoted } from './schema.ts';

export type WriteOp =
  | { readonly kind: 'commit'; readonly change: PackedChange }
  | { readonly kind: 'fail'; readonly jobId: number; readonly error: string; readonly due: Instant | null; readonly now: Instant }
  | { readonly kind: 'retry'; readonly jobId: number; readonly due: Instant };

export type AskOp =
  | { readonly kind: 'claim'; readonly now: Instant; readonly limit: number }
  | { readonly kind: 'renew'; readonly jobIds: readonly number[] }
  | { readonly kind: 'nextDue' }
  | { readonly kind: 'jobCounts'; readonly now: Instant }
  | { readonly kind: 'jobsSetAside' };

export type Op = WriteOp | AskOp;

export interface WriterData {
  readonly path: string;
  readonly maxPages: number | null;
}

/** What was asked in one turn of the calling thread. `real` is that thread's real time. */
export interface Parcel {
  readonly real: number;
  readonly ops: readonly { readonly n: number; readonly op: Op }[];
}

export interface Reply {
  readonly answers: readonly { readonly n: number; readonly answer: Answer }[];
}

/** Chosen so that the slowest group stays below the length of a few fsyncs. */
export const LARGEST_GROUP = 200;

/** What the writer adds to a journal entry; the caller has the rest. */
export interface Link {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

export interface Stale {
  readonly noun: Noun;
  readonly id: string;
}

export type Answer =
  | { readonly kind: 'committed'; readonly links: readonly Link[] }
  | { readonly kind: 'stale'; readonly stale: Stale }
  | { readonly kind: 'done' }
  | { readonly kind: 'jobs'; readonly jobs: readonly Job[] }
  | { readonly kind: 'due'; readonly due: Instant | null }
  | { readonly kind: 'counts'; readonly counts: JobCounts }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** A fault as it crosses threads. `full`: no room; `io`: the disk or file failed; `other`: the change itself was wrong. */
export interface Fault {
  readonly what: 'full' | 'io' | 'other';
  readonly message: string;
}

const SQLITE_FULL = 13;
/** NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, CANTOPEN, BUSY, LOCKED, NOTADB: the file's trouble, hence the whole group's. */
const FILE_TROUBLE = new Set([5, 6, 7, 8, 9, 10, 11, 14, 26]);

export function faultOf(error: unknown): Fault {
  const code = (error as { errcode?: number } | null)?.errcode;
  const primary = code === undefined ? -1 : code & 0xff;
  const message = error instanceof Error ? error.message : String(error);
  return { what: primary === SQLITE_FULL ? 'full' : FILE_TROUBLE.has(primary) ? 'io' : 'other', message };
}

/** Thrown inside a change to leave it; becomes an answer, never a fault. */
class StaleChange {
  readonly stale: Stale;
  constructor(stale: Stale) {
    this.stale = stale;
  }
}

interface NounSql {
  readonly put: string;
  readonly revOf: string;
  readonly rowOf: string;
  readonly remove: string;
}

function nounSql(noun: Noun): NounSql {
  const columns = ['rev', ...NOUN_FIELDS[noun], 'data'].map(quoted);
  const sets = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const table = quoted(noun);
  return {
    put: `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)}) ON CONFLICT (id) DO UPDATE SET ${sets}`,
    revOf: `SELECT rev FROM ${table} WHERE id = ?`,
    rowOf: `SELECT row FROM ${table} WHERE id = ?`,
    remove: `DELETE FROM ${table} WHERE id = ?`,
  };
}

const SQL = Object.fromEntries(NOUNS.map((noun) => [noun, nounSql(noun)])) as Record<Noun, NounSql>;
const AT_SOURCE = NOUN_FIELDS.document.indexOf('sourceId');
const AT_PUBLISHED = NOUN_FIELDS.document.indexOf('publishedAt');
const AT_COPY = NOUN_FIELDS.document.indexOf('copyOf');

export class WriteCore {
  readonly #connection: Connection;
  readonly #jobs: JobQueue;
  #head: { seq: number; hash: string };
  /**
   * Index terms to write or, without texts, to take out, in order. Written at the end of the transaction: FTS5 closes a segment at
   * every savepoint, which would cost three times the work (measured: bench/store.ts).
   */
  #terms: { readonly row: number; readonly title?: string; readonly text?: string }[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#jobs = new JobQueue(connection);
    this.#head = this.#readHead();
  }

  /**
   * Answers in the order of `group`. Writes come first, in one transaction that is durable on return; questions are answered
   * after it, so that nobody is handed a job that a failed transaction takes back. `real` is real time in milliseconds.
   */
  run(group: readonly Op[], real: number): Answer[] {
    for (const op of group) if (op.kind === 'renew') this.#jobs.renew(op.jobIds, real);
    const written = new Map<Op, Answer>();
    const writes = group.filter((op): op is WriteOp => op.kind === 'commit' || op.kind === 'fail' || op.kind === 'retry');
    const expired = this.#jobs.expired(real);
    if (writes.length > 0 || expired.length > 0) {
      try {
        this.#transaction(writes, expired, written);
      } catch (error) {
        const fault = faultOf(error);
        for (const op of group) written.set(op, { kind: 'fault', fault });
      }
    }
    return group.map((op) => written.get(op) ?? this.#answer(op, real));
  }

  close(): void {
    this.#connection.db.close();
  }

  #answer(op: Op, real: number): Answer {
    try {
      if (op.kind === 'claim') return { kind: 'jobs', jobs: this.#jobs.claim(op.now, op.limit, real) };
      if (op.kind === 'nextDue') return { kind: 'due', due: this.#jobs.nextDue() };
      if (op.kind === 'jobCounts') return { kind: 'counts', counts: this.#jobs.counts(op.now) };
      if (op.kind === 'jobsSetAside') return { kind: 'jobs', jobs: this.#jobs.setAside() };
      return { kind: 'done' };
    } catch (error) {
      return { kind: 'fault', fault: faultOf(error) };
    }
  }

  #transaction(writes: readonly WriteOp[], expired: readonly number[], written: Map<Op, Answer>): void {
    const { db } = this.#connection;
    this.#connection.run('BEGIN IMMEDIATE');
    try {
      for (const id of expired) this.#jobs.release(id);
      this.#jobs.keepChange();
      for (const op of writes) written.set(op, this.#single(op));
      this.#writeTerms();
      this.#connection.run('COMMIT');
      this.#jobs.committed();
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (db.isTransaction) db.exec('ROLLBACK');
      this.#jobs.undoAll();
      this.#terms = [];
      this.#head = this.#readHead();
      throw error;
    }
  }

  /** One write behind its savepoint: stale or wrong, it alone is taken back. Trouble of the file is thrown: the group fails. */
  #single(op: WriteOp): Answer {
    const head = this.#head;
    const nTerms = this.#terms.length;
    this.#connection.run('SAVEPOINT single');
    try {
      const answer = this.#write(op);
      this.#connection.run('RELEASE single');
      this.#jobs.keepChange();
      return answer;
    } catch (error) {
      const stale = error instanceof StaleChange ? error.stale : null;
      const fault = stale === null ? faultOf(error) : null;
      if (fault !== null && fault.what !== 'other') throw error;
      this.#connection.run('ROLLBACK TO single');
      this.#connection.run('RELEASE single');
      this.#jobs.undoChange();
      this.#terms.length = nTerms;
      this.#head = head;
      return fault === null ? { kind: 'stale', stale: stale as Stale } : { kind: 'fault', fault };
    }
  }

  #write(op: WriteOp): Answer {
    if (op.kind === 'commit') return { kind: 'committed', links: this.#apply(op.change) };
    if (op.kind === 'fail') this.#jobs.fail(op.jobId, op.error, op.due, op.now);
    else this.#jobs.retry(op.jobId, op.due);
    return { kind: 'done' };
  }

  #apply(change: PackedChange): Link[] {
    const rows = new Map<string, number>();
    for (const [noun, id] of change.removes) this.#remove(noun, id);
    for (const put of change.puts) this.#put(put, rows);
    for (const { id, title, text } of change.terms) this.#putTerms(id, title, text, rows);
    const links = change.journal.map((entry) => this.#append(entry));
    for (const key of change.dropJobs) this.#jobs.drop(key);
    if (change.finish !== null) this.#jobs.finish(change.finish);
    if (change.putBack !== null) this.#jobs.putBack(change.putBack.jobId, change.putBack.due);
    for (const job of change.jobs) this.#jobs.insert(job);
    return links;
  }

  #remove(noun: Noun, id: string): void {
    if (noun === 'document') {
      const found = this.#connection.one<{ row: number }>(SQL.document.rowOf, id);
      if (found !== undefined) this.#terms.push({ row: found.row });
    }
    this.#connection.run(SQL[noun].remove, id);
  }

  #put(put: PackedPut, rows: Map<string, number>): void {
    const sql = SQL[put.noun];
    if (put.rev !== null) {
      const stored = this.#connection.one<{ rev: number | null }>(sql.revOf, put.id);
      if ((stored === undefined ? 0 : stored.rev) !== put.rev) throw new StaleChange({ noun: put.noun, id: put.id });
    }
    const isFirst = put.noun === 'document' && this.#connection.one(sql.rowOf, put.id) === undefined;
    const { lastRow } = this.#connection.run(sql.put, put.id, put.rev === null ? null : put.rev + 1, ...put.cells, put.data);
    if (!isFirst) return;
    rows.set(put.id, lastRow);
    const hour = hourOf(Number(put.cells[AT_PUBLISHED]));
    const unique = put.cells[AT_COPY] === null ? 1 : 0;
    const count = `INSERT INTO hourCount (hour, sourceId, "all", "unique") VALUES (?, ?, 1, ?)
      ON CONFLICT (hour, sourceId) DO UPDATE SET "all" = "all" + 1, "unique" = "unique" + excluded."unique"`;
    this.#connection.run(count, hour, put.cells[AT_SOURCE] ?? '', unique);
  }

  #putTerms(id: string, title: string, text: string, rows: Map<string, number>): void {
    const isNew = rows.get(id);
    const row = isNew ?? this.#connection.one<{ row: number }>(SQL.document.rowOf, id)?.row;
    if (row === undefined) throw new Error(`terms of document ${id}, which the store does not have`);
    if (isNew === undefined) this.#terms.push({ row });
    rows.delete(id);
    this.#terms.push({ row, title, text });
  }

  #writeTerms(): void {
    for (const { row, title, text } of this.#terms) {
      if (text === undefined) this.#connection.run('DELETE FROM terms WHERE rowid = ?', row);
      else this.#connection.run('INSERT INTO terms (rowid, title, text) VALUES (?, ?, ?)', row, title ?? '', text);
    }
    this.#terms = [];
  }

  #append(entry: PackedChange['journal'][number]): Link {
    const seq = this.#head.seq + 1;
    const previous = this.#head.hash;
    const hash = hashLine(entry, seq, previous);
    const sql = 'INSERT INTO journal (seq, at, kind, subject, "by", data, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    this.#connection.run(sql, seq, entry.at, entry.kind, entry.subject, entry.by, entry.data, previous, hash);
    this.#head = { seq, hash };
    return { seq, previous, hash };
  }

  #readHead(): { seq: number; hash: string } {
    const sql = 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1';
    return this.#connection.one<{ seq: number; hash: string }>(sql) ?? { seq: 0, hash: NO_ENTRY };
  }
}
