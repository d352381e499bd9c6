import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeHostPace } from './hostPace.ts';

test('waiting askers get successive slots of their own while time stands still', () => {
  const pace = makeHostPace();
  expect(pace.ask('h', 'a', 1000, 0)).toEqual({ kind: 'go' });
  const waits = ['b', 'c', 'd'].map((asker) => pace.ask('h', asker, 1000, 0));
  expect(waits.map((turn) => turn.kind === 'wait' && turn.at)).toEqual([1000, 2000, 3000]);
  expect(pace.ask('h', 'b', 1000, 0)).toEqual({ kind: 'wait', at: 1000, because: 'pace' });
});

test('an asker that comes back at its slot goes, before one that comes new', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  pace.finish('h');
  pace.ask('h', 'b', 1000, 0);
  expect(pace.ask('h', 'new', 1000, 1000)).toEqual({ kind: 'wait', at: 2000, because: 'pace' });
  expect(pace.ask('h', 'b', 1000, 1000)).toEqual({ kind: 'go' });
});

test('one request at a time: a busy host lets nobody in, however long it takes', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  const turn = pace.ask('h', 'b', 1000, 60_000);
  expect(turn.kind === 'wait' && turn.at > 60_000).toBe(true);
  pace.finish('h');
  expect(pace.ask('h', 'b', 1000, 61_000).kind).toBe('go');
});

test('a slot nobody came for is given up', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  pace.finish('h');
  pace.ask('h', 'b', 1000, 0);
  expect(pace.ask('h', 'c', 1000, 62_000).kind).toBe('go');
});

test('after Retry-After the whole host is silent, and then its askers come one by one', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  pace.finish('h');
  pace.silence('h', 120_000);
  expect(pace.ask('h', 'b', 1000, 5000)).toEqual({ kind: 'wait', at: 120_000, because: 'retryAfter' });
  expect(pace.ask('h', 'c', 1000, 5000)).toEqual({ kind: 'wait', at: 121_000, because: 'retryAfter' });
  expect(pace.ask('h', 'b', 1000, 6000)).toEqual({ kind: 'wait', at: 120_000, because: 'retryAfter' });
  expect(pace.ask('h', 'b', 1000, 120_000).kind).toBe('go');
});

test('hosts do not wait for each other', () => {
  const pace = makeHostPace();
  expect(pace.ask('h', 'a', 1000, 0).kind).toBe('go');
  expect(pace.ask('i', 'a', 1000, 0).kind).toBe('go');
});

/** Askers come, are told when to come again, and do; time moves to the next instant anyone was told. */
test('requests to one host never start closer than the pause, and every asker gets in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1000, 2500),
      (arrivals, pause) => {
        const pace = makeHostPace();
        const waiting = arrivals.map((at, n) => ({ at, asker: `asker${n}` }));
        const starts: number[] = [];
        for (let nSteps = 0; waiting.length > 0; nSteps++) {
          if (nSteps > 4000) throw new Error('somebody never gets in');
          waiting.sort((a, b) => a.at - b.at);
          const next = waiting.shift()!;
          const turn = pace.ask('h', next.asker, pause, next.at);
          if (turn.kind === 'wait') waiting.push({ asker: next.asker, at: turn.at });
          else {
            starts.push(next.at);
            pace.finish('h');
          }
        }
        for (let n = 1; n < starts.length; n++) expect(starts[n]! - starts[n - 1]!).toBeGreaterThanOrEqual(pause);
      },
    ),
    { numRuns: 200 },
  );
});
