/** The thread that reads one large file and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type HeavyTask, runHeavy } from './heavyTasks.ts';

if (parentPort === null) throw new Error('heavyWorker runs as a thread');
const port = parentPort;

try {
  port.postMessage({ ok: true, value: await runHeavy(workerData as HeavyTask) });
} catch (fault) {
  // Broken by whoever made it, or too large: the one file is lost, and the reason told.
  port.postMessage({ ok: false, why: fault instanceof Error && 'tooLarge' in fault ? 'memory' : 'fault' });
}
