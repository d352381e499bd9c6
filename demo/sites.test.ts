import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadScenario } from './scenario.ts';
import type { Scenario } from './scenarioShape.ts';
import { statusId } from './sites/fediverseSite.ts';
import { encodeGb18030 } from './sites/gb18030.ts';
import { ago, siteWords } from './sites/siteWords.ts';
import { type Sites, startSites } from './sites.ts';

const folder = fileURLToPath(new URL('./scenarios/chengwan', import.meta.url));
let scenario: Scenario;
let sites: Sites;
let now = 0;

const at = (time: string): void => {
  now = Date.parse(time);
};
const ask = (site: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sites.addresses[site]}${path}`, { headers, redirect: 'manual' });

beforeAll(async () => {
  scenario = await loadScenario(folder);
  sites = await startSites(scenario, { now: () => now, basePort: 0 });
});
afterAll(() => sites.close());

describe('a site shows only what is published by now', () => {
  const rows: [site: string, path: string, before: string, after: string, sign: string][] = [
    ['gov', '/rss.xml', '2026-03-09T14:59:00+08:00', '2026-03-09T15:00:00+08:00', 'gov-1000'],
    ['bbs', '/forum', '2026-03-10T05:49:59+08:00', '2026-03-10T05:50:00+08:00', '/thread/1001'],
    ['notes', '/feed.json', '2026-03-10T08:04:00+08:00', '2026-03-10T08:05:00+08:00', 'Brown tap water'],
    ['fedi', '/api/v1/timelines/public', '2026-03-10T06:01:00+08:00', '2026-03-10T06:03:00+08:00', '茶色'],
  ];
  test.each(rows)('%s %s', async (site, path, before, after, sign) => {
    at(before);
    expect(await (await ask(site, path)).text()).not.toContain(sign);
    at(after);
    expect(await (await ask(site, path)).text()).toContain(sign);
  });
});

describe('each difficulty is really there', () => {
  test('a permanent redirect leads to the feed', async () => {
    at('2026-03-10T08:00:00+08:00');
    const answer = await ask('gov', '/feed');
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/rss.xml']);
  });

  test('an unchanged feed answers 304 to its own etag, a changed one does not', async () => {
    at('2026-03-10T10:30:00+08:00');
    const etag = (await ask('gov', '/rss.xml')).headers.get('etag') ?? '';
    expect((await ask('gov', '/rss.xml', { 'if-none-match': etag })).status).toBe(304);
    at('2026-03-10T10:41:00+08:00');
    expect((await ask('gov', '/rss.xml', { 'if-none-match': etag })).status, 'the notice was edited at 10:40').toBe(200);
  });

  test('gzip is sent to those who take it', async () => {
    at('2026-03-10T08:00:00+08:00');
    const plain = await ask('gov', '/rss.xml', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const packed = await ask('gov', '/rss.xml', { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe(await plain.text());
  });

  test('the evening paper sends GB18030 and says UTF-8', async () => {
    at('2026-03-10T10:06:00+08:00');
    const page = await ask('eve', new URL(sites.pageOf('1046') ?? '').pathname);
    expect(page.headers.get('content-type')).toContain('charset=utf-8');
    const bytes = await page.arrayBuffer();
    expect(new TextDecoder().decode(bytes)).toContain('\ufffd');
    expect(new TextDecoder('gb18030').decode(bytes)).toContain('一早水龙头流');
  });

  test('the layout of the evening paper changes at 09:12', async () => {
    const path = new URL(sites.pageOf('2014') ?? '').pathname;
    const read = async (time: string): Promise<string> => {
      at(time);
      return new TextDecoder('gb18030').decode(await (await ask('eve', path)).arrayBuffer());
    };
    expect(await read('2026-03-10T09:11:00+08:00')).toContain('article-content');
    expect(await read('2026-03-10T09:12:00+08:00')).not.toContain('article-content');
  });

  test('a summary feed tells one sentence, and the page has a hot list with other titles', async () => {
    at('2026-03-10T12:10:00+08:00');
    const feed = await (await ask('daily', '/rss.xml')).text();
    expect(feed).not.toContain('租户何晓梅');
    const page = await (await ask('daily', new URL(sites.pageOf('1074') ?? '').pathname)).text();
    expect(page).toContain('租户何晓梅');
    expect(page).toContain('hot-list');
    expect(page, 'the title of another article').toContain('城东部分小区自来水发黄');
  });

  test('the forum is away for 26 minutes and says when to come again', async () => {
    for (const [time, status] of [
      ['2026-03-10T03:03:59+08:00', 200],
      ['2026-03-10T03:04:00+08:00', 503],
      ['2026-03-10T03:29:59+08:00', 503],
      ['2026-03-10T03:30:00+08:00', 200],
    ] as const) {
      at(time);
      const answer = await ask('bbs', '/forum');
      expect([time, answer.status]).toEqual([time, status]);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '600' : null);
    }
  });

  test('the forum forbids some paths', async () => {
    expect(await (await ask('bbs', '/robots.txt')).text()).toContain('Disallow: /user/');
    expect((await ask('gov', '/robots.txt')).status).toBe(404);
  });

  test('the board has three pages, times without dates, and threads by their last reply', async () => {
    at('2026-03-10T11:00:00+08:00');
    const board = await (await ask('bbs', '/forum')).text();
    expect(board).toMatch(/最后回复 \d+分钟前/);
    expect(board).not.toMatch(/2026|3月10日|03-10/);
    expect((await ask('bbs', '/forum?page=3')).status).toBe(200);
    expect((await ask('bbs', '/forum?page=4')).status).toBe(404);
  });

  test('a long thread goes over two pages with numbered floors', async () => {
    at('2026-03-10T20:30:00+08:00');
    const first = await (await ask('bbs', '/thread/1040')).text();
    expect(first).toContain('/thread/1040?page=2');
    expect(first).toContain('>10楼<');
    expect(await (await ask('bbs', '/thread/1040?page=2')).text()).toContain('>11楼<');
  });

  test('an edited opening post says so and shows the new words', async () => {
    at('2026-03-10T06:47:00+08:00');
    expect(await (await ask('bbs', '/thread/1001')).text()).not.toContain('6:48补');
    at('2026-03-10T06:49:00+08:00');
    const thread = await (await ask('bbs', '/thread/1001')).text();
    expect(thread).toContain('6:48补');
    expect(thread).toContain('编辑');
  });

  test('a deleted floor keeps its number and loses its words; a deleted thread is gone', async () => {
    at('2026-03-10T12:33:00+08:00');
    expect((await (await ask('bbs', '/thread/1040?page=2')).text()) + (await (await ask('bbs', '/thread/1040')).text())).toContain(
      '交费窗口排队',
    );
    at('2026-03-10T12:35:00+08:00');
    const both = (await (await ask('bbs', '/thread/1040?page=2')).text()) + (await (await ask('bbs', '/thread/1040')).text());
    expect(both).not.toContain('交费窗口排队');
    expect(both).toContain('该楼已被删除');
    at('2026-03-05T09:00:00+08:00');
    expect((await ask('bbs', '/thread/4056')).status).toBe(404);
  });

  test('the fediverse server pages by id, boosts, describes pictures and counts requests', async () => {
    at('2026-03-10T11:10:00+08:00');
    const first = await ask('fedi', '/api/v1/timelines/public?limit=10');
    const posts = (await first.json()) as {
      id: string;
      reblog: { content: string } | null;
      media_attachments: { description: string }[];
    }[];
    expect(posts).toHaveLength(10);
    expect(Number(first.headers.get('x-ratelimit-remaining'))).toBeLessThan(300);
    expect(first.headers.get('link')).toContain('rel="next"');
    const last = posts.at(-1)?.id ?? '';
    const next = (await (await ask('fedi', `/api/v1/timelines/public?limit=10&max_id=${last}`)).json()) as { id: string }[];
    expect(next.every((post) => BigInt(post.id) < BigInt(last))).toBe(true);
    const all = (await (await ask('fedi', '/api/v1/timelines/public?limit=40')).json()) as typeof posts;
    expect(all.some((post) => post.reblog !== null)).toBe(true);
    const flood = scenario.textsById.get('2041');
    const picture = all.find((post) => flood !== undefined && post.id === statusId(flood));
    expect(picture?.media_attachments[0]?.description).toContain('白色面包车');
  });

  test('a taken-down post is no longer in the timeline', async () => {
    const body = 'Flooding at Dongmen bridge';
    at('2026-03-10T11:33:00+08:00');
    expect(await (await ask('fedi', '/api/v1/timelines/public?limit=40')).text()).toContain(body);
    at('2026-03-10T11:35:00+08:00');
    expect(await (await ask('fedi', '/api/v1/timelines/public?limit=40')).text()).not.toContain(body);
  });

  test('requests are counted by site', () => {
    expect(Object.values(sites.requests()).every((n) => n > 0)).toBe(true);
  });
});

test.each(['自来水', '€ 囧 龘', '😱 𠮷', 'ascii & <b>', '\u00e9\u0451\u3007'])('GB18030 of %s reads back', (text) => {
  expect(new TextDecoder('gb18030').decode(encodeGb18030(text))).toBe(text);
});

test.each([
  [30_000, '刚刚'],
  [3 * 60_000, '3分钟前'],
  [59 * 60_000, '59分钟前'],
  [60 * 60_000, '1小时前'],
  [23 * 3_600_000, '23小时前'],
  [25 * 3_600_000, '1天前'],
])('%i ms ago is %s', (span, said) => {
  expect(ago(siteWords('zh-CN'), 0, span)).toBe(said);
});
