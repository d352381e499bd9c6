/** Heed as a person starts it, `heed start`, in a process of its own on a fixed port, so that links and sessions outlive a restart. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** A start that takes longer than this is a failure of the drill. */
const LONGEST_START = 60_000;

export interface HeedProcess {
  /** Resolves when the server listens; rejects when the process ended before. */
  readonly ready: Promise<{ readonly setupCode: string }>;
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Lines on stderr so far. */
  readonly said: () => string;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function readyOf(child: ChildProcess, said: () => string): HeedProcess['ready'] {
  return new Promise((resolve, reject) => {
    let out = '';
    const timer = setTimeout(() => reject(new Error(`Heed did not listen in ${LONGEST_START} ms: ${said()}`)), LONGEST_START);
    const end = (): void => {
      clearTimeout(timer);
      reject(new Error(`Heed ended before it listened: ${said().slice(-2000)}`));
    };
    child.once('exit', end);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      // The code, where there is one, is printed in the line after the address.
      if (!/^Heed .*\n/m.test(out)) return;
      setTimeout(() => {
        clearTimeout(timer);
        child.off('exit', end);
        resolve({ setupCode: /code: (\d+)/.exec(out)?.[1] ?? '' });
      }, 20);
    });
  });
}

/** `extra` is added to the environment. */
export function startHeed(folder: string, port: number, extra: Readonly<Record<string, string>> = {}): HeedProcess {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEED_')));
  const env = { ...own, HEED_DATA: folder, HEED_PORT: String(port), HEED_ALLOW_LOOPBACK: 'yes', HEED_LOG: 'error', ...extra };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'start'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err = `${err}${text}`.slice(-20_000);
  });
  const gone = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const ready = readyOf(child, () => err);
  // Whoever kills during a start does not wait for it.
  ready.catch(() => undefined);
  return {
    ready,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => {
      child.kill('SIGTERM');
      return gone;
    },
    said: () => err,
  };
}
