/** nobody is followed by adding their page as a source, over HTTP, by a change, by a redirect or under another kind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Collector } from '../../src/ports.ts';
import { runDue } from '../../src/work/runJob.ts';
import { codeOf, openRights, type Rights } from './world.ts';

let rights: Rights;
beforeAll(async () => {
  rights = await openRights();
});
afterAll(() => rights.end());

const PERSONAL = [
  'https://weibo.com/u/1234567890',
  'https://weibo.com/zhangsan88',
  'https://m.weibo.cn/profile/1234567890',
  'https://www.zhihu.com/people/zhang-san/activities',
  'https://www.douyin.com/user/MS4wLjABAAAA',
  'https://space.bilibili.com/12345678/dynamic',
  'https://www.xiaohongshu.com/user/profile/5ff0e6410000',
  'https://www.kuaishou.com/profile/3xabc',
  'https://blog.csdn.net/zhangsan/article/list',
  'https://www.jianshu.com/u/abcdef123456',
  'https://zhangsan.lofter.com/rss',
  'https://www.cnblogs.com/zhangsan/rss',
  'https://tieba.baidu.com/home/main?un=zhangsan',
  'https://rsshub.example/weibo/user/1234567890',
  'https://bbs.example.cn/home.php?mod=space&uid=123',
  'https://bbs.example.cn/space-uid-123.html',
  'https://x.com/janedoe',
  'https://nitter.net/janedoe/rss',
  'https://mastodon.example/@janedoe.rss',
  'https://mastodon.example/users/janedoe/outbox',
  'https://www.reddit.com/user/janedoe/.rss',
  'https://www.reddit.com/u/janedoe',
  'https://medium.com/feed/@janedoe',
  'https://janedoe.substack.com/feed',
  'https://janedoe.wordpress.com/feed/',
  'https://janedoe.blogspot.com/feeds/posts/default',
  'https://news.example/author/jane-doe/feed/',
  'https://news.example/?author=7&feed=rss2',
  'https://www.youtube.com/@janedoe',
  'https://bsky.app/profile/jane.bsky.social/rss',
];
const CLOSED = [
  'https://t.me/joinchat/AAAA',
  'https://t.me/+abcdef',
  'https://chat.whatsapp.com/AbCdEf',
  'https://discord.gg/abcd',
  'https://www.facebook.com/groups/12345',
  'https://qm.qq.com/cgi-bin/qm/qr?k=1',
];
const PROPER = [
  'https://www.chengwan.gov.example/news/index.html',
  'https://bbs.chengwan.example/forum-45-1.html',
  'https://news.example/rss.xml',
  'https://www.reddit.com/r/chengwan/.rss',
  'https://paper.example/local/feed/',
  'https://mastodon.example/tags/water.rss',
  'https://www.zhihu.com/topic/19552832/hot',
  'https://tieba.baidu.com/f?kw=chengwan',
  'https://x.com/search?q=water',
  'https://school.example/users-guide/',
  'https://hospital.example/patients/news.xml',
  'https://feeds.example/author-rights/news.rss',
  'https://www.weibo.com/hot/search',
  'https://water.example/',
  'https://blog.example.gov/feed',
  'https://people.example.com.cn/local/rss.xml',
  'https://s.weibo.com/weibo?q=%E5%81%9C%E6%B0%B4',
  'https://city.example/member-services/news',
  'https://community.example/c/water/7.rss',
  'https://council.example/minutes?year=2026',
  'http://www.people.com.cn/rss/politics.xml',
  'https://forum.example/latest.rss',
  'https://example.edu/space/news',
  'https://example.org/%E6%96%B0%E9%97%BB/',
];

const body = (address: string, more: object = {}): object => ({
  name: { zh: '来源', en: 'Source' },
  kind: 'feed',
  address,
  standing: 'community',
  ...more,
});

async function add(address: string, more: object = {}, login = 'analyst'): Promise<string> {
  const reply = await (await rights.as(login)).send('POST', '/api/sources', body(address, more));
  return reply.statusCode === 200 ? 'saved' : codeOf(reply);
}
const addresses = async (): Promise<readonly string[]> => (await rights.store.list('source')).map((source) => source.address);

describe('a person’s page is no source', () => {
  test.each(PERSONAL)('%s', async (address) => {
    expect(await add(address)).toBe('collect.personalSource');
    expect(await addresses()).not.toContain(address);
  });
  test.each(CLOSED)('nor a place one must join: %s', async (address) => {
    expect(await add(address)).toBe('collect.closedGroup');
    expect(await add(address, { organisation: { name: 'Club', proof: 'https://club.example/', approvedBy: 'leader' } })).toBe(
      'collect.closedGroup',
    );
  });
  test('proper ones are, all but one at most', async () => {
    const refused = [];
    for (const address of PROPER) if ((await add(address)) !== 'saved') refused.push(address);
    expect(refused.length).toBeLessThanOrEqual(1);
  });
});

describe('nor by a way round', () => {
  const ROUND: readonly [why: string, more: object][] = [
    ['as another standing', { standing: 'official' }],
    ['as press', { standing: 'press' }],
    ['as a list page', { kind: 'page' }],
    ['as a forum', { kind: 'forum' }],
    ['as an import', { kind: 'lines', standing: 'import' }],
    ['as a fediverse server', { kind: 'fediverse' }],
    ['with an organisation of no name', { organisation: { name: '', proof: 'p', approvedBy: 'leader' } }],
    ['with an organisation without proof', { organisation: { name: 'n', proof: '  ', approvedBy: 'leader' } }],
    ['approved by nobody', { organisation: { name: 'n', proof: 'p', approvedBy: '' } }],
    ['approved by oneself', { organisation: { name: 'n', proof: 'p', approvedBy: 'analyst' } }],
    ['approved by oneself, spelled otherwise', { organisation: { name: 'n', proof: 'p', approvedBy: ' analyst' } }],
    ['approved by somebody made up', { organisation: { name: 'n', proof: 'p', approvedBy: 'Mr Nobody' } }],
  ];
  test.each(ROUND)('%s', async (_why, more) => {
    for (const address of ['https://x.com/janedoe', 'https://weibo.com/u/1234567890', 'https://mastodon.example/@janedoe'])
      expect([address, await add(address, more)]).toEqual([address, 'collect.personalSource']);
  });

  test('an organisation’s own channel is, with a second person of the staff', async () => {
    expect(
      await add('https://weibo.com/u/999', { organisation: { name: '澄湾发布', proof: 'https://cw.example/', approvedBy: 'leader' } }),
    ).toBe('saved');
  });

  test('an organisation that is not declared in full switches no seal off', async () => {
    for (const organisation of [
      { name: '', proof: '', approvedBy: '' },
      { name: 'n', proof: 'p', approvedBy: 'analyst' },
      { name: 'n', proof: 'p', approvedBy: 'Mr Nobody' },
    ])
      expect(await add('https://bbs2.example/forum.html', { organisation })).toBe('collect.personalSource');
  });

  test('by changing a proper one', async () => {
    const before = await rights.store.get('source', 'board');
    for (const address of PERSONAL.slice(0, 5)) {
      const reply = await (await rights.as('analyst')).send('PUT', '/api/sources/board', body(address));
      expect(codeOf(reply)).toBe('collect.personalSource');
    }
    expect(await rights.store.get('source', 'board')).toEqual(before);
  });

  test('by trying it first', async () => {
    for (const address of PERSONAL.slice(0, 5))
      expect(codeOf(await (await rights.as('analyst')).send('POST', '/api/sources/test', { address }))).toBe('collect.personalSource');
  });

  test('by a page that has moved to one', async () => {
    const own = await openRights();
    const feed = own.io.collectors.get('feed')!;
    const moved: Collector = { ...feed, pull: async () => ({ items: [], notes: [], cursor: null, movedTo: 'https://x.com/janedoe' }) };
    (own.io.collectors as Map<string, Collector>).set('feed', moved);
    for (let i = 0; i < 20; i++) await runDue(own.io, 8);
    expect((await own.store.list('source')).map((source) => source.address)).not.toContain('https://x.com/janedoe');
    const harmless: Collector = {
      ...feed,
      pull: async () => ({ items: [], notes: [], cursor: null, movedTo: 'https://new.example/feed.xml' }),
    };
    (own.io.collectors as Map<string, Collector>).set('feed', harmless);
    await own.house.until(own.io.now() + 86_400_000);
    expect((await own.store.list('source')).map((source) => source.address)).toContain('https://new.example/feed.xml');
    await own.end();
  });
});
