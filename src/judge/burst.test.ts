import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HourCount } from '../model/issue.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import { countNeeded, DEFAULT_BURST, falseOnsets, findBurst, leastIn, usualBefore } from './burst.ts';
import { negativeBinomialTail, poissonTail } from './burstTail.ts';

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

describe('how many false onsets a rule costs', () => {
  const usual = (mean: number, clump = 1) => ({ mean, variance: mean * clump, clump });
  test('a larger k never costs more, a larger rate or clump never less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        fc.constantFrom(1, 3, 6, 24),
        (k, mean, clump, window) =>
          falseOnsets(k + 1, window, usual(mean, clump)) <= falseOnsets(k, window, usual(mean, clump)) &&
          countNeeded(window, usual(mean, clump), 1) <= countNeeded(window, usual(mean * 2, clump), 1),
      ),
    );
  });
  const POISSON: [k: number, window: number, mean: number][] = [
    [4, 1, 0.25],
    [6, 3, 0.5],
    [20, 1, 8],
  ];
  for (const [k, window, mean] of POISSON)
    test(`texts that come alone: a bound on how often one of them finds ${k - 1} others, and a close one`, () => {
      const exact = (730.5 / window) * mean * (poissonTail(k - 1, mean) - poissonTail(k, mean));
      const bound = falseOnsets(k, window, usual(mean));
      expect(bound).toBeGreaterThanOrEqual(exact);
      expect(bound).toBeLessThan(2 * exact);
    });
  // Worked by hand from the tails: the smallest k with 730.5 k P(X >= k) at most the budget, for texts that come alone.
  const NEEDED: [mean: number, perMonth: number, k: number][] = [
    [0.01, 1, 2],
    [0.25, 1, 4],
    [0.25, 1 / 12, 5],
  ];
  for (const [mean, perMonth, k] of NEEDED)
    test(`with ${mean} usual in an hour, ${perMonth.toFixed(2)} a month: ${k} texts`, () =>
      expect(countNeeded(1, usual(mean), perMonth)).toBe(k));
});

describe('what is usual', () => {
  const DAYS = 20;
  const past = (countOf: (hour: number) => number, isBurst: (hour: number) => boolean = () => false) => ({
    since: T - DAYS * DAY,
    hours: Array.from({ length: DAYS * 24 }, (_, i) => i).flatMap((i): HourCount[] => {
      const unique = countOf(i);
      return unique === 0 ? [] : [{ hour: T - DAYS * DAY + i * HOUR, unique, all: unique, burst: isBurst(i) }];
    }),
  });
  test('an issue of which nothing is known has the prior, and room around it', () => {
    const usual = usualBefore({ since: T, hours: [] }, T, 1, DEFAULT_BURST);
    expect(usual.mean).toBe(DEFAULT_BURST.prior);
    expect(usual.variance).toBeGreaterThan(usual.mean * usual.clump);
  });
  test('a steady past is learned', () => {
    const usual = usualBefore(
      past(() => 2),
      T,
      3,
      DEFAULT_BURST,
    );
    expect(usual.mean).toBeCloseTo(6, 0);
    expect(usual.clump).toBeLessThan(1.2);
  });
  test('texts in clumps ask for more than the same number alone', () => {
    const clumped = usualBefore(
      past((i) => (i % 24 === 0 ? 6 : 0)),
      T,
      3,
      DEFAULT_BURST,
    );
    const alone = usualBefore(
      past((i) => (i % 4 === 0 ? 1 : 0)),
      T,
      3,
      DEFAULT_BURST,
    );
    expect(clumped.mean).toBeCloseTo(alone.mean, 1);
    expect(countNeeded(3, clumped, 1)).toBeGreaterThan(countNeeded(3, alone, 1) * 1.5);
  });
  test('one great burst of the past does not silence the next', () => {
    const plain = usualBefore(
      past((i) => (i % 8 === 0 ? 1 : 0)),
      T,
      3,
      DEFAULT_BURST,
    );
    const after = usualBefore(
      past(
        (i) => (i >= 200 && i < 203 ? 100 : i % 8 === 0 ? 1 : 0),
        (i) => i >= 200 && i < 203,
      ),
      T,
      3,
      DEFAULT_BURST,
    );
    expect(countNeeded(3, after, 0.25)).toBeLessThan(2 * countNeeded(3, plain, 0.25));
  });
});

const LEAST: [window: number, least: number][] = [
  [1, 6],
  [3, 6],
  [6, 8],
  [24, 12],
];
for (const [window, least] of LEAST) test(`no fewer than ${least} texts in ${window} hours`, () => expect(leastIn(window, 6)).toBe(least));

test('a slow rise over a day is seen in the longest window', () => {
  const recent = Array.from({ length: 20 }, (_, i) => ({ at: T - i * 66 * MINUTE, family: i % 2 === 0 ? 'a' : 'b' }));
  const hours = Array.from({ length: 23 }, (_, i): HourCount => ({ hour: T - (22 - i) * HOUR, unique: 1, all: 1, burst: false }));
  const calm = { hours: [{ hour: T - 20 * DAY, unique: 1, all: 1, burst: false }, ...hours], since: T - 20 * DAY, at: T, burstAt: null };
  const found = findBurst({ ...calm, recent: recent.filter((text) => text.at > T - 6 * HOUR) });
  expect([found.isBurst, found.window]).toEqual([true, 24]);
});

test('more texts in the same window never undo a burst', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 4 }), (n, more, past) => {
      const isBurst = (count: number): boolean => findBurst(facts(count, ['a', 'b'], 50, past)).isBurst;
      return !isBurst(n) || isBurst(n + more);
    }),
  );
});
