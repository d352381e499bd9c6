import { verify } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { parseFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalText } from '../../src/answer/statement.ts';
import { PUBLIC_CSS } from '../../src/http/publicPages/css.ts';
import { NEVER, PAGE_WORDS } from '../../src/http/publicPages/words.ts';
import type { SignedStatement } from '../../src/model/case.ts';
import { alert, issue, notice, settle, signed } from './rows.ts';
import { makeWorld, NOW, type World } from './testIo.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ demoMode: true });
  await settle(world);
});
afterAll(() => world.end());

const read = (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  world.app.inject({ method: 'GET', url, headers });
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  world.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
const codeIn = (body: string): string => /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}/.exec(body)?.[0] ?? '';

const PAGES = ['/answers', '/answers/HD-2026-0001-1', '/answers/HD-2026-0001-1.v1', '/receipt', '/report', '/about'];

describe('every public page', () => {
  test.each(PAGES.flatMap((path) => [`${path}?lang=zh`, `${path}?lang=en`]))(
    '%s stands without scripts, levels or strangers',
    async (url) => {
      const reply = await read(url);
      expect(reply.statusCode).toBe(200);
      const { body } = reply;
      expect(body).not.toMatch(/<script(?! type="application\/ld\+json")|\son\w+=|style=|javascript:/i);
      expect(body).not.toMatch(/蓝色|黄色|橙色|红色|\b(?:blue|yellow|orange|red)\b/i);
      const linked = Array.from(body.matchAll(/(?:src|href|action)="([^"]*)"/g), ([, to]) => to!);
      expect(linked.length).toBeGreaterThan(3);
      for (const to of linked) expect(to).toMatch(/^(?:\/(?!\/)|#|http:\/\/heed\.test\/answers\/)/);
      expect(body).toContain('DEMO');
      expect(body).toContain(url.endsWith('en') ? '<html lang="en">' : '<html lang="zh-Hans">');
      expect(body).toContain('name="viewport"');
      expect(reply.headers['set-cookie']).toBeUndefined();
      const labels = new Set(Array.from(body.matchAll(/<label for="(\w+)"/g), ([, id]) => id));
      for (const [, id] of body.matchAll(/<(?:input|textarea|select)[^>]*\sid="(\w+)"/g)) expect(labels).toContain(id);
    },
  );

  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.5', 'zh-Hans'],
    ['en-GB', 'en'],
    ['fr,en;q=0.3', 'en'],
    ['de', 'zh-Hans'],
    ['en;q=0.2,zh;q=0.8', 'zh-Hans'],
  ])('%s is answered in %s', async (accept, lang) => {
    expect((await read('/answers', { 'accept-language': accept })).body).toContain(`<html lang="${lang}">`);
  });

  test('without the demo no page says DEMO', async () => {
    const real = await makeWorld();
    await settle(real);
    for (const url of PAGES) expect((await real.app.inject({ url })).body).not.toContain('DEMO');
    await real.end();
  });

  test('the stylesheet serves light, dark and print, and no colour of a level', () => {
    expect(PUBLIC_CSS).toContain('prefers-color-scheme: dark');
    expect(PUBLIC_CSS).toContain('@media print');
    expect(PUBLIC_CSS).not.toMatch(/\b(?:red|orange|yellow|blue)\b|url\(|@import/);
  });

  test('words are whole in both languages', () => {
    for (const words of [...Object.values(PAGE_WORDS), ...NEVER])
      expect([words.zh.trim() !== '', words.en.trim() !== '']).toEqual([true, true]);
  });
});

describe('an answer', () => {
  test('shows what R-18 asks for, and its text is only text', async () => {
    const { body } = await read('/answers/HD-2026-0001-1?lang=zh');
    for (const part of [
      '清河县',
      '陈颖',
      '新闻发言人',
      'HD-2026-0001',
      '已经查明',
      '尚不清楚',
      '正在做的',
      '下次通报',
      '12345',
      '2026年3月10日',
      'c2lnbmF0dXJl',
      '化工厂没有泄漏',
      '第2版',
      '第1版',
      '改正错字',
    ])
      expect(body).toContain(part);
    expect(body).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;quotes&#34;');
    expect(body).not.toContain('<script>alert');
  });

  test('an older version says that there is a newer one; its address stays', async () => {
    const { body } = await read('/answers/HD-2026-0001-1.v1?lang=en');
    expect(body).toContain('There is a newer version');
    expect(body).toContain('http://heed.test/answers/HD-2026-0001-1.v1');
    expect((await read('/answers/HD-2026-0001-1.v2?lang=en')).body).not.toContain('There is a newer version');
  });

  test('its corrections are ClaimReviews', async () => {
    const { body } = await read('/answers/HD-2026-0001-1');
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)![1]!) as { '@graph': object[] };
    expect(data['@graph']).toEqual([
      expect.objectContaining({
        '@type': 'ClaimReview',
        claimReviewed: '化工厂泄漏',
        reviewRating: expect.objectContaining({ ratingValue: 1, bestRating: 5, worstRating: 1, alternateName: '不属实' }),
        author: { '@type': 'Organization', name: '清河县' },
      }),
    ]);
  });

  test('a claim cannot end the element it stands in', async () => {
    const hostile = signed(1, {
      id: 'HD-9-1.v1',
      statementId: 'HD-9-1',
      corrections: [{ ...signed(1).corrections[0]!, claim: '</script><script>alert(1)</script>' }],
    });
    await world.put({ signed: [hostile] });
    expect((await read('/answers/HD-9-1')).body).not.toContain('<script>alert');
    await world.store.commit({ remove: { signed: [hostile.id] } });
  });

  test('an outside program can check the signature with the published key', async () => {
    const bare: SignedStatement = signed(1, { id: 'HD-8-1.v1', statementId: 'HD-8-1' });
    const one = { ...bare, signature: world.io.signer.sign(canonicalText(bare)) };
    await world.put({ signed: [one] });
    const [text, key] = [(await read('/answers/HD-8-1.v1?form=signed')).body, (await read('/key.pem')).body];
    expect(verify(null, Buffer.from(text), key, Buffer.from(one.signature, 'base64'))).toBe(true);
    expect(verify(null, Buffer.from(`${text} `), key, Buffer.from(one.signature, 'base64'))).toBe(false);
    await world.store.commit({ remove: { signed: [one.id] } });
  });

  test('nothing that is not signed is on a public page', async () => {
    await world.put({
      statement: [{ ...signed(1).statement, id: 'HD-7-1', title: 'SECRET DRAFT', state: 'draft' }],
      issue: [issue('HD-7', { title: 'SECRET ISSUE' })],
    });
    for (const url of [...PAGES, '/answers.atom', '/answers.json']) expect((await read(url)).body).not.toContain('SECRET');
    expect((await read('/answers/HD-7-1')).statusCode).toBe(404);
  });
});

