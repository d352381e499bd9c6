/**
 * Parses texts of strangers in threads of their own, with a time limit and a memory limit, so that no page and no feed can hold or end
 * the process. A text that breaks a limit costs its thread; the next text gets a fresh one.
 */
import { Worker } from 'node:worker_threads';
import type { ParseInputs, ParseKind, Parsed } from './parseTasks.ts';

/** Real ms for one text, counted from when a thread takes it. Chosen with the fallback in mind: both together end in 2 s (S-XML). */
const LONGEST = 1_500;
/** Two: one that chews on a bad text does not hold up the other. */
const MOST_THREADS = 2;
/** MB of a thread's heap: what a text may cost besides its own bytes (S-XML). */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 6, stackSizeMb: 4 };

/** Bytes; smaller texts are copied. */
const WORTH_MOVING = 1024 * 1024;

/** `time` and `memory`: a limit was broken; `fault`: the parser broke. */
export type ParseFailure = 'time' | 'memory' | 'fault';
export type ParseResult<K extends ParseKind> =
  | { readonly ok: true; readonly value: Parsed<K> }
  | { readonly ok: false; readonly why: ParseFailure };

type AnyResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: ParseFailure };

interface Waiting {
  readonly task: { readonly kind: ParseKind; readonly input: ParseInputs[ParseKind] };
  readonly resolve: (result: AnyResult) => void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  running: Waiting | null;
  timer: NodeJS.Timeout | undefined;
}

const queue: Waiting[] = [];
const threads = new Set<Thread>();

function settle(thread: Thread, result: AnyResult): void {
  clearTimeout(thread.timer);
  const { running } = thread;
  thread.running = null;
  // Idle threads do not keep the process alive.
  thread.worker.unref();
  running?.resolve(result);
}

/** A thread that fell before it was ready fails one waiting text, so that a broken start cannot repeat for ever. */
function drop(thread: Thread, why: ParseFailure): void {
  if (!threads.delete(thread)) return;
  if (thread.running === null && !thread.ready) thread.running = queue.shift() ?? null;
  settle(thread, { ok: false, why });
  void thread.worker.terminate();
  next();
}

function start(): void {
  const worker = new Worker(new URL('./parseWorker.ts', import.meta.url), { resourceLimits: HEAP });
  const thread: Thread = { worker, ready: false, running: null, timer: undefined };
  threads.add(thread);
  worker.on('message', (message: 'ready' | { readonly ok: true; readonly value: unknown } | { readonly ok: false }) => {
    if (message === 'ready') {
      thread.ready = true;
      worker.unref();
    } else settle(thread, message.ok ? message : { ok: false, why: 'fault' });
    next();
  });
  worker.on('error', (error: Error & { code?: string }) => drop(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'fault'));
  worker.on('exit', () => drop(thread, 'fault'));
}

/** Large, and all of its buffer, so that nobody else has a part of it. */
function isMovable(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.byteLength > WORTH_MOVING && bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}

function give(thread: Thread, waiting: Waiting): void {
  thread.running = waiting;
  thread.worker.ref();
  thread.timer = setTimeout(() => drop(thread, 'time'), LONGEST);
  const { kind, input } = waiting.task;
  // A feed is large and is not needed again; of a page the bytes are kept for the fallback.
  thread.worker.postMessage(waiting.task, kind === 'feed' && isMovable(input.bytes) ? [input.bytes.buffer] : []);
}

function next(): void {
  for (const thread of threads) {
    if (queue.length === 0) return;
    if (thread.ready && thread.running === null) give(thread, queue.shift() as Waiting);
  }
  const nStarting = [...threads].filter((thread) => !thread.ready).length;
  if (queue.length > nStarting && threads.size < MOST_THREADS) start();
}

/** Never rejects. The bytes of a large feed are gone afterwards. Texts are taken in order; waiting for a free thread does not count against the time limit. */
export function parseApart<K extends ParseKind>(kind: K, input: ParseInputs[K]): Promise<ParseResult<K>> {
  return new Promise((resolve) => {
    queue.push({ task: { kind, input }, resolve: resolve as (result: AnyResult) => void });
    next();
  });
}

/** What is left of a page that broke a limit: its text without tags, or nothing when even that took too long. */
export async function stripApart(bytes: Uint8Array, contentType: string): Promise<{ readonly text: string; readonly charset: string }> {
  const stripped = await parseApart('strip', { bytes, contentType });
  return stripped.ok ? stripped.value : { text: '', charset: 'utf-8' };
}
