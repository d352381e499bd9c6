/** Random operations against a plain picture of the store in memory: whatever happens, both tell the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, NewJob, Store } from '../../src/ports.ts';
import { document, entry, job, MEMBERS, type Member, type Opened, office } from './storeMembers.ts';

const HOUR = 3_600_000;
const LEASE = 30_000;

interface Row {
  id: number;
  job: NewJob;
  due: number;
  nTries: number;
  leasedUntil: number | null;
  aside: boolean;
}

/** What the contract says, in the plainest way. */
class Picture {
  revs = new Map<string, number>();
  documents = new Map<string, { at: number; terms: readonly string[] }>();
  hours = new Map<number, number>();
  subjects: string[] = [];
  jobs: Row[] = [];
  real = 0;
  nextId = 1;

  waiting(key?: string): Row[] {
    return this.jobs.filter((row) => !row.aside && row.leasedUntil === null && (key === undefined || row.job.key === key));
  }

  release(row: Row): void {
    row.leasedUntil = null;
    const [first, ...others] = this.waiting(row.job.key);
    if (first === undefined) return;
    first.due = Math.min(first.due, ...others.map(({ due }) => due));
    this.jobs = this.jobs.filter((one) => !others.includes(one));
  }

  tick(): void {
    for (const row of [...this.jobs]) if (row.leasedUntil !== null && row.leasedUntil <= this.real) this.release(row);
  }

  apply(change: Change): boolean {
    const revs = new Map(this.revs);
    for (const id of change.remove?.office ?? []) revs.delete(id);
    for (const { id, rev } of change.put?.office ?? []) {
      if ((revs.get(id) ?? 0) !== rev) return false;
      revs.set(id, rev + 1);
    }
    this.revs = revs;
    for (const id of change.remove?.document ?? []) this.documents.delete(id);
    for (const { id, publishedAt } of change.put?.document ?? []) {
      const hour = Math.floor(publishedAt / HOUR) * HOUR;
      if (!this.documents.has(id)) this.hours.set(hour, (this.hours.get(hour) ?? 0) + 1);
      this.documents.set(id, { at: publishedAt, terms: this.documents.get(id)?.terms ?? [] });
    }
    for (const { documentId, text } of change.terms ?? [])
      this.documents.set(documentId, { at: this.documents.get(documentId)?.at ?? 0, terms: text });
    this.subjects.push(...(change.journal ?? []).map(({ subject }) => subject));
    for (const key of change.dropJobs ?? []) this.jobs = this.jobs.filter((row) => !this.waiting(key).includes(row));
    if (change.finish !== undefined) this.jobs = this.jobs.filter(({ id }) => id !== change.finish);
    const back = this.jobs.find(({ id }) => id === change.putBack?.jobId);
    if (back !== undefined) {
      back.due = change.putBack?.due ?? 0;
      this.release(back);
    }
    for (const one of change.jobs ?? []) {
      const [first] = this.waiting(one.key);
      if (first !== undefined) first.due = Math.min(first.due, one.due);
      else this.jobs.push({ id: this.nextId++, job: one, due: one.due, nTries: 0, leasedUntil: null, aside: false });
    }
    return true;
  }

  claim(now: number, limit: number): Row[] {
    const busy = new Set(this.jobs.filter(({ leasedUntil }) => leasedUntil !== null).map((row) => row.job.lane));
    const taken: Row[] = [];
    for (const row of this.waiting().sort((a, b) => a.due - b.due || a.id - b.id)) {
      if (row.due > now || taken.length >= limit || busy.has(row.job.lane)) continue;
      busy.add(row.job.lane);
      taken.push(row);
    }
    for (const row of taken) row.leasedUntil = this.real + LEASE;
    return taken;
  }
}

const small = fc.nat({ max: 4 });
const word = fc.constantFrom('水', '电', 'a', 'A', "x'", '');
type Operation =
  | { readonly kind: 'commit'; readonly build: (picture: Picture) => Change }
  | { readonly kind: 'claim' | 'fail' | 'retry' | 'renew' | 'wait' | 'reopen'; readonly n: number };

