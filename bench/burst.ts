/**
 * Bursts. Over every set under --data: the NAB score of labelled count series, each scored with the budget frozen on the others, raw and
 * changed; false alarms on what bears no label; and the rule of small counts on made streams. One JSON line per figure.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MONTH_DAYS } from '../src/judge/alarmLevel.ts';
import { type BurstSettings, DEFAULT_BURST, findBurst } from '../src/judge/burst.ts';
import { DEFAULT_SERIES, scoreSeries } from '../src/judge/seriesBurst.ts';
import type { HourCount } from '../src/model/issue.ts';
import { DAY, HOUR, type Instant } from '../src/model/time.ts';
import { countSeries, quietHours, type SeriesFile, scoreRows, VARIANTS } from './adapters/countSeries.ts';
import { type CountSeries, type NabScore, nabScore } from './adapters/nabScore.ts';
import type { Bench } from './main.ts';
import { type MadeText, madeStream, plant } from './made/streams.ts';

/** Budgets among which the other series choose; and those whose false alarms are counted. */
const CHOICES = [1, 2, 3, 4, 6, 8, 12];
const BUDGETS = [1, 4, 12];
/** Draws of a thinned series. */
const DRAWS = 5;
const N_STREAMS = 1000;

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function alarms(series: CountSeries, perMonth: number): boolean[] {
  return scoreSeries(series.times, series.values, { ...DEFAULT_SERIES, perMonth }).map((score) => score >= 0.5);
}

function scored(series: CountSeries, perMonth: number): NabScore {
  return nabScore(series, alarms(series, perMonth));
}

/** For each series the budget that is best, on average, on the others in these variants (thinned by draws that are not scored). */
function frozenBudgets(all: readonly CountSeries[], variants: readonly string[]): number[] {
  const table = all.map((series, i) => {
    const changed = variants.map((name) => VARIANTS[name]?.(series, 77_777 + i) ?? series);
    return CHOICES.map((perMonth) => mean(changed.map((one) => scored(one, perMonth).score)));
  });
  return all.map((_, left) => {
    const others = table.filter((_, i) => i !== left);
    if (others.length === 0) return DEFAULT_SERIES.perMonth;
    const means = CHOICES.map((_, choice) => mean(others.map((scores) => scores[choice] ?? 0)));
    return CHOICES[means.indexOf(Math.max(...means))] ?? DEFAULT_SERIES.perMonth;
  });
}

interface Variant {
  readonly name: string;
  /** One score per series: the mean of the draws, and the worst draw. */
  readonly scores: readonly number[];
  readonly worst: readonly number[];
  readonly falsePerMonth: number;
}

function scoreVariant(name: string, all: readonly CountSeries[], budgets: readonly number[]): Variant {
  const change = VARIANTS[name] ?? ((series: CountSeries) => series);
  const draws = name.startsWith('thinned') ? DRAWS : 1;
  let nFalse = 0;
  let days = 0;
  const perSeries = all.map((series, i) =>
    Array.from({ length: draws }, (_, draw) => {
      const result = scored(change(series, draw * 1009 + i), budgets[i] ?? DEFAULT_SERIES.perMonth);
      nFalse += result.nFalse;
      days += result.freeDays;
      return result.score;
    }),
  );
  return {
    name,
    scores: perSeries.map(mean),
    worst: perSeries.map((scores) => Math.min(...scores)),
    falsePerMonth: (nFalse / Math.max(1, days)) * MONTH_DAYS,
  };
}

function tellVariants(set: string, frozen: string, all: readonly CountSeries[], budgets: readonly number[]): void {
  const variants = Object.keys(VARIANTS).map((name) => scoreVariant(name, all, budgets));
  for (const { name, scores, worst, falsePerMonth } of variants) {
    const bySeries = Object.fromEntries(all.map((series, i) => [series.name, round(scores[i] ?? 0)]));
    const extra = name.startsWith('thinned') ? { draws: DRAWS, worstDraws: round(mean(worst)) } : {};
    console.log(
      JSON.stringify({
        figure: 'nab',
        set,
        frozen,
        variant: name,
        mean: round(mean(scores)),
        ...extra,
        falsePerMonth: round(falsePerMonth, 2),
        series: bySeries,
      }),
    );
  }
  const worst = variants.reduce((low, one) => (mean(one.scores) < mean(low.scores) ? one : low));
  const lowest = all.map((_, i) => Math.min(...variants.map(({ scores }) => scores[i] ?? 0)));
  console.log(
    JSON.stringify({
      figure: 'nab.worst',
      set,
      frozen,
      variant: worst.name,
      mean: round(mean(worst.scores)),
      meanOfWorstPerSeries: round(mean(lowest)),
    }),
  );
}

function runNab(set: string, files: readonly SeriesFile[]): void {
  const labelled = files.filter((series) => !series.isExtra && series.windows.length > 0);
  if (labelled.length === 0) return;
  const ways: [frozen: string, budgets: number[]][] = [
    ['on the other series, all variants', frozenBudgets(labelled, Object.keys(VARIANTS))],
    ['on the other series, raw alone', frozenBudgets(labelled, ['raw'])],
    [`the default, ${DEFAULT_SERIES.perMonth} a month`, labelled.map(() => DEFAULT_SERIES.perMonth)],
  ];
  for (const [frozen, budgets] of ways) {
    const perMonth = Object.fromEntries(labelled.map((series, i) => [series.name, budgets[i]]));
    console.log(JSON.stringify({ figure: 'nab.frozen', set, frozen, perMonth }));
    tellVariants(set, frozen, labelled, budgets);
  }
}

