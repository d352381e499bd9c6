import { createHmac } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSigned } from '../../src/http/intake/webhook.ts';
import { toXml } from '../../src/http/intake/xml.ts';
import { settle } from './rows.ts';
import { browserFor, makeWorld, REAL, type World } from './testIo.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await settle(world);
});
afterAll(() => world.end());

const read = (url: string): Promise<LightMyRequestResponse> => world.app.inject({ url });
const form = (url: string, fields: Record<string, string>): Promise<LightMyRequestResponse> =>
  world.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const REQUEST = { service_code: 'water', description: 'Brown water in Mill Road since Monday evening.', address_string: 'Mill Road' };

describe('Open311', () => {
  test('services: JSON and XML say the same', async () => {
    const json = (await read('/open311/v2/services.json')).json() as object[];
    const xml = await read('/open311/v2/services.xml');
    expect(XMLValidator.validate(xml.body)).toBe(true);
    const parsed = new XMLParser({ parseTagValue: false }).parse(xml.body) as { services: { service: object } };
    expect([parsed.services.service]).toEqual(json);
    expect(json).toMatchObject([{ service_code: 'water', service_name: '供水', metadata: 'false', type: 'realtime' }]);
  });

  test('a request is posted, and read by the id it got', async () => {
    const posted = (await form('/open311/v2/requests.json', REQUEST)).json() as { service_request_id: string }[];
    const id = posted[0]!.service_request_id;
    expect(id).toMatch(/^[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}$/);
    const seen = (await read(`/open311/v2/requests/${id}.json`)).json() as object[];
    expect(seen).toMatchObject([{ service_request_id: id, status: 'open' }]);
    expect((await read(`/open311/v2/tokens/${id}.xml`)).body).toContain(`<service_request_id>${id}</service_request_id>`);
    expect((await form('/receipt', { code: id })).statusCode).toBe(200);
  });

  test('what is read out holds no text, place or name of anybody', async () => {
    await form('/open311/v2/requests.xml', {
      ...REQUEST,
      description: 'SECRET TEXT about the pump station at the river.',
      address_string: 'SECRET PLACE',
      first_name: 'SECRET FIRST',
      email: 'secret@person.test',
      phone: '13800001111',
    });
    const all = await read('/open311/v2/requests.json');
    expect((all.json() as object[]).length).toBeGreaterThan(1);
    expect(all.body).not.toMatch(/SECRET|secret@|1380000/);
    const everything = JSON.stringify(await world.store.list('document'));
    expect(everything).not.toMatch(/SECRET FIRST|secret@person|13800001111/);
    expect(everything).toContain('SECRET TEXT');
  });

  test.each([
    ['no service', { ...REQUEST, service_code: '' }, 400],
    ['an unknown service', { ...REQUEST, service_code: 'moon' }, 404],
    ['no description', { ...REQUEST, description: '' }, 400],
    ['a description of 4,001 characters', { ...REQUEST, description: 'x'.repeat(4001) }, 400],
    ['no place', { ...REQUEST, address_string: '' }, 400],
    ['a latitude of 100', { ...REQUEST, address_string: '', lat: '100', long: '5' }, 400],
  ])('refuses %s', async (_, fields, status) => {
    for (const kind of ['json', 'xml']) {
      const reply = await form(`/open311/v2/requests.${kind}`, fields);
      expect(reply.statusCode).toBe(status);
      if (kind === 'json') expect(reply.json()).toEqual([{ code: status, description: expect.any(String) }]);
      else expect(reply.body).toContain(`<errors><error><code>${status}</code>`);
    }
  });

  test.each([
    ['/open311/v2/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z', 400],
    ['/open311/v2/requests.json?start_date=yesterday', 400],
    ['/open311/v2/requests/none.json', 404],
    ['/open311/v2/services/none.xml', 404],
    ['/open311/v2/services.yaml', 404],
    ['/open311/v2/requests.json?page=2&page_size=1', 200],
    ['/open311/v2/requests.json?service_request_id=d1,none', 200],
  ])('%s is %i', async (url, status) => expect((await read(url)).statusCode).toBe(status));

  test('a service that asks for keys takes only known ones', async () => {
    await world.put({ setting: [{ id: 'open311Keys', value: [world.io.digest('right')] }] });
    expect((await form('/open311/v2/requests.json', { ...REQUEST, api_key: 'wrong' })).statusCode).toBe(403);
    expect(
      (await form('/open311/v2/requests.json', { ...REQUEST, description: 'A leaking hydrant on Bridge Street.', api_key: 'right' }))
        .statusCode,
    ).toBe(200);
    await world.store.commit({ remove: { setting: ['open311Keys'] } });
  });

  test('XML can hold any text', () => {
    const text = toXml('a', 'b', [{ c: '<&>"\' \u0000\u0008 水' }]);
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).not.toMatch(/[\u0000\u0008]/);
  });
});

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = JSON.stringify({ key: 'k1', title: 'Pushed', body: 'The bridge at Mill Road is closed for repairs.' });