const building = fc
  .record({
    offices: fc.array(fc.record({ id: small, ahead: fc.constantFrom(0, 0, 0, 0, 1, -1) }), { maxLength: 2 }),
    removed: fc.array(small, { maxLength: 1 }),
    documents: fc.array(fc.record({ id: small, at: small, terms: fc.option(fc.array(word, { maxLength: 4 })) }), { maxLength: 2 }),
    forgotten: fc.array(small, { maxLength: 1 }),
    jobs: fc.array(fc.record({ key: small, due: small, lane: fc.nat({ max: 1 }) }), { maxLength: 2 }),
    dropped: fc.array(small, { maxLength: 1 }),
    leased: fc.constantFrom('none', 'finish', 'putBack'),
    due: small,
  })
  .map((made) => (picture: Picture): Change => {
    const leased = picture.jobs.find(({ leasedUntil }) => leasedUntil !== null)?.id ?? 9999;
    const revs = new Map(picture.revs);
    for (const id of made.removed) revs.delete(`o${id}`);
    const offices = made.offices.map(({ id, ahead }) => {
      const rev = Math.max(0, (revs.get(`o${id}`) ?? 0) + ahead);
      revs.set(`o${id}`, rev + 1);
      return office(`o${id}`, { rev });
    });
    return {
      put: { office: offices, document: made.documents.map(({ id, at }) => document(`d${id}`, { publishedAt: at * 1_000_000 })) },
      remove: { office: made.removed.map((id) => `o${id}`), document: made.forgotten.map((id) => `d${id}`) },
      terms: made.documents.flatMap(({ id, terms }) => (terms === null ? [] : [{ documentId: `d${id}`, title: [], text: terms }])),
      journal: [entry(`e${made.due}`)],
      jobs: made.jobs.map(({ key, due, lane }) => job(`k${key}`, { due, lane: `l${lane}` })),
      dropJobs: made.dropped.map((key) => `k${key}`),
      ...(made.leased === 'finish' ? { finish: leased } : {}),
      ...(made.leased === 'putBack' ? { putBack: { jobId: leased, due: made.due } } : {}),
    };
  });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: building.map((build) => ({ kind: 'commit' as const, build })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('claim' as const, 'fail' as const, 'retry' as const, 'renew' as const, 'wait' as const),
      n: small,
    }),
  },
);

async function step(store: Store, picture: Picture, opened: Opened, made: Operation): Promise<void> {
  opened.real.now = picture.real;
  picture.tick();
  if (made.kind === 'commit') {
    const change = made.build(picture);
    expect((await store.commit(change)).ok).toBe(picture.apply(change));
  } else if (made.kind === 'claim') {
    const jobs = await store.claim(made.n, made.n);
    expect(jobs.map(({ id, due, nTries }) => ({ id, due, nTries }))).toEqual(
      picture.claim(made.n, made.n).map(({ id, due, nTries }) => ({ id, due, nTries })),
    );
  } else if (made.kind === 'fail') {
    const row = picture.jobs.find(({ leasedUntil }) => leasedUntil !== null);
    const due = made.n === 0 ? null : made.n;
    await store.fail(row?.id ?? 9999, 'e', due, 0);
    if (row === undefined) return;
    row.nTries += 1;
    row.aside = due === null;
    row.due = due ?? row.due;
    picture.release(row);
  } else if (made.kind === 'retry') {
    const row = picture.jobs.find(({ aside }) => aside);
    await store.retry(row?.id ?? 9999, made.n);
    if (row === undefined) return;
    Object.assign(row, { aside: false, due: made.n, nTries: 0 });
    picture.release(row);
  } else if (made.kind === 'renew') {
    const leased = picture.jobs.filter(({ leasedUntil }) => leasedUntil !== null);
    await store.renew(leased.map(({ id }) => id));
    for (const row of leased) row.leasedUntil = picture.real + LEASE;
  } else picture.real += made.n * 10_000;
}

async function compare(store: Store, picture: Picture): Promise<void> {
  expect(new Map((await store.list('office')).map(({ id, rev }) => [id, rev]))).toEqual(new Map([...picture.revs].sort()));
  expect((await store.list('document')).map(({ id }) => id)).toEqual([...picture.documents.keys()].sort());
  for (const term of ['水', 'a', 'A', '']) {
    const found = (await store.search({ node: { phrase: [term] }, limit: 99 })).map(({ id }) => id).sort();
    const wanted = [...picture.documents].filter(([, { terms }]) => terms.includes(term)).map(([id]) => id);
    expect(found).toEqual(wanted.sort());
  }
  expect(new Map((await store.hours(0, 1e12)).map(({ hour, all }) => [hour, all]))).toEqual(
    new Map([...picture.hours].sort(([a], [b]) => a - b)),
  );
  expect((await store.journal({})).map(({ subject }) => subject)).toEqual(picture.subjects);
  expect(await store.verifyJournal()).toMatchObject({ nEntries: picture.subjects.length, brokenAt: null });
  const dues = picture.waiting().map(({ due }) => due);
  expect(await store.nextDue()).toBe(dues.length === 0 ? null : Math.min(...dues));
  const counts = {
    waiting: dues.length,
    due: dues.filter((due) => due <= 2).length,
    setAside: picture.jobs.filter(({ aside }) => aside).length,
  };
  const leased = picture.jobs.filter(({ leasedUntil }) => leasedUntil !== null).length;
  expect(await store.jobCounts(2)).toMatchObject({ ...counts, leased });
}

async function holds(member: Member, operations: readonly Operation[]): Promise<void> {
  const opened = member.open();
  try {
    const picture = new Picture();
    for (const made of operations) await step(opened.store, picture, opened, made);
    opened.real.now = picture.real;
    picture.tick();
    await compare(opened.store, picture);
    if (!member.lasting) return;
    const again = await opened.reopen();
    for (const row of [...picture.jobs]) if (row.leasedUntil !== null) picture.release(row);
    await compare(again, picture);
  } finally {
    await opened.end();
  }
}

describe('random operations leave the store as a plain picture of it', () => {
  for (const member of MEMBERS) {
    const numRuns = member.lasting ? (member.threaded ? 3 : 20) : 150;
    test(member.name, { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 40, size: 'max' }), (operations) => holds(member, operations)),
        { numRuns },
      );
    });
  }
});
