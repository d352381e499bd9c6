/**
 * Domain time of a running server, from the machine's two clocks: the wall's, which people and time servers set, and the monotonic one,
 * which nobody can. It never goes back. A wall that jumps forward is followed at once, whether the machine slept or was set: what is due
 * is due. A wall that jumps back is not: time goes on from where it was at true pace, so that no clock waits twice.
 */
import { performance } from 'node:perf_hooks';
import type { Store } from './ports.ts';
import { DAY, type Instant, SECOND, type Span } from './model/time.ts';

/** Below this it is a time server's correction (REL-12). */
const TOLERATED = 30 * SECOND;
/** A wall further behind the journal than this at a start was set wrong then or is now; it is taken as it is, and the jump is told. */
const MOST_BEHIND = 7 * DAY;

export interface Jump {
  /** Domain time when it was seen. */
  readonly at: Instant;
  /** Positive: forward. */
  readonly by: Span;
}

export interface SteadyClock {
  readonly now: () => Instant;
  /** Seen and not yet dropped, oldest first. */
  readonly jumps: () => readonly Jump[];
  /** Forgets the first `n`, which are in the journal now. */
  readonly drop: (n: number) => void;
  /** Call before the first job runs: time goes on from the journal's last entry when the wall was set back while nothing ran. */
  readonly goOnFrom: (store: Store) => Promise<void>;
}

export interface Clocks {
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** Milliseconds since any moment. */
  readonly monotonic: () => number;
}

export function makeSteadyClock({ wall, monotonic }: Clocks = { wall: Date.now, monotonic: () => performance.now() }): SteadyClock {
  const seen: Jump[] = [];
  let [lastWall, lastMonotonic] = [wall(), monotonic()];
  let ahead = 0;
  let last = lastWall;
  const now = (): Instant => {
    const [w, m] = [wall(), monotonic()];
    const by = w - lastWall - (m - lastMonotonic);
    [lastWall, lastMonotonic] = [w, m];
    // Forward it first uses up what domain time is ahead.
    if (Math.abs(by) > TOLERATED) ahead = Math.max(0, ahead - by);
    last = Math.max(last, Math.floor(w + ahead));
    if (Math.abs(by) > TOLERATED) seen.push({ at: last, by: Math.round(by) });
    return last;
  };
  return {
    now,
    jumps: () => seen,
    drop: (n) => void seen.splice(0, n),
    goOnFrom: async (store) => {
      const [newest] = await store.journal({ newestFirst: true, limit: 1 });
      const by = newest === undefined ? 0 : newest.at - now();
      if (by <= TOLERATED) return;
      if (by <= MOST_BEHIND) {
        ahead += by;
        now();
      }
      seen.push({ at: last, by: -by });
    },
  };
}
