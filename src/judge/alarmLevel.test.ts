import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../model/time.ts';
import { type AlarmLevel, gumbel, learnLevel, MONTH_DAYS, newAlarmLevel, onsetsPerMonth } from './alarmLevel.ts';

const PRIOR = { location: 0, scale: 1, days: 6 };

/** A fixed run of numbers in 0..1, evenly spread. */
const even = (i: number): number => ((i + 0.5) * 0.618_033_988_749_895) % 1;

/** Days whose maxima are Gumbel of this location and scale. */
function learned(days: number, location: number, scale: number, at = 0): AlarmLevel {
  const level = newAlarmLevel(PRIOR);
  for (let day = 0; day <= days; day++) {
    for (let hour = 0; hour < 24; hour++) {
      const peak = location - scale * Math.log(-Math.log(even(day)));
      learnLevel(level, at + day * DAY + hour * HOUR, hour === 9 ? peak : location - 10 * scale);
    }
  }
  return level;
}

describe('the level of alarms', () => {
  test('before a day is over the prior holds', () => {
    const level = newAlarmLevel(PRIOR);
    for (let hour = 0; hour < 24; hour++) learnLevel(level, hour * HOUR, 1e6);
    expect([level.location, level.scale]).toEqual([0, 1]);
    expect(gumbel(level, 3)).toBe(3);
  });

  const LAWS: [location: number, scale: number][] = [
    [0, 1],
    [5, 2],
    [40, 15],
  ];
  for (const [location, scale] of LAWS)
    test(`sixty days of a Gumbel law at ${location}, ${scale} are found again`, () => {
      const level = learned(60, location, scale);
      expect(Math.abs(level.location - location)).toBeLessThan(0.2 * (location + scale));
      expect(level.scale / scale).toBeGreaterThan(0.7);
      expect(level.scale / scale).toBeLessThan(1.3);
    });

  test('a handful of huge days does not move it', () => {
    const plain = learned(60, 5, 2);
    const wild = newAlarmLevel(PRIOR);
    for (let day = 0; day <= 60; day++) learnLevel(wild, day * DAY, day % 15 === 7 ? 1e5 : 5 - 2 * Math.log(-Math.log(even(day))));
    expect(Math.abs(wild.location - plain.location)).toBeLessThan(1);
    expect(wild.scale).toBeLessThan(plain.scale * 1.5);
  });

  test('old days are forgotten', () => {
    const level = learned(60, 50, 5);
    for (let day = 61; day <= 125; day++) learnLevel(level, day * DAY, 5 - 2 * Math.log(-Math.log(even(day))));
    expect(level.location).toBeLessThan(7);
    expect(level.maxima.length).toBe(60);
  });

  test('a shift of the clock changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (hours) => {
        const [a, b] = [learned(10, 5, 2), learned(10, 5, 2, hours * HOUR)];
        return a.location === b.location && a.scale === b.scale;
      }),
      { numRuns: 20 },
    );
  });
});

describe('onsets a month', () => {
  test('fall as units rise, and never exceed one for each hold', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 5, noNaN: true }), (units, more) => {
        const [low, high] = [onsetsPerMonth(units, DAY), onsetsPerMonth(units + more, DAY)];
        return high < low && low <= MONTH_DAYS;
      }),
    );
  });
  test('far out they are the days of a month times the chance of a day', () =>
    expect(onsetsPerMonth(8, DAY) / (MONTH_DAYS * Math.exp(-8))).toBeCloseTo(1, 3));
});
