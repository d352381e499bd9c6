/**
 * REL-11, 12: the machine's clock is set forward and back, across a leap day, both ends of summer time and 2038, the machine sleeps, and
 * it is set back while nothing runs. In each case a hundred timers of unmet clocks are under way in a whole Heed: every one fires once a step,
 * none early in domain time, none late in true time after a jump back, and the jump stands in the journal.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { alertRow, clockRow, issueId, issueRow } from '../bench/made/rows.ts';
import { openRunner, type Running, startRunning } from '../bench/made/running.ts';
import type { Clock } from '../src/model/alert.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND, type Span } from '../src/model/time.ts';
import { clockJob } from '../src/work/warnOffices.ts';
import type { Drill } from './main.ts';

const N_TIMERS = 100;
/** The first is due so long after they are written; the others follow at this step. The jump comes in their middle. */
const FIRST_DUE = 500;
const STEP = 20;
/** Jobs in hand together may end in another order; so many places at most. */
const AT_ONCE = 16;
/** Nobody waits longer for what is due, in true time (REL-12 allows 60 s, REL-11 10 s after a start). */
const LONGEST_LATE = 10_000;

interface Case {
  readonly name: string;
  /** The wall's clock when it begins. */
  readonly from: Instant;
  readonly jump: Span;
  /** The jump happens while no Heed runs. */
  readonly stopped?: boolean;
  readonly timeZone?: string;
}

const SOON = Date.UTC(2027, 5, 10, 9);

const CASES: readonly Case[] = [
  { name: 'two hours forward', from: SOON, jump: 2 * HOUR },
  { name: 'two hours back', from: SOON, jump: -2 * HOUR },
  { name: 'a day forward', from: SOON, jump: DAY },
  { name: 'a day back', from: SOON, jump: -DAY },
  { name: 'the machine slept eight hours', from: SOON, jump: 8 * HOUR },
  { name: 'set back a minute', from: SOON, jump: -MINUTE },
  { name: 'set back two hours while stopped', from: SOON, jump: -2 * HOUR, stopped: true },
  { name: 'stopped for three hours', from: SOON, jump: 3 * HOUR, stopped: true },
  { name: 'into a leap day, then two hours back', from: Date.UTC(2028, 1, 28, 23, 59, 59), jump: -2 * HOUR },
  { name: 'out of a leap day, then a day forward', from: Date.UTC(2028, 1, 29, 23, 59, 59), jump: DAY },
  { name: 'into summer time, an hour back', from: Date.UTC(2027, 2, 28, 0, 59, 59), jump: -HOUR, timeZone: 'Europe/Berlin' },
  { name: 'out of summer time, an hour forward', from: Date.UTC(2027, 9, 31, 0, 59, 59), jump: HOUR, timeZone: 'Europe/Berlin' },
  { name: 'over the end of 32-bit seconds, two hours back', from: (2 ** 31 - 1) * SECOND, jump: -2 * HOUR },
];

interface Timer {
  readonly clockId: string;
  readonly dueAt: Instant;
  /** True time, in milliseconds of the monotonic clock, at which that much had passed. */
  readonly trueDue: number;
}

interface Fired {
  readonly clockId: string;
  readonly step: number;
  readonly at: Instant;
}

type Runner = Pick<Running, 'heed' | 'close'>;

async function setTimers(runner: Runner): Promise<Timer[]> {
  const { io } = runner.heed;
  const [now, begun] = [io.now(), performance.now()];
  const timers: Timer[] = [];
  const clocks: Clock[] = [];
  const changes = Array.from({ length: N_TIMERS }, (_, n) => {
    const figures = { level: 'red' as const, state: 'open' as const, from: now, to: now, nMentions: 3, titleFrom: '', sourceIds: ['s'] };
    const issue = issueRow(n + 1, figures);
    // Not in the order of their numbers, so that order is the runner's doing.
    const wait = FIRST_DUE + ((n * 37) % N_TIMERS) * STEP;
    const clock = clockRow({ id: issueId(n + 1), level: 'red' }, 'ack', 'works', now, now + wait);
    clocks.push(clock);
    timers.push({ clockId: clock.id, dueAt: clock.dueAt, trueDue: begun + wait });
    return { put: { issue: [issue], alert: [alertRow(issue, now, 'works')], clock: [clock] }, jobs: [clockJob(clock, clock.dueAt)] };
  });
  await Promise.all(changes.map((change) => io.store.commit(change)));
  return timers.toSorted((a, b) => a.dueAt - b.dueAt);
}

async function firedSoFar(runner: Runner): Promise<Fired[]> {
  const entries = await runner.heed.io.store.journal({ kind: 'warn.escalated' });
  return entries.map(({ at, data }) => ({ at, clockId: String(data.clockId), step: Number(data.step) }));
}

const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

