/**
 * S-RBAC and R-22, generated from the role table: whoever may not change something changes nothing, not one byte of a row. S-PARSE: nor
 * does a hostile body, whoever sends it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayDo, ROLE_ROWS, type RoleRow } from '../../src/http/roles.ts';
import { ROLES, type Role } from '../../src/model/office.ts';
import { issue, settle } from '../http/rows.ts';
import { addStaff, type Browser, browserFor, makeWorld, nobody, type World } from '../http/testIo.ts';
import { snapshot } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ demo: { view: () => ({}) as never, change: async () => undefined } as never });
  await settle(world);
  await world.put({ issue: [issue('HD-2026-0002', { complainedOf: ['waterCo'] })] });
  for (const role of ROLES) await addStaff(world, `only-${role}`, [role], role === 'oversight' ? 'oversight' : 'waterCo');
  await addStaff(world, 'overseer-admin', ['oversight', 'admin', 'leader', 'spokesperson', 'dutyOfficer'], 'oversight');
});
afterAll(() => world.end());

const CHANGES = ROLE_ROWS.filter((row) => row.method !== 'GET' && row.who !== 'public');

/** Real ids, so that a route which was let through would find something to change. */
const IDS: readonly [start: string, id: string][] = [
  ['/api/admin/offices', 'waterCo'],
  ['/api/admin/duties', 'water'],
  ['/api/admin/staff', 'analyst'],
  ['/api/admin/plans', 'red'],
  ['/api/admin/channels', 'hook'],
  ['/api/channels', 'hook'],
  ['/api/sources', 'desk'],
  ['/api/topics', 'water'],
  ['/api/alerts', 'HD-2026-0001:levelReached:orange'],
  ['/api/statements', 'HD-2026-0001-1'],
  ['/api/signed', 'HD-2026-0001-1.v2'],
  ['/api/bulletins', '2026-03-10'],
  ['/api', 'HD-2026-0001'],
];
function urlOf(row: RoleRow): string {
  const id = IDS.find(([start]) => row.path.startsWith(start))?.[1] ?? 'x';
  return row.path.replace(/:\w+/g, encodeURIComponent(id));
}

/** Fits most shapes: fields a route does not know are dropped. */
const FULL = {
  level: 'none',
  reason: 'because',
  because: 'because',
  why: 'w',
  documentIds: ['d1'],
  action: 'notRelevant',
  to: 'closed',
  officeId: 'waterCo',
  ids: [],
  places: [],
  name: { zh: '改', en: 'changed' },
  kind: 'office',
  tierId: 'county',
  what: 'look',
  isLead: true,
  text: 'text',
  title: 't',
  language: 'zh',
  verdict: 'true',
  from: 'HD-2026-0001',
  into: 'HD-2026-0002',
  proof: 'p',
  finding: 'f',
  source: 's',
  sure: 'seen',
  query: 'water',
  address: 'https://a.example/',
  standing: 'press',
  contact: 'c',
  paused: true,
};

async function nothingChanges(browser: Browser, rows: readonly RoleRow[], status: number): Promise<number> {
  const before = await snapshot(world.store);
  for (const row of rows) {
    const reply = await browser.send(row.method, urlOf(row), FULL);
    expect([row.method, row.path, reply.statusCode]).toEqual([row.method, row.path, status]);
  }
  expect(await snapshot(world.store)).toBe(before);
  return rows.length;
}

