import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayDo, ROLE_ROWS, roleRow } from '../../src/http/roles.ts';
import { ROLES } from '../../src/model/office.ts';
import { issue, settle } from './rows.ts';
import { type Browser, browserFor, makeWorld, nobody, type World } from './testIo.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await settle(world);
});
afterAll(() => world.end());

const PERSON = {
  dutyOfficer: 'duty',
  analyst: 'analyst',
  liaison: 'liaison',
  leader: 'leader',
  spokesperson: 'speaker',
  clerk: 'clerk',
  reporter: 'reporter',
  oversight: 'overseer',
  admin: 'admin',
} as const;

const CHANGES = ROLE_ROWS.filter((row) => row.method !== 'GET' && row.path.startsWith('/api/'));

function addressOf(path: string): string {
  return path.replace(/:\w+/g, 'none').replace('*', 'x');
}

describe('the role table', () => {
  test('every route of the router has a line, and every line a route', () => {
    for (const row of ROLE_ROWS)
      expect([row.method, row.path, world.app.hasRoute({ method: row.method, url: row.path })]).toEqual([row.method, row.path, true]);
    const listed = world.app.printRoutes({ commonPrefix: false, includeHooks: false });
    expect(listed.length).toBeGreaterThan(1000);
    expect(new Set(ROLE_ROWS.map((row) => `${row.method} ${row.path}`)).size).toBe(ROLE_ROWS.length);
  });

  test('a route without a line cannot be registered', async () => {
    const other = await makeWorld();
    await other.end();
    expect(roleRow('POST', '/api/unlisted')).toBeUndefined();
    const { default: fastify } = await import('fastify');
    const app = fastify();
    const { stand } = await import('../../src/http/server.ts');
    stand(app, { io: world.io } as never);
    expect(() => app.post('/api/unlisted', async () => 'x')).toThrow(/no line in the role table/);
  });

  test('no line lets an overseer change anything but the own session and password', () => {
    const may = ROLE_ROWS.filter((row) => row.method !== 'GET' && row.who !== 'public' && mayDo(row, ['oversight', ...ROLES]));
    expect(may.map((row) => `${row.method} ${row.path}`).sort()).toEqual(['DELETE /api/session', 'POST /api/password']);
  });

  test('an overseer may read whatever any member of staff may read', () => {
    const hidden = ROLE_ROWS.filter((row) => row.method === 'GET' && row.who !== 'public' && !mayDo(row, ['oversight']));
    expect(hidden.map((row) => row.path)).toEqual(['/api/desk/similar']);
  });
});

describe('the guard', () => {
  test.each(ROLES)('lets %s through where the table says so, and nowhere else', async (role) => {
    const browser = await browserFor(world, PERSON[role]);
    for (const row of ROLE_ROWS) {
      if (row.who === 'public' || row.path === '/api/live' || row.path === '/api/session') continue;
      const reply = await browser.send(row.method, addressOf(row.path));
      const { code } = reply.headers['content-type']?.toString().includes('problem') ? (reply.json() as { code: string }) : { code: '' };
      expect([row.method, row.path, code === 'http.notAllowed']).toEqual([row.method, row.path, !mayDo(row, [role])]);
      expect(reply.statusCode).toBeLessThan(500);
    }
  });

  test('nobody gets through without a session', async () => {
    for (const row of ROLE_ROWS) {
      if (row.who === 'public') continue;
      const reply = await nobody(world).send(row.method, addressOf(row.path));
      expect([row.path, reply.statusCode]).toEqual([row.path, 401]);
    }
  });

  test('an overseer’s attempts leave the store as it was', async () => {
    const browser = await browserFor(world, 'overseer');
    const before = await world.store.journal({});
    for (const row of CHANGES) {
      if (row.who === 'public' || row.path === '/api/session' || row.path === '/api/password') continue;
      expect((await browser.send(row.method, row.path.replace(':id', 'HD-2026-0001'), { reason: 'x', level: 'red' })).statusCode).toBe(403);
    }
    expect(await world.store.journal({})).toEqual(before);
    expect((await world.store.get('issue', 'HD-2026-0001'))?.level).toBe('orange');
  });
});

describe('recusal', () => {
  const refusedCode = async (browser: Browser, url: string, body: object, method: 'POST' | 'DELETE' = 'POST'): Promise<string> =>
    ((await browser.send(method, url, body)).json() as { code: string }).code;

  test('people of the office complained of may not work on the issue', async () => {
    await world.put({ issue: [issue('HD-2026-0002', { complainedOf: ['county'] })] });
    const [duty, leader] = [await browserFor(world, 'duty'), await browserFor(world, 'leader')];
    const about = ROLE_ROWS.filter((row) => row.recuse === 'issue' && mayDo(row, ['dutyOfficer', 'leader']));
    expect(about.length).toBeGreaterThan(8);
    for (const row of about) {
      if (row.method === 'GET') continue;
      const who = mayDo(row, ['dutyOfficer']) ? duty : leader;
      const url = row.path.replace(':id', 'HD-2026-0002');
      const reply = await who.send(row.method, url, FULL);
      expect([row.path, (reply.json() as { code: string }).code]).toEqual([row.path, 'answer.ownOffice']);
    }
  });

  test('an office that is not complained of is not kept out', async () => {
    await world.put({ issue: [issue('HD-2026-0003', { complainedOf: ['waterCo'] })] });
    const duty = await browserFor(world, 'duty');
    expect(await refusedCode(duty, '/api/issues/HD-2026-0003/override', { level: 'red', reason: '' })).toBe('judge.overrideNeedsReason');
  });
});

/** Fits every shape of the recusal test: fields a route does not know are dropped. */
const FULL = {
  level: 'red',
  reason: 'because',
  documentIds: ['d1'],
  to: 'verifying',
  because: 'because',
  officeId: 'waterCo',
  what: 'look',
  isLead: true,
  text: 'text',
  title: 't',
  language: 'zh',
  empathy: '',
  known: '',
  unknown: '',
  doing: '',
  nextUpdateAt: null,
  nextUpdate: '',
  contact: '',
  claimIds: [],
  promises: [],
};
