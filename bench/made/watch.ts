/** Loaded before a command by `--import`: writes what the process took to the file that BENCH_WATCH names, when it ends. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface Watch {
  /** From the first line of the process to its end. */
  readonly seconds: number;
  /** With all threads. */
  readonly cpuSeconds: number;
  readonly rssPeakMb: number;
  /** Milliseconds that a timer of one millisecond came late, of the main thread. */
  readonly loopP50: number;
  readonly loopP99: number;
  readonly loopMax: number;
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const file = process.env.BENCH_WATCH;
if (file !== undefined && isMainThread) {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  process.on('exit', () => {
    const late = (nanoseconds: number): number => round(Math.max(0, nanoseconds / 1e6 - 1), 1);
    const { user, system } = process.cpuUsage();
    const watch: Watch = {
      seconds: round(performance.now() / 1000, 2),
      cpuSeconds: round((user + system) / 1e6, 2),
      // In kilobytes of 1024 bytes, whatever the platform.
      rssPeakMb: round((process.resourceUsage().maxRSS * 1024) / 1e6, 0),
      loopP50: late(loop.percentile(50)),
      loopP99: late(loop.percentile(99)),
      loopMax: late(loop.max),
    };
    writeFileSync(file, JSON.stringify(watch));
  });
}
