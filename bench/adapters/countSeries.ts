/** Series of counts in a set's folder: CSV files with labelled windows, and the hours of texts that belong to no labelled event. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { scoreSeries } from '../../src/judge/seriesBurst.ts';
import { HOUR } from '../../src/model/time.ts';
import { type Chance, chanceOf } from '../made/streams.ts';
import type { CountSeries } from './nabScore.ts';

export interface SeriesFile extends CountSeries {
  /** Named in a file other than `windows.json`: watched for false alarms, not scored. */
  readonly isExtra: boolean;
  readonly stamps: readonly string[];
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function instantOf(stamp: string): number {
  const text = stamp.trim().replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/** Every count series of the folder, whatever it is called. */
export function countSeries(folder: string): SeriesFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const files = readdirSync(folder).sort();
  const labels = new Map<string, { readonly windows: [string, string][]; readonly isExtra: boolean }>();
  for (const file of files.filter((name) => /windows.*\.json$/.test(name))) {
    const read = JSON.parse(readText(join(folder, file))) as Record<string, [string, string][]>;
    for (const [name, windows] of Object.entries(read)) labels.set(name, { windows, isExtra: file !== 'windows.json' });
  }
  return files
    .filter((file) => /\.csv(?:\.gz)?$/.test(file))
    .flatMap((file) => {
      const name = file.replace(/\.gz$/, '');
      const rows = readText(join(folder, file))
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','));
      const times = rows.map(([stamp = '']) => instantOf(stamp));
      const values = rows.map(([, value]) => Number(value));
      if (rows.length < 2 || times.some(Number.isNaN) || values.some(Number.isNaN)) return [];
      const label = labels.get(name) ?? labels.get(file);
      const windows = (label?.windows ?? []).map(([first, last]): [number, number] => [
        times.findIndex((time) => time >= Math.floor(instantOf(first) / 1000) * 1000),
        times.findLastIndex((time) => time <= instantOf(last)),
      ]);
      return [
        {
          name,
          times,
          values,
          windows: windows.sort((a, b) => a[0] - b[0]),
          isExtra: label?.isExtra ?? true,
          stamps: rows.map(([stamp = '']) => stamp),
        },
      ];
    });
}

/** The product's own scores, a row each, in the form that NAB's scripts read; the threshold is 0.5. */
export function scoreRows(series: SeriesFile): { readonly text: string; readonly nAlarms: number } {
  const scores = scoreSeries(series.times, series.values);
  const lines = series.stamps.map((stamp, i) => `${stamp},${(scores[i] ?? 0).toFixed(5)}`);
  return { text: ['timestamp,anomaly_score', ...lines].join('\n'), nAlarms: scores.filter((score) => score >= 0.5).length };
}

interface TimedRow {
  readonly time?: string;
  readonly cluster?: string | null;
  readonly collection?: string;
}

/** Hourly counts, one series per collection, of the texts that a set with labels puts into no event. */
export function quietHours(folder: string): CountSeries[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const byName = new Map<string, number[]>();
  for (const file of readdirSync(folder).filter((name) => /\.jsonl(?:\.gz)?$/.test(name))) {
    const lines = readText(join(folder, file)).split('\n');
    const first = lines[0] === undefined || lines[0] === '' ? {} : (JSON.parse(lines[0]) as TimedRow);
    if (first.time === undefined || first.cluster === undefined) continue;
    for (const line of lines) {
      if (line.trim() === '') continue;
      const row = JSON.parse(line) as TimedRow;
      const at = Date.parse(row.time ?? '');
      if (row.cluster !== null || Number.isNaN(at)) continue;
      const name = row.collection ?? file;
      byName.set(name, [...(byName.get(name) ?? []), at]);
    }
  }
  return [...byName].flatMap(([name, times]) => (times.length < FEWEST_TEXTS ? [] : [hourly(name, times)]));
}

/** chosen: fewer texts make no series. */
const FEWEST_TEXTS = 20;

function hourly(name: string, at: readonly number[]): CountSeries {
  const hours = at.map((time) => Math.floor(time / HOUR));
  const [from, to] = hours.reduce(([low, high], hour) => [Math.min(low, hour), Math.max(high, hour)], [Infinity, -Infinity] as const);
  const values = new Array<number>(to - from + 1).fill(0);
  for (const hour of hours) values[hour - from] = (values[hour - from] ?? 0) + 1;
  return { name, times: values.map((_, i) => (from + i) * HOUR), values, windows: [] };
}

/** The ways a series is changed before it is judged: each keeps its rows and windows. `seed` counts for thinning alone. */
export const VARIANTS: Readonly<Record<string, (series: CountSeries, seed: number) => CountSeries>> = {
  raw: (series) => series,
  'x0.2': (series) => scaled(series, 0.2),
  x5: (series) => scaled(series, 5),
  'thinned 10 %': (series, seed) => thinned(series, 0.1, chanceOf(seed)),
  'thinned 1 %': (series, seed) => thinned(series, 0.01, chanceOf(seed)),
  'shifted 6 h': (series) => ({ ...series, times: series.times.map((time) => time + 6 * HOUR) }),
};

function scaled(series: CountSeries, factor: number): CountSeries {
  return { ...series, values: series.values.map((value) => value * factor) };
}

/** Keeps each text with this probability. */
function thinned(series: CountSeries, share: number, chance: Chance): CountSeries {
  const keep = (count: number): number => {
    let n = 0;
    for (let i = 0; i < Math.round(count); i++) if (chance() < share) n++;
    return n;
  };
  return { ...series, values: series.values.map(keep) };
}
