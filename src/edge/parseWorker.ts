/** The thread that parses: says it is ready, then answers one task at a time. */
import { parentPort } from 'node:worker_threads';
import { type ParseTask, runParse } from './parseTasks.ts';

if (parentPort === null) throw new Error('parseWorker runs as a thread');
const port = parentPort;

port.on('message', (task: ParseTask) => {
  try {
    port.postMessage({ ok: true, value: runParse(task) });
  } catch (fault) {
    // A bug of a parser loses this one text, not the thread.
    port.postMessage({ ok: false, fault: String(fault) });
  }
});
port.postMessage('ready');
