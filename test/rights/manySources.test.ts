/** OPML brings hundreds of sources at once: each line stands before the same door as a single one, and none stops the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportedSources } from '../../src/work/subscriptions.ts';
import { codeOf, openRights, type Rights } from './world.ts';

let rights: Rights;
beforeAll(async () => {
  rights = await openRights();
});
afterAll(() => rights.end());

const opml = (lines: readonly string[]): string =>
  `<opml version="2.0"><body><outline text="本地">${lines.join('')}</outline></body></opml>`;
const feed = (address: string): string => `<outline type="rss" text="x" xmlUrl="${address.replaceAll('&', '&amp;')}"/>`;
const send = async (login: string, text: string) => {
  const { cookie, csrf } = await rights.as(login);
  const headers = { 'content-type': 'text/x-opml', cookie, 'x-heed-csrf': csrf };
  return rights.world.app.inject({ method: 'POST', url: '/api/sources/opml', payload: text, headers });
};

test('five hundred feeds come in by one file, spread over time, and a second time none is new', async () => {
  const before = (await rights.store.list('source')).length;
  const lines = Array.from({ length: 500 }, (_, n) => feed(`https://site${n}.example/rss.xml`));
  const first = (await send('analyst', opml(lines))).json() as ImportedSources;
  expect([first.nAdded, first.nKnown, first.nRefused, first.lines.length]).toEqual([500, 0, 0, 500]);
  const sources = await rights.store.list('source');
  expect(sources.length).toBe(before + 500);
  expect(sources.filter((source) => source.group === '本地').length).toBe(500);
  const second = (await send('analyst', opml(lines))).json() as ImportedSources;
  expect([second.nAdded, second.nKnown]).toEqual([0, 500]);
  const added = await rights.store.journal({ kind: 'collect.sourceAdded', limit: 1000 });
  expect(added.length).toBeGreaterThanOrEqual(500);
  const out = await (await rights.as('overseer')).send('GET', '/api/sources/opml');
  expect(out.headers['content-type']).toContain('opml');
  const third = (await send('analyst', out.body)).json() as ImportedSources;
  expect([third.nAdded, third.nRefused]).toEqual([0, 0]);
  expect(third.nKnown).toBeGreaterThanOrEqual(500);
});

test('a person’s feed, a closed group and what is no address are refused, each on its line, between two that are taken', async () => {
  const wrong = [
    'https://weibo.com/u/1234567890',
    'https://mastodon.example/@janedoe.rss',
    'https://t.me/joinchat/AAAA',
    'ftp://a.example/x',
    'https://user.example/users/janedoe/feed',
  ];
  const lines = ['https://first.example/rss', ...wrong, 'https://last.example/rss'].map(feed);
  const report = (await send('analyst', opml(lines))).json() as ImportedSources;
  expect(report.lines.map((line) => line.result)).toEqual(['added', 'refused', 'refused', 'refused', 'refused', 'refused', 'added']);
  for (const line of report.lines)
    if (line.result === 'refused') expect([line.because?.zh === '', line.because?.en === '']).toEqual([false, false]);
  const addresses = (await rights.store.list('source')).map((source) => source.address);
  for (const address of wrong) expect(addresses).not.toContain(address);
});

test('the kind another Heed wrote is kept, one that nobody knows or that cannot be read is refused', async () => {
  const kinds = ['page', 'open311', 'telepathy'].map(
    (kind) => `<outline type="link" text="k" htmlUrl="https://${kind}.example/list" heed:kind="${kind}"/>`,
  );
  const report = (await send('analyst', opml(kinds))).json() as ImportedSources;
  expect(report.lines.map((line) => line.result)).toEqual(['added', 'refused', 'refused']);
  expect((await rights.store.list('source')).find((source) => source.address === 'https://page.example/list')?.kind).toBe('page');
});

test('what is no OPML is refused whole; who may not add a source may not add many', async () => {
  expect(codeOf(await send('analyst', 'hello'))).toBe('http.badRequest');
  for (const login of ['overseer', 'clerk', 'speaker'])
    expect((await send(login, opml([feed('https://no.example/')]))).statusCode).toBe(403);
});
