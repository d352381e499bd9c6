/** A whole Heed in this process, as `heed start` builds it, on a folder of its own; and what is measured around it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { readConfig } from '../../src/config.ts';
import { type Heed, openHeed } from '../../src/heed.ts';
import { type Pulse, startPulse } from '../../src/pulse.ts';
import { serve } from '../../src/serve.ts';
import { makeSteadyClock } from '../../src/steadyClock.ts';
import { type MadeOffice, type MadeSource, setUpMadeOffice } from './office.ts';

export interface Running {
  readonly heed: Heed;
  readonly pulse: Pulse;
  readonly address: string;
  readonly office: MadeOffice;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export interface RunningOptions {
  readonly hookAddress: string | null;
  readonly sources: readonly MadeSource[];
  /** Where the data lies; it stays. Made, and removed at the end, when left out. */
  readonly folder?: string;
  /** The machine's clock; the real one when left out. */
  readonly wall?: () => number;
}

/** Store and runner on a folder, without the server. */
export async function openRunner(folder: string, wall: () => number = Date.now): Promise<Pick<Running, 'heed' | 'pulse' | 'close'>> {
  const checked = readConfig({ HEED_DATA: folder, HEED_PORT: '0', HEED_ALLOW_LOOPBACK: 'yes' });
  if (!checked.ok) throw new Error(checked.mistakes.join('\n'));
  const log = (line: string, data?: object): void => console.error(line, JSON.stringify(data ?? {}));
  const clock = makeSteadyClock({ wall, monotonic: () => performance.now() });
  const heed = await openHeed({ config: checked.config, now: clock.now, demo: false, onlyLoopback: false, log });
  await clock.goOnFrom(heed.io.store);
  const pulse = startPulse(heed.io, clock);
  heed.onWork = pulse.wake;
  const close = async (): Promise<void> => {
    await pulse.stop();
    await heed.close();
  };
  return { heed, pulse, close };
}

export async function startRunning(options: RunningOptions): Promise<Running> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'heed-bench-'));
  const { heed, pulse, close: closeRunner } = await openRunner(folder, options.wall);
  const setupCode = '424242';
  const served = await serve({ heed, host: '127.0.0.1', port: 0, setupCode, demo: null, log: null });
  const office = await setUpMadeOffice({ ...options, address: served.address, setupCode, now: heed.io.now });
  const close = async (): Promise<void> => {
    await served.close();
    await closeRunner();
    if (options.folder === undefined) rmSync(folder, { recursive: true });
  };
  return { heed, pulse, address: served.address, office, folder, close };
}

const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

/** Resolves when no job is due or in hand. */
export async function untilDone(running: Running): Promise<void> {
  for (;;) {
    const { due, leased } = await running.heed.io.store.jobCounts(Date.now());
    if (due === 0 && leased === 0) return;
    await pause(20);
  }
}

export interface Watched {
  readonly seconds: number;
  /** Of this process with all its threads. */
  readonly cpuSeconds: number;
  readonly rssBeforeMb: number;
  readonly rssPeakMb: number;
  /** Milliseconds that a timer came late. */
  readonly loopP50: number;
  readonly loopP99: number;
  readonly loopMax: number;
}

const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Runs `work` under watch. */
export async function watched(work: () => Promise<void>): Promise<Watched> {
  const rssBefore = process.memoryUsage.rss();
  let rss = rssBefore;
  const sampling = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 50);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const cpu = process.cpuUsage();
  const begun = performance.now();
  loop.enable();
  await work();
  loop.disable();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampling);
  const late = (nanoseconds: number): number => round(Math.max(0, nanoseconds / 1e6 - 1));
  return {
    seconds: round(seconds, 2),
    cpuSeconds: round((user + system) / 1e6, 2),
    rssBeforeMb: round(rssBefore / 1e6, 0),
    rssPeakMb: round(Math.max(rss, process.memoryUsage.rss()) / 1e6, 0),
    loopP50: late(loop.percentile(50)),
    loopP99: late(loop.percentile(99)),
    loopMax: late(loop.max),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 2);
}
