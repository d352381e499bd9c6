/** An operator enters any address and is shown every way the site can be read; nothing is stored, and each address is asked for once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeOutbound } from '../../src/edge/get.ts';
import type { Io } from '../../src/io.ts';
import { testSource } from '../../src/work/trySource.ts';
import { listPage } from '../stubs/sourceKit.ts';
import { startSite, type StubSite } from '../stubs/stubSite.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let site: StubSite;
let io: Io;
beforeEach(async () => {
  [house, site] = await Promise.all([openHouse(), startSite()]);
  // The real client, told the time by the house: a host's pause is waited out on its clock.
  const { get } = makeOutbound({ allowLoopback: true, onlyLoopback: true, userAgent: 'Heed/test', now: house.io.now });
  io = { ...house.io, get };
});
afterEach(async () => {
  await site.close();
  await house.close();
});

const RSS =
  '<rss version="2.0"><channel><title>水</title><item><title>停水公告第一号，东门片区</title><link>https://a.example/1</link><guid>1</guid></item></channel></rss>';
const SITEMAP = '<urlset><url><loc>https://a.example/1</loc></url></urlset>';
const html = (body: string) => ({ headers: { 'content-type': 'text/html; charset=utf-8' }, body });
const choicesOf = async (path: string) => {
  const tested = await testSource(io, { address: `${site.address}${path}` });
  if (!tested.ok) throw new Error(tested.refusal.code);
  const choices = (tested.value.choices ?? []).map((choice) => `${choice.kind} ${choice.address.replace(site.address, '')} ${choice.how}`);
  return { ...tested.value, choices, found: tested.value.found.map((one) => one.replace(site.address, '')) };
};
const LIST = listPage([1, 2, 3, 4, 5, 6, 7, 8]);

describe('any address gives a choice', () => {
  test('a list page that tells of its feed, and a robots.txt that tells of a sitemap', async () => {
    site.set(
      '/news',
      html(LIST.replace('</head>', '<link rel="alternate" type="application/rss+xml" title="快讯" href="/feed.xml"></head>')),
    );
    site.set('/robots.txt', { body: `User-agent: *\nAllow: /\nSitemap: ${site.address}/map-news.xml\n` });
    const { choices, found, nItems, robots } = await choicesOf('/news');
    expect(choices).toEqual(['forum /news tried', 'page /news tried', 'feed /feed.xml told', 'sitemap /map-news.xml told']);
    expect([found, nItems, robots.en]).toEqual([['/feed.xml', '/map-news.xml'], 8, 'robots.txt is there and allows this address']);
    const asked = site.seen.filter((one) => one.path === '/news').length;
    expect(asked).toBe(1);
  });
  test('a page that tells nothing: the usual places are tried', async () => {
    site.set('/', html(LIST));
    site.set('/rss.xml', { headers: { 'content-type': 'application/rss+xml' }, body: RSS });
    site.set('/sitemap.xml', { headers: { 'content-type': 'application/xml' }, body: SITEMAP });
    expect((await choicesOf('/')).choices.slice(2)).toEqual(['feed /rss.xml tried', 'sitemap /sitemap.xml tried']);
  });
  test('a feed, a sitemap and JSON are known for what they are', async () => {
    site.set('/f', { headers: { 'content-type': 'application/xml' }, body: RSS });
    expect((await choicesOf('/f')).choices).toEqual(['feed /f tried']);
    site.set('/s', { headers: { 'content-type': 'application/xml' }, body: SITEMAP });
    expect((await choicesOf('/s')).choices).toEqual(['sitemap /s tried']);
    site.set('/j', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items2: [{ id: 1, title: '水黄', content: '东门片区自来水发黄' }] }),
    });
    expect(await choicesOf('/j')).toMatchObject({ kind: 'jsonApi', nItems: 1 });
  });
  test('a page of persons’ feeds gives none of them, and nothing was stored', async () => {
    const before = await io.store.count('source');
    site.set(
      '/',
      html(
        `${LIST.replace('</head>', '<link rel="alternate" type="application/rss+xml" href="https://mastodon.example/@jane.rss"></head>')}`,
      ),
    );
    expect((await choicesOf('/')).choices.join()).not.toContain('@jane');
    expect(await io.store.count('source')).toBe(before);
    expect(await testSource(io, { address: 'https://x.com/janedoe' })).toMatchObject({
      ok: false,
      refusal: { code: 'collect.personalSource' },
    });
  });
  test('an address that is closed is said so', async () => {
    site.set('/robots.txt', { body: 'User-agent: *\nDisallow: /\n' });
    const { nItems, robots } = await choicesOf('/closed');
    expect([nItems, /robots/i.test(robots.en)]).toEqual([0, true]);
  });
});
