/**
 * REL-13: 400 good sources beside 100 bad ones, polled every 10 s through the real runner, parsers and store. How long after its due time a
 * good source's new text is stored, at the 99th percentile, against a run without the bad ones. `--rounds` is the number of polls; 60 take
 * ten minutes for each of the two runs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readConfig } from '../src/config.ts';
import { openHeed } from '../src/heed.ts';
import type { Source, SourceState } from '../src/model/source.ts';
import type { Job, Store } from '../src/ports.ts';
import { startPulse } from '../src/pulse.ts';
import { pollJob } from '../src/work/collectSource.ts';
import type { Drill } from './main.ts';

const GOOD = 400;
const BAD = 100;
const EVERY = 10_000;
const USUAL_POLLS = 60;
const MOST_RATIO = 1.2;

interface Sites {
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly stop: () => Promise<unknown>;
}

async function startSites(nBad: number): Promise<Sites> {
  const begin = (kind: 'good' | 'bad', n: number) => {
    const worker = new Worker(new URL('./hostileWorld/crowdSites.ts', import.meta.url), { workerData: { kind, n } });
    return { worker, told: new Promise<string[]>((resolve, reject) => worker.once('message', resolve).once('error', reject)) };
  };
  const [good, bad] = [begin('good', GOOD), begin('bad', nBad)];
  return {
    good: await good.told,
    bad: await bad.told,
    stop: () => Promise.all([good.worker.terminate(), bad.worker.terminate()]),
  };
}

function sourceOf(id: string, address: string, now: number): Source {
  const manners = { robots: false, pollAtLeast: EVERY, pollAtMost: EVERY, pause: 0 };
  return {
    ...{ id, name: { zh: id, en: id }, kind: 'feed', address, settings: { fullText: 'feed' }, standing: 'press', family: id, audience: 0 },
    ...{ manners, paused: false, addedBy: 'drill', addedAt: now, rev: 0 },
  };
}

/** A store that notes, for good sources, how long after its due time the job that read one was stored. */
function timed(store: Store, delays: number[], now: () => number): Store {
  const due = new Map<number, number>();
  const claim: Store['claim'] = async (at, limit) => {
    const jobs = await store.claim(at, limit);
    for (const job of jobs) if (isGood(job)) due.set(job.id, job.due);
    return jobs;
  };
  const commit: Store['commit'] = async (change) => {
    const committed = await store.commit(change);
    const dueAt = change.finish === undefined ? undefined : due.get(change.finish);
    if (committed.ok && dueAt !== undefined) delays.push(now() - dueAt);
    return committed;
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'claim') return claim;
      if (name === 'commit') return commit;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function isGood(job: Job): boolean {
  return job.run === 'collectSource' && job.lane.startsWith('source:good');
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

interface CrowdRun {
  readonly nStored: number;
  readonly p50: number;
  readonly p99: number;
  readonly healths: Readonly<Record<string, number>>;
  readonly unexplained: number;
  readonly sockets: number;
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCPSocket')).length;
}

function healthsOf(states: readonly SourceState[]): { readonly healths: Record<string, number>; readonly unexplained: number } {
  const healths: Record<string, number> = {};
  for (const { health } of states) healths[health] = (healths[health] ?? 0) + 1;
  const unexplained = states.filter(({ health, because }) => (health === 'failing' || health === 'dark') && because === null).length;
  return { healths, unexplained };
}

async function oneRun(nBad: number, polls: number): Promise<CrowdRun> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-drill-'));
  const sites = await startSites(nBad);
  const checked = readConfig({ HEED_DATA: folder, HEED_ALLOW_LOOPBACK: 'yes', HEED_LOG: 'silent' });
  if (!checked.ok) throw new Error(checked.mistakes.join('\n'));
  const heed = await openHeed({ config: checked.config, now: Date.now, demo: false, onlyLoopback: true, log: () => undefined });
  const delays: number[] = [];
  const io = { ...heed.io, store: timed(heed.io.store, delays, Date.now) };
  const start = Date.now() + 1000;
  const sources = [
    ...sites.good.map((address, n) => sourceOf(`good${n}`, address, start)),
    ...sites.bad.map((address, n) => sourceOf(`bad${n}`, address, start)),
  ];
  // Spread over the ten seconds, as they are in a Heed that runs.
  await heed.io.store.commit({ put: { source: sources }, jobs: sources.map(({ id }, n) => pollJob(id, start + ((n * 7919) % EVERY))) });
  const pulse = startPulse(io);
  heed.onWork = pulse.wake;
  // The first round warms everything up and is not counted.
  await new Promise((resolve) => setTimeout(resolve, EVERY + 1000));
  delays.length = 0;
  await new Promise((resolve) => setTimeout(resolve, polls * EVERY));
  const counted = [...delays];
  const sockets = openSockets();
  const states = await heed.io.store.list('sourceState', {});
  await Promise.all([pulse.stop(), sites.stop()]);
  await heed.close();
  rmSync(folder, { recursive: true });
  const bad = states.filter(({ id }) => id.startsWith('bad'));
  return { nStored: counted.length, p50: percentile(counted, 0.5), p99: percentile(counted, 0.99), sockets, ...healthsOf(bad) };
}

const drill: Drill = {
  about: 'REL-13: 400 good sources beside 100 bad ones, every 10 s; p99 from due to stored against a run without the bad (--rounds polls)',
  run: async ({ rounds }) => {
    const polls = rounds ?? USUAL_POLLS;
    const without = await oneRun(0, polls);
    const beside = await oneRun(BAD, polls);
    const ratio = Math.round((beside.p99 / without.p99) * 100) / 100;
    const enough = GOOD * polls * 0.9;
    const ok = ratio <= MOST_RATIO && without.nStored >= enough && beside.nStored >= enough && beside.unexplained === 0;
    const { nStored, p50, p99 } = without;
    return { ok, polls, good: GOOD, bad: BAD, without: { nStored, p50, p99 }, beside, ratio };
  },
};
export default drill;
