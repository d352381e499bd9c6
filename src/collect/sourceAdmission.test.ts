import { describe, expect, test } from 'vitest';
import { admitSource, isTakenOver } from './sourceAdmission.ts';

/** General forms of well-known platforms, names made up. */
const PERSONAL = [
  'https://weibo.com/n/somebody',
  'https://weibo.com/u/1234567890',
  'https://weibo.com/zhangsan88',
  'https://m.weibo.cn/u/1234567890',
  'https://www.zhihu.com/people/zhang-san-88',
  'https://www.douban.com/people/zhangsan/',
  'https://space.bilibili.com/12345678',
  'https://www.xiaohongshu.com/user/profile/5f00aa11bb22cc33',
  'https://www.douyin.com/user/MS4wLjABAAAAabc',
  'https://www.jianshu.com/u/abc123def',
  'https://blog.csdn.net/zhangsan',
  'https://www.cnblogs.com/zhangsan/rss',
  'https://blog.sina.com.cn/zhangsan',
  'https://user.qzone.qq.com/123456789',
  'https://bbs.example.cn/home.php?mod=space&uid=4711',
  'https://bbs.example.cn/space-uid-4711.html',
  'https://forum.example.org/members/jane-doe.77/',
  'https://forum.example.org/profile/jane',
  'https://news.example.org/author/jane-doe/feed',
  'https://news.example.org/?author=7&feed=rss2',
  'https://social.example/@jane',
  'https://social.example/@jane.rss',
  'https://social.example/users/jane.atom',
  'https://x.com/jane_doe',
  'https://twitter.com/jane_doe',
  'https://www.facebook.com/jane.doe.77',
  'https://www.instagram.com/jane.doe/',
  'https://www.reddit.com/user/jane_doe/.rss',
  'https://janedoe.wordpress.com/feed/',
  'https://janedoe.substack.com/feed',
  'https://www.example.edu/~jdoe/diary.xml',
];
const PROPER = [
  'https://www.council.example/members/meetings.xml',
  'https://www.school.example/~library/feed.xml',
  'https://s.weibo.com/weibo?q=%E5%81%9C%E6%B0%B4',
  'https://www.chengwan.gov.example/xwzx/gsgg/',
  'https://news.example.cn/rss/local.xml',
  'https://bbs.example.cn/forum.php?mod=forumdisplay&fid=37',
  'https://bbs.example.cn/forum-37-1.html',
  'https://bbs.example.cn/forum.php?mod=rss&fid=37',
  'https://www.example.cn/channel/society/index.html',
  'https://tieba.example.com/f?kw=%E6%BE%84%E6%B9%BE',
  'https://www.zhihu.com/topic/19552832/hot',
  'https://s.weibo.com/top/summary',
  'https://weibo.com/hot/search',
  'https://social.example/tags/water.rss',
  'https://social.example/api/v1/timelines/tag/water',
  'https://www.reddit.com/r/chengwan/.rss',
  'https://x.com/hashtag/water',
  'https://news.example.org/feed',
  'https://news.example.org/category/local/feed/',
  'https://news.example.org/tag/water/feed/',
  'https://www.example.gov/newsroom/rss.xml',
  'https://www.example.gov/services/water/notices',
  'https://example.org/people/feed',
  'https://example.org/members/news',
  'https://data.example.gov/resource/abcd-1234.json?$limit=100',
  'https://311.example.gov/open311/v2/requests.json',
  'https://forum.example.org/c/local-news/12.rss',
  'https://forum.example.org/latest.rss',
  'https://forum.example.org/t/no-water/4711',
  'https://lists.example.org/archives/city/',
  'https://www.gov.uk/search/news-and-communications.atom?organisations[]=environment-agency',
  'https://12345.example.gov/letters/list?page=1',
  'https://www.example.com/user-guide/feed',
];
const CLOSED = [
  'https://chat.whatsapp.com/AbCdEf',
  'https://t.me/joinchat/AbCd',
  'https://t.me/+AbCdEf',
  'https://www.facebook.com/groups/123456/',
  'https://discord.gg/abc',
  'https://qm.qq.com/q/abc',
  'https://wx.zsxq.com/group/123',
];

const codeOf = (address: string): string => {
  const outcome = admitSource({ address, addedBy: 'a' });
  return outcome.ok ? 'ok' : outcome.refusal.code;
};

describe('a person cannot be followed (R-29)', () => {
  for (const address of PERSONAL) test(`refused: ${address}`, () => expect(codeOf(address)).toBe('collect.personalSource'));
});
describe('proper sources are not refused', () => {
  for (const address of PROPER) test(`admitted: ${address}`, () => expect(codeOf(address)).toBe('ok'));
});
describe('what one must join is no open source, whoever declares it', () => {
  const organisation = { name: 'Club', proof: 'page', approvedBy: 'b' };
  for (const address of CLOSED)
    test(address, () =>
      expect(admitSource({ address, addedBy: 'a', organisation })).toEqual({ ok: false, refusal: { code: 'collect.closedGroup' } }),
    );
});

test('an organisation’s own channel passes with proof and another person’s approval only', () => {
  const address = 'https://weibo.com/u/1234567890';
  const organisation = { name: '澄湾发布', proof: 'https://www.chengwan.gov.example/contact', approvedBy: 'b' };
  expect(admitSource({ address, addedBy: 'a', organisation }).ok).toBe(true);
  expect(admitSource({ address, addedBy: 'b', organisation }).ok).toBe(false);
  expect(admitSource({ address, addedBy: 'a', organisation: { ...organisation, proof: ' ' } }).ok).toBe(false);
});

test('what is no address is refused; sources without one pass', () => {
  expect(codeOf('not an address')).toBe('collect.badAddress');
  expect(codeOf('file:///etc/passwd')).toBe('collect.badAddress');
  expect(codeOf('')).toBe('ok');
});

test('a source that one voice fills is taken over; a mixed one is not', () => {
  const one = Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 'p' : `q${at}`));
  const mixed = Array.from({ length: 30 }, (_, at) => `p${at % 5}`);
  expect([isTakenOver(one), isTakenOver(mixed), isTakenOver(['p', 'p', 'p']), isTakenOver(Array.from({ length: 30 }, () => null))]).toEqual(
    [true, false, false, false],
  );
});
