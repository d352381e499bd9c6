/** what must not exist in the routes, in the shapes they take, and in what they tell. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NEVER } from '../../src/http/publicPages/words.ts';
import { ROLE_ROWS } from '../../src/http/roles.ts';
import { document, settle } from './rows.ts';
import { browserFor, makeWorld, type World } from './testIo.ts';
import type { Pseudonym } from '../../src/model/document.ts';

const MARK = 'a1b2c3d4e5f60718' as Pseudonym;
let world: World;
let description: unknown;
beforeAll(async () => {
  world = await makeWorld();
  await settle(world);
  await world.put({ document: [document('sealed1', { pseudonym: MARK }), document('sealed2', { pseudonym: MARK })] });
  description = (await world.app.inject({ url: '/openapi.json' })).json();
});
afterAll(() => world.end());

/** Every property and parameter name in the API description. */
function namesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const one of value) namesIn(one, found);
  else if (typeof value === 'object' && value !== null) {
    const object = value as Record<string, unknown>;
    if (typeof object.in === 'string' && typeof object.name === 'string') found.add(object.name);
    if (typeof object.properties === 'object' && object.properties !== null)
      for (const name of Object.keys(object.properties)) found.add(name);
    for (const one of Object.values(object)) namesIn(one, found);
  }
  return found;
}

const PERSON = /author|user|handle|profile|account(?!s?$)|follower|pseudonym|poster|person|voice|people/i;
const NEVER_DO =
  /takedown|remove-?post|delete-?post|report-?(?:post|account|abuse)|comment|like|follow|reply-?as|repost|profile|score-?person|block|ban\b|police|blacklist|dossier/i;

describe('there is no way to ask for a person', () => {
  test('no parameter or field names one', () => {
    const names = [...namesIn(description)];
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => PERSON.test(name))).toEqual([]);
  });

  test('no route is about one', () => {
    expect(ROLE_ROWS.map((row) => row.path).filter((path) => PERSON.test(path.replace(/\/api\/account|spokespersons/, '')))).toEqual([]);
  });

  test('what was sealed is in no answer of any reading', async () => {
    const overseer = await browserFor(world, 'overseer');
    const readings = ROLE_ROWS.filter((row) => row.method === 'GET' && row.path !== '/api/live');
    let n = 0;
    for (const row of readings) {
      for (const id of ['sealed1', 'HD-2026-0001', 'desk']) {
        const url = row.path.replace(':form', 'json').replace(/:\w+/g, id).replace('*', id);
        const reply = await overseer.send('GET', url);
        expect([url, reply.body.includes(MARK), /pseudonym/i.test(reply.body)]).toEqual([url, false, false]);
        n++;
      }
    }
    expect(n).toBeGreaterThan(100);
  });

  const ATTEMPTS = [
    'author:x',
    'by:x',
    'user:x',
    'from:x',
    'pseudonym:a1b2c3d4e5f60718',
    'handle:x',
    '@x',
    'account:x',
    'author:"a b"',
    'user_id:1',
    'poster:x',
    'voice:x',
    'similar:sealed1',
    'style:x',
    'authored-by:x',
  ];
  test.each(ATTEMPTS)('the query %s finds nobody’s texts', async (q) => {
    const duty = await browserFor(world, 'duty');
    const reply = await duty.send('GET', `/api/stream?q=${encodeURIComponent(q)}`);
    const rows = reply.statusCode === 200 ? (reply.json() as { rows: { id: string }[] }).rows.map((row) => row.id) : [];
    expect(rows.filter((id) => id.startsWith('sealed'))).toEqual([]);
  });

  test.each(['author', 'user', 'pseudonym', 'sort', 'groupBy', 'by', 'include', 'fields', 'orderBy'])(
    'a parameter %s changes nothing',
    async (name) => {
      const duty = await browserFor(world, 'duty');
      for (const path of ['/api/stream', '/api/issues']) {
        const [plain, asked] = [await duty.send('GET', path), await duty.send('GET', `${path}?${name}=${MARK}`)];
        expect(asked.body).toBe(plain.body);
      }
    },
  );
});

describe('there is no way to act on a person or on a text elsewhere', () => {
  test('no route can', () => {
    expect(ROLE_ROWS.map((row) => `${row.method} ${row.path}`).filter((name) => NEVER_DO.test(name))).toEqual([]);
  });

  test('no shape asks for it', () => {
    expect([...namesIn(description)].filter((name) => NEVER_DO.test(name))).toEqual([]);
  });

  test('the list of what is never done is public', async () => {
    const { body } = await world.app.inject({ url: '/about?lang=en' });
    for (const one of NEVER) expect(body).toContain(one.en);
  });
});

describe('the API description', () => {
  test('is OpenAPI 3.1 and has every route of the API', () => {
    const { openapi, paths } = description as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toBe('3.1.0');
    for (const row of ROLE_ROWS.filter((one) => one.path.startsWith('/api/'))) {
      const path = row.path.replace(/:(\w+)/g, '{$1}');
      expect([path, row.method, paths[path]?.[row.method.toLowerCase()] !== undefined]).toEqual([path, row.method, true]);
    }
    for (const [path, methods] of Object.entries(paths))
      for (const method of Object.keys(methods))
        expect([
          path,
          ROLE_ROWS.some((row) => row.path.replace(/:(\w+)/g, '{$1}') === path && row.method.toLowerCase() === method),
        ]).toEqual([path, true]);
  });
});
