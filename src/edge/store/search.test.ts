import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openForWriting } from './connection.ts';
import type { SearchQuery } from '../../ports.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import { encodeTerm, encodeTerms, search, searchSql, toSelection } from './search.ts';

const anyTerm = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'A', 'z', '0', ' ', '水', '¤', '\ud800', '\u0000', '"', '*', '😀') }),
);

const encoded: [term: string, text: string, why: string][] = [
  ['水管', '水管', 'beyond ASCII stands for itself'],
  ['pizza1', 'pizza1', 'small letters and digits too'],
  ['A', '¤41¤', 'a capital would be folded'],
  ['a b', 'a¤20¤b', 'a space would cut the term'],
  ['¤', '¤a4¤', 'the mark itself is escaped'],
  ['', '¤¤', 'the empty term keeps its place'],
  ['\ud83d', '¤d83d¤', 'half a pair would be written as U+FFFD'],
  ['😀', '😀', 'a whole pair stands for itself'],
];
for (const [term, text, why] of encoded) test(`encodeTerm(${JSON.stringify(term)}): ${why}`, () => expect(encodeTerm(term)).toBe(text));

test('the quick way gives what the careful way gives', () => {
  fc.assert(
    fc.property(fc.array(anyTerm), (terms) => encodeTerms(terms) === terms.map(encodeTerm).join(' ')),
    { numRuns: 2000 },
  );
});

test('two different terms are never written alike, and prefixes stay prefixes', () => {
  fc.assert(
    fc.property(anyTerm, anyTerm, (a, b) => {
      expect(encodeTerm(a) === encodeTerm(b)).toBe(a === b);
      if (a.isWellFormed() && b.isWellFormed() && a !== '') expect(encodeTerm(a + b).startsWith(encodeTerm(a))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('the tokenizer of the index keeps every term whole and apart', () => {
  const { db } = openForWriting(null, null);
  migrate(db, 0);
  db.exec("CREATE VIRTUAL TABLE vocabulary USING fts5vocab('terms', 'instance')");
  const insert = db.prepare("INSERT INTO terms (rowid, title, text) VALUES (?, '', ?)");
  const read = db.prepare('SELECT term FROM vocabulary WHERE doc = ? ORDER BY "offset"');
  let row = 0;
  fc.assert(
    fc.property(fc.array(anyTerm, { maxLength: 8 }), (terms) => {
      row += 1;
      insert.run(row, encodeTerms(terms));
      expect(read.all(row).map(({ term }) => term)).toEqual(terms.map(encodeTerm));
    }),
    { numRuns: 300 },
  );
  db.close();
});

test('negations are folded outward, since FTS5 has none that stand alone', () => {
  const everything = { everything: true } as const;
  const not = (term: string) => ({ without: { phrase: [term] }, from: everything });
  expect(toSelection({ all: [not('a'), not('b')] })).toEqual({ is: 'notIn', match: '("a" OR "b")' });
  expect(toSelection({ any: [not('a'), not('b')] })).toEqual({ is: 'notIn', match: '("a" AND "b")' });
  expect(toSelection({ any: [not('a'), { phrase: ['b'] }] })).toEqual({ is: 'notIn', match: '("a" NOT "b")' });
  expect(toSelection({ without: not('a'), from: everything })).toEqual({ is: 'in', match: '"a"' });
  expect(searchSql({ node: { any: [] }, limit: 5 })).toBeNull();
});

test('a query of a thousand words is no trouble', () => {
  const db = new DatabaseSync(':memory:');
  for (const statement of MIGRATIONS[0]?.statements ?? []) db.exec(statement);
  const words = Array.from({ length: 1000 }, (_, n) => ({ phrase: [`w${n}`] }));
  const found = searchSql({ node: { without: { any: words }, from: { all: words } }, limit: 5 });
  expect(db.prepare(found?.sql ?? '').all(...(found?.values ?? []))).toEqual([]);
  db.close();
});

test('looking through the newest parts first finds what one look at everything finds', () => {
  const connection = openForWriting(null, null);
  migrate(connection.db, 0);
  const put = connection.db.prepare('INSERT INTO document (row, id, sourceId, publishedAt, data) VALUES (?, ?, ?, ?, ?)');
  const index = connection.db.prepare("INSERT INTO terms (rowid, title, text) VALUES (?, '', ?)");
  for (let n = 0; n < 60; n += 1) {
    put.run(n + 1, `d${n}`, `s${n % 3}`, (n * 37) % 23, `"d${n}"`);
    index.run(n + 1, `all ${n % 2 === 0 ? 'even' : 'odd'} ${n % 7 === 0 ? 'rare' : ''}`);
  }
  const phrase = fc.constantFrom('all', 'even', 'odd', 'rare', 'nowhere').map((term) => ({ phrase: [term] }));
  const node = fc.oneof(
    phrase,
    fc.constant({ everything: true } as const),
    phrase.map((of) => ({ without: of, from: { everything: true } as const })),
  );
  const bound = fc.option(fc.integer({ min: -1, max: 24 }), { nil: undefined });
  const query = fc.record(
    {
      node,
      from: bound,
      to: bound,
      before: bound,
      limit: fc.integer({ min: 0, max: 70 }),
      sourceIds: fc.constantFrom(undefined, ['s1'], ['s0', 's2']),
    },
    { requiredKeys: ['node', 'limit'] },
  );
  const bare = (one: object): SearchQuery =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as unknown as SearchQuery;
  fc.assert(
    fc.property(query, fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }), (one, parts) => {
      expect(search(connection, bare(one), parts)).toEqual(search(connection, bare(one), []));
    }),
    { numRuns: 400 },
  );
  expect(search(connection, { node: { phrase: ['all'] }, limit: 3 }, [5])).toHaveLength(3);
  connection.db.close();
});
