/** Long work gives way every few milliseconds, so that requests are served meanwhile (event-loop delay, architecture section 5). */
import { performance } from 'node:perf_hooks';
import type { Io } from './io.ts';

/** Half of the delay that is allowed at most, since one step of work may follow the look at the clock. */
const SPELL = 6;

export function makeBreathe(): Io['breathe'] {
  let since = performance.now();
  return {
    isTime: () => performance.now() - since > SPELL,
    now: () =>
      new Promise((resolve) => {
        setImmediate(() => {
          since = performance.now();
          resolve();
        });
      }),
  };
}
