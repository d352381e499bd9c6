import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword, isPassword, isWeak } from '../../src/http/passwords.ts';
import { makeThrottle } from '../../src/http/throttle.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { settle } from './rows.ts';
import { browserFor, makeWorld, nobody, PASSWORD, signIn, type World } from './testIo.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  await settle(world);
});
afterEach(() => world.end());

const code = (reply: { json: () => unknown }): string => (reply.json() as { code: string }).code;

describe('signing in', () => {
  test('gives a session, a token and the names; the secret never leaves', async () => {
    const { reply, browser } = await signIn(world, 'duty');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['set-cookie']).toMatch(/^heed=[\w-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const view = (await browser.send('GET', '/api/session')).json() as { staff: Record<string, unknown>; names: { offices: object } };
    expect(view.staff.login).toBe('duty');
    expect(view.staff).not.toHaveProperty('secret');
    expect(Object.keys(view.names.offices)).toHaveLength(3);
    expect(reply.body).not.toContain('argon2');
  });

  test('only the digest of the token is stored', async () => {
    const { browser } = await signIn(world, 'duty');
    const token = browser.cookie.split('=')[1]!;
    expect(token.length).toBeGreaterThanOrEqual(22);
    expect(JSON.stringify(await world.store.list('session'))).not.toContain(token);
    expect(await world.store.get('session', world.io.digest(token))).toBeDefined();
  });

  test('a wrong password, an unknown name and a switched-off account look alike', async () => {
    const off = (await world.store.get('staff', 'clerk'))!;
    await world.put({ staff: [{ ...off, active: false }] });
    const replies = [
      await nobody(world).send('POST', '/api/session', { login: 'duty', password: 'wrong wrong wrong' }),
      await nobody(world).send('POST', '/api/session', { login: 'unknown', password: PASSWORD }),
      await nobody(world).send('POST', '/api/session', { login: 'clerk', password: PASSWORD }),
    ];
    expect(new Set(replies.map((reply) => `${reply.statusCode} ${reply.body}`)).size).toBe(1);
    expect(code(replies[0]!)).toBe('http.wrongLogin');
  });

  test('behind https the cookie is bound to the host', async () => {
    const secure = await makeWorld({ secure: true });
    await settle(secure);
    const { reply } = await signIn(secure, 'duty');
    expect(reply.headers['set-cookie']).toMatch(/^__Host-heed=.*; Secure$/);
    expect(reply.headers['strict-transport-security']).toContain('max-age=31536000');
    await secure.end();
  });

  test('before signing in only the body’s name is told', async () => {
    const view = (await nobody(world).send('GET', '/api/session')).json() as { staff: null; names: { staff: object }; body: object };
    expect(view.staff).toBeNull();
    expect(view.names.staff).toEqual({});
    expect(view.body).toEqual({ name: { zh: '清河县', en: 'Qinghe County' }, language: 'zh' });
  });
});

describe('a session ends', () => {
  const reads = async (browser: { send: (m: 'GET', u: string) => Promise<{ statusCode: number }> }): Promise<number> =>
    (await browser.send('GET', '/api/today')).statusCode;

  test('after 30 idle minutes, and not before', async () => {
    const browser = await browserFor(world, 'duty');
    world.time.real += 29 * MINUTE;
    expect(await reads(browser)).toBe(200);
    world.time.real += 29 * MINUTE;
    expect(await reads(browser)).toBe(200);
    world.time.real += 30 * MINUTE + 1;
    expect(await reads(browser)).toBe(401);
  });

  test('after 12 hours, however busy', async () => {
    const browser = await browserFor(world, 'duty');
    for (let n = 0; n < 30; n++) {
      world.time.real += 24 * MINUTE;
      expect(await reads(browser)).toBe(200);
    }
    world.time.real += MINUTE;
    expect(await reads(browser)).toBe(401);
  });

  test('at signing out', async () => {
    const { browser } = await signIn(world, 'duty');
    expect((await browser.send('DELETE', '/api/session')).statusCode).toBe(200);
    expect(await reads(browser)).toBe(401);
  });

  test('when the person is switched off or loses a role, at the next request', async () => {
    const [admin, duty, analyst] = [await browserFor(world, 'admin'), await browserFor(world, 'duty'), await browserFor(world, 'analyst')];
    const change = async (id: string, more: object): Promise<number> => {
      const { secret: _, id: __, ...rest } = (await world.store.get('staff', id))!;
      return (await admin.send('PUT', `/api/admin/staff/${id}`, { ...rest, ...more })).statusCode;
    };
    expect(await change('duty', { active: false })).toBe(200);
    expect(await change('analyst', { roles: ['clerk'] })).toBe(200);
    expect([await reads(duty), await reads(analyst)]).toEqual([401, 401]);
  });

  test('on other machines, with a new password', async () => {
    const [here, there] = [(await signIn(world, 'duty')).browser, await browserFor(world, 'duty')];
    expect((await here.send('POST', '/api/password', { old: PASSWORD, new: 'violet kettle 77 moon' })).statusCode).toBe(200);
    expect([await reads(here), await reads(there)]).toEqual([200, 401]);
  });
});

describe('forged requests', () => {
  const origin = { origin: 'http://evil.test', host: 'heed.test' };
  test.each([
    ['without the token', { 'x-heed-csrf': '' }, 403],
    ['with another session’s token', { 'x-heed-csrf': 'csrf-analyst' }, 403],
    ['from another origin', origin, 403],
    ['sent by another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from our own origin', { origin: 'http://heed.test', host: 'heed.test' }, 200],
    ['from our public address through a proxy', { origin: 'http://heed.test', host: '10.0.0.1:8080' }, 200],
  ])('%s', async (_, headers, status) => {
    const duty = await browserFor(world, 'duty');
    const reply = await duty.send('POST', '/api/triage', { documentIds: ['d3'], action: 'done' }, headers);
    expect(reply.statusCode).toBe(status);
    if (status === 403) expect(code(reply)).toBe('http.forgedRequest');
    expect((await world.store.get('triage', 'd3')) !== undefined).toBe(status === 200);
  });

  test('no change is possible without the token, on any route', async () => {
    const { ROLE_ROWS } = await import('../../src/http/roles.ts');
    const admin = await browserFor(world, 'admin');
    for (const row of ROLE_ROWS.filter((one) => one.method !== 'GET' && one.path.startsWith('/api/') && one.who !== 'public')) {
      const reply = await admin.send(row.method, row.path.replace(/:\w+/g, 'x'), {}, { 'x-heed-csrf': 'wrong' });
      expect([row.path, reply.statusCode]).toEqual([row.path, 403]);
    }
  });

  test('a stranger’s form cannot sign anybody in', async () => {
    const reply = await nobody(world).send('POST', '/api/session', { login: 'duty', password: PASSWORD }, origin);
    expect(code(reply)).toBe('http.forgedRequest');
  });
});

describe('the first account and invitations', () => {
  const first = { code: 'abcd-1234', name: 'Admin', login: 'root1', password: 'violet kettle 77 moon', language: 'en' };

  test('asks for the code, refuses weak passwords, works once', async () => {
    const fresh = await makeWorld();
    const send = (more: object) => nobody(fresh).send('POST', '/api/setup', { ...first, ...more });
    expect(((await nobody(fresh).send('GET', '/api/session')).json() as { mode: string }).mode).toBe('fresh');
    expect(code(await send({ code: 'WRONG' }))).toBe('http.setupCode');
    expect(code(await send({ password: 'short' }))).toBe('http.weakPassword');
    const reply = await send({});
    expect(reply.json()).toMatchObject({ mode: 'setup', staff: { login: 'root1', roles: ['admin'], invited: false } });
    expect(code(await send({ login: 'root2' }))).toBe('http.setupDone');
    await fresh.end();
  });

  test('an invitation is used once and not after a week', async () => {
    const admin = await browserFor(world, 'admin');
    const invite = async (login: string): Promise<string> => {
      const person = {
        name: 'New',
        login,
        roles: ['analyst'],
        officeId: 'county',
        title: { zh: '员', en: 'Staff' },
        email: '',
        language: 'zh',
      };
      const reply = (await admin.send('POST', '/api/admin/staff', person)).json() as { invitation: string; staff: { invited: boolean } };
      expect(reply.staff.invited).toBe(true);
      return reply.invitation.split('/').at(-1)!;
    };
    const [used, late] = [await invite('new.one'), await invite('new.two')];
    const take = (token: string) => nobody(world).send('POST', `/api/invitations/${token}`, { password: 'violet kettle 77 moon' });
    expect((await take(used)).json()).toMatchObject({ staff: { login: 'new.one', invited: false } });
    expect((await take(used)).statusCode).toBe(404);
    world.time.real += 7 * 24 * HOUR + 1;
    expect((await take(late)).statusCode).toBe(404);
  });
});

describe('passwords', () => {
  test('round trip, wrong ones and nobody’s', async () => {
    const secret = await hashPassword('pässwörd 水 ok');
    expect(secret).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword('pässwörd 水 ok', secret)).toBe(true);
    expect(await isPassword('passwörd 水 ok', secret)).toBe(false);
    expect([await isPassword('x', null), await isPassword('', '')]).toEqual([false, false]);
    expect(await hashPassword('a')).not.toBe(await hashPassword('a'));
  });

  test.each([
    'short',
    'password1234',
    'Password2024!',
    'P@ssw0rd12345',
    'qwertyuiop12',
    '123456789012',
    'aaaaaaaaaaaa',
    'abababababab',
    'iloveyou2024',
    'admin1234567',
    'zhangwei1234',
    'woaini1314520',
    '111111222222',
    '1qaz2wsx3edc',
    'letmein12345',
    'x'.repeat(300),
  ])('%s is too weak for zhangwei', (password) => expect(isWeak(password, ['zhangwei', '张伟'])).toBe(true));

  test.each([PASSWORD, 'violet kettle 77 moon', '清晨六点河边有风声和鸟叫', 'N7$kq-92LmzP', 'the quick brown fox', 'ünïcödé gehört dazu'])(
    '%s is good enough',
    (password) => expect(isWeak(password, ['zhangwei', '张伟'])).toBe(false),
  );
});

