import { expect, test } from 'vitest';
import { freeOf } from './pulse.ts';

const row = (n: number, begunAt: number) => Array.from({ length: n }, () => ({ begunAt }));

const table: readonly (readonly [inHand: readonly { readonly begunAt: number }[], free: number, why: string])[] = [
  [[], 32, 'nothing in hand: thirty-two may begin'],
  [row(32, 10_000), 0, 'thirty-two quick ones in hand: none may'],
  [row(32, 9_000), 32, 'as many that wait for slow hosts hold nobody up'],
  [[...row(100, 0), ...row(6, 10_000)], 26, 'only the quick ones count'],
  [row(235, 0), 5, 'but there is an end to all of them together'],
  [row(240, 0), 0, 'and there nothing begins'],
];

for (const [inHand, free, why] of table) test(why, () => expect(freeOf(inHand, 10_100)).toBe(free));