interface Falses {
  readonly n: number;
  readonly days: number;
}

/** Alarms outside windows; the learning days and what NAB does not score are left out. */
function falses(series: CountSeries, perMonth: number): Falses {
  if (series.windows.length > 0) {
    const { nFalse, freeDays } = scored(series, perMonth);
    return { n: nFalse, days: freeDays };
  }
  const first = (series.times[0] ?? 0) + DEFAULT_SERIES.learn;
  const isAlarm = alarms(series, perMonth);
  const days = Math.max(0, ((series.times.at(-1) ?? 0) - first) / DAY);
  return { n: isAlarm.filter((is, i) => is && (series.times[i] ?? 0) >= first).length, days };
}

function runFalse(set: string, all: readonly CountSeries[], pooled: Map<number, Falses>): void {
  if (all.length === 0) return;
  for (const perMonth of BUDGETS) {
    const each = all.map((series) => falses(series, perMonth));
    const n = each.reduce((sum, one) => sum + one.n, 0);
    const days = each.reduce((sum, one) => sum + one.days, 0);
    const before = pooled.get(perMonth) ?? { n: 0, days: 0 };
    pooled.set(perMonth, { n: before.n + n, days: before.days + days });
    const months = days / MONTH_DAYS;
    const nBySeries = Object.fromEntries(all.map((series, i) => [series.name, each[i]?.n ?? 0]));
    console.log(
      JSON.stringify({
        figure: 'false',
        set,
        budget: perMonth,
        nFalse: n,
        months: round(months),
        ofBudget: round(n / months / perMonth, 2),
        nBySeries,
      }),
    );
  }
}

/** The stream's texts one by one, as an issue would be looked at; the instants at which an onset was told. */
function onsets(texts: readonly MadeText[], settings: BurstSettings): Instant[] {
  const hours: HourCount[] = [];
  let recent: MadeText[] = [];
  let burstAt: Instant | null = null;
  const told: Instant[] = [];
  for (const text of texts) {
    const hour = Math.floor(text.at / HOUR) * HOUR;
    const last = hours.at(-1);
    if (last?.hour === hour) hours[hours.length - 1] = { ...last, unique: last.unique + 1, all: last.all + 1 };
    else hours.push({ hour, unique: 1, all: 1, burst: false });
    recent = [...recent.filter((one) => one.at > text.at - 6 * HOUR), text];
    const found = findBurst({ hours, recent, at: text.at, since: texts[0]?.at ?? 0, burstAt }, settings);
    if (!found.isBurst) continue;
    if (found.burstAt !== burstAt) told.push(found.burstAt ?? 0);
    burstAt = found.burstAt;
    for (let i = hours.length - 1; i >= 0; i--) {
      const one = hours[i];
      if (one === undefined || one.hour < text.at - found.window * HOUR) break;
      hours[i] = { ...one, burst: true };
    }
  }
  return told;
}

/** Planted sizes, to the smallest that the rule would have to tell if it knew the stream's true rate and clumps. */
const SIZES = [1, 1.5];

function runSmall(perMonth: number): void {
  const settings = { ...DEFAULT_BURST, perMonth };
  for (const kind of ['poisson', 'clustered'] as const) {
    let n = 0;
    let nFalse = 0;
    let months = 0;
    const found = SIZES.map(() => 0);
    for (let seed = kind === 'poisson' ? 0 : 1; seed < N_STREAMS; seed += 2) {
      const stream = madeStream(seed);
      n++;
      months += stream.days / MONTH_DAYS;
      nFalse += onsets(stream.texts, settings).length;
      for (const [i, size] of SIZES.entries()) {
        const event = plant(stream, seed, perMonth / settings.windows.length, settings.least, size);
        const merged = [...stream.texts, ...event.texts].sort((a, b) => a.at - b.at);
        const isFound = onsets(merged, settings).some((at) => at >= event.at && at <= event.at + event.hours * HOUR);
        found[i] = (found[i] ?? 0) + (isFound ? 1 : 0);
      }
    }
    const shares = Object.fromEntries(SIZES.map((size, i) => [`found x${size}`, round((found[i] ?? 0) / n, 3)]));
    console.log(
      JSON.stringify({
        figure: 'small',
        kind,
        budget: round(perMonth, 3),
        nStreams: n,
        falsePerMonth: round(nFalse / months, 3),
        ...shares,
      }),
    );
  }
}

function write(out: string | null, set: string, files: readonly SeriesFile[]): void {
  if (out === null) return;
  for (const series of files) {
    mkdirSync(join(out, set), { recursive: true });
    writeFileSync(join(out, set, series.name), `${scoreRows(series).text}\n`);
  }
}

const bench: Bench = {
  about: 'bursts: NAB score with the budget frozen on other series, false alarms against the budget, small counts (--data DIR [set ...])',
  run({ data, out, args }) {
    if (data === null || !existsSync(data)) throw new Error('--data DIR is needed');
    const pooled = new Map<number, Falses>();
    for (const set of args.length > 0 ? args : readdirSync(data).sort()) {
      const files = countSeries(join(data, set));
      runNab(set, files);
      runFalse(set, [...files, ...quietHours(join(data, set))], pooled);
      write(out, set, files);
    }
    for (const [budget, { n, days }] of pooled) {
      const months = days / MONTH_DAYS;
      const ofBudget = round(n / months / budget, 2);
      console.log(JSON.stringify({ figure: 'false.all', budget, nFalse: n, months: round(months), ofBudget }));
    }
    for (const perMonth of [1 / 12, ...BUDGETS]) runSmall(perMonth);
    return Promise.resolve();
  },
};
export default bench;
