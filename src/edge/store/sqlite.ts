/**
 * The embedded Store: one file, one writer, any number of readers. What it promises: a commit that has resolved is on the
 * disk (write-ahead log, `synchronous` FULL, one fsync for all changes that waited together), and the calling thread never
 * waits for the disk.
 *
 *   calling thread: packs changes, reads by key and short lists    writer's thread: every write, jobs
 *                                                                  reader's thread: search, whole tables, the chain
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Entry, NewEntry } from '../../model/journal.ts';
import type { Change, Committed, Noun, Nouns, Store } from '../../ports.ts';
import { lockFolder, type FolderLock } from '../lockFolder.ts';
import { openForReading, openForWriting } from './connection.ts';
import { packChange } from './packChange.ts';
import { ReadCore } from './readCore.ts';
import { migrate } from './schema.ts';
import { readHere, readInThread, writeHere, writeInThread, type Reader, type Writer } from './threads.ts';
import { WriteCore, type Answer, type Link, type Op } from './writeCore.ts';

export { StoreFault } from './threads.ts';

export interface StoreOptions {
  /** Where the file lies; it must exist. Null: a database in memory, gone when closed. */
  readonly folder: string | null;
  /** Without threads of its own: for tests and short commands. Always so in memory. */
  readonly inThread?: boolean;
  /** Told after each transaction is durable, before its promises resolve: how many changes it holds. */
  readonly onFsync?: (nChanges: number) => void;
  /** Real time, in milliseconds, for leases; never the domain's time. */
  readonly real?: () => number;
  /** The largest file, in pages of 4 KiB; beyond it commits are refused as `full`. */
  readonly maxPages?: number;
}

export const STORE_FILE = 'heed.db';

/** Longer lists, and those without a limit, are read in the reader's thread. */
const SHORT_LIST = 200;
/** About 2 ms of parsing; between two such slices the event loop goes on. */
const SLICE = 100;

async function parseAll<T>(rows: readonly string[]): Promise<T[]> {
  const values: T[] = [];
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % SLICE === 0) await nextTurn();
    values.push(JSON.parse(row) as T);
  }
  return values;
}

function unexpected(answer: Answer): never {
  throw new Error(`the writer answered out of turn: ${answer.kind}`);
}

class SqliteStore implements Store {
  readonly #writer: Writer;
  readonly #near: ReadCore;
  readonly #far: Reader;
  readonly #closeRest: () => void;

  constructor(writer: Writer, near: ReadCore, far: Reader, closeRest: () => void) {
    this.#writer = writer;
    this.#near = near;
    this.#far = far;
    this.#closeRest = closeRest;
  }

  async get<N extends Noun>(noun: N, id: string): Promise<Nouns[N] | undefined> {
    const data = this.#near.get(noun, id);
    return data === undefined ? undefined : (JSON.parse(data) as Nouns[N]);
  }

