import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readThread } from './forumPage.ts';

const zone = 'Asia/Shanghai';
const now = Date.parse('2026-03-10T12:45:00+08:00');
const at = (text: string) => Date.parse(`${text}+08:00`);
const kit = { address: 'http://bbs.test/thread-8-1-1.html', now, zone };

const discuz = (pid: number, floor: string, author: string, time: string, body: string) => `
<div id="post_${pid}"><table id="pid${pid}" class="plhin"><tr><td class="pls" rowspan="2"><div class="pi"><div class="authi"><a href="space-uid-${pid}.html" class="xw1">${author}</a></div></div><div class="avatar"><img src="a.gif"></div><dl class="pil"><dt>注册时间</dt><dd>2011-5-6</dd><dt>积分</dt><dd>120</dd></dl></td>
<td class="plc"><div class="pi"><strong><a href="forum.php?mod=redirect&pid=${pid}" id="postnum${pid}">${floor}</a></strong><div class="pti"><em id="authorposton${pid}">发表于 ${time}</em> <span class="pipe">|</span> <a href="?authorid=${pid}">只看该作者</a></div></div>
<div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_${pid}">${body}</td></tr></table></div></div></div></td></tr>
<tr><td class="plc plm"><div class="sign">爱生活爱论坛</div></td></tr><tr><td class="po"><a href="#">回复</a> <a href="#">举报</a></td></tr></table></div>`;

const phpbb = (id: number, author: string, time: string, body: string) => `
<div id="p${id}" class="post has-profile bg${id % 2}"><div class="inner"><dl class="postprofile" id="profile${id}"><dt><a href="./memberlist.php?u=${id}" class="username">${author}</a></dt><dd class="profile-joined"><strong>Joined:</strong> Fri Mar 06, 2020 2:11 pm</dd></dl>
<div class="postbody"><div id="post_content${id}"><h3><a href="#p${id}">Re: Brown water</a></h3><p class="author"><a href="./viewtopic.php?p=${id}#p${id}">Post</a> by <strong><a href="./memberlist.php?u=${id}" class="username">${author}</a></strong> » ${time}</p><div class="content">${body}</div><div class="notice">Last edited by ${author} on Tue Mar 10, 2026 10:00 am, edited 1 time in total.</div></div></div></div></div>`;