/** True time at which each timer was first seen to have fired; looks every 50 ms, so no time is too early by more than that. */
async function watch(runner: Runner, timers: readonly Timer[], seen: Map<string, number>, until: number): Promise<void> {
  while (seen.size < timers.length && performance.now() < until) {
    for (const { clockId } of await firedSoFar(runner)) if (!seen.has(clockId)) seen.set(clockId, performance.now());
    await pause(50);
  }
}

/** How many places the worst timer is from where its due time puts it. */
function displaced(timers: readonly Timer[], fired: readonly Fired[]): number {
  const place = new Map(timers.map(({ clockId }, at) => [clockId, at]));
  const firsts = fired.filter(({ step }) => step === 1);
  return firsts.reduce((most, { clockId }, at) => Math.max(most, Math.abs((place.get(clockId) ?? at) - at)), 0);
}

interface Result {
  readonly name: string;
  readonly nFired: number;
  /** The same step of the same clock twice. */
  readonly nDouble: number;
  readonly nEarly: number;
  /** Worst true delay in milliseconds; for a jump forward, of those not overtaken by it. */
  readonly lateMs: number;
  readonly displaced: number;
  readonly jumps: readonly number[];
}

async function runCase(one: Case, folder: string): Promise<Result> {
  const begun = performance.now();
  let jumped = 0;
  const wall = (): number => one.from + (performance.now() - begun) + jumped;
  let runner: Runner = await startRunning({ hookAddress: null, sources: [], folder, wall });
  const timers = await setTimers(runner);
  const middle = timers[N_TIMERS / 2]?.trueDue ?? 0;
  const seen = new Map<string, number>();
  await watch(runner, timers, seen, middle);
  let down = 0;
  if (one.stopped === true) {
    await runner.close();
    const stopped = performance.now();
    jumped = one.jump;
    runner = await openRunner(folder, wall);
    down = performance.now() - stopped;
  }
  jumped = one.jump;
  const end = (timers.at(-1)?.trueDue ?? 0) + down + LONGEST_LATE;
  await watch(runner, timers, seen, end);
  // A second firing would come with the next look of the runner.
  await pause(500);
  const fired = await firedSoFar(runner);
  const jumps = (await runner.heed.io.store.journal({ kind: 'work.clockJumped' })).map(({ data }) => Number(data.by));
  await runner.close();
  const steps = fired.map(({ clockId, step }) => `${clockId} ${step}`);
  const dueOf = new Map(timers.map(({ clockId, dueAt }) => [clockId, dueAt]));
  const late = timers.map(({ clockId, trueDue }) => (seen.get(clockId) ?? end) - trueDue - down);
  return {
    name: one.name,
    nFired: new Set(fired.map(({ clockId }) => clockId)).size,
    nDouble: steps.length - new Set(steps).size,
    nEarly: fired.filter(({ clockId, at }) => at < (dueOf.get(clockId) ?? 0)).length,
    lateMs: Math.round(Math.max(...late)),
    displaced: displaced(timers, fired),
    jumps,
  };
}

/** A stop and a later start is no jump: the machine's clock went on as it should. */
function isTold(one: Case, jumps: readonly number[]): boolean {
  if (one.stopped === true && one.jump > 0) return jumps.length === 0;
  // While stopped, true time passed that nobody measured.
  return jumps.length === 1 && Math.abs((jumps[0] ?? 0) - one.jump) < (one.stopped === true ? MINUTE : SECOND);
}

function isRight(one: Case, result: Result): boolean {
  const { nFired, nDouble, nEarly, lateMs, jumps } = result;
  const isOrdered = one.stopped === true || result.displaced <= AT_ONCE;
  return nFired === N_TIMERS && nDouble === 0 && nEarly === 0 && lateMs < LONGEST_LATE && isOrdered && isTold(one, jumps);
}

const drill: Drill = {
  about: 'REL-11, 12: clock jumps, sleep, leap day, summer time, 2038; each timer fires once, none late (13 cases of 100 timers)',
  run: async () => {
    const usual = process.env.TZ;
    const results: Result[] = [];
    const wrong: Result[] = [];
    for (const one of CASES) {
      const folder = mkdtempSync(join(tmpdir(), 'heed-clocks-'));
      if (one.timeZone !== undefined) process.env.TZ = one.timeZone;
      try {
        const result = await runCase(one, folder);
        results.push(result);
        if (!isRight(one, result)) wrong.push(result);
      } finally {
        if (usual === undefined) delete process.env.TZ;
        else process.env.TZ = usual;
        rmSync(folder, { recursive: true });
      }
    }
    const sum = (of: (result: Result) => number): number => results.reduce((total, result) => total + of(result), 0);
    const figures = {
      nDouble: sum((one) => one.nDouble),
      nEarly: sum((one) => one.nEarly),
      nMissing: CASES.length * N_TIMERS - sum((one) => one.nFired),
    };
    const worst = { lateMs: Math.max(...results.map((one) => one.lateMs)), displaced: Math.max(...results.map((one) => one.displaced)) };
    return { ok: wrong.length === 0, nCases: CASES.length, nTimers: CASES.length * N_TIMERS, ...figures, ...worst, wrong };
  },
};
export default drill;
