/**
 * Bursts in a regular series of counts: a topic, a source, an issue with many texts. At several widths the count is compared with a
 * slow baseline times the season, in standard deviations; each width's rarity is measured against its own past, the rarest width
 * counts, and that again is measured against its past. So the outcome, onsets a month to be expected at this rarity, means the same
 * on every series, and an alarm rings when it falls to the number that the operator allows.
 */
import { DAY, HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';
import { type AlarmLevel, gumbel, learnLevel, newAlarmLevel, onsetsPerMonth, type Prior } from './alarmLevel.ts';
import { learnSeason, newSeason, type Season, seasonAt } from './season.ts';

export interface SeriesSettings {
  /** False alarms a month that the operator allows. */
  readonly perMonth: number;
  /** How long the counts are added up, shortest first; widths below the series' own bin fall together. */
  readonly widths: readonly Span[];
  /** No alarm before so much history. */
  readonly learn: Span;
  /** After an onset, silence for so long ... */
  readonly hold: Span;
  /** ... unless it becomes rarer than what was told by this factor. */
  readonly rarer: number;
  /** Fewest texts within a width for an alarm. */
  readonly least: number;
}

/** chosen: about one a week; a quarter of an hour, an hour, a quarter of a day, a day. */
export const DEFAULT_SERIES: SeriesSettings = {
  perMonth: 4,
  widths: [15 * MINUTE, HOUR, 6 * HOUR, DAY],
  learn: 2 * DAY,
  hold: DAY,
  rarer: 10,
  least: 2,
};

/** chosen: the baseline's time constant; a fortnight lets a lasting change become usual. */
const MEMORY = 14 * DAY;
/** chosen: counts are cut at mean + 6 sd before they are learned, so that a burst does not become the usual. */
const CLIP = 6;
/** chosen: no series is believed to be steadier than 14 % around its mean. */
const LEAST_DISPERSION = 0.02;
/** What stays silent while the first baseline forms. */
const WARM = DAY / 2;
/** How long a burst may still grow as part of the same onset. */
const GROWING = 6 * HOUR;
/** The widths see much the same, so that the rarest of them is hardly rarer than one: a unit Gumbel law, until the past tells. */
const TOP_PRIOR: Prior = { location: 0, scale: 1, days: 6 };

/**
 * Daily maximum in standard deviations before the past is known: the largest of m exponential values has location ln m, m being how
 * often the width fits into a day. Streams of mentions are wilder than exponential: twice its scale.
 */
function widthPrior(width: Span): Prior {
  return { location: Math.log(Math.max(1, DAY / width)), scale: 2, days: 6 };
}

interface Width {
  readonly nBins: number;
  readonly counts: number[];
  readonly means: number[];
  sum: number;
  mean: number;
  /** Running squared excess over Poisson, and running squared mean: their quotient is the dispersion. */
  excess: number;
  square: number;
  readonly level: AlarmLevel;
}

export interface SeriesWatch {
  readonly settings: SeriesSettings;
  readonly bin: Span;
  readonly widths: readonly Width[];
  readonly season: Season;
  readonly top: AlarmLevel;
  /** Usual count of a bin, season taken out. */
  rate: number;
  nBins: number;
  startedAt: Instant | null;
  heldSince: Instant;
  heldUnits: number;
}

/** `bin`: width of one count, the same throughout. */
export function newSeriesWatch(bin: Span, settings: SeriesSettings = DEFAULT_SERIES): SeriesWatch {
  const sizes = new Set(settings.widths.map((width) => Math.max(1, Math.round(width / bin))));
  return {
    settings,
    bin,
    widths: [...sizes].map((nBins) => ({
      nBins,
      counts: [],
      means: [],
      sum: 0,
      mean: 0,
      excess: 0,
      square: 0,
      level: newAlarmLevel(widthPrior(nBins * bin)),
    })),
    season: newSeason(),
    top: newAlarmLevel(TOP_PRIOR),
    rate: 0,
    nBins: 0,
    startedAt: null,
    heldSince: Number.NEGATIVE_INFINITY,
    heldUnits: 0,
  };
}

export interface SeriesLook {
  /** A burst begins here, or one that goes on has become much rarer. */
  readonly isOnset: boolean;
  /** Onsets a month to be expected at this rarity; small is rare. */
  readonly perMonth: number;
  /** Width that showed it, in milliseconds, what it held and what is usual. */
  readonly width: Span;
  readonly count: number;
  readonly usual: number;
}

function dispersion(width: Width): number {
  return Math.max(LEAST_DISPERSION, width.square > 0 ? width.excess / width.square : 1);
}

function deviation(width: Width): number {
  return Math.sqrt(width.mean + dispersion(width) * width.mean ** 2);
}

/** Takes the next bin in, `at` its start. Constant cost. */
export function lookAtSeries(watch: SeriesWatch, at: Instant, count: number): SeriesLook {
  watch.startedAt ??= at;
  const { settings, rate, bin } = watch;
  const aDay = (rate * DAY) / bin;
  const usual = rate * seasonAt(watch.season, at, aDay);
  const weight = Math.max(bin / MEMORY, 1 / (watch.nBins + 1));
  const isWarm = at - watch.startedAt >= WARM;
  let best = { units: Number.NEGATIVE_INFINITY, width: 0, count: 0, usual: 0 };
  for (const width of watch.widths) {
    slide(width, count, usual);
    const z = width.mean > 0 ? (width.sum - width.mean) / deviation(width) : 0;
    if (isWarm) {
      const units = gumbel(width.level, z);
      if (units > best.units && width.sum >= settings.least) {
        best = { units, width: width.nBins * bin, count: width.sum, usual: width.mean };
      }
      learnLevel(width.level, at, z);
    }
    learnDispersion(width, weight);
  }
  const units = gumbel(watch.top, best.units);
  const perMonth = isWarm ? onsetsPerMonth(units, settings.hold) : Number.POSITIVE_INFINITY;
  const isOnset = at - watch.startedAt >= settings.learn && perMonth <= settings.perMonth && isNews(watch, at, units);
  if (isWarm && Number.isFinite(best.units)) learnLevel(watch.top, at, best.units);
  learnRate(watch, at, count, usual, weight);
  return { isOnset, perMonth, width: best.width, count: best.count, usual: best.usual };
}

function slide(width: Width, count: number, usual: number): void {
  width.counts.push(count);
  width.means.push(usual);
  width.sum += count;
  width.mean += usual;
  if (width.counts.length <= width.nBins) return;
  width.sum = Math.max(0, width.sum - (width.counts.shift() ?? 0));
  width.mean = Math.max(0, width.mean - (width.means.shift() ?? 0));
}

function learnDispersion(width: Width, weight: number): void {
  const clipped = Math.min(width.sum, width.mean + CLIP * deviation(width));
  width.excess += weight * ((clipped - width.mean) ** 2 - width.mean - width.excess);
  width.square += weight * (width.mean ** 2 - width.square);
}

function learnRate(watch: SeriesWatch, at: Instant, count: number, usual: number, weight: number): void {
  const [shortest] = watch.widths;
  const spread = Math.sqrt(usual + (shortest === undefined ? 1 : dispersion(shortest)) * usual ** 2);
  const clipped = watch.nBins * watch.bin < WARM ? count : Math.min(count, usual + CLIP * spread);
  learnSeason(watch.season, at, clipped, watch.rate, (watch.rate * DAY) / watch.bin);
  watch.rate = Math.max(0, watch.rate + weight * (clipped - usual));
  watch.nBins++;
}

/** Within the hold only what is much rarer is news; a burst that still grows raises what counts as told. */
function isNews(watch: SeriesWatch, at: Instant, units: number): boolean {
  const since = at - watch.heldSince;
  if (since < watch.settings.hold) {
    if (since < GROWING) {
      watch.heldUnits = Math.max(watch.heldUnits, units);
      return false;
    }
    if (units < watch.heldUnits + Math.log(watch.settings.rarer)) return false;
  }
  watch.heldSince = at;
  watch.heldUnits = units;
  return true;
}

/** Just below one half: rare, but part of a burst that was told. */
const TOLD = 0.499;

/**
 * One score 0..1 per bin, in order; 0.5 and above is an onset. `times` must be evenly spaced. A score s says that
 * `perMonth * (1 - s) / s` onsets a month are to be expected.
 */
export function scoreSeries(times: readonly Instant[], values: readonly number[], settings: SeriesSettings = DEFAULT_SERIES): number[] {
  const bin = Math.max(MINUTE, (times[1] ?? 0) - (times[0] ?? 0));
  const watch = newSeriesWatch(bin, settings);
  return values.map((value, i) => {
    const look = lookAtSeries(watch, times[i] ?? 0, value);
    const score = settings.perMonth / (settings.perMonth + look.perMonth);
    return look.isOnset ? Math.max(0.5, score) : Math.min(TOLD, score);
  });
}
