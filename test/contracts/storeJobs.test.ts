import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, Store } from '../../src/ports.ts';
import { job, MEMBERS, type Opened, office } from './storeMembers.ts';

for (const member of MEMBERS) {
  describe(`jobs of Store, ${member.name}`, () => {
    let opened: Opened;
    let store: Store;
    beforeEach(() => {
      opened = member.open();
      store = opened.store;
    });
    afterEach(() => opened.end());

    const claimed = async (now = 0, limit = 100): Promise<string[]> => (await store.claim(now, limit)).map(({ key }) => key);
    const one = async (now = 0): Promise<Job> => {
      const [first] = await store.claim(now, 1);
      if (first === undefined) throw new Error('no job');
      return first;
    };

    test('a job comes as it was written, by due time and then order of writing', async () => {
      await store.commit({
        jobs: [job('late', { due: 5 }), job('b', { due: 1, payload: { deep: ['字', 1, null] } }), job('a', { due: 1 })],
      });
      const [first] = await store.claim(1, 1);
      expect(first).toMatchObject({
        run: 'work',
        key: 'b',
        lane: 'b',
        due: 1,
        payload: { deep: ['字', 1, null] },
        nTries: 0,
        lastError: null,
        setAsideAt: null,
      });
      expect(await claimed(1)).toEqual(['a']);
      expect(await claimed(1)).toEqual([]);
      expect(await claimed(5)).toEqual(['late']);
    });

    test('one job of a lane at a time, in order; other lanes go on', async () => {
      await store.commit({ jobs: [job('a1', { lane: 'a', due: 2 }), job('a2', { lane: 'a', due: 1 }), job('b1', { lane: 'b', due: 3 })] });
      const first = await store.claim(9, 100);
      expect(first.map(({ key }) => key)).toEqual(['a2', 'b1']);
      expect(await claimed(9)).toEqual([]);
      await store.commit({ finish: first[0]?.id ?? 0 });
      expect(await claimed(9)).toEqual(['a1']);
    });

    test('limit counts jobs, not lanes', async () => {
      await store.commit({ jobs: ['a', 'b', 'c'].map((key) => job(key)) });
      expect(await claimed(0, 2)).toEqual(['a', 'b']);
      expect(await claimed(0, 0)).toEqual([]);
      expect(await claimed(0, 2)).toEqual(['c']);
    });

    const keys: [name: string, first: number, second: number, due: number][] = [
      ['later', 5, 9, 5],
      ['earlier', 5, 2, 2],
      ['equal', 5, 5, 5],
    ];
    for (const [name, firstDue, secondDue, due] of keys) {
      test(`a waiting key written again, ${name}: the first job stays, the earlier due time wins`, async () => {
        await store.commit({ jobs: [job('k', { due: firstDue, payload: 'first' })] });
        await store.commit({ jobs: [job('k', { due: secondDue, payload: 'second' })] });
        expect(await store.jobCounts(0)).toMatchObject({ waiting: 1 });
        expect(await store.nextDue()).toBe(due);
        expect(await one(99)).toMatchObject({ payload: 'first', due });
      });
    }

    test('a key may be written again while its job is worked on: new work waits behind it in the lane', async () => {
      await store.commit({ jobs: [job('k', { payload: 1 })] });
      const first = await one();
      await store.commit({ jobs: [job('k', { payload: 2 }), job('k', { payload: 3 })] });
      expect(await claimed()).toEqual([]);
      await store.commit({ finish: first.id });
      expect(await store.claim(0, 9)).toMatchObject([{ key: 'k', payload: 2 }]);
    });

    test('a change may finish a job and write the next of the same key', async () => {
      await store.commit({ jobs: [job('k')] });
      await store.commit({ finish: (await one()).id, jobs: [job('k', { due: 60 })] });
      expect(await store.nextDue()).toBe(60);
      expect(await store.jobCounts(0)).toEqual({ waiting: 1, due: 0, leased: 0, setAside: 0, oldestDue: null });
    });

    test('a lease ends after 30 s of real time and not before; renewing keeps it', async () => {
      await store.commit({ jobs: [job('k')] });
      const first = await one();
      opened.real.now += 29_999;
      expect(await claimed(1e12)).toEqual([]);
      await store.renew([first.id]);
      opened.real.now += 29_999;
      expect(await claimed()).toEqual([]);
      opened.real.now += 1;
      expect(await store.claim(0, 9)).toMatchObject([{ id: first.id, nTries: 0 }]);
    });

    test('domain time never ends a lease', async () => {
      await store.commit({ jobs: [job('k')] });
      await one(0);
      expect(await claimed(1e15)).toEqual([]);
    });

    test('finishing a job whose lease was lost and whose work was done changes nothing', async () => {
      await store.commit({ jobs: [job('k')] });
      const first = await one();
      opened.real.now += 30_000;
      const second = await one();
      expect(await store.commit({ finish: second.id })).toMatchObject({ ok: true });
      expect(await store.commit({ finish: first.id })).toMatchObject({ ok: true });
      expect(await store.jobCounts(0)).toMatchObject({ waiting: 0, leased: 0 });
    });

    test('a stale change does not finish its job, which stays leased', async () => {
      await store.commit({ put: { office: [office('o')] }, jobs: [job('k')] });
      const { id } = await one();
      expect(await store.commit({ put: { office: [office('o')] }, finish: id })).toMatchObject({ ok: false });
      expect(await store.jobCounts(0)).toMatchObject({ leased: 1, waiting: 0 });
      expect(await claimed()).toEqual([]);
    });

    test('put back: waits until then, not counted as a try', async () => {
      await store.commit({ jobs: [job('k')] });
      await store.commit({ putBack: { jobId: (await one()).id, due: 7 } });
      expect(await claimed(6)).toEqual([]);
      expect(await one(7)).toMatchObject({ key: 'k', nTries: 0, due: 7 });
    });

    test('put back where the key was written again: one waiting job stays, the earlier due time wins', async () => {
      await store.commit({ jobs: [job('k', { payload: 'old' })] });
      const { id } = await one();
      await store.commit({ jobs: [job('k', { due: 3, payload: 'new' })] });
      await store.commit({ putBack: { jobId: id, due: 7 } });
      expect(await store.claim(9, 9)).toMatchObject([{ payload: 'old', due: 3 }]);
    });

    test('fail: due again, one try more, the error kept', async () => {
      await store.commit({ jobs: [job('k')] });
      await store.fail((await one()).id, 'no answer', 15, 1);
      expect(await claimed(14)).toEqual([]);
      const again = await one(15);
      expect(again).toMatchObject({ nTries: 1, lastError: 'no answer', due: 15 });
      await store.fail(again.id, 'x'.repeat(99_999), 16, 1);
      expect((await one(16)).lastError?.length).toBeLessThan(5000);
    });

    test('set aside: it waits for a person, its lane and key go on, and retry begins anew', async () => {
      await store.commit({ jobs: [job('k', { lane: 'a' })] });
      await store.fail((await one()).id, 'poison', null, 42);
      expect(await store.jobsSetAside()).toMatchObject([{ key: 'k', nTries: 1, lastError: 'poison', setAsideAt: 42 }]);
      expect(await store.nextDue()).toBeNull();
      expect(await store.jobCounts(99)).toEqual({ waiting: 0, due: 0, leased: 0, setAside: 1, oldestDue: null });
      await store.commit({ jobs: [job('other', { lane: 'a' })], dropJobs: ['k'] });
      expect(await claimed()).toEqual(['other']);
      const [aside] = await store.jobsSetAside();
      await store.retry(aside?.id ?? 0, 8);
      expect(await store.jobsSetAside()).toEqual([]);
      expect(await store.nextDue()).toBe(8);
      opened.real.now += 30_000;
      await store.commit({ dropJobs: ['other'] });
      expect(await one(8)).toMatchObject({ key: 'k', nTries: 0, lastError: 'poison', setAsideAt: null });
    });

    test('retry of a job that was not set aside changes nothing', async () => {
      await store.commit({ jobs: [job('k', { due: 9 })] });
      await store.retry((await one(9)).id, 1);
      expect(await store.jobCounts(9)).toMatchObject({ leased: 1, waiting: 0 });
    });

    test('dropJobs takes waiting jobs, not one that is worked on', async () => {
      await store.commit({ jobs: [job('k'), job('w', { due: 5 })] });
      const { id } = await one();
      await store.commit({ dropJobs: ['k', 'w', 'never'] });
      expect(await store.jobCounts(9)).toMatchObject({ waiting: 0, leased: 1 });
      await store.fail(id, 'e', 1, 0);
      expect(await claimed(1)).toEqual(['k']);
    });

    test('counts', async () => {
      await store.commit({ jobs: [job('a', { due: 1 }), job('b', { due: 2 }), job('c', { due: 9 })] });
      expect(await store.jobCounts(5)).toEqual({ waiting: 3, due: 2, leased: 0, setAside: 0, oldestDue: 1 });
      await one(5);
      expect(await store.jobCounts(5)).toEqual({ waiting: 2, due: 1, leased: 1, setAside: 0, oldestDue: 2 });
      expect(await store.nextDue()).toBe(2);
    });

    test('a thousand lanes: each gives its first job', async () => {
      await store.commit({ jobs: Array.from({ length: 3000 }, (_, n) => job(`k${n}`, { lane: `l${n % 1000}`, due: n })) });
      const jobs = await store.claim(5000, 5000);
      expect(jobs.map(({ due }) => due)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    });
  });
}