describe('every changing route, generated from the table', () => {
  test('is refused to whoever is signed out', async () => {
    expect(await nothingChanges(nobody(world), CHANGES, 401)).toBeGreaterThan(50);
  });

  test('is refused to the overseer, also to one with every other role', async () => {
    const rows = CHANGES.filter((row) => row.path !== '/api/session' && row.path !== '/api/password');
    for (const id of ['only-oversight', 'overseer', 'overseer-admin'])
      expect(await nothingChanges(await browserFor(world, id), rows, 403)).toBeGreaterThan(50);
  });

  test.each(ROLES.filter((role) => role !== 'oversight'))('is refused to %s where the table does not name that role', async (role) => {
    const rows = CHANGES.filter((row) => !mayDo(row, [role]));
    expect(await nothingChanges(await browserFor(world, `only-${role}`), rows, 403)).toBeGreaterThan(20);
  });

  test('is refused to a person without a role, and to one switched off', async () => {
    await addStaff(world, 'bare', []);
    const rows = CHANGES.filter((row) => row.who !== 'signedIn');
    await nothingChanges(await browserFor(world, 'bare'), rows, 403);
    const off = await browserFor(world, 'only-admin');
    const staff = (await world.store.get('staff', 'only-admin'))!;
    await world.put({ staff: [{ ...staff, active: false }] });
    await nothingChanges(off, CHANGES, 401);
    await world.put({ staff: [{ ...(await world.store.get('staff', 'only-admin'))!, active: true }] });
  });

  test('is refused without the page’s own token, and from another site', async () => {
    const admin = await browserFor(world, 'admin');
    const rows = CHANGES.filter((row) => mayDo(row, ['admin']));
    const before = await snapshot(world.store);
    for (const row of rows)
      for (const more of [{ 'x-heed-csrf': 'wrong' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
        expect([row.path, (await admin.send(row.method, urlOf(row), FULL, more)).statusCode]).toEqual([row.path, 403]);
    expect(await snapshot(world.store)).toBe(before);
  });

  test('the check bites: what is allowed does change the store', async () => {
    const before = await snapshot(world.store);
    const duty = await browserFor(world, 'duty');
    expect((await duty.send('POST', '/api/triage', { documentIds: ['d3'], action: 'done' })).statusCode).toBe(200);
    expect(await snapshot(world.store)).not.toBe(before);
  });

  test('the table itself names no changing route for the overseer alone', () => {
    const planted: RoleRow = { method: 'POST', path: '/api/planted', who: ['oversight'] };
    expect(mayDo(planted, ['oversight'])).toBe(false);
    expect(mayDo({ ...planted, who: 'signedIn' }, ['oversight', 'admin'] satisfies Role[])).toBe(false);
  });
});

describe('hostile bodies (S-PARSE)', () => {
  const deep = `${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}`;
  const BODIES: readonly [why: string, type: string, text: string][] = [
    ['a prototype', 'application/json', '{"__proto__":{"roles":["admin"],"isAdmin":true},"roles":["admin"]}'],
    ['a constructor', 'application/json', '{"constructor":{"prototype":{"roles":["admin"]}}}'],
    ['keys twice', 'application/json', '{"reason":"a","reason":{"$ne":null},"level":"red","level":"none"}'],
    ['depth ten thousand', 'application/json', deep],
    ['no JSON', 'application/json', '{"a":'],
    ['nothing', 'application/json', ''],
    ['null', 'application/json', 'null'],
    ['a list', 'application/json', '[1,2,3]'],
    ['a number', 'application/json', '9'],
    [
      'wrong types',
      'application/json',
      '{"reason":{"a":1},"level":9,"documentIds":"d1","ids":{"length":1},"officeId":["waterCo"],"text":null}',
    ],
    [
      'lone surrogates and zero bytes',
      'application/json',
      '{"reason":"\\ud800\\u0000","text":"\\u0000","title":"\\udfff","name":{"zh":"\\u0000","en":"x"}}',
    ],
    ['SQL', 'application/json', '{"reason":"\'; DROP TABLE issue; --","officeId":"\' OR 1=1 --","text":"x"}'],
    ['line ends for a header', 'application/json', '{"email":"a@b.c\\r\\nBcc: x@y.z","name":"x\\r\\ny","login":"a\\r\\nb"}'],
    ['another type', 'text/xml', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'],
    ['a form', 'application/x-www-form-urlencoded', 'reason=a&reason=b&__proto__[x]=y'],
    ['a charset nobody knows', 'application/json; charset=utf-99', '{"reason":"x"}'],
    ['huge numbers', 'application/json', '{"dueAt":1e999,"endsAt":-1,"rank":1e308,"audience":-5,"limit":1e9}'],
  ];
  test('no body of seventeen kinds makes a fault, on any changing route, for an admin of every role', async () => {
    await addStaff(
      world,
      'every',
      ROLES.filter((role) => role !== 'oversight'),
    );
    const every = await browserFor(world, 'every');
    let n = 0;
    const faults: string[] = [];
    for (const row of ROLE_ROWS.filter((one) => one.method !== 'GET' && one.path !== '/api/session' && one.path !== '/api/password'))
      for (const [why, type, text] of BODIES) {
        const reply = await world.app.inject({
          method: row.method,
          url: urlOf(row).replace(':form', 'json'),
          payload: text,
          headers: { 'content-type': type, cookie: every.cookie, 'x-heed-csrf': every.csrf },
        });
        if (reply.statusCode >= 500) faults.push(`${row.method} ${row.path}: ${why}`);
        n++;
      }
    expect(n).toBeGreaterThan(1000);
    expect(faults).toEqual([]);
    expect(({} as { roles?: unknown }).roles).toBeUndefined();
    expect((await world.store.get('staff', 'every'))?.roles).not.toContain('oversight');
  });
});
