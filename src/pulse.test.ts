import { expect, test } from 'vitest';
import { freeOf } from './pulse.ts';

const row = (n: number, begunAt: number) => Array.from({ length: n }, () => ({ begunAt }));

test.each([
  [[], 16, 'nothing in hand: sixteen may begin'],
  [row(16, 10_000), 0, 'sixteen quick ones in hand: none may'],
  [row(16, 9_000), 16, 'sixteen that wait for slow hosts hold nobody up'],
  [[...row(100, 0), ...row(6, 10_000)], 10, 'only the quick ones count'],
  [row(235, 0), 5, 'but there is an end to all of them together'],
  [row(240, 0), 0, 'and there nothing begins'],
] as [{ readonly begunAt: number }[], number, string][])('of %j: %i', (inHand, free) => {
  expect(freeOf(inHand, 10_100)).toBe(free);
});
