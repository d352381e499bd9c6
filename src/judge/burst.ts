/**
 * Bursts of one issue, 0 to 20 texts on a usual day: k texts from s independent families within h hours, when the issue's own past lets
 * that happen by chance no more often than the operator allows.
 *
 * The rate is not known but learned: what is usual has a gamma prior, so that the count to come is negative binomial, wide while the
 * past is short. Texts come in clumps (an answer, a repost), so that the variance of past windows widens it further.
 * Only onsets are told: a burst that goes on is not a new one until it has been quiet, or has grown by 30 %.
 */
import type { HourCount } from '../model/issue.ts';
import { DAY, HOUR, type Instant, type Span } from '../model/time.ts';
import { MONTH_DAYS } from './alarmLevel.ts';
import { negativeBinomialTail } from './burstTail.ts';

export interface BurstSettings {
  /** Hours looked back over, shortest first. */
  readonly windows: readonly number[];
  /** Fewest unique texts in a window of up to three hours, whatever the tail says; two more for every doubling of the window. */
  readonly least: number;
  /** Fewest independent families in the window. */
  readonly families: number;
  /** False onsets a month that the operator allows for one issue. */
  readonly perMonth: number;
  /** Texts per hour of an issue of which nothing is known. */
  readonly prior: number;
  /** So many hours of its own past weigh as much as that. */
  readonly priorHours: number;
  /** Quiet for so long, and the next burst is a new onset. */
  readonly rearm: Span;
  /** A running burst that grows by this factor is told again. */
  readonly grown: number;
}

/**
 * chosen: fewest 6 texts of 2 families; one false onset a month and issue, as the mark is one factor of several and no alert by itself;
 * the prior is the middle of what issues bring (6 texts a day) and weighs half a day, since less says nothing about what is usual.
 */
export const DEFAULT_BURST: BurstSettings = {
  windows: [1, 3, 6, 24],
  least: 6,
  families: 2,
  perMonth: 1,
  prior: 0.25,
  priorHours: 12,
  rearm: 12 * HOUR,
  grown: 1.3,
};

export interface BurstFacts {
  /** Oldest first, gaps left out. */
  readonly hours: readonly HourCount[];
  /** Unique texts of the last hours: time and family, any order. Windows that reach further back are counted by the hour. */
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

/** Looks at the moment `at`. Cost: the hours of the last four weeks for each window that holds enough texts. */
export function findBurst(facts: BurstFacts, settings: BurstSettings = DEFAULT_BURST): BurstFound {
  for (const window of settings.windows) {
    const from = facts.at - window * HOUR;
    const inside = facts.recent.filter((text) => text.at > from && text.at <= facts.at);
    const nTexts = Math.max(inside.length, window > RECENT_HOURS ? textsSince(facts.hours, from) : 0);
    const nFamilies = new Set(inside.map((text) => text.family)).size;
    if (nTexts < leastIn(window, settings.least) || nFamilies < settings.families) continue;
    const usual = usualBefore(facts, from, window, settings);
    // Every window is a chance for a false onset, so that each gets its share of what is allowed.
    if (falseOnsets(nTexts, window, usual) > settings.perMonth / settings.windows.length) continue;
    return { isBurst: true, burstAt: onset(facts, settings), window, nTexts, nFamilies, usual: usual.mean };
  }
  return { isBurst: false, burstAt: facts.burstAt, window: 0, nTexts: 0, nFamilies: 0, usual: 0 };
}

/** chosen: a burst is something within hours; what is spread over a day has to be more. */
const SHORT_HOURS = 3;

export function leastIn(window: number, least: number): number {
  return Math.ceil(least + 2 * Math.log2(Math.max(1, window / SHORT_HOURS)));
}

/** How far back single texts are kept by the caller. */
const RECENT_HOURS = 6;

/** Whole hours after `from`; the hour in which it lies is left out, so that a window is never longer than it says. */
function textsSince(hours: readonly HourCount[], from: Instant): number {
  let n = 0;
  for (let i = hours.length - 1; i >= 0; i--) {
    const hour = hours[i];
    if (hour === undefined || hour.hour < from) break;
    n += hour.unique;
  }
  return n;
}

/** What a window usually holds. */
export interface Usual {
  readonly mean: number;
  readonly variance: number;
  /** Variance over mean of a window's clumps: 1 for texts that come alone. */
  readonly clump: number;
}

/**
 * False onsets a month of the rule "k or more within `window` hours". Texts that come alone reach k as often as one of them finds k - 1
 * others, which is at most k times the chance of k in each of the windows that fill a month; in clumps of mean size m they arrive m at
 * once, so that it is k/m times. Crossings that the re-arming swallows are counted.
 */
export function falseOnsets(k: number, window: number, usual: Usual): number {
  if (k <= usual.mean) return Number.POSITIVE_INFINITY;
  // Clumps of mean m whose sizes fall geometrically have a variance over mean of 2m - 1.
  const perWindow = Math.max(1, k / ((usual.clump + 1) / 2));
  return ((MONTH_DAYS * 24) / window) * perWindow * negativeBinomialTail(k, usual.mean, usual.variance);
}

/** Smallest count that the rule tells: its false onsets a month are at most `perMonth`. */
export function countNeeded(window: number, usual: Usual, perMonth: number): number {
  let low = 1;
  let high = 2;
  while (falseOnsets(high, window, usual) > perMonth) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (falseOnsets(middle, window, usual) > perMonth) low = middle;
    else high = middle;
  }
  return high;
}

