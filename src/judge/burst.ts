/**
 * Bursts of one series of hourly counts. Two rules, either is enough:
 * - small counts: k texts from s independent families within h hours, when the Poisson tail of the usual rate makes that rare;
 * - large counts: the negative-binomial tail of this hour against an EWMA baseline.
 * Only onsets are told: a burst that goes on is not a new one until it has been quiet, or has grown by 30 %.
 */
import type { HourCount } from '../model/issue.ts';
import { HOUR, type Instant, type Span } from '../model/time.ts';

export interface BurstSettings {
  /** Hours looked back over, shortest first. */
  readonly windows: readonly number[];
  /** Fewest unique texts in the window, whatever the tail says. */
  readonly least: number;
  /** Fewest independent families in the window. */
  readonly families: number;
  /** A tail probability below this is a burst. */
  readonly tail: number;
  /** Texts per hour that a quiet issue is assumed to have at least. */
  readonly floor: number;
  /** Quiet for so long, and the next burst is a new onset. */
  readonly rearm: Span;
  /** A running burst that grows by this factor is told again. */
  readonly grown: number;
  /** EWMA weight of one hour. */
  readonly alpha: number;
}

/** chosen: fewest 6 texts of 2 families; tail 1e-4 is about one false onset in a year of hourly looks at one issue. */
export const DEFAULT_BURST: BurstSettings = {
  windows: [1, 3, 6],
  least: 6,
  families: 2,
  tail: 1e-4,
  floor: 0.25,
  rearm: 12 * HOUR,
  grown: 1.3,
  alpha: 0.02,
};

/** P(X >= k) for a Poisson variable of the given mean; exact sum, k up to a few thousand. */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  // Far above the mean the terms from k on shrink at once; below it one minus the head is exact enough.
  if (k > mean) return Math.min(1, tailFrom(k, mean));
  let term = Math.exp(-mean);
  let head = 0;
  for (let i = 0; i < k; i++) {
    head += term;
    term *= mean / (i + 1);
  }
  return Math.max(0, 1 - head);
}

function tailFrom(k: number, mean: number): number {
  let term = Math.exp(k * Math.log(mean) - mean - logFactorial(k));
  let sum = 0;
  for (let i = k; term > sum * 1e-12 && i < k + 10_000; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** Stirling's series after shifting the argument above 8; error below 1e-10. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 8) {
    shift -= Math.log(z);
    z++;
  }
  const z2 = 1 / (z * z);
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - z2 * (1 / 360 - z2 / 1260)) / z;
}

/** P(X >= k) of a negative binomial with this mean and variance (variance > mean); Poisson when it is not larger. */
export function negativeBinomialTail(k: number, mean: number, variance: number): number {
  if (k <= 0) return 1;
  if (variance <= mean * 1.001 || mean <= 0) return poissonTail(k, mean);
  const r = (mean * mean) / (variance - mean);
  const p = r / (r + mean);
  let term = Math.exp(logGamma(k + r) - logGamma(r) - logFactorial(k) + r * Math.log(p) + k * Math.log(1 - p));
  let sum = 0;
  for (let i = k; term > sum * 1e-10 && i < k + 20_000; i++) {
    sum += term;
    term *= ((i + r) / (i + 1)) * (1 - p);
  }
  return Math.min(1, sum);
}

export interface Baseline {
  readonly mean: number;
  readonly variance: number;
  readonly n: number;
}

export const NO_BASELINE: Baseline = { mean: 0, variance: 0, n: 0 };

/** One bin more; the value is clipped at mean + 6 sd first, so that a burst does not become the usual. */
export function follow(baseline: Baseline, value: number, alpha: number): Baseline {
  const weight = Math.max(alpha, 1 / (baseline.n + 1));
  const clipped = baseline.n < 4 ? value : Math.min(value, baseline.mean + 6 * Math.sqrt(baseline.variance + 1));
  const gap = clipped - baseline.mean;
  return {
    mean: baseline.mean + weight * gap,
    variance: (1 - weight) * (baseline.variance + weight * gap * gap),
    n: baseline.n + 1,
  };
}

