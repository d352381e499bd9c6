/** The thread that parses: says it is ready, then answers one task at a time; with each it tells what processor time it has used so far. */
import { parentPort } from 'node:worker_threads';
import { type ParseTask, runParse } from './parseTasks.ts';

if (parentPort === null) throw new Error('parseWorker runs as a thread');
const port = parentPort;

port.on('message', (task: ParseTask) => {
  try {
    const value = runParse(task);
    port.postMessage({ ok: true, value, cpu: process.threadCpuUsage() });
  } catch (fault) {
    // A bug of a parser loses this one text, not the thread.
    port.postMessage({ ok: false, fault: String(fault), cpu: process.threadCpuUsage() });
  }
});
port.postMessage({ ready: true, cpu: process.threadCpuUsage() });
