/**
 * What the forum collector remembers of threads, in its cursor: how each stood when it was last read, and when it is to be looked at
 * once more. No author and no title is in it.
 */
import type { Instant, Span } from '../model/time.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import type { Follow } from '../ports.ts';
import { listOfValues, numberOf, textOf } from './looseValues.ts';

/** Threads remembered per source; those seen longest ago are forgotten first. */
const MAX_THREADS = 600;
/** After a thread's last news it is read again at these ages, for edits and removals that no list shows. */
const LOOKS: readonly Span[] = [HOUR, 4 * HOUR, 12 * HOUR, 36 * HOUR];
/** Looks of one round: they must not crowd out new threads. */
const MAX_LOOKS = 8;
/** "3 minutes ago" read twice gives times apart by its own coarseness; only a larger step is news. */
const SAME_TIME: Span = 61 * MINUTE;

export interface ThreadRow {
  readonly key: string;
  readonly address: string;
  readonly nReplies?: number;
  /** Time shown in the list, usually of the last reply. */
  readonly lastAt: Instant | undefined;
}

interface Kept {
  readonly address: string;
  readonly nReplies: number | null;
  readonly lastAt: Instant | null;
  readonly newsAt: Instant;
  readonly nLooks: number;
}

export interface ThreadMemory {
  /** True when the thread is new or changed; it is remembered as read now. */
  readonly isNews: (row: ThreadRow, now: Instant) => boolean;
  /** Threads whose time for another look has come; they are remembered as looked at. */
  readonly young: (now: Instant) => Follow[];
  /** Replies the list last told of; null when it did not. */
  readonly nReplies: (key: string) => number | null;
  readonly toJson: () => Json;
}

function hasChanged(before: Kept, row: ThreadRow): boolean {
  if (row.nReplies !== undefined && before.nReplies !== null && row.nReplies !== before.nReplies) return true;
  return row.lastAt !== undefined && (before.lastAt === null || row.lastAt > before.lastAt + SAME_TIME);
}

function readKept(kept: Json | undefined): Map<string, Kept> {
  const threads = new Map<string, Kept>();
  for (const row of listOfValues(kept)) {
    const [key, address, nReplies, lastAt, newsAt, nLooks] = listOfValues(row);
    if (textOf(key) === '' || textOf(address) === '') continue;
    threads.set(textOf(key), {
      address: textOf(address),
      nReplies: numberOf(nReplies),
      lastAt: numberOf(lastAt),
      newsAt: numberOf(newsAt) ?? 0,
      nLooks: numberOf(nLooks) ?? 0,
    });
  }
  return threads;
}

export function threadMemory(kept: Json | undefined): ThreadMemory {
  const threads = readKept(kept);
  return {
    isNews(row, now) {
      const before = threads.get(row.key);
      if (before !== undefined && !hasChanged(before, row)) return false;
      threads.delete(row.key);
      const fresh = { address: row.address, nReplies: row.nReplies ?? null, lastAt: row.lastAt ?? null, newsAt: now, nLooks: 0 };
      threads.set(row.key, fresh);
      return true;
    },
    young(now) {
      const due: Follow[] = [];
      for (const [key, thread] of threads) {
        const age = LOOKS[thread.nLooks];
        if (age === undefined || now - thread.newsAt < age || due.length >= MAX_LOOKS) continue;
        threads.set(key, { ...thread, nLooks: thread.nLooks + 1 });
        due.push({ address: thread.address, key, known: { kind: 'post' } });
      }
      return due;
    },
    nReplies: (key) => threads.get(key)?.nReplies ?? null,
    toJson: () =>
      [...threads]
        .slice(-MAX_THREADS)
        .map(([key, { address, nReplies, lastAt, newsAt, nLooks }]) => [key, address, nReplies, lastAt, newsAt, nLooks]),
  };
}
