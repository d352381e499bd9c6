/** The thread that feeds mutated texts to the parsers. Its place is shared with the main thread, so that a hang can be named. */
import { parentPort, workerData } from 'node:worker_threads';
import { chanceFrom, mutate } from './fuzzMutate.ts';
import { FUZZ_SEEDS } from './fuzzSeeds.ts';
import { FUZZ_TARGETS } from './fuzzTargets.ts';

const { seed, from, to, place } = workerData as { seed: number; from: number; to: number; place: SharedArrayBuffer };
const at = new Int32Array(place);
/** ms from which one call counts as a hang. */
const HANG = 1000;
const encoder = new TextEncoder();
const pools = Object.fromEntries(Object.entries(FUZZ_SEEDS).map(([kind, texts]) => [kind, texts.map((text) => encoder.encode(text))]));
const all = Object.values(pools).flat();

interface Found {
  readonly n: number;
  readonly target: string;
  readonly what: string;
  readonly input: string;
}

const crashes: Found[] = [];
const hangs: Found[] = [];
let longest = 0;
for (let n = from; n < to; n++) {
  // Each input has chance of its own, so that one can be made again without those before it.
  const chance = chanceFrom(seed + n * 2_654_435_761);
  const target = FUZZ_TARGETS[n % FUZZ_TARGETS.length]!;
  const bytes = mutate(chance(10) === 0 ? all : pools[target.seeds]!, chance);
  at[0] = n;
  const cpu = process.threadCpuUsage();
  try {
    target.run(bytes);
  } catch (fault) {
    crashes.push({ n, target: target.name, what: String(fault), input: Buffer.from(bytes).toString('base64').slice(0, 400) });
  }
  const { user, system } = process.threadCpuUsage(cpu);
  const took = (user + system) / 1000;
  longest = Math.max(longest, took);
  if (took > HANG)
    hangs.push({ n, target: target.name, what: `${Math.round(took)} ms`, input: Buffer.from(bytes).toString('base64').slice(0, 400) });
}
parentPort?.postMessage({ crashes, hangs, longest });
