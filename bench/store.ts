/** How fast the store is, on the disk of the folder for temporary files: rows a second and the wait for an acknowledgement. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { openStore } from '../src/edge/store/sqlite.ts';
import type { Document } from '../src/model/document.ts';
import type { Change, Store } from '../src/ports.ts';
import type { Bench } from './main.ts';

const HAN = '水管爆裂停电学校食堂道路施工医院排队投诉电话没人接回应通知小区居民政府县城';

/** A document of about 800 characters with its pairs as terms, a journal line and a job: what collecting writes. */
export function sample(n: number): Change {
  const id = `d${n}`;
  let seed = n * 2654435761;
  const characters = Array.from({ length: 800 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return HAN[seed % HAN.length] ?? '';
  });
  const text = characters.join('');
  const document: Document = {
    ...{
      id,
      sourceId: `s${n % 20}`,
      key: id,
      address: `https://a.example/${n}`,
      kind: 'post',
      title: text.slice(0, 20),
      text,
      language: 'zh',
    },
    ...{
      pseudonym: null,
      publishedAt: n * 10_000,
      seenAt: n * 10_000,
      version: 1,
      previousId: null,
      thread: null,
      place: null,
      section: null,
    },
    ...{ sure: null, reach: 0, nImages: 0, fingerprint: { exact: id, minhash: 'A'.repeat(684), nShingles: 700 } },
    ...{ copyOf: null, copyHow: null, nRedactions: 0, marks: [] },
  };
  const pairs = characters.slice(1).map((character, at) => (characters[at] ?? '') + character);
  return {
    put: { document: [document] },
    terms: [{ documentId: id, title: pairs.slice(0, 19), text: pairs }],
    journal: [{ at: n, kind: 'collect.admitted', subject: id, by: 'machine', data: { source: `s${n % 20}` } }],
    jobs: [{ run: 'judgeDocument', key: id, payload: { id }, due: n, lane: 'judge' }],
  };
}

function merged(changes: readonly Change[]): Change {
  const all = <K extends 'terms' | 'journal' | 'jobs'>(key: K): NonNullable<Change[K]>[number][] =>
    changes.flatMap((change) => [...(change[key] ?? [])]);
  return {
    put: { document: changes.flatMap(({ put }) => [...(put?.document ?? [])]) },
    terms: all('terms'),
    journal: all('journal'),
    jobs: all('jobs'),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
}

/** `inFlight` commits are under way at a time, each of `perCommit` documents. The changes are made before the clock starts. */
async function measure(store: Store, set: string, first: number, nDocuments: number, perCommit: number, inFlight: number): Promise<void> {
  const changes: Change[] = [];
  for (let n = 0; n < nDocuments; n += perCommit) changes.push(merged(Array.from({ length: perCommit }, (_, k) => sample(first + n + k))));
  const waits: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const cpu = process.cpuUsage();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let change = changes[next++]; change !== undefined; change = changes[next++]) {
      const start = performance.now();
      await store.commit(change);
      waits.push(performance.now() - start);
    }
  };
  loop.enable();
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const span = performance.now() - start;
  loop.disable();
  const used = process.cpuUsage(cpu);
  const figures = { rowsPerSecond: Math.round((nDocuments / span) * 1000), ackP50: quantile(waits, 0.5), ackP99: quantile(waits, 0.99) };
  const rest = {
    loopP99: Math.round(loop.percentile(99) / 1e4) / 100,
    cpuMsPerDocument: Math.round((used.user + used.system) / nDocuments / 10) / 100,
  };
  console.log(JSON.stringify({ bench: 'store', set, nDocuments, perCommit, inFlight, ...figures, ...rest }));
}

async function measureReads(store: Store, nDocuments: number): Promise<void> {
  const timed = async (set: string, nTimes: number, read: (n: number) => Promise<unknown>): Promise<void> => {
    await read(0);
    const start = performance.now();
    for (let n = 0; n < nTimes; n += 1) await read(n);
    console.log(JSON.stringify({ bench: 'store', set, msEach: Math.round(((performance.now() - start) / nTimes) * 1000) / 1000 }));
  };
  const to = nDocuments * 10_000;
  await timed('get', 2000, (n) => store.get('document', `d${n}`));
  await timed('search: common term, newest 50', 20, () => store.search({ node: { phrase: ['水管'] }, limit: 50 }));
  await timed('search: common term, window of one tenth', 20, () =>
    store.search({ node: { phrase: ['水管'] }, from: to * 0.9, to, limit: 50 }),
  );
  await timed('search: phrase of four', 20, () => store.search({ node: { phrase: ['水管', '管爆', '爆裂', '裂停'] }, limit: 50 }));
  await timed('hours: all', 20, () => store.hours(0, to));
  await timed('claim and finish', 200, async () => {
    const [job] = await store.claim(1e12, 1);
    if (job !== undefined) await store.commit({ finish: job.id });
  });
  await timed('verifyJournal', 1, () => store.verifyJournal());
}

const bench: Bench = {
  about: 'the embedded store: rows a second at 1, 10 and 100 per commit, wait for an acknowledgement, reads (--rows N)',
  run: async ({ args }) => {
    const at = args.indexOf('--rows');
    const nRows = at < 0 ? 10_000 : Number(args[at + 1]);
    const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
    const store = openStore({ folder });
    const few = Math.ceil(nRows / 20);
    await measure(store, 'single, one after another', 0, few, 1, 1);
    await measure(store, 'single, 50 in flight', few, few * 4, 1, 50);
    await measure(store, '10 per commit', few * 5, few * 5, 10, 1);
    await measure(store, '100 per commit, 4 in flight', few * 10, few * 10, 100, 4);
    await measureReads(store, few * 20);
    await store.close();
    rmSync(folder, { recursive: true });
  },
};
export default bench;
