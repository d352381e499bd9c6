import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import { DEFAULT_SERIES, lookAtSeries, newSeriesWatch, scoreSeries } from './seriesBurst.ts';

const T = Date.UTC(2026, 2, 10, 12);

/** Noise that is the same in every run. */
function noise(i: number): number {
  let word = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d);
  word = Math.imul(word ^ (word >>> 12), 0x297a2d39);
  return ((word ^ (word >>> 15)) >>> 0) / 2 ** 32;
}

/** Quarter hours of about `usual` texts with long tails, and `extra` in the bins of the event. */
function series(days: number, usual: number, event: { day: number; hours: number; extra: number } | null = null) {
  const times = Array.from({ length: days * 96 }, (_, i) => T + i * 15 * MINUTE);
  const values = times.map((_, i) => {
    const isEvent = event !== null && i >= event.day * 96 && i < event.day * 96 + event.hours * 4;
    return Math.round(-Math.log(1 - noise(i + 1)) * usual) + (isEvent ? event.extra : 0);
  });
  return { times, values };
}

function onsets(times: readonly Instant[], values: readonly number[], settings = DEFAULT_SERIES): number[] {
  return scoreSeries(times, values, settings).flatMap((score, i) => (score >= 0.5 ? [i] : []));
}

describe('a series of counts', () => {
  test('no alarm before data, nor in the days of learning', () => {
    const { times, values } = series(4, 20, { day: 1, hours: 2, extra: 5000 });
    expect(onsets(times, values).filter((i) => i < 2 * 96)).toEqual([]);
    expect(scoreSeries([], [])).toEqual([]);
    expect(
      onsets(
        times,
        values.map(() => 0),
      ),
    ).toEqual([]);
  });

  test('an event is told within its first hour, once', () => {
    const { times, values } = series(30, 20, { day: 20, hours: 5, extra: 300 });
    expect(onsets(times, values).filter((i) => i >= 20 * 96 && i < 21 * 96)).toHaveLength(1);
    expect(onsets(times, values).some((i) => i >= 20 * 96 && i <= 20 * 96 + 4)).toBe(true);
  });

  test('a much greater one in the hold is told again, an equal one is not', () => {
    const second = (extra: number) => {
      const { times, values } = series(30, 20, { day: 20, hours: 2, extra: 300 });
      const told = onsets(
        times,
        values.map((value, i) => value + (i >= 20 * 96 + 40 && i < 20 * 96 + 44 ? extra : 0)),
      );
      return told.some((i) => i >= 20 * 96 + 40 && i < 20 * 96 + 44);
    };
    expect([second(250), second(9000)]).toEqual([false, true]);
  });

  test('after the hold the next event is a new onset', () => {
    const { times, values } = series(30, 20, { day: 20, hours: 2, extra: 400 });
    const told = onsets(
      times,
      values.map((value, i) => value + (i >= 22 * 96 && i < 22 * 96 + 8 ? 500 : 0)),
    );
    expect(told.some((i) => i >= 22 * 96 && i < 22 * 96 + 8)).toBe(true);
  });

  test('a larger budget tells no less, and what it tells stays near to it', () => {
    const { times, values } = series(120, 20);
    const counts = [1, 4, 12].map((perMonth) => onsets(times, values, { ...DEFAULT_SERIES, perMonth }).length);
    expect(counts[0]).toBeLessThanOrEqual(counts[1] ?? 0);
    expect(counts[1]).toBeLessThanOrEqual(counts[2] ?? 0);
    // Four months of pure noise.
    expect(counts[1]).toBeLessThanOrEqual(2 * 4 * 4);
    expect(counts[2]).toBeLessThanOrEqual(2 * 4 * 12);
    expect(counts[2]).toBeGreaterThanOrEqual(0.5 * 4 * 12);
  });

  test('a daily rhythm is no burst each morning', () => {
    const { times, values } = series(60, 20);
    const rhythm = values.map((value, i) => (i % 96 < 32 ? Math.round(value / 10) : value * 2));
    expect(onsets(times, rhythm).length).toBeLessThanOrEqual(2 * 2 * 4);
  });
});

describe('what is promised of a look', () => {
  const watched = (scale: number) => {
    const { values } = series(20, 20);
    const watch = newSeriesWatch(15 * MINUTE);
    for (const [i, value] of values.entries()) lookAtSeries(watch, T + i * 15 * MINUTE, value * scale);
    return watch;
  };
  const last = (scale: number, count: number) => lookAtSeries(watched(scale), T + 20 * DAY, count * scale).perMonth;

  test('more texts are never less rare', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (count, more) => {
        return last(1, count + more) <= last(1, count);
      }),
      { numRuns: 30 },
    );
  });

  test('the same series ten times larger finds the same instants', () => {
    const { times, values } = series(40, 40, { day: 25, hours: 3, extra: 500 });
    const [plain, tenfold] = [values, values.map((value) => value * 10)].map((each) => onsets(times, each));
    expect(tenfold?.some((i) => i >= 25 * 96 && i < 25 * 96 + 4)).toBe(true);
    expect(Math.abs((plain?.length ?? 0) - (tenfold?.length ?? 0))).toBeLessThanOrEqual(1);
  });

  test('a shift of the clock by whole hours changes no onset', () => {
    const { times, values } = series(25, 20, { day: 15, hours: 3, extra: 300 });
    for (const hours of [6, 24, 31])
      expect(
        onsets(
          times.map((at) => at + hours * HOUR),
          values,
        ),
      ).toEqual(onsets(times, values));
  });

  test('the look says which width showed it and what is usual there', () => {
    const look = lookAtSeries(watched(1), T + 20 * DAY, 2000);
    expect(look.width).toBe(15 * MINUTE);
    expect(look.count).toBe(2000);
    expect(look.usual).toBeGreaterThan(5);
    expect(look.usual).toBeLessThan(60);
    expect(look.isOnset).toBe(true);
  });
});