describe('feeds', () => {
  test('Atom is read by a reader; ids last, `updated` moves', async () => {
    const reply = await read('/answers.atom');
    const { format, feed } = parseFeed(reply.body) as {
      format: string;
      feed: { entries: { id: string; updated: string; published: string; title: { value: string } }[] };
    };
    expect(format).toBe('atom');
    expect(feed.entries).toHaveLength(1);
    expect(feed.entries[0]).toMatchObject({
      id: 'http://heed.test/answers/HD-2026-0001-1',
      published: new Date(NOW - 399).toISOString(),
      updated: new Date(NOW - 398).toISOString(),
    });
    expect(reply.body).toContain('[DEMO]');
  });

  test('JSON Feed 1.1', async () => {
    const feed = (await read('/answers.json')).json() as {
      version: string;
      items: { id: string; title: string; _heed: { version: number } }[];
    };
    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(feed.items[0]).toMatchObject({ id: 'http://heed.test/answers/HD-2026-0001-1', _heed: { version: 2, signer: '陈颖' } });
  });

  test.each(['/answers.atom', '/answers.json', '/public.css'])('%s is not sent twice', async (url) => {
    const first = await read(url);
    const again = await read(url, { 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await read(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });
});

describe('raising a matter', () => {
  test('gives a receipt once; with it the status is shown, messages pass, it can be withdrawn', async () => {
    const reply = await post('/report?lang=en', {
      text: 'The tap water in the east smells of chlorine since this morning.',
      place: 'East Gate',
      service: 'water',
    });
    expect(reply.statusCode).toBe(200);
    const code = codeIn(reply.body);
    expect(code).toHaveLength(23);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(JSON.stringify([await world.store.list('receipt'), await world.store.list('document')])).not.toContain(code);

    const status = await post('/receipt?lang=en', { code });
    expect(status.body).toContain('Received');
    const typed = code.toLowerCase().replaceAll('-', ' ');
    expect((await post('/receipt', { code: typed })).statusCode).toBe(200);
    const told = await post('/receipt/message?lang=en', { code, text: 'It is <b>worse</b> now.' });
    expect(told.body).toContain('It is &#60;b&#62;worse&#60;/b&#62; now.');
    expect((await post('/receipt/withdraw?lang=en', { code })).body).toContain('Withdrawn');
  });

  test('a wrong code is refused without a hint', async () => {
    const reply = await post('/receipt?lang=en', { code: 'AAAAA-AAAAA-AAAAA-AAAAA' });
    expect([reply.statusCode, codeIn(reply.body)]).toEqual([404, '']);
  });

  test('an empty report is refused in both languages', async () => {
    expect((await post('/report?lang=zh', { text: '  ' })).body).toContain('没有可用的正文');
    expect((await post('/report?lang=en', { text: '' })).statusCode).toBe(422);
  });

  test('nothing of the sender is kept', async () => {
    const before = new Set((await world.store.list('document')).map((one) => one.id));
    await post(
      '/report',
      { text: 'Street light 14 on Mill Road has been dark for a week.' },
      { 'user-agent': 'Secret-Agent/1', 'x-forwarded-for': '203.0.113.9' },
    );
    const made = (await world.store.list('document')).filter((one) => !before.has(one.id));
    expect(made).toHaveLength(1);
    expect(made[0]!.pseudonym).toBeNull();
    const everything = JSON.stringify([made, await world.store.list('receipt'), await world.store.journal({}), world.logged]);
    expect(everything).not.toMatch(/Secret-Agent|203\.0\.113\.9|127\.0\.0\.1/);
  });

  test('a flood from one address is slowed down, with a time to come back', async () => {
    const flooded = await makeWorld();
    await settle(flooded);
    const statuses: number[] = [];
    let last: LightMyRequestResponse | undefined;
    for (let n = 0; n < 62; n++) {
      last = await flooded.app.inject({
        method: 'POST',
        url: '/report',
        payload: 'text=',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      statuses.push(last.statusCode);
    }
    expect(statuses.indexOf(429)).toBe(60);
    expect(Number(last!.headers['retry-after'])).toBeGreaterThan(500);
    flooded.time.real += 600_001;
    expect((await flooded.app.inject({ method: 'POST', url: '/report', payload: {} })).statusCode).toBe(422);
    await flooded.end();
  });
});

describe('/about', () => {
  test('is made from what is set now', async () => {
    expect((await read('/about?lang=en')).body).not.toContain('Hill Forum');
    const [desk] = await world.store.many('source', ['desk']);
    await world.put({
      source: [
        {
          ...desk!,
          id: 'hill',
          name: { zh: '山坡论坛', en: 'Hill Forum' },
          address: 'https://hill.example/',
          standing: 'community',
          rev: 0,
        },
      ],
    });
    const body = (await read('/about?lang=en')).body;
    for (const part of ['Hill Forum', 'https://hill.example/', 'Office oversight', '30 days', 'never does', '12345'])
      expect(body).toContain(part);
    for (const never of NEVER) expect((await read('/about?lang=zh')).body).toContain(never.zh);
  });

  test('tells kinds of channels, never their addresses', async () => {
    await world.put({
      channel: [{ id: 'm', name: 'mail', kind: 'email', officeId: null, settings: { to: 'chief@secret.test' }, active: true, rev: 0 }],
    });
    const { body } = await read('/about?lang=en');
    expect(body).toContain('1 in use');
    expect(body).not.toContain('secret.test');
  });
});

describe('the one-time link', () => {
  const token = 'a'.repeat(64);
  beforeAll(() => world.put({ notice: [notice(alert('HD-2026-0001').id, world.io.digest(token))] }));

  test('looking signs nothing, however often and by whatever preview', async () => {
    for (const agent of ['Mozilla/5.0', 'WeCom-Preview', 'DingTalkBot', 'Feishu', 'Slackbot-LinkExpanding', 'Googlebot', '']) {
      const reply = await read(`/ack/${token}`, { 'user-agent': agent });
      expect(reply.statusCode).toBe(200);
    }
    for (const method of ['HEAD', 'OPTIONS'] as const) await world.app.inject({ method, url: `/ack/${token}` });
    expect(await world.store.list('ack')).toEqual([]);
    expect((await world.store.get('alert', alert('HD-2026-0001').id))?.ackedAt).toBeNull();
  });

  test('the page is small, says what it is about, and has one big button', async () => {
    const reply = await read(`/ack/${token}?lang=en`);
    expect(Buffer.byteLength(reply.body) + Buffer.byteLength(PUBLIC_CSS)).toBeLessThan(40_000);
    for (const part of ['Issue HD-2026-0001', 'class="big"', 'name="name"', 'DEMO', 'noindex']) expect(reply.body).toContain(part);
    expect(reply.headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(reply.body.match(/<button/g)).toHaveLength(1);
  });

  test('a group’s link asks for a name; then it signs, once', async () => {
    expect((await post(`/ack/${token}?lang=en`, {})).statusCode).toBe(422);
    expect(await world.store.list('ack')).toEqual([]);
    const reply = await post(`/ack/${token}?lang=en`, { name: '周敏' });
    expect([reply.statusCode, reply.body.includes('Signed for.')]).toEqual([200, true]);
    expect(await world.store.list('ack')).toMatchObject([{ officeId: 'waterCo', by: '周敏', via: 'link' }]);
    expect((await world.store.get('clock', 'HD-2026-0001:ack:orange'))?.metAt).toBe(NOW);
    expect((await post(`/ack/${token}`, { name: '别人' })).statusCode).toBe(409);
    expect((await read(`/ack/${token}?lang=en`)).body).toContain('already signed');
  });

  test('another site cannot post it', async () => {
    expect((await post(`/ack/${token}`, { name: 'x' }, { origin: 'https://evil.test', host: 'heed.test' })).statusCode).toBe(403);
    expect((await post(`/ack/${token}`, { name: 'x' }, { 'sec-fetch-site': 'cross-site', origin: 'null' })).statusCode).toBe(403);
  });

  test('an unknown token', async () => {
    expect((await read('/ack/unknown?lang=en')).statusCode).toBe(404);
  });
});
