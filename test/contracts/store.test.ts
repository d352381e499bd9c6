import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change, Store } from '../../src/ports.ts';
import { document, entry, job, MEMBERS, type Opened, office } from './storeMembers.ts';

const HOUR = 3_600_000;

for (const member of MEMBERS) {
  describe(`Store, ${member.name}`, () => {
    let opened: Opened;
    let store: Store;
    beforeEach(() => {
      opened = member.open();
      store = opened.store;
    });
    afterEach(() => opened.end());

    describe('commit', () => {
      test('what is committed is read back whole', async () => {
        const value = document('d1', {
          title: '水管爆裂 "quoted"',
          text: 'a\nb\u0000c 😀',
          marks: ['x'],
          fingerprint: { exact: 'e', minhash: 'm', nShingles: 2 },
        });
        expect(await store.commit({ put: { document: [value] } })).toEqual({ ok: true, entries: [] });
        expect(await store.get('document', 'd1')).toEqual(value);
        expect(await store.get('document', 'd2')).toBeUndefined();
      });

      test('a new row begins at rev 0 and is read back one higher', async () => {
        await store.commit({ put: { office: [office('o1')] } });
        expect((await store.get('office', 'o1'))?.rev).toBe(1);
        expect(await store.commit({ put: { office: [office('o1', { rev: 1, hotline: '12345' })] } })).toMatchObject({ ok: true });
        expect(await store.get('office', 'o1')).toMatchObject({ rev: 2, hotline: '12345' });
      });

      const stale: [name: string, rev: number, stored: boolean][] = [
        ['an old rev', 0, true],
        ['a rev from the future', 2, true],
        ['a rev of a row that is not there', 1, false],
      ];
      for (const [name, rev, stored] of stale) {
        test(`${name} is refused, and nothing of its change is kept`, async () => {
          if (stored) await store.commit({ put: { office: [office('o1')] } });
          const change: Change = {
            put: {
              document: [document('d1')],
              office: [office('o1', { rev })],
              tier: [{ id: 't1', name: { zh: '县', en: 'county' }, rank: 0, officeId: null }],
            },
            terms: [{ documentId: 'd1', title: [], text: ['t'] }],
            journal: [entry('x')],
            jobs: [job('j')],
          };
          expect(await store.commit(change)).toEqual({ ok: false, stale: { noun: 'office', id: 'o1' } });
          expect(await store.get('document', 'd1')).toBeUndefined();
          expect(await store.get('tier', 't1')).toBeUndefined();
          expect(await store.search({ node: { phrase: ['t'] }, limit: 10 })).toEqual([]);
          expect(await store.journal({})).toEqual([]);
          expect(await store.jobCounts(0)).toMatchObject({ waiting: 0 });
          expect(await store.hours(0, HOUR)).toEqual([]);
        });
      }

      test('changes that wait together: the stale one is refused singly, the others stay, in order', async () => {
        const put = (rev: number, subject: string): Promise<unknown> =>
          store.commit({ put: { office: [office('o1', { rev })] }, journal: [entry(subject)] });
        const answers = await Promise.all([put(0, 'a'), put(0, 'b'), put(1, 'c')]);
        expect(answers).toMatchObject([{ ok: true, entries: [{ seq: 1 }] }, { ok: false }, { ok: true, entries: [{ seq: 2 }] }]);
        expect((await store.journal({})).map(({ subject }) => subject)).toEqual(['a', 'c']);
        expect((await store.verifyJournal()).brokenAt).toBeNull();
      });

      test('a change that is wrong fails alone, and its fault names the cause', async () => {
        const wrong = store.commit({ journal: [entry('w')], terms: [{ documentId: 'nowhere', title: [], text: ['t'] }] });
        const right = store.commit({ put: { office: [office('o1')] }, journal: [entry('r')] });
        await expect(wrong).rejects.toThrow('nowhere');
        expect(await right).toMatchObject({ ok: true, entries: [{ seq: 1 }] });
        expect((await store.verifyJournal()).brokenAt).toBeNull();
      });

      test('a value without an id is a fault', async () => {
        await expect(store.commit({ put: { office: [office('')] } })).rejects.toThrow('without an id');
      });

      test('remove comes before put, so that one change can replace a row', async () => {
        await store.commit({ put: { office: [office('o1'), office('o2')] } });
        expect(
          await store.commit({ remove: { office: ['o1', 'never'] }, put: { office: [office('o1', { hotline: 'new' })] } }),
        ).toMatchObject({ ok: true });
        expect((await store.list('office')).map(({ id, rev, hotline }) => [id, rev, hotline])).toEqual([
          ['o1', 1, 'new'],
          ['o2', 1, ''],
        ]);
      });

      test('a closed store refuses', async () => {
        const other = member.open();
        await other.end();
        await expect(other.store.commit({ journal: [entry('x')] })).rejects.toThrow('closed');
      });
    });

    describe('search terms', () => {
      const ids = async (term: string): Promise<string[]> =>
        (await store.search({ node: { phrase: [term] }, limit: 10 })).map(({ id }) => id);
      beforeEach(async () => {
        await store.commit({
          put: { document: [document('d1'), document('d3', { publishedAt: 30 })] },
          terms: [{ documentId: 'd3', title: ['pizza'], text: [] }],
        });
      });

      test('a removed document is found no more, and its row number can be used again', async () => {
        await store.commit({ remove: { document: ['d1', 'd3'] } });
        expect(await ids('pizza')).toEqual([]);
        await store.commit({
          put: { document: [document('d5', { publishedAt: 50 })] },
          terms: [{ documentId: 'd5', title: [], text: ['neu'] }],
        });
        expect(await ids('pizza')).toEqual([]);
        expect(await ids('neu')).toEqual(['d5']);
      });

      test('terms put again replace the old ones; a document put again keeps its own', async () => {
        await store.commit({ put: { document: [document('d3', { publishedAt: 30, copyOf: 'd1' })] } });
        expect(await ids('pizza')).toEqual(['d3']);
        await store.commit({ terms: [{ documentId: 'd3', title: [], text: ['calzone'] }] });
        expect(await ids('pizza')).toEqual([]);
        expect(await ids('calzone')).toEqual(['d3']);
      });
    });

    describe('hours', () => {
      test('count each document once, copies apart, by the hour of publishing', async () => {
        const put = (id: string, publishedAt: number, sourceId: string, copyOf: string | null = null): Promise<unknown> =>
          store.commit({ put: { document: [document(id, { publishedAt, sourceId, copyOf })] } });
        await Promise.all([put('a', 0, 's1'), put('b', HOUR - 1, 's1', 'a'), put('c', HOUR, 's1'), put('d', 5, 's2')]);
        await put('a', 0, 's1');
        expect(await store.hours(0, 2 * HOUR)).toEqual([
          { hour: 0, sourceId: 's1', all: 2, unique: 1 },
          { hour: 0, sourceId: 's2', all: 1, unique: 1 },
          { hour: HOUR, sourceId: 's1', all: 1, unique: 1 },
        ]);
        expect(await store.hours(HOUR, 2 * HOUR)).toHaveLength(1);
      });

      test('history stays when a document is forgotten', async () => {
        await store.commit({ put: { document: [document('a')] } });
        await store.commit({ remove: { document: ['a'] } });
        expect(await store.hours(0, HOUR)).toEqual([{ hour: 0, sourceId: 's1', all: 1, unique: 1 }]);
      });
    });

    describe('journal', () => {
      beforeEach(async () => {
        await store.commit({
          journal: [
            entry('i1', { kind: 'a.b', at: 10, data: { b: 1, a: [null, { d: '字', c: -0.5 }] } }),
            entry('i2', { kind: 'a.c', at: 20 }),
          ],
        });
        await store.commit({ journal: [entry('i1', { kind: 'a.c', at: 30 })] });
      });

      test('entries are numbered and chained, as the commit said', async () => {
        const answer = await store.commit({ journal: [entry('i3')] });
        const all = await store.journal({});
        expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
        expect(all[0]?.previous).toBe('0'.repeat(64));
        for (const [at, one] of all.entries()) if (at > 0) expect(one.previous).toBe(all[at - 1]?.hash);
        expect(answer).toEqual({ ok: true, entries: [all[3]] });
        expect(await store.verifyJournal()).toEqual({ nEntries: 4, head: all[3]?.hash, brokenAt: null });
      });

      type Asked = Parameters<Store['journal']>[0];
      const cases: [name: string, where: Asked, expected: number[]][] = [
        ['after', { after: 1 }, [2, 3]],
        ['subject', { subject: 'i1' }, [1, 3]],
        ['kind', { kind: 'a.c' }, [2, 3]],
        ['time', { from: 20, to: 30 }, [2]],
        ['newest first', { newestFirst: true, limit: 2 }, [3, 2]],
        ['subject and kind', { subject: 'i1', kind: 'a.c' }, [3]],
      ];
      // One store for all: they only read.
      test(`journal by ${cases.map(([name]) => name).join('; ')}`, async () => {
        for (const [name, where, expected] of cases)
          expect(
            (await store.journal(where)).map(({ seq }) => seq),
            name,
          ).toEqual(expected);
      });

      test('an empty journal verifies', async () => {
        const other = member.open();
        expect(await other.store.verifyJournal()).toEqual({ nEntries: 0, head: '0'.repeat(64), brokenAt: null });
        await other.end();
      });

      const tamperings: [name: string, sql: string, brokenAt: number][] = [
        ['a changed word', "UPDATE journal SET kind = 'a.z' WHERE seq = 2", 2],
        ['changed data', `UPDATE journal SET data = '{"x":1}' WHERE seq = 1`, 1],
        ['data that is no JSON', "UPDATE journal SET data = '{' WHERE seq = 3", 3],
        ['a changed time', 'UPDATE journal SET at = 21 WHERE seq = 2', 2],
        ['a line taken out', 'DELETE FROM journal WHERE seq = 2', 2],
        [
          'two lines exchanged',
          'UPDATE journal SET seq = 9 WHERE seq = 1; UPDATE journal SET seq = 1 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 9',
          1,
        ],
        ['a line with its own hash made anew', "UPDATE journal SET hash = 'f' WHERE seq = 2", 2],
      ];
      // Who walks the chain is the same in both; a thread of its own is told of one tampering, to see that its answer comes through.
      for (const [name, sql, brokenAt] of member.threaded ? tamperings.slice(0, 1) : tamperings) {
        test.skipIf(!member.lasting)(`${name} is found`, async () => {
          const db = new DatabaseSync(opened.file ?? '');
          db.exec(sql);
          db.close();
          expect((await store.verifyJournal()).brokenAt).toBe(brokenAt);
        });
      }
    });

    describe('the file', () => {
      test.skipIf(!member.lasting)('everything is there when it is opened again, and leases are free', async () => {
        await store.commit({
          put: { office: [office('o1')], document: [document('d1')] },
          terms: [{ documentId: 'd1', title: [], text: ['t'] }],
          journal: [entry('x')],
          jobs: [job('j', { payload: { n: 1 } })],
        });
        expect(await store.claim(0, 10)).toHaveLength(1);
        await store.commit({ jobs: [job('j', { due: -5, payload: { n: 2 } })] });
        const again = await opened.reopen();
        expect((await again.get('office', 'o1'))?.rev).toBe(1);
        expect(await again.search({ node: { phrase: ['t'] }, limit: 5 })).toHaveLength(1);
        expect(await again.hours(0, HOUR)).toHaveLength(1);
        expect(await again.commit({ journal: [entry('y')] })).toMatchObject({ entries: [{ seq: 2 }] });
        expect((await again.verifyJournal()).brokenAt).toBeNull();
        expect(await again.claim(0, 10)).toMatchObject([{ key: 'j', due: -5, payload: { n: 1 } }]);
      });

      test('a full disk fails every commit of its group with the cause; afterwards it goes on, and nothing half is left', async () => {
        const small = member.open({ maxPages: 400 });
        const big = 'x'.repeat(2_000_000);
        await small.store.commit({ journal: [entry('before')] });
        const group = [
          small.store.commit({ journal: [entry('beside')] }),
          small.store.commit({ put: { document: [document('big', { text: big })] } }),
        ];
        const answers = await Promise.allSettled(group);
        for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'StoreFault', what: 'full' } });
        expect(await small.store.commit({ journal: [entry('after')], jobs: [job('j')] })).toMatchObject({
          ok: true,
          entries: [{ seq: 2 }],
        });
        expect(await small.store.get('document', 'big')).toBeUndefined();
        expect(await small.store.verifyJournal()).toMatchObject({ nEntries: 2, brokenAt: null });
        await small.end();
      });

      test('many at once share transactions', async () => {
        let nTransactions = 0;
        let nChanges = 0;
        const counted = member.open({
          onFsync: (n) => {
            nTransactions += 1;
            nChanges += n;
          },
        });
        await Promise.all(Array.from({ length: 400 }, (_, n) => counted.store.commit({ journal: [entry(String(n))] })));
        expect(nChanges).toBe(400);
        expect(nTransactions).toBeLessThan(20);
        await counted.end();
      });
    });
  });
}
