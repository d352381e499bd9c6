/**
 * What the forum collector remembers of the floors of its threads, in its cursor: which ones stood there when a thread was last read
 * whole, and how far the running reading has come. A floor that is missing after a whole reading was removed at the source. Only the
 * ends of keys are kept, no author and no text.
 */
import type { Json } from '../model/words.ts';
import { listOfValues, numberOf, textOf } from './looseValues.ts';

/** Floors remembered per source; those of threads read longest ago are forgotten first, and then nothing is said of them. */
const MAX_FLOORS = 6000;

interface Kept {
  /** Ends of keys that stood there, the opening post left out. */
  readonly known: readonly string[];
  /** Ends of keys met on the pages 1 to `nPage` of the running reading. */
  readonly met: readonly string[];
  /** Floors shown on these pages, removed ones and the opening post included. */
  readonly nShown: number;
  /** 0: no reading runs, or a page of it was missed. */
  readonly nPage: number;
}

export interface FloorPage {
  readonly nPage: number;
  /** Ends of keys of the floors that stand on the page. */
  readonly floors: readonly string[];
  readonly nShown: number;
  /** False when a limit or a strange form stopped the reading of the page. */
  readonly isWhole: boolean;
  /** True when no page follows it. */
  readonly isLast: boolean;
  /** Replies the list told of; null when it did not. */
  readonly nReplies: number | null;
}

export interface FloorMemory {
  /** Takes in one page; gives the floors that vanished, which only a whole reading can tell. */
  readonly take: (thread: string, page: FloorPage) => { readonly vanished: readonly string[]; readonly isDoubtful: boolean };
  readonly forget: (thread: string) => void;
  readonly toJson: () => Json;
}

const NOTHING: Kept = { known: [], met: [], nShown: 0, nPage: 0 };

function texts(value: unknown): string[] {
  return listOfValues(value).map(textOf);
}

function readKept(kept: Json | undefined): Map<string, Kept> {
  const threads = new Map<string, Kept>();
  for (const row of listOfValues(kept)) {
    const [thread, known, met, nShown, nPage] = listOfValues(row);
    if (textOf(thread) === '') continue;
    threads.set(textOf(thread), { known: texts(known), met: texts(met), nShown: numberOf(nShown) ?? 0, nPage: numberOf(nPage) ?? 0 });
  }
  return threads;
}

/**
 * A wall before the replies (a login, a broken page) also makes floors vanish. So a thread is believed when it shows as many as the list
 * told of, or at least half of what was known.
 */
function isBelieved(kept: Kept, page: FloorPage): boolean {
  if (page.nReplies !== null && kept.nShown >= page.nReplies + 1) return true;
  return kept.met.length * 2 >= kept.known.length;
}

function withPage(before: Kept, page: FloorPage): Kept {
  const known = [...new Set([...before.known, ...page.floors])];
  const follows = page.nPage === 1 || (before.nPage > 0 && before.nPage === page.nPage - 1);
  if (!page.isWhole || !follows) return { ...NOTHING, known };
  const start = page.nPage === 1 ? NOTHING : before;
  return { known, met: [...new Set([...start.met, ...page.floors])], nShown: start.nShown + page.nShown, nPage: page.nPage };
}

export function floorMemory(kept: Json | undefined): FloorMemory {
  const threads = readKept(kept);
  return {
    take(thread, page) {
      const running = withPage(threads.get(thread) ?? NOTHING, page);
      threads.delete(thread);
      const isEnd = page.isLast && running.nPage > 0;
      if (!isEnd) {
        threads.set(thread, running);
        return { vanished: [], isDoubtful: false };
      }
      const met = new Set(running.met);
      const missing = running.known.filter((floor) => !met.has(floor));
      const isDoubtful = missing.length > 0 && !isBelieved(running, page);
      threads.set(thread, { ...NOTHING, known: isDoubtful ? running.known : running.met });
      return { vanished: isDoubtful ? [] : missing, isDoubtful };
    },
    forget: (thread) => void threads.delete(thread),
    toJson() {
      const rows: Json[] = [];
      let nFloors = 0;
      for (const [thread, { known, met, nShown, nPage }] of [...threads].reverse()) {
        nFloors += known.length + met.length + 1;
        if (nFloors > MAX_FLOORS) break;
        rows.unshift([thread, known, met, nShown, nPage]);
      }
      return rows;
    },
  };
}