function signatureOf(id: string, seconds: number, body: string, secret = SECRET): string {
  const key = Buffer.from(secret.slice(6), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

function push(
  id: string,
  more: { seconds?: number; body?: string; signature?: string; source?: string } = {},
): Promise<LightMyRequestResponse> {
  const seconds = more.seconds ?? REAL / 1000;
  const body = more.body ?? BODY;
  return world.app.inject({
    method: 'POST',
    url: `/intake/${more.source ?? 'pushed'}`,
    payload: body,
    headers: {
      'content-type': 'application/x-ndjson',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': more.signature ?? signatureOf(id, seconds, body),
    },
  });
}

describe('signed webhooks', () => {
  beforeAll(async () => {
    const [desk] = await world.store.many('source', ['desk']);
    await world.put({
      source: [{ ...desk!, id: 'pushed', kind: 'lines', standing: 'import', settings: { webhookSecret: SECRET }, rev: 0 }],
    });
  });

  test('the published example of Standard Webhooks', () => {
    const signed = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const bytes = Buffer.from('{"test": 2432232314}');
    expect(isSigned('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', signed, bytes, 1614265330_000)).toBe(true);
    expect(isSigned('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', signed, bytes, 1614265330_000 + 300_001)).toBe(false);
    expect(isSigned('short', signed, bytes, 1614265330_000)).toBe(false);
  });

  test('a signed push is taken once', async () => {
    expect((await push('m1')).json()).toMatchObject({ nItems: 1, nNew: 1, nRefused: 0 });
    expect((await push('m1')).json()).toEqual({ repeated: true });
    expect((await push('m2')).json()).toMatchObject({ nNew: 0, nKnown: 1 });
  });

  test.each([
    ['a changed body', { signature: signatureOf('x', REAL / 1000, `${BODY} `) }],
    ['another secret', { signature: signatureOf('x', REAL / 1000, BODY, `whsec_${Buffer.alloc(32, 8).toString('base64')}`) }],
    ['six minutes ago', { seconds: REAL / 1000 - 360 }],
    ['no signature', { signature: '' }],
    ['an unknown source', { source: 'nowhere' }],
    ['a source without a secret', { source: 'desk' }],
  ])('%s is refused, and every refusal looks alike', async (_, more) => {
    const reply = await push('x', more);
    expect([reply.statusCode, (reply.json() as { code: string }).code]).toEqual([401, 'http.notAllowed']);
  });

  test('one of several signatures is enough, while a secret changes', async () => {
    const good = signatureOf('m3', REAL / 1000, BODY);
    expect((await push('m3', { signature: `v1,AAAA v1a,xyz ${good}` })).statusCode).toBe(200);
  });

  test('its secret is never shown', async () => {
    const admin = await browserFor(world, 'admin');
    expect((await admin.send('GET', '/api/sources')).body).not.toContain(SECRET);
  });
});

describe('import', () => {
  const send = async (who: string, url: string, payload: string, type: string): Promise<LightMyRequestResponse> => {
    const browser = await browserFor(world, who);
    const headers = { cookie: browser.cookie, 'x-heed-csrf': browser.csrf, 'content-type': type };
    return world.app.inject({ method: 'POST', url, payload, headers });
  };
  const LINES = ['Roadworks on Hill Street until Friday.', 'The library opens again on Sunday.']
    .map((body, n) => JSON.stringify({ key: `i${n}`, title: `Imported ${n}`, body, publishedAt: '2026-03-09T10:00:00Z' }))
    .join('\n');

  test('JSON lines, and again without effect', async () => {
    expect((await send('admin', '/api/import?sourceId=pushed', LINES, 'application/x-ndjson')).json()).toMatchObject({
      nItems: 2,
      nNew: 2,
    });
    expect((await send('admin', '/api/import?sourceId=pushed', LINES, 'application/x-ndjson')).json()).toMatchObject({
      nNew: 0,
      nKnown: 2,
    });
  });

  test('CSV', async () => {
    const csv = 'title,body,date\nA title,"A text, with a comma, about the park",2026-03-09T08:00:00Z\n';
    expect((await send('admin', '/api/import?sourceId=pushed', csv, 'text/csv')).json()).toMatchObject({ nItems: 1, nNew: 1 });
  });

  test('2 MB pass, though other bodies may have 1', async () => {
    const large = `${JSON.stringify({ key: 'large', title: 'Large', body: 'A text about the market. '.repeat(80_000) })}\n`;
    expect((await send('admin', '/api/import?sourceId=pushed', large, 'application/json')).statusCode).toBe(200);
  });

  test('not by others, not without a source, not with broken columns', async () => {
    expect((await send('duty', '/api/import?sourceId=pushed', LINES, 'text/csv')).statusCode).toBe(403);
    expect((await send('admin', '/api/import?sourceId=none', LINES, 'text/csv')).statusCode).toBe(404);
    expect((await send('admin', '/api/import', LINES, 'text/csv')).statusCode).toBe(400);
    expect((await send('admin', '/api/import?sourceId=pushed&columns=%7Bno', LINES, 'text/csv')).statusCode).toBe(400);
  });
});
