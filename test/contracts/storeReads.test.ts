import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchNode, Store } from '../../src/ports.ts';
import { document, MEMBERS, type Opened, office } from './storeMembers.ts';

for (const member of MEMBERS) {
  describe(`reading from Store, ${member.name}`, () => {
    let opened: Opened;
    let store: Store;

    describe('lists', () => {
      afterAll(() => opened.end());
      beforeAll(async () => {
        opened = member.open();
        store = opened.store;
        await store.commit({
          put: {
            document: [
              document('d3', { publishedAt: 30, sourceId: 'a', copyOf: 'd1', kind: 'reply' }),
              document('d1', { publishedAt: 10, sourceId: 'a', fingerprint: { exact: 'f1', minhash: '', nShingles: 0 } }),
              document('d2', { publishedAt: 20, sourceId: 'b' }),
              document('d4', { publishedAt: 20, sourceId: 'c' }),
            ],
            mention: ['d1', 'd2'].map((id) => ({
              ...{
                id,
                issueId: 'i1',
                at: 0,
                score: 0,
                sharedTerms: [],
                because: { zh: '', en: '' },
                eventId: 'e',
                pinned: false,
                sourceId: 'a',
              },
              isCopy: id === 'd2',
            })),
          },
        });
      });

      type Where = Parameters<Store['list']>[1];
      const cases: [name: string, where: Where, expected: string[]][] = [
        ['all, by id', {}, ['d1', 'd2', 'd3', 'd4']],
        ['by id, downwards', { order: 'down' }, ['d4', 'd3', 'd2', 'd1']],
        ['one value', { equal: { sourceId: 'a' } }, ['d1', 'd3']],
        ['two fields', { equal: { sourceId: 'a', kind: 'reply' } }, ['d3']],
        ['one of several', { equal: { sourceId: ['a', 'c'] } }, ['d1', 'd3', 'd4']],
        ['one of none', { equal: { sourceId: [] } }, []],
        ['null', { equal: { copyOf: null } }, ['d1', 'd2', 'd4']],
        ['a path into the value', { equal: { 'fingerprint.exact': 'f1' } }, ['d1']],
        ['ids', { equal: { id: ['d4', 'd1', 'no'] } }, ['d1', 'd4']],
        ['order by a field, then by id', { by: 'publishedAt' }, ['d1', 'd2', 'd4', 'd3']],
        ['the same downwards', { by: 'publishedAt', order: 'down' }, ['d3', 'd4', 'd2', 'd1']],
        ['nulls stand lowest', { by: 'copyOf', order: 'down', limit: 1 }, ['d3']],
        ['from is inside, to is outside', { by: 'publishedAt', from: 10, to: 30 }, ['d1', 'd2', 'd4']],
        ['from 0 is a bound', { by: 'publishedAt', from: 0, to: 11 }, ['d1']],
        ['bounds may be texts', { by: 'id', from: 'd2', to: 'd4' }, ['d2', 'd3']],
        ['limit', { limit: 2 }, ['d1', 'd2']],
        ['limit 0', { limit: 0 }, []],
        ['skip and limit', { skip: 1, limit: 2 }, ['d2', 'd3']],
        ['skip alone', { skip: 3 }, ['d4']],
      ];
      for (const [name, where, expected] of cases) {
        test(`list: ${name}`, async () => expect((await store.list('document', where)).map(({ id }) => id)).toEqual(expected));
      }

      test('booleans are compared as such', async () => {
        expect((await store.list('mention', { equal: { isCopy: true } })).map(({ id }) => id)).toEqual(['d2']);
        expect(await store.count('mention', { equal: { isCopy: false } })).toBe(1);
      });

      test('count counts all pages', async () => {
        expect(await store.count('document')).toBe(4);
        expect(await store.count('document', { equal: { sourceId: 'a' }, limit: 1, skip: 1 })).toBe(2);
      });

      test('many keeps the order asked for and leaves out what is missing', async () => {
        expect((await store.many('document', ['d3', 'no', 'd1'])).map(({ id }) => id)).toEqual(['d3', 'd1']);
        expect(await store.many('document', [])).toEqual([]);
      });

      const faults: [name: string, where: Where][] = [
        ['a field that is not indexed', { equal: { text: 'x' } }],
        ['an author mark', { equal: { pseudonym: 'x' } }],
        ['a field that is no field', { equal: { '1=1 --': 'x' } }],
        ['an order by such a field', { by: 'nRedactions' }],
        ['a bound without a field', { from: 1 }],
      ];
      for (const [name, where] of faults) {
        test(`fault: ${name}`, async () => {
          await expect(store.list('document', where)).rejects.toThrow();
          await expect(store.list('document', { ...where, limit: 1 })).rejects.toThrow();
          await expect(store.count('document', where)).rejects.toThrow();
        });
      }

      test('long lists come whole and in order', async () => {
        const ids = Array.from({ length: 1001 }, (_, n) => `n${String(n).padStart(4, '0')}`);
        await store.commit({ put: { office: ids.map((id) => office(id)) } });
        expect((await store.list('office')).map(({ id }) => id)).toEqual(ids);
        expect((await store.many('office', ids)).map(({ id }) => id)).toEqual(ids);
      });
    });

    describe('search', () => {
      afterAll(() => opened.end());
      const texts: [id: string, at: number, title: string[], text: string[]][] = [
        ['d1', 10, ['水管', '管爆'], ['水管', '管爆', '爆裂', 'no', 'water']],
        ['d2', 20, [], ['爆裂', '水管', 'watermelon', "it's", 'A b', '']],
        ['d3', 30, ['pizza'], ['c++', 'C++', '¤', '水']],
      ];
      beforeAll(async () => {
        opened = member.open();
        store = opened.store;
        await store.commit({
          put: {
            document: [
              ...texts.map(([id, publishedAt]) => document(id, { publishedAt, sourceId: `s-${id}` })),
              document('bare', { publishedAt: 40 }),
            ],
          },
          terms: texts.map(([documentId, , title, text]) => ({ documentId, title, text })),
        });
      });
      const phrase = (...terms: string[]): SearchNode => ({ phrase: terms });
      const ids = async (node: SearchNode, more: object = {}): Promise<string[]> =>
        (await store.search({ node, limit: 10, ...more })).map(({ id }) => id);

      const cases: [name: string, node: SearchNode, expected: string[]][] = [
        ['a term, newest first', phrase('水管'), ['d2', 'd1']],
        ['a term is never cut', phrase('水'), ['d3']],
        ['adjacent terms in order', phrase('管爆', '爆裂'), ['d1']],
        ['not in the other order', phrase('爆裂', '管爆'), []],
        ['a phrase stays in its column', phrase('水管', '管爆', '爆裂'), ['d1']],
        ['prefix', { phrase: ['water'], prefix: true }, ['d2', 'd1']],
        ['prefix of the last term of a phrase', { phrase: ['水管', 'waterm'], prefix: true }, ['d2']],
        ['title only', { phrase: ['水管'], column: 'title' }, ['d1']],
        ['text only', { phrase: ['pizza'], column: 'text' }, []],
        ['signs are part of a term', phrase("it's"), ['d2']],
        ['a space is part of a term', phrase('A b'), ['d2']],
        ['capitals differ', phrase('a b'), []],
        ['c++ is not C++', phrase('c++', 'C++'), ['d3']],
        ['nor c', phrase('c'), []],
        ['the mark of the encoding is a term too', phrase('¤'), ['d3']],
        ['the empty term keeps its place', phrase('A b', ''), ['d2']],
        ['words of the search language mean nothing', phrase('no', 'NOT'), []],
        ['nor do quotes', phrase('"水管" OR'), []],
        ['all', { all: [phrase('水管'), phrase('water')] }, ['d1']],
        ['any', { any: [phrase('water'), phrase('pizza')] }, ['d3', 'd1']],
        ['without', { without: phrase('water'), from: phrase('水管') }, ['d2']],
        ['without, from everything', { without: phrase('水管'), from: { everything: true } }, ['bare', 'd3']],
        ['everything', { everything: true }, ['bare', 'd3', 'd2', 'd1']],
        ['all of nothing asks nothing', { all: [] }, ['bare', 'd3', 'd2', 'd1']],
        ['any of nothing is nothing', { any: [] }, []],
        ['any with a negation', { any: [phrase('water'), { without: phrase('水管'), from: { everything: true } }] }, ['bare', 'd3', 'd1']],
        ['an empty phrase asks nothing', phrase(), ['bare', 'd3', 'd2', 'd1']],
        [
          'nested',
          { all: [{ any: [phrase('水管'), phrase('pizza')] }, { without: phrase('no'), from: { everything: true } }] },
          ['d3', 'd2'],
        ],
      ];
      for (const [name, node, expected] of cases) test(`search: ${name}`, async () => expect(await ids(node)).toEqual(expected));

      test('windows, sources, paging', async () => {
        expect(await ids({ everything: true }, { from: 20, to: 30 })).toEqual(['d2']);
        expect(await ids(phrase('水管'), { before: 20 })).toEqual(['d1']);
        expect(await ids(phrase('水管'), { limit: 1 })).toEqual(['d2']);
        expect(await ids(phrase('水管'), { sourceIds: ['s-d1', 's-d3'] })).toEqual(['d1']);
        expect(await ids(phrase('水管'), { sourceIds: [] })).toEqual([]);
      });
    });
  });
}
