/**
 * Reads one large file of a stranger in a thread of its own, with a time limit and a memory limit: an import never holds or ends the
 * process. A thread a file: imports are few, and nothing of one is left for the next.
 */
import { Worker } from 'node:worker_threads';
import type { HeavyInputs, HeavyKind, HeavyOutputs } from './heavyTasks.ts';
import type { ParseFailure } from './parseApart.ts';

/** Real ms. Chosen: 100,000 rows take some 5 s; whoever imports waits that long and no longer. */
const LONGEST = 60_000;
/** MB. 64 MB of unpacked XML as rows of strings. */
const HEAP = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
/** Two at once; more wait their turn. */
const MOST = 2;

export type HeavyResult<K extends HeavyKind> =
  | { readonly ok: true; readonly value: HeavyOutputs[K] }
  | { readonly ok: false; readonly why: ParseFailure };

const waiting: (() => void)[] = [];
let nRunning = 0;

async function turn(): Promise<void> {
  if (nRunning >= MOST) await new Promise<void>((resolve) => waiting.push(resolve));
  nRunning++;
}

function leave(): void {
  nRunning--;
  waiting.shift()?.();
}

/** Never rejects. */
export async function heavyApart<K extends HeavyKind>(kind: K, input: HeavyInputs[K]): Promise<HeavyResult<K>> {
  await turn();
  const worker = new Worker(new URL('./heavyWorker.ts', import.meta.url), { resourceLimits: HEAP, workerData: { kind, input } });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<HeavyResult<K>>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, why: 'time' }), LONGEST);
      worker.on('message', resolve);
      worker.on('error', (error: Error & { code?: string }) =>
        resolve({ ok: false, why: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'fault' }),
      );
      worker.on('exit', () => resolve({ ok: false, why: 'fault' }));
    });
  } finally {
    clearTimeout(timer);
    leave();
    void worker.terminate();
  }
}
