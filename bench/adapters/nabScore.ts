/**
 * The score of the Numenta Anomaly Benchmark (Lavin & Ahmad 2015), standard profile: the first 15 % of a series (at most 750 rows) is not
 * scored; in a window only the best-placed alarm counts, earlier is better; an alarm outside costs, less if close after a window;
 * a window without alarm costs 1. 0 = no alarms at all, 100 = perfect.
 */

export interface CountSeries {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** First and last row of each labelled window, in order. */
  readonly windows: readonly (readonly [number, number])[];
}

export interface NabScore {
  readonly score: number;
  /** What the score is made of: add these up over series for the benchmark's own overall figure. */
  readonly raw: number;
  readonly nWindows: number;
  readonly nHit: number;
  /** Alarms outside windows, and the scored time outside windows in days. */
  readonly nFalse: number;
  readonly freeDays: number;
}

const FALSE_COST = 0.11;

function placeValue(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

/** Rows that are not scored. */
export function probation(nRows: number): number {
  return Math.min(Math.floor(0.15 * nRows), 750);
}

export function nabScore({ times, values, windows }: CountSeries, isAlarm: readonly boolean[]): NabScore {
  const n = values.length;
  const begin = probation(n);
  const live = windows.filter(([, last]) => last >= begin);
  const best = new Map<number, number>();
  let cost = 0;
  let nFalse = 0;
  let nInside = 0;
  for (let i = begin; i < n; i++) {
    const at = windows.findIndex(([first, last]) => i >= first && i <= last);
    if (at >= 0) nInside++;
    if (isAlarm[i] !== true) continue;
    const [first, last] = windows[at] ?? [0, 0];
    if (at >= 0) {
      const value = placeValue(-(last - i + 1) / (last - first + 1)) / placeValue(-1);
      best.set(at, Math.max(best.get(at) ?? -1, value));
      continue;
    }
    nFalse++;
    const before = windows.findLast(([, end]) => end < i);
    cost += FALSE_COST * (before === undefined ? -1 : placeValue((i - before[1]) / (before[1] - before[0])));
  }
  const raw = cost + [...best.values()].reduce((sum, value) => sum + value, 0) - (live.length - best.size);
  const bin = ((times[1] ?? 0) - (times[0] ?? 0)) / 86_400_000;
  return {
    score: (100 * (raw + live.length)) / (2 * Math.max(1, live.length)),
    raw,
    nWindows: live.length,
    nHit: best.size,
    nFalse,
    freeDays: (n - begin - nInside) * bin,
  };
}
