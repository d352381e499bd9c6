/**
 * S-FUZZ: mutated texts of at most 8 kB for every parser of strangers' texts. Nothing may throw, nothing may take a second. The same seed
 * gives the same texts; a found one is named by its number.
 */
import { Worker } from 'node:worker_threads';
import { FUZZ_TARGETS } from './hostileWorld/fuzzTargets.ts';
import type { Drill } from './main.ts';

/** The size for every day; the long run takes 1,000,000. */
const USUAL = 20_000;
/** Real ms without a step after which the thread is taken to hang for good. */
const STUCK = 30_000;

interface LoopResult {
  readonly crashes: readonly object[];
  readonly hangs: readonly object[];
  readonly longest: number;
}

/** `stuckAt` is the number of the text on which the thread stood still, or null. */
function runLoop(
  seed: number,
  from: number,
  to: number,
): Promise<LoopResult & { readonly stuckAt: number | null; readonly died: string | null }> {
  const place = new SharedArrayBuffer(4);
  const at = new Int32Array(place);
  const worker = new Worker(new URL('./hostileWorld/fuzzLoop.ts', import.meta.url), { workerData: { seed, from, to, place } });
  return new Promise((resolve) => {
    let last = -1;
    const none = { crashes: [], hangs: [], longest: 0 };
    const finish = (result: LoopResult, stuckAt: number | null, died: string | null): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve({ ...result, stuckAt, died });
    };
    const watch = setInterval(() => {
      if (at[0] === last) finish(none, last, null);
      last = at[0]!;
    }, STUCK);
    worker.once('message', (result: LoopResult) => finish(result, null, null));
    worker.once('error', (fault) => finish(none, null, `text ${at[0]}: ${fault}`));
  });
}

const drill: Drill = {
  about: "S-FUZZ: mutated texts for every parser of strangers' texts; 0 crashes, 0 over a second (--rounds N, --seed N)",
  run: async ({ rounds, seed }) => {
    const texts = rounds ?? USUAL;
    const usedSeed = seed ?? 20_260_303;
    const began = performance.now();
    const { crashes, hangs, longest, stuckAt, died } = await runLoop(usedSeed, 0, texts);
    const ok = crashes.length === 0 && hangs.length === 0 && stuckAt === null && died === null;
    const seconds = Math.round((performance.now() - began) / 1000);
    const found = ok ? {} : { stuckAt, died, examples: [...crashes, ...hangs].slice(0, 20) };
    return {
      ok,
      seed: usedSeed,
      texts,
      parsers: FUZZ_TARGETS.length,
      crashes: crashes.length,
      hangs: hangs.length,
      longestMs: Math.round(longest),
      seconds,
      ...found,
    };
  },
};
export default drill;
