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

test('twenty askers get twenty successive slots, and each is served when it comes back at its own', () => {
  const pace = makeHostPace();
  expect(pace.ask('h', 'first', 1000, 0).kind).toBe('go');
  pace.finish('h');
  const told = Array.from({ length: 20 }, (_, n) => pace.ask('h', `asker${n}`, 1000, 0));
  expect(told).toEqual(Array.from({ length: 20 }, (_, n) => ({ kind: 'wait', at: (n + 1) * 1000, because: 'pace' })));
  for (let n = 0; n < 20; n++) {
    expect(pace.ask('h', `asker${n}`, 1000, (n + 1) * 1000)).toEqual({ kind: 'go' });
    pace.finish('h');
  }
});

test('who comes at its slot behind one that came late keeps its place', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  pace.finish('h');
  for (const asker of ['b', 'c', 'd']) pace.ask('h', asker, 1000, 0);
  expect(pace.ask('h', 'b', 1000, 1300)).toEqual({ kind: 'go' });
  pace.finish('h');
  expect(pace.ask('h', 'c', 1000, 2000)).toEqual({ kind: 'wait', at: 2300, because: 'pace' });
  expect(pace.ask('h', 'd', 1000, 3000)).toEqual({ kind: 'wait', at: 3300, because: 'pace' });
  expect(pace.ask('h', 'new', 1000, 2300)).toEqual({ kind: 'wait', at: 4300, because: 'pace' });
  expect(pace.ask('h', 'c', 1000, 2300)).toEqual({ kind: 'go' });
});

test('while a request runs, nobody is told to come again before a whole pause', () => {
  const pace = makeHostPace();
  pace.ask('h', 'a', 1000, 0);
  expect(pace.ask('h', 'b', 1000, 5000)).toEqual({ kind: 'wait', at: 6000, because: 'pace' });
  expect(pace.ask('h', 'b', 1000, 6000)).toEqual({ kind: 'wait', at: 7000, because: 'pace' });
});

/**
 * Askers come, are told when to come again, and do, some of them late; requests take their time; a host asks for silence now and then.
 * Time moves to the next instant anyone was told.
 */
test('requests to one host never start closer than the pause, "later" is later than now, and every asker gets in', () => {
  const arrival = fc.record({ at: fc.nat(20_000), late: fc.constantFrom(0, 0, 0, 7, 400, 3000), takes: fc.constantFrom(0, 0, 300, 4000) });
  fc.assert(
    fc.property(
      fc.array(arrival, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1000, 2500),
      fc.option(fc.nat(30)),
      (arrivals, pause, silentAfter) => {
        const pace = makeHostPace();
        const events = arrivals.map((each, n) => ({ ...each, asker: `asker${n}`, isEnd: false }));
        const starts: number[] = [];
        for (let nSteps = 0; events.length > 0; nSteps++) {
          if (nSteps > 4000) throw new Error('somebody never gets in');
          events.sort((a, b) => a.at - b.at);
          const next = events.shift()!;
          if (next.isEnd) {
            pace.finish('h');
            if (starts.length === silentAfter) pace.silence('h', next.at + 90_000);
            continue;
          }
          const turn = pace.ask('h', next.asker, pause, next.at);
          if (turn.kind === 'wait') {
            expect(turn.at).toBeGreaterThan(next.at);
            events.push({ ...next, at: turn.at + next.late });
          } else {
            starts.push(next.at);
            events.push({ ...next, at: next.at + next.takes, isEnd: true });
          }
        }
        expect(starts.length).toBe(arrivals.length);
        for (let n = 1; n < starts.length; n++) expect(starts[n]! - starts[n - 1]!).toBeGreaterThanOrEqual(pause);
      },
    ),
    { numRuns: 200 },
  );
});
