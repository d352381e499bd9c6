/** What the operator sees on the console: plain lines for a person, JSON lines for a log. Chance and the terminal are touched only here. */
import { randomInt } from 'node:crypto';

/** Six digits: the code that makes the first account, printed on the console and good until it is used. */
export function oneTimeCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** Resolves when the process is asked to end. */
export function untilAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  });
}

export function logger(level: 'silent' | 'error' | 'info'): {
  readonly write: (line: string) => void;
  readonly log: (line: string, data?: object) => void;
} {
  const write = (line: string): void => {
    if (level !== 'silent') process.stderr.write(line.endsWith('\n') ? line : `${line}\n`);
  };
  return { write, log: (line, data = {}) => write(JSON.stringify({ time: new Date().toISOString(), msg: line, ...data })) };
}