describe('guesses', () => {
  const make = () => makeThrottle(world.io.digest);

  test('one account: at most 20 an hour, whatever the addresses', () => {
    const throttle = make();
    let n = 0;
    for (let at = 0; at < HOUR; at += 1000) if (throttle.begin('duty', `10.0.${at % 200}.${at % 250}`, at) === 0) n++;
    expect(n).toBeLessThanOrEqual(20);
    expect(n).toBeGreaterThan(5);
  });

  test('nobody is locked out: a place that signed in before goes on', () => {
    const throttle = make();
    expect(throttle.begin('duty', 'home', 0)).toBe(0);
    throttle.succeeded('duty', 'home', 0);
    for (let n = 0; n < 500; n++) throttle.begin('duty', `attacker ${n}`, n);
    expect(throttle.begin('duty', 'attacker', 600)).toBeGreaterThan(0);
    expect(throttle.begin('duty', 'home', 600)).toBe(0);
  });

  test('right passwords are never slowed down', () => {
    const throttle = make();
    for (let n = 0; n < 200; n++) {
      expect(throttle.begin(`person ${n}`, 'office', n)).toBe(0);
      throttle.succeeded(`person ${n}`, 'office', n);
    }
  });

  test('one address: spraying many names is slowed down, and an hour later it may again', () => {
    const throttle = make();
    let n = 0;
    for (let name = 0; name < 500; name++) if (throttle.begin(`name ${name}`, 'sprayer', name) === 0) n++;
    expect(n).toBe(30);
    expect(throttle.begin('fresh', 'sprayer', 600)).toBeGreaterThan(0);
    expect(throttle.begin('fresh', 'sprayer', HOUR + 10_000)).toBe(0);
  });

  test('over http: refused with Retry-After, and the right password waits too', async () => {
    for (let n = 0; n < 5; n++) await nobody(world).send('POST', '/api/session', { login: 'duty', password: 'no no no no' });
    const { reply } = await signIn(world, 'duty');
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([429, '240']);
    world.time.real += 4 * MINUTE;
    expect((await signIn(world, 'duty')).reply.statusCode).toBe(200);
  });
});