/** chosen: four weeks of past say what is usual. */
const PAST = 28 * DAY;
/** chosen: variance over mean while the past is short, every fifth text drawing another (2m - 1 with m = 1.25), and its weight in clumps. */
const CLUMP = 1.5;
const CLUMPS = 4;

/**
 * Mean and variance of the next window, from the windows before `from`. A window with hours of an earlier burst counts as no more than
 * would have been told: left out, the larger clumps of a clumpy issue would never be learned; taken in full, one great burst would
 * silence the next.
 */
export function usualBefore(
  facts: Pick<BurstFacts, 'hours' | 'since'>,
  from: Instant,
  window: number,
  settings: Pick<BurstSettings, 'perMonth' | 'windows' | 'prior' | 'priorHours'>,
): Usual {
  const { counts, isBurst, nHours } = pastWindows(facts, from, window);
  let usual = usualOf(
    counts.filter((_, i) => isBurst[i] !== true),
    nHours,
    window,
    settings,
  );
  if (!isBurst.includes(true)) return usual;
  for (let pass = 0; pass < CLIP_PASSES; pass++) {
    const most = countNeeded(window, usual, settings.perMonth / settings.windows.length);
    usual = usualOf(
      counts.map((count, i) => (isBurst[i] === true ? Math.min(count, most) : count)),
      nHours,
      window,
      settings,
    );
  }
  return usual;
}

/** chosen: what would have been told depends on what is usual; two passes are close enough. */
const CLIP_PASSES = 2;

/** Windows side by side, latest first, cut at whole hours as counts come by the hour; the last one may be short. */
function pastWindows(facts: Pick<BurstFacts, 'hours' | 'since'>, from: Instant, window: number) {
  const end = Math.floor(from / HOUR) * HOUR;
  const begin = Math.floor(Math.max(facts.since, from - PAST) / HOUR) * HOUR;
  const nHours = Math.max(0, (end - begin) / HOUR);
  const counts = new Array<number>(Math.ceil(nHours / window)).fill(0);
  const isBurst = new Array<boolean>(counts.length).fill(false);
  for (let i = facts.hours.length - 1; i >= 0; i--) {
    const hour = facts.hours[i];
    if (hour === undefined || hour.hour < begin) break;
    if (hour.hour >= end) continue;
    const back = Math.floor((end - hour.hour - HOUR) / (window * HOUR));
    counts[back] = (counts[back] ?? 0) + hour.unique;
    if (hour.burst) isBurst[back] = true;
  }
  return { counts, isBurst, nHours };
}

function usualOf(counts: readonly number[], nHours: number, window: number, settings: Pick<BurstSettings, 'prior' | 'priorHours'>): Usual {
  const nTexts = counts.reduce((sum, count) => sum + count, 0);
  const shape = settings.prior * settings.priorHours + nTexts;
  const mean = (shape / (settings.priorHours + Math.min(nHours, counts.length * window))) * window;
  const clump = clumpOf(counts);
  return { mean, variance: mean * clump + (mean * mean * clump) / shape, clump };
}

/** Variance over mean of past windows. What tells of clumps is clumps, not empty windows: few of them leave the prior in force. */
function clumpOf(counts: readonly number[]): number {
  const n = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (n < 2 || total === 0) return CLUMP;
  const mean = total / n;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
  const own = Math.max(1, variance / mean);
  const nClumps = Math.min(n, total / ((own + 1) / 2));
  return (nClumps * own + CLUMPS * CLUMP) / (nClumps + CLUMPS);
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
