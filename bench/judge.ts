/**
 * Grouping, bursts and claim pairs: predictions for every set under --data, in the forms that the scoring scripts read. One parameter
 * set, the product's own; sets without times get a second between documents.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { place } from '../src/judge/cluster.ts';
import { documentTerms, documentVectors, countTerms, emptyTermCounts } from '../src/judge/documentVector.ts';
import { DEFAULT_SETTINGS, newJudgeState } from '../src/judge/state.ts';
import type { Document, DocumentKind } from '../src/model/document.ts';
import type { Standing } from '../src/model/source.ts';
import en from '../src/text/lang/en.ts';
import zh from '../src/text/lang/zh.ts';
import { type LanguagePack, pickPack } from '../src/text/pack.ts';
import { countSeries, scoreRows } from './adapters/countSeries.ts';
import type { Bench } from './main.ts';

interface Row {
  readonly id?: string;
  readonly time?: string;
  readonly title?: string;
  readonly body?: string;
  readonly tokens?: string;
  readonly text?: string;
  readonly source?: string;
  readonly lang?: string;
  readonly title1?: string;
  readonly title2?: string;
}

const stems = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** Texts that come as stems already: nothing to fold or strip. */
const STEMS: LanguagePack = { code: 'stems', looksLike: () => 0, terms: stems, words: stems };

/** When a set has no times, documents follow each other by a second. */
const START = Date.UTC(2026, 0, 1);

function read(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function rowsOf(path: string): Row[] {
  return read(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
}

function documentOf(row: Row, i: number, isListing: boolean): Document {
  const at = row.time === undefined ? START + i * 1000 : Date.parse(row.time);
  const kind: DocumentKind = isListing ? 'listing' : row.title ? 'article' : 'post';
  return {
    id: row.id ?? String(i),
    sourceId: row.source ?? 'bench',
    key: row.id ?? String(i),
    address: '',
    kind,
    title: row.title ?? '',
    text: row.body ?? row.tokens ?? row.text ?? '',
    language: row.tokens === undefined ? (row.lang ?? 'und') : 'stems',
    pseudonym: null,
    publishedAt: at,
    seenAt: at,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
  };
}

interface Grouped {
  readonly lines: string[];
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly nIssues: number;
}

function group(rows: readonly Row[], isListing: boolean): Grouped {
  const state = newJudgeState();
  const issueOf = new Map<string, string>();
  const packs = [zh, en, STEMS];
  const begun = performance.now();
  const cpu = process.cpuUsage();
  for (const [i, row] of rows.entries()) {
    const document = documentOf(row, i, isListing);
    const standing: Standing = document.kind === 'post' ? 'community' : 'press';
    const placed = place(state, document, {
      now: document.publishedAt,
      source: { id: document.sourceId, standing, family: document.sourceId, audience: 0 },
      topicIds: [],
      pack: pickPack(packs, document.language, `${document.title} ${document.text}`),
    });
    for (const mention of placed.mentions) issueOf.set(mention.id, mention.issueId);
  }
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const perCpuSecond = Math.round(rows.length / ((user + system) / 1e6));
  const lines = [...issueOf].map(([id, cluster]) => JSON.stringify({ id, cluster }));
  return { lines, perSecond: Math.round(rows.length / seconds), perCpuSecond, nIssues: new Set(issueOf.values()).size };
}

function shuffled(rows: readonly Row[], seed: number): Row[] {
  const keyOf = (row: Row): string => createHash('sha256').update(`${seed}:${row.id}`).digest('hex');
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/** Cosine of the two titles, matched from the bar on that short texts join at; idf is counted over the pairs seen so far. */
function pairs(rows: readonly Row[]): string[] {
  const counts = emptyTermCounts();
  return rows.map((row) => {
    const [first, second] = [row.title1 ?? '', row.title2 ?? ''].map((title) => documentTerms({ title, text: '' }, zh));
    if (first === undefined || second === undefined) return '';
    for (const terms of [first, second]) countTerms(counts, terms, 0);
    const [a, b] = [documentVectors(first, counts).all, documentVectors(second, counts).all];
    const weights = new Map(b.terms.map((term, i) => [term, b.weights[i] ?? 0]));
    const score = a.terms.reduce((sum, term, i) => sum + (a.weights[i] ?? 0) * (weights.get(term) ?? 0), 0);
    return JSON.stringify({ id: row.id, score: Math.round(score * 1e4) / 1e4, match: score >= DEFAULT_SETTINGS.joinShort });
  });
}

function write(out: string | null, name: string, text: string): void {
  if (out === null) return;
  mkdirSync(join(out, name, '..'), { recursive: true });
  writeFileSync(join(out, name), `${text}\n`);
}

function runFile(out: string | null, set: string, name: string, path: string): void {
  const rows = rowsOf(path);
  const [first] = rows;
  if (first?.title1 !== undefined) {
    write(out, `${name}.jsonl`, pairs(rows).join('\n'));
    console.log(JSON.stringify({ set: name, nPairs: rows.length }));
    return;
  }
  if (first?.id === undefined || (first.title === undefined && first.body === undefined && first.tokens === undefined)) return;
  const isListing = set.startsWith('weibo');
  const orders: [string, Row[]][] = set.startsWith('ecob')
    ? [1, 2, 3, 4, 5].map((seed) => [`${name}-${seed}`, shuffled(rows, seed)])
    : [[name, rows]];
  for (const [label, ordered] of orders) {
    const grouped = group(ordered, isListing);
    write(out, `${label}.jsonl`, grouped.lines.join('\n'));
    console.log(
      JSON.stringify({
        set: label,
        nDocuments: rows.length,
        nIssues: grouped.nIssues,
        perSecond: grouped.perSecond,
        perCpuSecond: grouped.perCpuSecond,
      }),
    );
  }
}

const bench: Bench = {
  about: 'grouping, bursts and claim pairs: predictions for the scoring scripts (--data DIR --out OUT [set ...])',
  run({ data, out, args }) {
    if (data === null || !existsSync(data)) throw new Error('--data DIR is needed');
    const wanted = args.length > 0 ? args : readdirSync(data).sort();
    for (const set of wanted) {
      const folder = join(data, set);
      if (!existsSync(folder) || !statSync(folder).isDirectory()) continue;
      const files = readdirSync(folder)
        .filter((file) => /\.jsonl(?:\.gz)?$/.test(file))
        .sort();
      for (const file of files) {
        const stem = file.replace(/\.jsonl(?:\.gz)?$/, '');
        runFile(out, set, files.length > 1 ? `${set}-${stem}` : set, join(folder, file));
      }
      for (const series of countSeries(folder)) {
        const { text, nAlarms } = scoreRows(series);
        write(out, join(set, series.name), text);
        console.log(JSON.stringify({ set, series: series.name, nAlarms }));
      }
    }
    return Promise.resolve();
  },
};
export default bench;
