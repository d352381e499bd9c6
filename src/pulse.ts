/** Keeps the runner going on a real clock: sleeps until the next due job, wakes when a commit brought new ones. */
import { JOURNAL } from './account/journalKinds.ts';
import type { Io } from './io.ts';
import type { Job, Store } from './ports.ts';
import type { SteadyClock } from './steadyClock.ts';
import { runJob } from './work/runJob.ts';

/** Quick jobs in hand at once: few enough for one machine. */
const AT_ONCE = 32;
/** A job in hand for longer waits for a slow host and costs next to nothing: it no longer keeps another from beginning. */
const SLOW_AFTER = 500;
/** All jobs in hand at once, slow ones included: below what the outbound client opens. */
const MOST_AT_ONCE = 240;
const RENEW_EVERY = 10_000;
const LONGEST_SLEEP = 5_000;
const BLOCKED_SLEEP = 250;

export interface Pulse {
  /** Called after a commit that may have brought due work. */
  readonly wake: () => void;
  /** Lets what is in hand finish; nothing new begins. */
  readonly stop: () => Promise<void>;
}

/** A store that wakes the pulse after each commit with jobs. */
export function waking(store: Store, wake: () => void): Store {
  const commit: Store['commit'] = async (change) => {
    const committed = await store.commit(change);
    if (change.jobs !== undefined && change.jobs.length > 0) wake();
    return committed;
  };
  return new Proxy(store, { get: (target, name) => (name === 'commit' ? commit : bound(target, name)) });
}

function bound(store: Store, name: string | symbol): unknown {
  const value = Reflect.get(store, name) as unknown;
  return typeof value === 'function' ? value.bind(store) : value;
}

/** Jumps of the machine's clock are written down, so that whoever computes a figure knows. */
async function tellJumps(io: Io, clock: SteadyClock): Promise<void> {
  const jumps = [...clock.jumps()];
  if (jumps.length === 0) return;
  for (const { by } of jumps) io.log("the machine's clock jumped", { by });
  await io.store.commit({
    journal: jumps.map(({ at, by }) => ({ at, kind: JOURNAL.clockJumped, subject: 'clock', by: 'machine', data: { by } })),
  });
  clock.drop(jumps.length);
}

/** How many jobs may begin now; `begunAt` on the same monotonic clock as `now`. */
export function freeOf(inHand: readonly { readonly begunAt: number }[], now: number): number {
  const nQuick = inHand.filter(({ begunAt }) => now - begunAt < SLOW_AFTER).length;
  return Math.min(AT_ONCE - nQuick, MOST_AT_ONCE - inHand.length);
}

/** `clock`: whose jumps are journalled; null when time is told by other means. */
export function startPulse(io: Io, clock: SteadyClock | null = null): Pulse {
  const inHand = new Map<number, { readonly running: Promise<void>; readonly begunAt: number }>();
  let isStopped = false;
  let isAsked = false;
  let rouse: (() => void) | null = null;
  const wake = (): void => {
    isAsked = true;
    rouse?.();
  };
  const sleep = (span: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, span);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isAsked || isStopped) rouse();
    });
  const take = (job: Job): void => {
    const running = runJob(io, job).finally(() => {
      inHand.delete(job.id);
      wake();
    });
    inHand.set(job.id, { running, begunAt: performance.now() });
  };
  const renewing = setInterval(() => {
    if (inHand.size > 0)
      io.store.renew([...inHand.keys()]).catch((error: unknown) => io.log('leases could not be renewed', { error: String(error) }));
  }, RENEW_EVERY);
  const round = async (): Promise<void> => {
    isAsked = false;
    if (clock !== null) await tellJumps(io, clock);
    const free = freeOf([...inHand.values()], performance.now());
    const jobs = free > 0 ? await io.store.claim(io.now(), free) : [];
    for (const job of jobs) take(job);
    if (jobs.length > 0 && free > jobs.length) return;
    const next = await io.store.nextDue();
    const left = next === null ? LONGEST_SLEEP : next - io.now();
    // What is due already and was not leased waits for its lane; the end of the job before it wakes us.
    await sleep(left <= 0 ? (jobs.length > 0 ? 0 : BLOCKED_SLEEP) : Math.min(LONGEST_SLEEP, left));
  };
  const loop = (async () => {
    while (!isStopped) {
      await round().catch(async (error: unknown) => {
        io.log('the runner could not go on and tries again', { error: String(error) });
        await sleep(1_000);
      });
    }
  })();
  const stop = async (): Promise<void> => {
    isStopped = true;
    wake();
    clearInterval(renewing);
    await loop;
    await Promise.all([...inHand.values()].map(({ running }) => running));
  };
  return { wake, stop };
}
