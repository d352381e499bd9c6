/**
 * Parses texts of strangers in threads of their own, with a time limit and a memory limit, so that no page and no feed can hold or end
 * the process. A text that breaks a limit costs its thread; the next text gets a fresh one.
 */
import { Worker } from 'node:worker_threads';
import type { ParseInputs, ParseKind, Parsed } from './parseTasks.ts';

/**
 * ms of a thread's own CPU time for one text, so that a busy machine does not lose honest pages. Chosen with the fallback in mind: where
 * a core is free both together end in 2 s (S-XML).
 */
const LONGEST = 1_400;
/** The same for the fallback, which is linear and reads no more than a page's largest length. */
const LONGEST_STRIP = 450;
/** Real ms after which a text is given up however little CPU it got. */
const LONGEST_REAL = 20_000;
/** Two: one that chews on a large text does not hold up the small ones. */
const MOST_THREADS = 2;
/** MB of a thread's heap: what a text may cost besides its own bytes (S-XML). */
const HEAP = { maxOldGenerationSizeMb: 56, maxYoungGenerationSizeMb: 6, stackSizeMb: 4 };

/** Bytes; smaller texts are copied. */
const WORTH_MOVING = 1024 * 1024;

/** Bytes from which a text counts as large: of 1,000 feeds and pages measured nearly all are smaller. */
const LARGE = 512 * 1024;

/** `time` and `memory`: a limit was broken; `fault`: the parser broke. */
export type ParseFailure = 'time' | 'memory' | 'fault';
export type ParseResult<K extends ParseKind> =
  | { readonly ok: true; readonly value: Parsed<K> }
  | { readonly ok: false; readonly why: ParseFailure };

type AnyResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: ParseFailure };

interface Waiting {
  readonly task: { readonly kind: ParseKind; readonly input: ParseInputs[ParseKind] };
  readonly resolve: (result: AnyResult) => void;
  /** Noted at once: the bytes may be moved away. */
  readonly isLarge: boolean;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  running: Waiting | null;
  timer: NodeJS.Timeout | undefined;
  /** Processor time the thread had used when it last spoke. */
  cpu: NodeJS.CpuUsage;
}

type Said = { readonly cpu: NodeJS.CpuUsage } & (
  | { readonly ready: true }
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false }
);

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
  const thread: Thread = { worker, ready: false, running: null, timer: undefined, cpu: { user: 0, system: 0 } };
  threads.add(thread);
  worker.on('message', (message: Said) => {
    thread.cpu = message.cpu;
    if ('ready' in message) {
      thread.ready = true;
      worker.unref();
    } else settle(thread, message.ok ? { ok: true, value: message.value } : { ok: false, why: 'fault' });
    next();
  });
  worker.on('error', (error: Error & { code?: string }) => drop(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'fault'));
  worker.on('exit', () => drop(thread, 'fault'));
}

/** Large, and all of its buffer, so that nobody else has a part of it. */
function isMovable(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.byteLength > WORTH_MOVING && bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}

/** Looks when the time could be over, and again as long as the thread was kept waiting for the processor. */
function watch(thread: Thread, most: number): void {
  const { running, worker, cpu } = thread;
  const until = performance.now() + LONGEST_REAL;
  const look = async (): Promise<void> => {
    const { user, system } = await worker.cpuUsage(cpu);
    if (thread.running !== running) return;
    const left = most - (user + system) / 1000;
    if (left < 1 || performance.now() > until) drop(thread, 'time');
    else thread.timer = setTimeout(guarded, Math.max(20, left));
  };
  // A thread that has ended is dropped by its own event.
  const guarded = (): void => void look().catch(() => undefined);
  thread.timer = setTimeout(guarded, most);
}

function give(thread: Thread, waiting: Waiting): void {
  thread.running = waiting;
  thread.worker.ref();
  const { kind, input } = waiting.task;
  watch(thread, kind === 'strip' ? LONGEST_STRIP : LONGEST);
  // A feed is large and is not needed again; of a page the bytes are kept for the fallback.
  thread.worker.postMessage(waiting.task, kind === 'feed' && isMovable(input.bytes) ? [input.bytes.buffer] : []);
  // The other one is warm before it is needed: a fallback must not wait for a thread to start.
  if (threads.size < MOST_THREADS) start();
}

/** The first in the queue that may run now. A large text is taken only while another thread is left for the small ones. */
function takeNext(): Waiting | null {
  const open = [...threads].filter(({ ready, running }) => ready && running?.isLarge !== true).length;
  const at = open < 2 ? queue.findIndex((waiting) => !waiting.isLarge) : 0;
  return at < 0 ? null : (queue.splice(at, 1)[0] ?? null);
}

function next(): void {
  for (const thread of threads) {
    if (!thread.ready || thread.running !== null) continue;
    const waiting = takeNext();
    if (waiting === null) break;
    give(thread, waiting);
  }
  const nStarting = [...threads].filter((thread) => !thread.ready).length;
  if (queue.length > nStarting && threads.size < MOST_THREADS) start();
}

/** Never rejects. The bytes of a large feed are gone afterwards. Texts are taken in order; waiting for a free thread does not count against the time limit. */
export function parseApart<K extends ParseKind>(kind: K, input: ParseInputs[K]): Promise<ParseResult<K>> {
  return new Promise((resolve) => {
    // A fallback ends what was begun: it goes first, and on the thread that is warm, whatever its length.
    const isLarge = kind !== 'strip' && input.bytes.length > LARGE;
    const waiting = { task: { kind, input }, resolve: resolve as (result: AnyResult) => void, isLarge };
    if (kind === 'strip') queue.unshift(waiting);
    else queue.push(waiting);
    next();
  });
}

/** What is left of a page that broke a limit: its text without tags, or nothing when even that took too long. */
export async function stripApart(bytes: Uint8Array, contentType: string): Promise<{ readonly text: string; readonly charset: string }> {
  const stripped = await parseApart('strip', { bytes, contentType });
  return stripped.ok ? stripped.value : { text: '', charset: 'utf-8' };
}
