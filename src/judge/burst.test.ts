import { describe, expect, test } from 'vitest';
import type { HourCount } from '../model/issue.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import { DEFAULT_BURST, findBurst, negativeBinomialTail, poissonTail } from './burst.ts';
import { scoreSeries } from './seriesBurst.ts';

const T = Date.UTC(2026, 2, 10, 12);

const TAILS: [k: number, mean: number, tail: number][] = [
  [0, 3, 1],
  [1, 1, 0.6321206],
  [5, 2, 0.052653],
  [10, 2, 4.6498e-5],
  [3, 10, 0.9972306],
  [30, 10, 2.4e-7],
];
for (const [k, mean, tail] of TAILS) test(`P(X >= ${k} | ${mean}) is ${tail}`, () => expect(poissonTail(k, mean) / tail).toBeCloseTo(1, 1));

test('a larger variance makes the same count less rare', () => {
  expect(negativeBinomialTail(30, 10, 40)).toBeGreaterThan(poissonTail(30, 10) * 100);
  expect(negativeBinomialTail(30, 10, 10)).toBeCloseTo(poissonTail(30, 10), 10);
  expect(negativeBinomialTail(5, 5, 20)).toBeGreaterThan(0.3);
});

function facts(nTexts: number, families: string[], minutes: number, past: number, burstAt: number | null = null) {
  const recent = Array.from({ length: nTexts }, (_, i) => ({
    at: T - (i * minutes * MINUTE) / nTexts,
    family: families[i % families.length] ?? '',
  }));
  const hours: HourCount[] = [];
  for (let hour = T - 3 * DAY; hour < T; hour += HOUR) hours.push({ hour, unique: past, all: past, burst: false });
  const nLast = recent.filter((text) => text.at > T - HOUR).length;
  hours.push({ hour: T, unique: nLast, all: nLast, burst: false });
  return { hours, recent, at: T, since: T - 3 * DAY, burstAt };
}

const BURSTS: [name: string, isBurst: boolean, input: Parameters<typeof findBurst>[0]][] = [
  ['8 texts of 3 families in 50 minutes after silence', true, facts(8, ['a', 'b', 'c'], 50, 0)],
  ['the same from one family', false, facts(8, ['a'], 50, 0)],
  ['5 texts are too few, whatever the tail', false, facts(5, ['a', 'b', 'c'], 50, 0)],
  ['10 texts in an hour when 8 an hour are usual', false, facts(10, ['a', 'b'], 50, 8)],
  ['40 texts in an hour when 8 an hour are usual', true, facts(40, ['a', 'b'], 50, 8)],
  ['6 texts over 6 hours are no burst', false, facts(6, ['a', 'b'], 350, 0)],
];
describe('the rule for small counts', () => {
  for (const [name, isBurst, input] of BURSTS) test(name, () => expect(findBurst(input, DEFAULT_BURST).isBurst).toBe(isBurst));
  test('a burst that goes on keeps its onset', () =>
    expect(findBurst(facts(20, ['a', 'b'], 50, 0, T - 2 * HOUR)).burstAt).toBe(T - 2 * HOUR));
  test('after twelve quiet hours there is a new onset', () =>
    expect(findBurst(facts(20, ['a', 'b'], 50, 0, T - 20 * HOUR)).burstAt).toBe(T));
});

test('a long series is told at its onset, once a day', () => {
  const times = Array.from({ length: 12 * 24 * 6 }, (_, i) => T + i * 5 * MINUTE);
  const values = times.map((_, i) => 20 + ((i * 7919) % 11) + (i >= 1200 && i < 1230 ? 300 : 0));
  const alarms = scoreSeries(times, values).flatMap((score, i) => (score >= 0.5 ? [i] : []));
  expect(alarms.length).toBeGreaterThanOrEqual(1);
  expect(alarms[0]).toBe(1200);
  expect(alarms.length).toBeLessThanOrEqual(3);
});
