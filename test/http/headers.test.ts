import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_ROWS } from '../../src/http/roles.ts';
import { settle } from './rows.ts';
import { browserFor, makeWorld, nobody, type World } from './testIo.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>desk</title>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}');
  world = await makeWorld({ webFolder: folder });
  await settle(world);
});
afterAll(async () => {
  await world.end();
  rmSync(folder, { recursive: true });
});

function check(reply: LightMyRequestResponse, name: string): void {
  const policy = String(reply.headers['content-security-policy']);
  expect([name, policy]).toEqual([name, expect.stringContaining("default-src 'none'")]);
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*|data:|https?:/);
  if (policy.includes('unsafe-inline')) expect([name, /^GET \/desk/.test(name)]).toEqual([name, true]);
  else expect(policy).toContain("require-trusted-types-for 'script'");
  expect(reply.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect([name, reply.headers['x-powered-by'], reply.headers.server]).toEqual([name, undefined, undefined]);
}

const addressOf = (path: string): string =>
  path.replace(':form', 'json').replace(':sourceId', 'desk').replace(/:\w+/g, 'none').replace('*', 'issues');

describe('headers', () => {
  test('stand on every route, signed in and not, whatever the status', async () => {
    const statuses = new Set<number>();
    const [admin, duty] = [await browserFor(world, 'admin'), await browserFor(world, 'duty')];
    for (const row of ROLE_ROWS) {
      if (row.path === '/api/live' || (row.path === '/api/session' && row.method === 'DELETE')) continue;
      for (const browser of [nobody(world), admin, duty]) {
        const reply = await browser.send(row.method, addressOf(row.path));
        statuses.add(reply.statusCode);
        check(reply, `${row.method} ${row.path}`);
        if (row.path.startsWith('/api/')) expect([row.path, reply.headers['cache-control']]).toEqual([row.path, 'no-store']);
      }
    }
    expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 302, 400, 401, 403, 404]));
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
  });

  test.each([
    ['unknown address', 'GET', '/nowhere', '', 404],
    ['unknown method', 'PATCH', '/api/session', '', 404],
    ['broken JSON', 'POST', '/api/session', '{"login"', 400],
    ['prototype in JSON', 'POST', '/api/session', '{"__proto__":{"x":1},"login":"a","password":"b"}', 400],
    ['constructor in JSON', 'POST', '/api/session', '{"constructor":{"prototype":{}},"login":"a","password":"b"}', 400],
    ['a body too large', 'POST', '/api/session', JSON.stringify({ login: 'x'.repeat(1_100_000), password: '' }), 413],
    ['depth of 10,000', 'POST', '/api/session', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
    ['wrong type', 'POST', '/api/session', '{"login":5,"password":[]}', 400],
  ] as const)('%s', async (name, method, url, payload, status) => {
    const headers = payload === '' ? {} : { 'content-type': 'application/json' };
    const reply = await world.app.inject({ method, url, headers, ...(payload === '' ? {} : { payload }) });
    check(reply, name);
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({
      status,
      code: expect.stringMatching(/^http\./),
      message: { zh: expect.any(String), en: expect.any(String) },
    });
  });

  test('a bad percent sign in the address', async () => {
    const reply = await world.app.inject({ method: 'GET', url: '/answers/%E0%A4%A' });
    check(reply, 'bad address');
    expect(reply.statusCode).toBe(400);
  });

  test('an unknown kind of body', async () => {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: '<x/>',
      headers: { 'content-type': 'application/xml' },
    });
    check(reply, 'xml');
    expect(reply.statusCode).toBe(415);
  });

  test('the field that is wrong is named, its value never', async () => {
    const duty = await browserFor(world, 'duty');
    const reply = await duty.send('POST', '/api/triage', { documentIds: ['d1'], action: 'SECRET-VALUE' });
    expect(reply.json()).toMatchObject({ code: 'http.badRequest', details: { field: 'action' } });
    expect(reply.body).not.toContain('SECRET-VALUE');
    expect((await duty.send('POST', '/api/triage', { action: 'done' })).json()).toMatchObject({ details: { field: 'documentIds' } });
  });

  test('fields nobody asked for are dropped', async () => {
    const admin = await browserFor(world, 'admin');
    const office = { name: { zh: '新', en: 'New', fr: 'x' }, kind: 'office', tierId: 'county', secret: 'x', id: 'other', rev: 0 };
    expect((await admin.send('PUT', '/api/admin/offices/new', office)).statusCode).toBe(200);
    const stored = await world.store.get('office', 'new');
    expect(stored).toMatchObject({ id: 'new', name: { zh: '新', en: 'New' } });
    expect(stored).not.toHaveProperty('secret');
    expect(stored?.name).not.toHaveProperty('fr');
  });
});

describe('faults', () => {
  test('the page shows an id and nothing else; the log has it in full', async () => {
    const broken = await makeWorld();
    await settle(broken);
    const duty = await browserFor(broken, 'duty');
    const { store } = broken.io;
    const get = store.get.bind(store);
    Object.assign(store, {
      get: async (noun: string, id: string) => (noun === 'issue' ? Promise.reject(new Error('disk SECRET full')) : get(noun as never, id)),
    });
    const reply = await duty.send('GET', '/api/issues/HD-2026-0001', undefined, { cookie: duty.cookie });
    expect(reply.statusCode).toBe(500);
    check(reply, 'fault');
    const problem = reply.json() as { faultId: string };
    expect(reply.body).not.toContain('SECRET');
    expect(problem.faultId).toMatch(/^[0-9a-f]{12}$/);
    const line = broken.logged.find((one) => one.includes(problem.faultId))!;
    expect(line).toContain('disk SECRET full');
    expect(line).toContain('GET /api/issues/:id');
    expect(broken.logged.join('')).not.toContain(duty.cookie.split('=')[1]!);
    expect(broken.logged.join('')).not.toContain('127.0.0.1');
    await broken.end();
  });
});

describe('the desk’s files', () => {
  const read = (url: string): Promise<LightMyRequestResponse> => world.app.inject({ method: 'GET', url });

  test.each([
    ['/desk', 200, 'text/html'],
    ['/desk/', 200, 'text/html'],
    ['/desk/issues/HD-2026-0001', 200, 'text/html'],
    ['/desk/assets/a.js', 200, 'text/javascript'],
    ['/desk/assets/missing.js', 404, 'application/problem'],
    ['/desk/../package.json', 404, 'application/problem'],
    ['/desk/..%2f..%2fpackage.json', 200, 'text/html'],
    ['/desk/%2e%2e/%2e%2e/etc/passwd', 404, 'application/problem'],
  ])('%s', async (url, status, type) => {
    const reply = await read(url);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, expect.stringContaining(type)]);
    expect(reply.body).not.toContain('"dependencies"');
    expect(reply.body).not.toContain('root:');
  });

  test('assets may be kept for ever, the page never', async () => {
    expect((await read('/desk/assets/a.js')).headers['cache-control']).toContain('immutable');
    expect((await read('/desk')).headers['cache-control']).toBe('no-store');
  });
});
