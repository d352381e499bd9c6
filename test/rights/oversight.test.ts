/** an office table without an overseer outside every office cannot become the one in force, and no report goes to its office alone. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Office, Staff } from '../../src/model/office.ts';
import type { Io } from '../../src/io.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import {
  isSetUp,
  dropOffice,
  finishSetUp,
  missingForSetUp,
  putBody,
  putDuty,
  putOffice,
  putOversight,
  putStaff,
  putTiers,
} from '../../src/work/setUp.ts';
import { organisationOf } from '../../src/work/organisation.ts';
import { outsideOf } from '../../src/warn/organisation.ts';
import { recipientsOf } from '../../src/work/warnOffices.ts';
import { DEFAULT_PLANS } from '../../src/warn/plan.ts';
import type { Who } from '../../src/work/who.ts';
import { BODY, DUTY, issue, office, TIER } from '../http/rows.ts';
import { addStaff, browserFor, makeWorld, type World } from '../http/testIo.ts';
import { codeOf } from './world.ts';

const ADMIN: Who = { staffId: 'admin', actor: 'admin', officeId: 'county', roles: ['admin'], name: 'Admin' };

async function fresh(): Promise<World> {
  const world = await makeWorld();
  await world.put({
    body: [{ ...BODY, oversightId: '' }],
    tier: [TIER],
    office: [office('county', 'operating'), office('waterCo')],
    duty: [DUTY],
    plan: DEFAULT_PLANS.map((plan) => ({ ...plan, rev: 0 })),
  });
  await addStaff(world, 'admin', ['admin']);
  return world;
}

describe('the set-up cannot be finished without an overseer (over HTTP)', () => {
  type Make = (world: World) => Promise<void>;
  const nothing: Make = async () => undefined;
  const overseer: Make = async (world) => {
    await world.put({ office: [office('oversight', 'oversight')] });
    await named(world, 'oversight');
  };
  const named = async (world: World, oversightId: string): Promise<void> => {
    const body = (await world.store.get('body', 'body'))!;
    await world.put({ body: [{ ...body, oversightId }] });
  };
  const WRONG: readonly [why: string, make: Make][] = [
    ['none', nothing],
    ['one that is nobody', (world) => named(world, 'nonesuch')],
    ['the operating body itself', (world) => named(world, 'county')],
    ['an ordinary office', (world) => named(world, 'waterCo')],
    ['one without anybody to read', overseer],
    [
      'one whose only reader is switched off',
      async (world) => {
        await overseer(world);
        const staff = await addStaff(world, 'reader', ['oversight'], 'oversight');
        await world.put({ staff: [{ ...staff, active: false, rev: 1 }] });
      },
    ],
    [
      'one under the operating body',
      async (world) => {
        await world.put({ office: [{ ...office('oversight', 'oversight'), parentId: 'county' }] });
        await named(world, 'oversight');
        await addStaff(world, 'reader', ['oversight'], 'oversight');
      },
    ],
    [
      'one above an office',
      async (world) => {
        await overseer(world);
        await addStaff(world, 'reader', ['oversight'], 'oversight');
        const water = (await world.store.get('office', 'waterCo'))!;
        await world.put({ office: [{ ...water, parentId: 'oversight' }] });
      },
    ],
    [
      'one led by the head of an office',
      async (world) => {
        await addStaff(world, 'head', ['leader'], 'waterCo');
        const water = (await world.store.get('office', 'waterCo'))!;
        await world.put({
          office: [
            { ...water, headId: 'head' },
            { ...office('oversight', 'oversight'), headId: 'head' },
          ],
        });
        await named(world, 'oversight');
        await addStaff(world, 'reader', ['oversight'], 'oversight');
      },
    ],
    [
      'one whose reader leads an office',
      async (world) => {
        await overseer(world);
        await addStaff(world, 'reader', ['oversight'], 'oversight');
        const water = (await world.store.get('office', 'waterCo'))!;
        await world.put({ office: [{ ...water, deputyId: 'reader' }] });
      },
    ],
    [
      'one that is a duty office',
      async (world) => {
        await overseer(world);
        await addStaff(world, 'reader', ['oversight'], 'oversight');
        await world.put({ body: [{ ...(await world.store.get('body', 'body'))!, dutyOfficeId: 'oversight' }] });
      },
    ],
  ];
  test.each(WRONG)('%s', async (_why, make) => {
    const world = await fresh();
    await make(world);
    const reply = await (await browserFor(world, 'admin')).send('POST', '/api/admin/finish');
    expect(codeOf(reply)).toMatch(/^warn\.(noOversight|oversightInside|officeUnknown)$/);
    expect(await isSetUp(world.io)).toBe(false);
    await world.end();
  });

  test('a right one lets it be finished, and then nothing takes it away again', async () => {
    const world = await fresh();
    await overseer(world);
    await addStaff(world, 'reader', ['oversight'], 'oversight');
    const admin = await browserFor(world, 'admin');
    expect((await admin.send('POST', '/api/admin/finish')).statusCode).toBe(200);
    const reader = {
      name: 'R',
      login: 'reader',
      roles: ['oversight'],
      officeId: 'oversight',
      title: { zh: 'r', en: 'r' },
      email: '',
      language: 'en',
    };
    const asOffice = { name: { zh: 'o', en: 'o' }, tierId: 'county' };
    const body = { name: BODY.name, language: 'zh', contact: '12345' };
    const ATTEMPTS: readonly [method: 'PUT' | 'DELETE', url: string, body?: object][] = [
      ['DELETE', '/api/admin/offices/oversight'],
      ['PUT', '/api/admin/oversight', { officeId: '' }],
      ['PUT', '/api/admin/oversight', { officeId: 'county' }],
      ['PUT', '/api/admin/oversight', { officeId: 'waterCo' }],
      ['PUT', '/api/admin/oversight', { officeId: 'nonesuch' }],
      ['PUT', '/api/admin/body', { ...body, oversightId: '' }],
      ['PUT', '/api/admin/body', { ...body, oversightId: 'county' }],
      ['PUT', '/api/admin/body', { ...body, dutyOfficeId: 'oversight' }],
      ['PUT', '/api/admin/body', { ...body, operatingId: 'oversight' }],
      ['PUT', '/api/admin/offices/oversight', { ...asOffice, kind: 'office' }],
      ['PUT', '/api/admin/offices/oversight', { ...asOffice, kind: 'operating' }],
      ['PUT', '/api/admin/offices/oversight', { ...asOffice, kind: 'upper' }],
      ['PUT', '/api/admin/offices/oversight', { ...asOffice, kind: 'oversight', parentId: 'county' }],
      ['PUT', '/api/admin/offices/oversight', { ...asOffice, kind: 'oversight', headId: 'admin' }],
      ['PUT', '/api/admin/offices/waterCo', { ...asOffice, kind: 'office', parentId: 'oversight' }],
      ['PUT', '/api/admin/offices/waterCo', { ...asOffice, kind: 'office', headId: 'reader' }],
      ['PUT', '/api/admin/offices/waterCo', { ...asOffice, kind: 'office', deputyId: 'reader' }],
      ['PUT', '/api/admin/staff/reader', { ...reader, active: false }],
      ['PUT', '/api/admin/staff/reader', { ...reader, officeId: 'county' }],
      ['PUT', '/api/admin/staff/reader', { ...reader, officeId: '' }],
    ];
    for (const [method, url, sent] of ATTEMPTS) {
      const reply = await admin.send(method, url, sent);
      expect([method, url, JSON.stringify(sent), reply.statusCode >= 400 && reply.statusCode < 500]).toEqual([
        method,
        url,
        JSON.stringify(sent),
        true,
      ]);
      expect(await missingForSetUp(world.io)).toEqual([]);
    }
    await world.end();
  });
});

/** A random organisation of up to six offices, and edits of it in any order. */
const officeIds = ['county', 'a', 'b', 'c', 'over', 'city'];
const anyOffice = fc.record({
  id: fc.constantFrom(...officeIds),
  kind: fc.constantFrom<Office['kind']>('operating', 'office', 'oversight', 'upper'),
  parentId: fc.option(fc.constantFrom(...officeIds, 'gone')),
  headId: fc.option(fc.constantFrom('p0', 'p1', 'p2', 'p3')),
  deputyId: fc.option(fc.constantFrom('p0', 'p1', 'p2', 'p3')),
});
const anyEdit = fc.oneof(
  anyOffice.map((row) => ({ what: 'office' as const, row })),
  fc.constantFrom(...officeIds).map((id) => ({ what: 'drop' as const, id })),
  fc.constantFrom(...officeIds, '', 'gone').map((id) => ({ what: 'oversight' as const, id })),
  fc
    .record({ id: fc.constantFrom('p0', 'p1', 'p2', 'p3'), officeId: fc.constantFrom(...officeIds), active: fc.boolean() })
    .map((row) => ({ what: 'staff' as const, row })),
  fc
    .record({ operatingId: fc.constantFrom(...officeIds), dutyOfficeId: fc.constantFrom(...officeIds) })
    .map((row) => ({ what: 'body' as const, row })),
  fc.constantFrom(...officeIds).map((officeId) => ({ what: 'duty' as const, officeId })),
  fc.boolean().map((two) => ({ what: 'tiers' as const, two })),
  fc.constant({ what: 'finish' as const }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

async function take(io: Io, edit: Edit): Promise<Outcome<unknown>> {
  const body = (await io.store.get('body', 'body'))!;
  if (edit.what === 'office') {
    const before = await io.store.get('office', edit.row.id);
    return putOffice(io, ADMIN, { ...office(edit.row.id), ...edit.row, rev: before?.rev ?? 0 });
  }
  if (edit.what === 'drop') return dropOffice(io, ADMIN, edit.id);
  if (edit.what === 'oversight') return putOversight(io, ADMIN, edit.id);
  if (edit.what === 'body') return putBody(io, ADMIN, { ...body, ...edit.row });
  if (edit.what === 'duty') return putDuty(io, ADMIN, { ...DUTY, officeId: edit.officeId });
  if (edit.what === 'tiers') return putTiers(io, ADMIN, edit.two ? [TIER, { ...TIER, id: 'city', rank: 2, officeId: 'city' }] : [TIER]);
  if (edit.what === 'finish') return finishSetUp(io, ADMIN);
  const before = await io.store.get('staff', edit.row.id);
  const staff: Staff = {
    ...(before ?? {
      name: 'P',
      login: edit.row.id,
      secret: '',
      roles: ['oversight'],
      title: { zh: 'p', en: 'p' },
      email: '',
      language: 'en',
      rev: 0,
    }),
    ...edit.row,
  };
  return putStaff(io, ADMIN, staff);
}

describe('whatever is edited, in whatever order', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.end());

  async function clear(): Promise<void> {
    const ids = async (noun: 'office' | 'staff' | 'duty' | 'tier' | 'setting' | 'body'): Promise<string[]> =>
      (await world.store.list(noun)).map((row) => row.id);
    const remove = Object.fromEntries(
      await Promise.all((['office', 'staff', 'duty', 'tier', 'setting', 'body'] as const).map(async (noun) => [noun, await ids(noun)])),
    );
    await world.store.commit({ remove });
    await world.put({
      body: [{ ...BODY, oversightId: 'over' }],
      tier: [TIER],
      office: [office('county', 'operating'), office('a'), office('over', 'oversight')],
      duty: [{ ...DUTY, officeId: 'a' }],
    });
    world.io.memory.clear();
    await putStaff(world.io, ADMIN, {
      id: 'p0',
      name: 'P',
      login: 'p0',
      secret: '',
      roles: ['oversight'],
      officeId: 'over',
      title: { zh: 'p', en: 'p' },
      email: '',
      language: 'en',
      active: true,
      rev: 0,
    });
  }

  test('once finished the table in force has its overseer, and a complaint never goes to the office complained of alone', async () => {
    let nRouted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 12 }), fc.subarray(officeIds, { minLength: 1 }), async (edits, accused) => {
        await clear();
        if (edits.length % 2 === 0) await finishSetUp(world.io, ADMIN);
        for (const edit of edits) await take(world.io, edit);
        if (!(await isSetUp(world.io))) return;
        expect(await missingForSetUp(world.io)).toEqual([]);
        const organisation = (await organisationOf(world.io))!;
        const complainedOf = accused.filter((id) => organisation.offices.some((one) => one.id === id));
        const recipients = await recipientsOf(world.io, organisation, issue('HD-2026-0005', { complainedOf }));
        expect(recipients.length).toBeGreaterThan(0);
        const outside = outsideOf(organisation.offices, complainedOf);
        // Only when the overseer is complained of as well, and nobody is left, may it hear alone.
        if (organisation.offices.some((one) => outside(one) && one.id === organisation.body.oversightId)) {
          expect(recipients.some(outside)).toBe(true);
          nRouted++;
        }
      }),
      { numRuns: 120 },
    );
    // About 40 of 120; fewer than this would say that hardly anything was tried.
    expect(nRouted).toBeGreaterThan(15);
  });
});