interface Row {
  floor: number;
  author?: string;
  body: string;
  time?: number;
  edited?: boolean;
  gone?: boolean;
}
const table: readonly { name: string; html: string; title?: string; posts: Row[]; keys?: string[]; next?: string; address?: string }[] = [
  {
    name: 'Discuz: profile, signature, buttons and a quote are left out',
    html: `<html><head><title>自来水发黄 - 生活 - 湾边论坛</title></head><body><h1><span id="thread_subject">自来水发黄</span></h1><div id="postlist">${discuz(11, '楼主', '小李', '<span title="2026-3-10 09:10:02">3&nbsp;小时前</span>', '今天早上水龙头出来的水是黄的。<br>烧开了也有味道。')}${discuz(12, '沙发', '老王', '2026-3-10 09:12', '<div class="quote"><blockquote>小李 发表于 2026-3-10 09:10<br>今天早上水龙头出来的水是黄的。</blockquote></div>我家也是，城关镇这边。')}${discuz(15, '3<sup>#</sup>', '路人甲', '昨天 12:30', '<i class="pstatus"> 本帖最后由 路人甲 于 2026-3-10 10:00 编辑 </i>打了热线没人接。')}</div><div class="pg"><strong>1</strong><a href="thread-8-2-1.html">2</a><a href="thread-8-2-1.html" class="nxt">下一页</a></div></body></html>`,
    title: '自来水发黄',
    posts: [
      { floor: 1, author: '小李', body: '今天早上水龙头出来的水是黄的。\n烧开了也有味道。', time: at('2026-03-10T09:10:02') },
      { floor: 2, author: '老王', body: '我家也是，城关镇这边。', time: at('2026-03-10T09:12:00') },
      { floor: 3, author: '路人甲', body: '打了热线没人接。', time: at('2026-03-09T12:30:00'), edited: true },
    ],
    keys: ['post_11', 'post_12', 'post_15'],
    next: 'http://bbs.test/thread-8-2-1.html',
  },
  {
    name: 'phpBB: joined dates are not post dates',
    html: `<html><head><title>Brown water - Town forum</title></head><body><h2 class="topic-title"><a href="#">Brown water</a></h2>${phpbb(21, 'ann', 'Tue Mar 10, 2026 8:05 am', 'The tap water is brown since this morning.')}${phpbb(22, 'bob', 'Tue Mar 10, 2026 8:20 am', '<blockquote><div><cite>ann wrote:</cite>The tap water is brown</div></blockquote>Same here on Mill Lane.')}</body></html>`,
    posts: [
      { floor: 1, author: 'ann', body: 'The tap water is brown since this morning.', time: at('2026-03-10T08:05:00'), edited: true },
      { floor: 2, author: 'bob', body: 'Same here on Mill Lane.', time: at('2026-03-10T08:20:00'), edited: true },
    ],
    keys: ['p21', 'p22'],
  },
  {
    name: 'own-looking list of floors with only relative times',
    html: `<html><head><title>水黄了</title></head><body><header><a href="/">湾边社区</a></header><h1>水黄了</h1><ol class="floors"><li id="f1" class="floor"><div class="who"><b class="user">小李</b> <span class="time">3小时前</span> <span class="no">1楼</span></div><div class="text"><p>水龙头出来的水是黄的。</p><p>有人知道怎么回事吗？</p></div></li><li id="f2" class="floor"><div class="who"><b class="user">老王</b> <span class="time">3分钟前</span> <span class="no">2楼</span></div><div class="text"><p>+1</p></div></li><li id="f4" class="floor"><div class="who"><b class="user">阿明</b> <span class="time">刚刚</span> <span class="no">4楼</span></div><div class="text"><p>该楼层已被删除</p></div></li></ol></body></html>`,
    title: '水黄了',
    posts: [
      { floor: 1, author: '小李', body: '水龙头出来的水是黄的。\n有人知道怎么回事吗？', time: now - 3 * 3_600_000 },
      { floor: 2, author: '老王', body: '+1', time: now - 3 * 60_000 },
      { floor: 4, author: '阿明', body: '', time: now, gone: true },
    ],
    keys: ['f1', 'f2', 'f4'],
  },
  {
    name: 'bare table rows without a class',
    html: `<html><body><h1>菜价</h1><table><tr><td>小李<br>3月10日 08:05</td><td>#1</td><td>今天的白菜三块一斤，太贵了。</td></tr><tr><td>老王<br>3月10日 08:20</td><td>#2</td><td>早市便宜一点，去晚了就没有。</td></tr></table></body></html>`,
    posts: [
      { floor: 1, author: '小李', body: '今天的白菜三块一斤，太贵了。', time: at('2026-03-10T08:05:00') },
      { floor: 2, author: '老王', body: '早市便宜一点，去晚了就没有。', time: at('2026-03-10T08:20:00') },
    ],
  },
  {
    name: 'the opening post stands outside the list of replies',
    html: `<html><body><h1>路灯坏了</h1><article class="op"><p class="byline"><a href="/u/3" class="author">小李</a> · <time datetime="2026-03-10T08:05:00+08:00">4 小时前</time></p><div class="content"><p>南门外的路灯坏了三天，晚上看不见路。</p></div></article><section class="replies"><div class="reply" id="r5"><a href="/u/4" class="author">老王</a> <time datetime="2026-03-10T08:20:00+08:00">4 小时前</time><div class="content">昨天有人摔了一跤。</div></div><div class="reply" id="r6"><a href="/u/5" class="author">阿明</a> <time datetime="2026-03-10T09:00:00+08:00">3 小时前</time><div class="content">已经打过热线了。</div></div></section></body></html>`,
    posts: [
      { floor: 1, author: '小李', body: '南门外的路灯坏了三天，晚上看不见路。', time: at('2026-03-10T08:05:00') },
      { floor: 2, author: '老王', body: '昨天有人摔了一跤。', time: at('2026-03-10T08:20:00') },
      { floor: 3, author: '阿明', body: '已经打过热线了。', time: at('2026-03-10T09:00:00') },
    ],
    keys: ['floor-1', 'r5', 'r6'],
  },
  {
    name: 'a thread with one post',
    html: `<html><body><h1>谁家的狗走丢了</h1><div class="posts"><div class="post" id="post-31"><div class="author">小李</div><div class="date">昨天 12:30</div><div class="body">在河边捡到一只黄狗，脖子上有铃铛。</div></div></div></body></html>`,
    posts: [{ floor: 1, author: '小李', body: '在河边捡到一只黄狗，脖子上有铃铛。', time: at('2026-03-09T12:30:00') }],
    keys: ['post-31'],
  },
  {
    name: 'the second page goes on counting and opens nothing',
    address: 'http://bbs.test/thread-8-2-1.html',
    html: `<div id="postlist">${discuz(31, '11<sup>#</sup>', '小李', '2026-3-10 11:10', '现在水清了。')}${discuz(32, '12<sup>#</sup>', '老王', '2026-3-10 11:20', '我家还没有。')}</div>`,
    posts: [
      { floor: 11, author: '小李', body: '现在水清了。', time: at('2026-03-10T11:10:00') },
      { floor: 12, author: '老王', body: '我家还没有。', time: at('2026-03-10T11:20:00') },
    ],
  },
];

describe('readThread', () => {
  for (const { name, html, title, posts, keys, next, address } of table)
    test(name, () => {
      const page = readThread(html, { ...kit, ...(address === undefined ? {} : { address }) });
      const got = page.posts.map((post) => {
        const row: Row = { floor: post.floor, body: post.body };
        if (post.author !== undefined) row.author = post.author;
        if (post.publishedAt !== undefined) row.time = post.publishedAt;
        if (post.edited) row.edited = true;
        if (post.gone) row.gone = true;
        return row;
      });
      expect(got).toEqual(posts);
      if (title !== undefined) expect(page.title).toBe(title);
      if (keys !== undefined) expect(page.posts.map((post) => post.key)).toEqual(keys);
      expect(page.next).toBe(next);
      expect(page.posts.filter((post) => post.isOpening).length).toBe(address === undefined ? 1 : 0);
      expect(page.isThread).toBe(true);
    });

  test('a page without floors is read as an article', () => {
    const text = '县水务局三月十日上午发布情况通报，说明城区部分区域自来水发黄的原因，并公布了热线电话和送水点的位置。';
    const html = `<html><head><title>情况通报</title></head><body><h1>情况通报</h1><div class="content"><p>${text}</p><p>${text}</p><p>${text}</p></div></body></html>`;
    const page = readThread(html, kit);
    expect(page.isThread).toBe(false);
    expect(page.posts.map((post) => post.body)).toEqual([`${text}\n${text}\n${text}`]);
  });

  test('no markup throws', () => {
    const piece = fc.constantFrom(
      '<div class="post">',
      '</div>',
      '<td>',
      '<tr>',
      '<table>',
      '3分钟前',
      '2楼',
      '<blockquote>',
      '某人 发表于',
      '<a href="/u/1">x</a>',
      '<li>',
      '已编辑',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void readThread(pieces.join(''), kit)));
  });
});