/** Rarity of a bin before it is learned: minus log10 of its tail, 0 usual, above 4 rare. */
export function surprise(baseline: Baseline, value: number, floor: number): number {
  const mean = Math.max(baseline.mean, floor);
  const tail = negativeBinomialTail(value, mean, Math.max(baseline.variance, mean));
  return tail <= 1e-300 ? 300 : -Math.log10(tail);
}

export interface BurstFacts {
  /** Oldest first, gaps left out. */
  readonly hours: readonly HourCount[];
  /** Unique texts of the last hours: time and family, any order. */
  readonly recent: readonly { readonly at: Instant; readonly family: string }[];
  readonly at: Instant;
  /** Start of the series. */
  readonly since: Instant;
  readonly burstAt: Instant | null;
}

export interface BurstFound {
  readonly isBurst: boolean;
  /** The onset in force after this look. */
  readonly burstAt: Instant | null;
  /** The window that showed it, in hours, and what it held. */
  readonly window: number;
  readonly nTexts: number;
  readonly nFamilies: number;
  readonly usual: number;
}

/** Looks at the moment `at`. Cost: the hours of the series, a few hundred at most. */
export function findBurst(facts: BurstFacts, settings: BurstSettings = DEFAULT_BURST): BurstFound {
  let found: BurstFound = { isBurst: false, burstAt: facts.burstAt, window: 0, nTexts: 0, nFamilies: 0, usual: 0 };
  for (const window of settings.windows) {
    const from = facts.at - window * HOUR;
    const inside = facts.recent.filter((text) => text.at > from && text.at <= facts.at);
    const families = new Set(inside.map((text) => text.family));
    if (inside.length < settings.least || families.size < settings.families) continue;
    const usual = Math.max(rateBefore(facts, from), settings.floor) * window;
    const isRare = poissonTail(inside.length, usual) < settings.tail || ewmaRare(facts, settings);
    if (!isRare) continue;
    found = { isBurst: true, burstAt: facts.burstAt, window, nTexts: inside.length, nFamilies: families.size, usual };
    break;
  }
  return found.isBurst ? { ...found, burstAt: onset(facts, settings) } : found;
}

/** Unique texts an hour in the seven days before the window. */
function rateBefore(facts: BurstFacts, from: Instant): number {
  const begin = Math.max(facts.since, from - 7 * 24 * HOUR);
  const nHours = (from - begin) / HOUR;
  // Less than half a day says nothing about what is usual.
  if (nHours < 12) return 0;
  let n = 0;
  for (const hour of facts.hours) if (hour.hour >= begin && hour.hour < from && !hour.burst) n += hour.unique;
  return n / nHours;
}

function ewmaRare(facts: BurstFacts, settings: BurstSettings): boolean {
  const last = facts.hours.at(-1);
  if (last === undefined || facts.hours.length < 24) return false;
  let baseline = NO_BASELINE;
  let next = facts.hours[0]?.hour ?? 0;
  for (const hour of facts.hours.slice(0, -1)) {
    for (; next < hour.hour; next += HOUR) baseline = follow(baseline, 0, settings.alpha);
    baseline = follow(baseline, hour.unique, settings.alpha);
    next = hour.hour + HOUR;
  }
  return surprise(baseline, last.unique, settings.floor) > -Math.log10(settings.tail);
}

function onset(facts: BurstFacts, settings: BurstSettings): Instant {
  if (facts.burstAt === null) return facts.at;
  const lastBurst = facts.hours.findLast((hour) => hour.burst && hour.hour + HOUR <= facts.at);
  const quietSince = Math.max(facts.burstAt, (lastBurst?.hour ?? 0) + HOUR);
  if (facts.at - quietSince >= settings.rearm) return facts.at;
  const peak = Math.max(0, ...facts.hours.filter((hour) => hour.burst && hour.hour + HOUR <= facts.at).map((hour) => hour.unique));
  const current = facts.hours.at(-1);
  const isGrown = peak > 0 && current !== undefined && !current.burst && facts.at - facts.burstAt >= settings.rearm / 2;
  return isGrown && current.unique >= peak * settings.grown ? facts.at : facts.burstAt;
}
