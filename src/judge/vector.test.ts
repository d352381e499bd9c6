import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addText, cutSum, emptySum, heaviest, heaviestPlaces, type SumVector } from './vector.ts';

const terms = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 40 });
/** Few different weights, so that most of them are shared by several terms. */
const weight = fc.constantFrom(0.1, 0.2, 0.25, 0.5, 1);
const weighted = terms.chain((all) =>
  fc.tuple(fc.constant(all), fc.array(weight, { minLength: all.length, maxLength: all.length }), fc.nat({ max: 45 })),
);

function sorted(sum: SumVector, count: number): [string, number][] {
  return [...sum.weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, count);
}

test('the heaviest places are the first of all places in order, ties by the order of terms', () => {
  fc.assert(
    fc.property(weighted, ([all, weights, count]) => {
      const byWeight = all.map((_, i) => i).sort((a, b) => weights[b]! - weights[a]! || (all[a]! < all[b]! ? -1 : 1));
      expect(heaviestPlaces(all, weights, count)).toEqual(byWeight.slice(0, count));
    }),
  );
});

test('the heaviest terms are those of now, whatever was asked before the sum changed', () => {
  fc.assert(
    fc.property(fc.array(weighted, { maxLength: 6 }), fc.integer({ min: 1, max: 12 }), (texts, count) => {
      const sum = emptySum();
      for (const [all, weights] of texts) {
        addText(sum, { terms: all, weights }, 1, null, null);
        expect(heaviest(sum, count)).toEqual(sorted(sum, count));
        expect(heaviest(sum, count + 1)).toEqual(sorted(sum, count + 1));
        cutSum(sum, 20, 10, null, null);
        expect(heaviest(sum, count)).toEqual(sorted(sum, count));
      }
    }),
  );
});