  async many<N extends Noun>(noun: N, ids: readonly string[]): Promise<Nouns[N][]> {
    const rows: string[] = [];
    for (let start = 0; start < ids.length; start += SHORT_LIST) {
      if (start > 0) await nextTurn();
      rows.push(...this.#near.many(noun, ids.slice(start, start + SHORT_LIST)));
    }
    return parseAll(rows);
  }

  async list<N extends Noun>(noun: N, where: Parameters<Store['list']>[1] = {}): Promise<Nouns[N][]> {
    const isShort = where.limit !== undefined && where.limit <= SHORT_LIST;
    return parseAll(isShort ? this.#near.list(noun, where) : await this.#far.ask({ kind: 'list', noun, where }));
  }

  count(noun: Noun, where: Parameters<Store['count']>[1] = {}): Promise<number> {
    return this.#far.ask({ kind: 'count', noun, where });
  }

  async search(query: Parameters<Store['search']>[0]): Promise<Nouns['document'][]> {
    return parseAll(await this.#far.ask({ kind: 'search', query }));
  }

  hours(from: number, to: number): ReturnType<Store['hours']> {
    return this.#far.ask({ kind: 'hours', from, to });
  }

  journal(where: Parameters<Store['journal']>[0]): Promise<Entry[]> {
    return this.#far.ask({ kind: 'journal', where });
  }

  verifyJournal(): ReturnType<Store['verifyJournal']> {
    return this.#far.ask({ kind: 'verify' });
  }

  async commit(change: Change): Promise<Committed> {
    const packed = packChange(change);
    const answer = await this.#writer.send({ kind: 'commit', change: packed });
    if (answer.kind === 'stale') return { ok: false, stale: answer.stale };
    if (answer.kind !== 'committed') return unexpected(answer);
    const toEntry = (entry: NewEntry, at: number): Entry => ({ ...entry, ...(answer.links[at] as Link) });
    return { ok: true, entries: (change.journal ?? []).map(toEntry) };
  }

  async claim(now: number, limit: number): ReturnType<Store['claim']> {
    const answer = await this.#writer.send({ kind: 'claim', now, limit });
    return answer.kind === 'jobs' ? [...answer.jobs] : unexpected(answer);
  }

  async renew(jobIds: readonly number[]): Promise<void> {
    await this.#writer.send({ kind: 'renew', jobIds });
  }

  async fail(jobId: number, error: string, due: number | null, now: number): Promise<void> {
    await this.#writer.send({ kind: 'fail', jobId, error, due, now });
  }

  async retry(jobId: number, due: number): Promise<void> {
    await this.#writer.send({ kind: 'retry', jobId, due });
  }

  async nextDue(): ReturnType<Store['nextDue']> {
    const answer = await this.#writer.send({ kind: 'nextDue' });
    return answer.kind === 'due' ? answer.due : unexpected(answer);
  }

  async jobCounts(now: number): ReturnType<Store['jobCounts']> {
    const answer = await this.#writer.send({ kind: 'jobCounts', now });
    return answer.kind === 'counts' ? answer.counts : unexpected(answer);
  }

  async jobsSetAside(): ReturnType<Store['jobsSetAside']> {
    const answer = await this.#writer.send({ kind: 'jobsSetAside' } satisfies Op);
    return answer.kind === 'jobs' ? [...answer.jobs] : unexpected(answer);
  }

  /** Finishes what is queued. The readers go first, so that the writer, last to leave, folds the log into the file. */
  async close(): Promise<void> {
    await this.#far.close();
    await this.#writer.close();
    this.#closeRest();
  }
}

function openInMemory(options: StoreOptions, real: () => number, onFsync: (nChanges: number) => void): Store {
  const connection = openForWriting(null, options.maxPages ?? null);
  migrate(connection.db, real());
  const core = new ReadCore(connection);
  return new SqliteStore(writeHere(new WriteCore(connection), real, onFsync), core, readHere(core), () => undefined);
}

function openFile(lock: FolderLock, options: StoreOptions, real: () => number, onFsync: (nChanges: number) => void): Store {
  const path = join(lock.folder, STORE_FILE);
  const maxPages = options.maxPages ?? null;
  const writing = openForWriting(path, maxPages);
  try {
    migrate(writing.db, real());
    const reading = openForReading(path);
    const near = new ReadCore(reading);
    const closeRest = (): void => {
      if (reading.db.isOpen) reading.db.close();
      lock.release();
    };
    if (options.inThread === true)
      return new SqliteStore(writeHere(new WriteCore(writing), real, onFsync), near, readHere(near), closeRest);
    writing.db.close();
    return new SqliteStore(writeInThread({ path, maxPages }, real, onFsync), near, readInThread(path), closeRest);
  } catch (error) {
    if (writing.db.isOpen) writing.db.close();
    throw error;
  }
}

/** Opens the store and brings it to the newest form. Throws, in both languages, when the folder is in use or cannot promise to keep. */
export function openStore(options: StoreOptions): Store {
  const real = options.real ?? Date.now;
  const onFsync = options.onFsync ?? (() => undefined);
  if (options.folder === null) return openInMemory(options, real, onFsync);
  const lock = lockFolder(options.folder);
  try {
    return openFile(lock, options, real, onFsync);
  } catch (error) {
    lock.release();
    throw error;
  }
}
