/** A feed that names a hub: subscribed to, confirmed only as asked, its signed deliveries taken in at once, renewed before the lease ends. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/model/time.ts';
import { pauseSource, putSource } from '../../src/work/setUpSources.ts';
import { openRights, type Rights } from '../rights/world.ts';

const FEED = 'https://news.example/feed.xml';
const HUB = 'https://hub.example/';
const feed = (...titles: string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="hub" href="${HUB}"/><link rel="self" href="${FEED}"/>${titles.map((title) => `<entry><id>urn:${title}</id><title>${title}</title><updated>2026-05-12T00:00:00Z</updated><content>东门片区停水的说明，县水务公司今天发布。</content></entry>`).join('')}</feed>`;

let rights: Rights;
let id: string;
beforeEach(async () => {
  rights = await openRights();
  rights.house.site(FEED, feed('第一条'));
  const made = await putSource(rights.io, rights.house.who('analyst'), {
    name: { zh: '报', en: 'News' },
    kind: 'feed',
    address: FEED,
    settings: { fullText: 'feed' },
    standing: 'press',
  });
  if (!made.ok) throw new Error(made.refusal.code);
  id = made.value.id;
  await rights.house.until(rights.io.now() + MINUTE);
});
afterEach(() => rights.end());

const asked = () =>
  rights.house.posts.filter((post) => post.address === HUB).map((post) => ({ form: new URLSearchParams(post.body), at: post.at }));
const door = (): string => new URL(asked()[0]!.form.get('hub.callback')!).pathname;
const question = (path: string, over: Record<string, string> = {}) =>
  rights.world.app.inject({
    method: 'GET',
    url: `${path}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': FEED, 'hub.challenge': 'c-42', 'hub.lease_seconds': '86400', ...over })}`,
  });
const deliver = (path: string, body: string, signature?: string) =>
  rights.world.app.inject({
    method: 'POST',
    url: path,
    payload: body,
    headers: { 'content-type': 'application/atom+xml', ...(signature === undefined ? {} : { 'x-hub-signature': signature }) },
  });
const signed = (body: string, method = 'sha256'): string =>
  `${method}=${createHmac(method, asked()[0]!.form.get('hub.secret')!).update(body).digest('hex')}`;
const titles = async (): Promise<string[]> =>
  (await rights.store.list('document', { equal: { sourceId: id } })).map((one) => one.title).sort();

test('is asked for with a secret and an own door, once', async () => {
  expect(asked()).toHaveLength(1);
  const { form } = asked()[0]!;
  expect([form.get('hub.mode'), form.get('hub.topic')]).toEqual(['subscribe', FEED]);
  expect(form.get('hub.secret')!.length).toBeGreaterThan(30);
  await rights.house.until(rights.io.now() + 3 * HOUR);
  expect(asked()).toHaveLength(1);
});

test('only what was asked for is confirmed', async () => {
  for (const [path, over] of [
    [`${door()}x`, {}],
    [door().replace(id, 'desk'), {}],
    [door(), { 'hub.topic': 'https://other.example/feed' }],
    [door(), { 'hub.mode': 'unsubscribe' }],
    [door(), { 'hub.mode': 'nonsense' }],
  ] as const)
    expect([path, over, (await question(path, over)).statusCode]).toEqual([path, over, 404]);
  const confirmed = await question(door());
  expect([confirmed.statusCode, confirmed.body]).toEqual([200, 'c-42']);
  expect(confirmed.headers['content-type']).toContain('text/plain');
});

test('a signed delivery is read at once, and nothing else is', async () => {
  const body = feed('第一条', '第二条');
  expect((await deliver(door(), body, signed(body))).statusCode).toBe(404);
  await question(door());
  for (const wrong of [undefined, 'sha256=00', signed(`${body} `), signed(body, 'sha1'), signed(body).replace('sha256', 'sha512')])
    expect((await deliver(door(), body, wrong)).statusCode).toBe(202);
  expect(await titles()).toEqual(['第一条']);
  expect((await deliver(door(), body, signed(body))).statusCode).toBe(202);
  expect(await titles()).toEqual(['第一条', '第二条']);
  expect((await deliver(door(), body, signed(body))).statusCode).toBe(202);
  expect(await titles()).toEqual(['第一条', '第二条']);
});

test('while it holds the feed is asked daily, it is renewed before its end, and a lost hub is no lost feed', async () => {
  await question(door());
  const get = rights.io.get;
  let nGets = 0;
  (rights.io as { get: typeof get }).get = (address, options) => {
    if (address === FEED) nGets++;
    return get(address, options);
  };
  const from = rights.io.now();
  await rights.house.until(from + 20 * HOUR);
  expect(nGets).toBeLessThanOrEqual(2);
  await rights.house.until(from + 23 * HOUR);
  expect(asked()).toHaveLength(2);
  expect(asked()[1]!.at - from).toBeLessThan(DAY);
  // The hub is silent from here on: the lease ends, and the feed is polled as before.
  rights.house.site(FEED, feed('第一条', '第三条'));
  await rights.house.until(from + 3 * DAY);
  expect(await titles()).toContain('第三条');
});

test('who stops the source lets the hub go; a person’s topic is never subscribed to', async () => {
  await question(door());
  await pauseSource(rights.io, rights.house.who('analyst'), id, { because: 'test' });
  expect((await question(door(), { 'hub.mode': 'unsubscribe' })).body).toBe('c-42');
  const body = feed('第四条');
  await deliver(door(), body, signed(body));
  expect(await titles()).toEqual(['第一条']);
  rights.house.site('https://other.example/feed.xml', feed('别的').replaceAll(FEED, 'https://mastodon.example/@jane.rss'));
  await putSource(rights.io, rights.house.who('analyst'), {
    name: { zh: '别', en: 'Other' },
    kind: 'feed',
    address: 'https://other.example/feed.xml',
    settings: {},
    standing: 'press',
  });
  await rights.house.until(rights.io.now() + HOUR);
  expect(asked()).toHaveLength(1);
});
