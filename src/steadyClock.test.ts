import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from './model/time.ts';
import type { Store } from './ports.ts';
import { makeSteadyClock, type SteadyClock } from './steadyClock.ts';

const START = Date.UTC(2027, 0, 1);

interface World {
  readonly clock: SteadyClock;
  wall: number;
  monotonic: number;
}

function world(): World {
  const made = { wall: START, monotonic: 77 };
  return Object.assign(made, { clock: makeSteadyClock({ wall: () => made.wall, monotonic: () => made.monotonic }) });
}

function passes(of: World, span: number): void {
  of.wall += span;
  of.monotonic += span;
}

const journalOf = (at: number | null): Store => ({ journal: async () => (at === null ? [] : [{ at }]) }) as unknown as Store;

describe('domain time', () => {
  const cases: readonly (readonly [name: string, jump: number, domain: number, told: readonly number[]])[] = [
    ['an hour forward is followed', HOUR, 2 * MINUTE + HOUR, [HOUR]],
    ['two hours back are not', -2 * HOUR, 2 * MINUTE, [-2 * HOUR]],
    ['a correction forward is no jump', 5 * SECOND, 2 * MINUTE + 5 * SECOND, []],
    ['a correction back is no jump', -5 * SECOND, 2 * MINUTE - 5 * SECOND, []],
  ];
  test.each(cases)('%s', (_name, jump, domain, told) => {
    const w = world();
    passes(w, MINUTE);
    w.clock.now();
    w.wall += jump;
    w.clock.now();
    passes(w, MINUTE);
    expect(w.clock.now() - START).toBe(domain);
    expect(w.clock.jumps().map(({ by }) => by)).toEqual(told);
  });

  test('set back and then right again: nothing is counted twice', () => {
    const w = world();
    w.wall -= 2 * HOUR;
    w.clock.now();
    w.wall += 2 * HOUR;
    passes(w, MINUTE);
    expect(w.clock.now()).toBe(START + MINUTE);
    expect(w.clock.jumps()).toHaveLength(2);
    w.clock.drop(1);
    expect(w.clock.jumps().map(({ by }) => by)).toEqual([2 * HOUR]);
  });

  test('never goes back, and never stands still for more than a correction', () => {
    const step = fc.record({ passes: fc.integer({ min: 0, max: HOUR }), jump: fc.integer({ min: -DAY, max: DAY }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const w = world();
        let [before, least] = [w.clock.now(), 0];
        for (const { passes: span, jump } of steps) {
          passes(w, span);
          w.wall += jump;
          least += span - 30 * SECOND;
          const now = w.clock.now();
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
        expect(before - START).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  const starts: readonly (readonly [name: string, last: number | null, from: number, told: readonly number[]])[] = [
    ['an empty journal', null, 0, []],
    ['a journal of the past', -DAY, 0, []],
    ['a wall two hours behind the journal', 2 * HOUR, 2 * HOUR, [-2 * HOUR]],
    ['a wall years behind the journal is taken', 4000 * DAY, 0, [-4000 * DAY]],
  ];
  test.each(starts)('at a start with %s', async (_name, last, from, told) => {
    const w = world();
    await w.clock.goOnFrom(journalOf(last === null ? null : START + last));
    expect(w.clock.now() - START).toBe(from);
    expect(w.clock.jumps().map(({ by }) => by)).toEqual(told);
  });
});
