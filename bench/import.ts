/**
 * `heed import FILE` end to end, in a process of its own: parsed, redacted, copies found, matched against twenty topics, grouped,
 * assessed, indexed, and on the disk. Bars: 400 documents a second, RSS below 512 MB, event-loop delay p99 at most 20 ms, and no alert for
 * old news. With --data DIR the sets that lie there as well; --out DIR keeps a CPU profile of each run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { openStore } from '../src/edge/store/sqlite.ts';
import { DAY, MINUTE } from '../src/model/time.ts';
import type { Bench } from './main.ts';
import { startRunning } from './made/running.ts';
import { madeTexts } from './made/texts.ts';
import type { Watch } from './made/watch.ts';

const SOURCE = { id: 'archive', kind: 'lines', standing: 'import' as const, address: '' };
const SETS = ['uci-headlines', 'crisislex26', 'weibo-events'] as const;
const ROOT = join(import.meta.dirname, '..');
const BARS = { perSecond: 400, rssMb: 512, loopP99: 20 } as const;

/** An archive as an office would bring it. Times run up to `ago` before now, so that grouping and bursts are at work. */
function madeLines(n: number, ago: number): string {
  const lines: string[] = [];
  const start = Date.now() - ago - n * MINUTE;
  for (const { key, title, body, author } of madeTexts({ seed: 7, n, perMatter: 8, copied: 0.15, offTopic: 0.3 })) {
    const publishedAt = new Date(start + lines.length * MINUTE).toISOString();
    lines.push(JSON.stringify({ id: key, url: `https://a.example/${key}`, title, body, author, publishedAt }));
  }
  return lines.join('\n');
}

/** The set's texts with times moved to the last days. */
function dataLines(path: string, n: number): string {
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

interface Done {
  readonly receipt: { readonly nItems: number; readonly nNew: number; readonly nRefused: number };
  readonly watch: Watch;
  /** From the spawn to the end, with the start of the process. */
  readonly seconds: number;
}

function runImport(folder: string, file: string, profiles: string | null): Promise<Done> {
  const watchFile = join(folder, 'watch.json');
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEED_')));
  const env = { ...own, HEED_DATA: join(folder, 'data'), HEED_LOG: 'error', BENCH_WATCH: watchFile };
  const flags = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const watch = join(import.meta.dirname, 'made', 'watch.ts');
  const args = ['--disable-warning=ExperimentalWarning', ...flags, '--import', watch, 'src/main.ts', 'import', file, '--source', SOURCE.id];
  const begun = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      const seconds = (performance.now() - begun) / 1000;
      if (code !== 0) return reject(new Error(`heed import ended with ${code}`));
      resolve({ receipt: JSON.parse(out) as Done['receipt'], watch: JSON.parse(readFileSync(watchFile, 'utf8')) as Watch, seconds });
    });
  });
}

async function storedIn(data: string) {
  const store = openStore({ folder: data });
  const [nStored, nMentions, nIssues, nAlerts] = await Promise.all(
    (['document', 'mention', 'issue', 'alert'] as const).map((noun) => store.count(noun)),
  );
  const { waiting, due, setAside } = await store.jobCounts(Date.now());
  await store.close();
  return { nStored, nMentions, nIssues, nAlerts, nJobsDue: due, nJobsWaiting: waiting, nSetAside: setAside };
}

/** False when a bar is missed; `isOld`: nothing may be alerted, and the file is too short for a rate. */
async function runSet(set: string, lines: string, profiles: string | null, isOld = false): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-import-'));
  try {
    const data = join(folder, 'data');
    mkdirSync(data);
    await (await startRunning({ hookAddress: null, sources: [SOURCE], folder: data })).close();
    const file = join(folder, 'texts.jsonl');
    writeFileSync(file, lines);
    const { receipt, watch, seconds } = await runImport(folder, file, profiles);
    const stored = await storedIn(data);
    const { nItems, nNew } = receipt;
    const perSecond = Math.round(nItems / seconds);
    const missed = [
      ...(!isOld && perSecond < BARS.perSecond ? ['perSecond'] : []),
      ...(watch.rssPeakMb >= BARS.rssMb ? ['rss'] : []),
      ...(watch.loopP99 > BARS.loopP99 ? ['loopP99'] : []),
      ...(isOld && (stored.nAlerts ?? 0) > 0 ? ['alerts'] : []),
      ...(stored.nStored !== nNew || stored.nJobsDue > 0 || stored.nSetAside > 0 ? ['done'] : []),
    ];
    const perCpuSecond = Math.round(nItems / watch.cpuSeconds);
    console.log(
      JSON.stringify({ bench: 'import', ok: missed.length === 0, set, nItems, nNew, perSecond, perCpuSecond, ...watch, ...stored, missed }),
    );
    return missed.length === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bench: Bench = {
  about: 'heed import end to end: documents a second, memory, event-loop delay, no alert for old news (--rows N, --data DIR)',
  run: async ({ data, out, args }) => {
    const at = args.indexOf('--rows');
    const n = at < 0 ? 10_000 : Number(args[at + 1]);
    let ok = await runSet('made', madeLines(n, 0), out);
    ok = (await runSet('made, three weeks old', madeLines(Math.ceil(n / 5), 21 * DAY), null, true)) && ok;
    for (const set of data === null ? [] : SETS) {
      const path = join(data ?? '', set, 'dev.jsonl.gz');
      if (existsSync(path)) ok = (await runSet(set, dataLines(path, n), out)) && ok;
    }
    return ok;
  },
};
export default bench;
