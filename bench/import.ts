/**
 * An import end to end: parsed, redacted, copies found, matched against twenty topics, grouped, assessed, indexed, and on the disk. Bars:
 * 400 documents a second, RSS below 512 MB, event-loop delay p99 at most 20 ms. With --data DIR the sets that lie there as well.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { receiveFor } from '../src/work/receive.ts';
import type { Bench } from './main.ts';
import { type Running, startRunning, untilDone, watched } from './made/running.ts';
import { madeTexts } from './made/texts.ts';

const SOURCES = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id: `import-${id}`, kind: 'lines', standing: 'import' as const, address: '' }));
const SETS = ['uci-headlines', 'crisislex26', 'weibo-events'] as const;
const MINUTE = 60_000;

/** One file per source, as an office would bring its archive. Times run up to now, so that grouping and bursts are at work. */
function madeFiles(n: number): string[] {
  const files: string[][] = SOURCES.map(() => []);
  const start = Date.now() - n * MINUTE;
  let at = 0;
  for (const { key, title, body, author } of madeTexts({ seed: 7, n, perMatter: 8, copied: 0.15, offTopic: 0.3 })) {
    const publishedAt = new Date(start + at * MINUTE).toISOString();
    files[at % SOURCES.length]!.push(JSON.stringify({ id: key, url: `https://a.example/${key}`, title, body, author, publishedAt }));
    at++;
  }
  return files.map((lines) => lines.join('\n'));
}

/** The set's texts with times moved to the last days; one file. */
function dataFile(path: string, n: number): string {
  const rows = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, n)
    .map((line) => JSON.parse(line) as { readonly id?: string; readonly title?: string; readonly body?: string; readonly text?: string });
  const start = Date.now() - rows.length * MINUTE;
  return rows
    .map(({ id, title = '', body, text }, i) =>
      JSON.stringify({ id: id ?? String(i), title, body: body ?? text ?? '', publishedAt: new Date(start + i * MINUTE).toISOString() }),
    )
    .join('\n');
}

async function take(running: Running, set: string, files: readonly string[]): Promise<void> {
  const { io } = running.heed;
  let nItems = 0;
  let nNew = 0;
  const bytes = files.map((text) => new TextEncoder().encode(text));
  const figures = await watched(async () => {
    for (const [i, part] of bytes.entries()) {
      const taken = await receiveFor(io, SOURCES[i % SOURCES.length]!.id, { bytes: part, contentType: 'application/x-ndjson' });
      if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
      nItems += taken.value.nItems;
      nNew += taken.value.nNew;
    }
    await untilDone(running);
  });
  const [nIssues, nMentions] = [await io.store.count('issue'), await io.store.count('mention')];
  const nStored = await io.store.count('document');
  const perSecond = Math.round(nItems / figures.seconds);
  const perCpuSecond = Math.round(nItems / figures.cpuSeconds);
  console.log(JSON.stringify({ bench: 'import', set, nItems, nNew, nStored, nMentions, nIssues, perSecond, perCpuSecond, ...figures }));
}

async function runSet(set: string, files: readonly string[]): Promise<void> {
  const running = await startRunning({ hookAddress: null, sources: SOURCES });
  try {
    await take(running, set, files);
  } finally {
    await running.close();
  }
}

const bench: Bench = {
  about: 'an import end to end: documents a second, memory, event-loop delay (--rows N, --data DIR)',
  run: async ({ data, args }) => {
    const at = args.indexOf('--rows');
    const n = at < 0 ? 10_000 : Number(args[at + 1]);
    await runSet('made', madeFiles(n));
    for (const set of data === null ? [] : SETS) {
      const path = join(data ?? '', set, 'dev.jsonl.gz');
      if (existsSync(path)) await runSet(set, [dataFile(path, n)]);
    }
  },
};
export default bench;
