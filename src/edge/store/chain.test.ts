import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, NewEntry } from '../../model/journal.ts';
import type { Json } from '../../model/words.ts';
import { canonical, hashEntry, hashLine, NO_ENTRY, verifyChain } from './chain.ts';

const newEntry: fc.Arbitrary<NewEntry> = fc.record({
  at: fc.integer(),
  kind: fc.string(),
  subject: fc.string({ unit: 'binary' }),
  by: fc.string(),
  data: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { noNullPrototype: true }),
});

function chained(entries: readonly NewEntry[]): Entry[] {
  let previous = NO_ENTRY;
  return entries.map((entry, at) => {
    const hash = hashEntry(entry, at + 1, previous);
    const whole = { ...entry, seq: at + 1, previous, hash };
    previous = hash;
    return whole;
  });
}

describe('canonical', () => {
  const cases: [value: Json | undefined, text: string, why: string][] = [
    [{ b: 1, a: 2 }, '{"a":2,"b":1}', 'keys are sorted'],
    [{ a: { d: [], c: null } }, '{"a":{"c":null,"d":[]}}', 'at every depth'],
    [{ a: undefined as unknown as Json, b: 1 }, '{"b":1}', 'what is not there is not written'],
    [[Number.NaN, -0], '[null,0]', 'numbers JSON cannot say are null'],
    ['字"\n', '"字\\"\\n"', 'texts as JSON writes them'],
    [undefined, 'null', 'nothing is null'],
  ];
  for (const [value, text, why] of cases) test(why, () => expect(canonical(value)).toBe(text));

  test('what was read back is written the same', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonical(JSON.parse(canonical(value as Json))) === canonical(value as Json)));
  });
});

describe('the chain', () => {
  test('the hash of a line is the SHA-256 of the canonical entry', () => {
    fc.assert(
      fc.property(newEntry, (entry) => hashEntry(entry, 7, NO_ENTRY) === hashLine({ ...entry, data: canonical(entry.data) }, 7, NO_ENTRY)),
    );
    const entry = { at: 1, by: 'b', data: { y: 1, x: '字' }, kind: 'k', subject: 's' };
    expect(hashEntry(entry, 1, NO_ENTRY)).toBe('1361927c029004d9101f54eb7173b30889ff81a9e299220576844508c4eb3252');
  });

  test('an untouched chain verifies; one with any line changed, dropped or doubled breaks there', () => {
    fc.assert(
      fc.property(
        fc.array(newEntry, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.constantFrom('change', 'drop', 'double'),
        (entries, pick, how) => {
          const chain = chained(entries);
          expect(verifyChain(chain)).toEqual({ nEntries: chain.length, head: chain.at(-1)?.hash, brokenAt: null });
          const at = pick % (chain.length - 1);
          const one = chain[at] as Entry;
          const broken = { change: [{ ...one, by: `${one.by}!` }], drop: [], double: [one, one] }[how];
          expect(verifyChain(chain.toSpliced(at, 1, ...broken)).brokenAt).toBe(how === 'double' ? at + 2 : at + 1);
        },
      ),
    );
  });
});
