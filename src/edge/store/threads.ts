/** The calling thread's side of the writer and the reader; the same faces without threads for a database in memory. */
import { Worker } from 'node:worker_threads';
import { find, type Found, type Piece, type Question, type ReadCore } from './readCore.ts';
import { type Answer, type Fault, LARGEST_GROUP, type Op, type Parcel, type Reply, type WriteCore, type WriterData } from './writeCore.ts';

/** Something broke in the store. `what`: `full` no room left, `io` the disk or file failed, `other` what was asked was wrong. */
export class StoreFault extends Error {
  readonly what: Fault['what'];
  constructor(doing: string, fault: Fault, cause?: unknown) {
    super(`${doing}: ${fault.message}`, { cause: cause ?? fault });
    this.name = 'StoreFault';
    this.what = fault.what;
  }
}

export interface Writer {
  /** Resolves once what it wrote is durable; a fault rejects. */
  readonly send: (op: Op) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export interface Reader {
  readonly ask: <K extends keyof Found>(question: Question & { readonly kind: K }) => Promise<Found[K]>;
  readonly close: () => Promise<void>;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** `onWritten` hears how many changes each transaction kept, before their promises resolve. */
type OnWritten = (nChanges: number) => void;

function settle(waiting: Waiting<Answer> | undefined, answer: Answer): void {
  if (answer.kind === 'fault') waiting?.reject(new StoreFault('the store could not do it', answer.fault));
  else waiting?.resolve(answer);
}

function tellWritten(answers: readonly Answer[], onWritten: OnWritten): void {
  const nChanges = answers.filter((answer) => answer.kind === 'committed').length;
  if (nChanges > 0) onWritten(nChanges);
}

const CLOSED: Fault = { what: 'other', message: 'the store is closed' };

/** Everything asked in one turn of the calling thread goes together. */
export function writeHere(core: WriteCore, real: () => number, onWritten: OnWritten): Writer {
  const queue: { readonly op: Op; readonly waiting: Waiting<Answer> }[] = [];
  let closed = false;
  const flush = (): void => {
    while (queue.length > 0) {
      const group = queue.splice(0, LARGEST_GROUP);
      const answers = core.run(
        group.map(({ op }) => op),
        real(),
      );
      tellWritten(answers, onWritten);
      for (const [at, { waiting }] of group.entries()) settle(waiting, answers[at] as Answer);
    }
  };
  return {
    send: (op) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new StoreFault('nothing can be kept', CLOSED));
        queue.push({ op, waiting: { resolve, reject } });
        if (queue.length === 1) void Promise.resolve().then(flush);
      }),
    close: async () => {
      if (closed) return;
      closed = true;
      flush();
      core.close();
    },
  };
}

export function writeInThread(data: WriterData, real: () => number, onWritten: OnWritten): Writer {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData: data });
  const waiting = new Map<number, Waiting<Answer>>();
  let next = 0;
  let parcel: { n: number; op: Op }[] = [];
  let dead: StoreFault | null = null;
  const post = (): void => {
    if (parcel.length === 0) return;
    worker.postMessage({ real: real(), ops: parcel } satisfies Parcel);
    parcel = [];
  };
  const die = (fault: StoreFault): void => {
    dead ??= fault;
    for (const one of waiting.values()) one.reject(dead);
    waiting.clear();
  };
  worker.on('message', ({ answers }: Reply) => {
    tellWritten(
      answers.map(({ answer }) => answer),
      onWritten,
    );
    for (const { n, answer } of answers) {
      const one = waiting.get(n);
      waiting.delete(n);
      settle(one, answer);
    }
  });
  worker.on('error', (cause) => die(new StoreFault('the writer stopped', { what: 'io', message: String(cause) }, cause)));
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve(die(new StoreFault('nothing can be kept', CLOSED)))));
  let closing = false;
  return {
    send: (op) =>
      new Promise((resolve, reject) => {
        if (dead !== null || closing) return reject(dead ?? new StoreFault('nothing can be kept', CLOSED));
        waiting.set(next, { resolve, reject });
        parcel.push({ n: next, op });
        next += 1;
        if (parcel.length === 1) void Promise.resolve().then(post);
      }),
    close: async () => {
      if (!closing) {
        closing = true;
        post();
        worker.postMessage('close');
      }
      await gone;
    },
  };
}

export function readHere(core: ReadCore): Reader {
  const ask = async (question: Question): Promise<unknown> => find(core, question);
  return { ask: ask as Reader['ask'], close: async () => undefined };
}

/** The thread starts with the first question: short-lived commands never need it. */
export function readInThread(path: string): Reader {
  const waiting = new Map<number, Waiting<unknown> & { readonly rows: unknown[] }>();
  let next = 0;
  let worker: Worker | null = null;
  let gone: Promise<void> = Promise.resolve();
  let closed = false;
  const take = (piece: Piece): void => {
    const one = waiting.get(piece.n);
    if (one === undefined) return;
    if (!('fault' in piece) && piece.more) {
      one.rows.push(...(piece.value as unknown[]));
      return;
    }
    waiting.delete(piece.n);
    if ('fault' in piece) one.reject(new StoreFault('the store could not read', piece.fault));
    else one.resolve(one.rows.length === 0 ? piece.value : [...one.rows, ...(piece.value as unknown[])]);
  };
  const die = (error: StoreFault): void => {
    worker = null;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./reader.ts', import.meta.url), { workerData: { path } });
    started.on('message', take);
    started.on('error', (cause) => die(new StoreFault('the reader stopped', { what: 'io', message: String(cause) }, cause)));
    gone = new Promise((resolve) => started.once('exit', () => resolve(die(new StoreFault('nothing can be read', CLOSED)))));
    return started;
  };
  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new StoreFault('nothing can be read', CLOSED));
      worker ??= start();
      waiting.set(next, { resolve, reject, rows: [] });
      worker.postMessage({ n: next, question });
      next += 1;
    });
  return {
    ask: ask as Reader['ask'],
    close: async () => {
      closed = true;
      worker?.postMessage('close');
      await gone;
    },
  };
}
