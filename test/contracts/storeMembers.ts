/**
 * Every kind of Store the contract runs over. A new kind is one more line in `MEMBERS`; the suites open no store themselves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, STORE_FILE, type StoreOptions } from '../../src/edge/store/sqlite.ts';
import type { Document } from '../../src/model/document.ts';
import type { NewEntry } from '../../src/model/journal.ts';
import type { Office } from '../../src/model/office.ts';
import type { NewJob, Store } from '../../src/ports.ts';

export interface Opened {
  readonly store: Store;
  /** Real time as the store sees it; a test moves it. */
  readonly real: { now: number };
  /** Closes and opens again on the same data. */
  readonly reopen: () => Promise<Store>;
  /** The database file, for tests that change it behind the store's back; null in memory. */
  readonly file: string | null;
  readonly end: () => Promise<void>;
}

export interface Member {
  readonly name: string;
  readonly lasting: boolean;
  /** Its writer and its reader are threads, whose start takes about 0.1 s each. */
  readonly threaded: boolean;
  readonly open: (options?: Pick<StoreOptions, 'maxPages' | 'onFsync'>) => Opened;
}

function sqlite(name: string, lasting: boolean, inThread: boolean): Member {
  const open: Member['open'] = (options = {}) => {
    const folder = lasting ? mkdtempSync(join(tmpdir(), 'heed-store-')) : null;
    const real = { now: 1_000_000 };
    const begin = (): Store => openStore({ folder, inThread, real: () => real.now, ...options });
    let store = begin();
    return {
      store,
      real,
      file: folder === null ? null : join(folder, STORE_FILE),
      reopen: async () => {
        await store.close();
        store = begin();
        return store;
      },
      end: async () => {
        await store.close();
        if (folder !== null) rmSync(folder, { recursive: true });
      },
    };
  };
  return { name, lasting, threaded: lasting && !inThread, open };
}

export const MEMBERS: readonly Member[] = [
  sqlite('in memory', false, true),
  sqlite('file, one thread', true, true),
  sqlite('file, own threads', true, false),
];

// ---- values for tests; only what a test names differs

export function document(id: string, more: Partial<Document> = {}): Document {
  return {
    ...{
      id,
      sourceId: 's1',
      key: id,
      address: `https://a.example/${id}`,
      kind: 'post',
      title: '',
      text: id,
      language: 'zh',
      pseudonym: null,
    },
    ...{
      publishedAt: 0,
      seenAt: 0,
      version: 1,
      previousId: null,
      thread: null,
      place: null,
      section: null,
      sure: null,
      reach: 0,
      nImages: 0,
    },
    ...{ fingerprint: { exact: '', minhash: '', nShingles: 0 }, copyOf: null, copyHow: null, nRedactions: 0, marks: [] },
    ...more,
  };
}

export function office(id: string, more: Partial<Office> = {}): Office {
  return {
    ...{ id, name: { zh: '局', en: 'Office' }, aliases: [], kind: 'office', tierId: 't1', parentId: null, headId: null, deputyId: null },
    ...{ hotline: '', rev: 0 },
    ...more,
  };
}

export function job(key: string, more: Partial<NewJob> = {}): NewJob {
  return { run: 'work', key, payload: null, due: 0, lane: key, ...more };
}

export function entry(subject: string, more: Partial<NewEntry> = {}): NewEntry {
  return { at: 0, kind: 'test.done', subject, by: 'machine', data: {}, ...more };
}
