import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryKey, readListPage } from './listPage.ts';

const zone = 'Asia/Shanghai';
const now = Date.parse('2026-03-10T12:45:00+08:00');
const at = (text: string) => Date.parse(`${text}+08:00`);
const kit = { address: 'http://bbs.test/board/2', now, zone };

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">城市论坛大全</a></li><li><a href="/b">便民服务中心</a></li><li><a href="/c">房产家居装修</a></li><li><a href="/d">二手交易市场</a></li></ul></div>`;
const FOOT = `<div class="footer"><a href="/about">关于我们的网站</a> <a href="/law">法律声明与隐私</a> <a href="/contact">联系我们和合作</a></div>`;

const discuzRow = (id: number, title: string, by: string, ago: string, n: number) => `
<tbody id="normalthread_${id}"><tr><td class="icn"><a href="thread-${id}-1-1.html" title="新窗口打开"><img src="f.gif"></a></td>
<th class="${id % 2 ? 'new' : 'common'}"><em>[<a href="forum-2-1.html">生活</a>]</em> <a href="thread-${id}-1-1.html" class="s xst">${title}</a></th>
<td class="by"><cite><a href="space-uid-${id}.html">${by}</a></cite><em><span>${ago}</span></em></td>
<td class="num"><a href="thread-${id}-1-1.html" class="xi2">${n}</a><em>${n * 30}</em></td>
<td class="by"><cite><a href="space-uid-9.html">某某</a></cite><em><a href="redirect?goto=lastpost">1 分钟前</a></em></td></tr></tbody>`;

const table: readonly {
  name: string;
  html: string;
  titles: string[];
  times?: (number | undefined)[];
  replies?: (number | undefined)[];
  next?: string;
}[] = [
  {
    name: 'forum table with an author and a last-reply column',
    html: `<html><body>${MENU}<table><tr><td>主题</td><td></td><td>作者</td><td>回复/查看</td><td>最后发表</td></tr>${discuzRow(101, '自来水发黄，烧开也有味道', '小李', '3 分钟前', 12)}${discuzRow(102, '停水通知在哪里看', '老王', '昨天 12:30', 3)}${discuzRow(103, '求推荐装修公司', '路过', '2026-3-8', 0)}</table>
<div class="pg"><strong>1</strong><a href="forum-2-2.html">2</a><a href="forum-2-3.html">3</a><a href="forum-2-2.html" class="nxt">下一页</a></div>${FOOT}</body></html>`,
    titles: ['自来水发黄，烧开也有味道', '停水通知在哪里看', '求推荐装修公司'],
    times: [now - 3 * 60_000, at('2026-03-09T12:30:00'), at('2026-03-08T00:00:00')],
    replies: [12, 3, 0],
    next: 'http://bbs.test/board/forum-2-2.html',
  },
  {
    name: 'official news list, date beside the link, cut into several lists',
    html: `<body>${MENU}<div class="list"><ul><li><a href="/n/1.html">关于城区部分路段停水检修的通知</a><span>2026-03-10</span></li><li><a href="/n/2.html">关于加强春季防火工作的公告</a><span>2026-03-09</span></li></ul><ul><li><a href="/n/3.html">我县召开水务工作专题会议</a><span>2026-03-08</span></li></ul></div>
<div class="side"><h3>热门</h3><ul><li><a href="/h/1">热门文章标题一二三四五</a></li><li><a href="/h/2">热门文章标题一二三四六</a></li></ul></div>${FOOT}</body>`,
    titles: ['关于城区部分路段停水检修的通知', '关于加强春季防火工作的公告', '我县召开水务工作专题会议'],
    times: [at('2026-03-10T00:00:00'), at('2026-03-09T00:00:00'), at('2026-03-08T00:00:00')],
  },
  {
    name: 'cards that are one link each',
    html: `<body><main><article><a href="/p/a"><h2>Water turns brown in the old town</h2><p>Residents say the tap water smells.</p><time datetime="2026-03-10T05:50:00+08:00">today</time></a></article><article><a href="/p/b"><h2>Council meets on Tuesday</h2><p>The agenda names three roads.</p><time datetime="2026-03-09T09:00:00+08:00">yesterday</time></a></article></main><nav class="pagination"><a href="/?page=2" rel="next">Older posts</a></nav></body>`,
    titles: ['Water turns brown in the old town', 'Council meets on Tuesday'],
    times: [at('2026-03-10T05:50:00'), at('2026-03-09T09:00:00')],
    next: 'http://bbs.test/?page=2',
  },
  {
    name: 'phpBB topic list',
    html: `<body><ul class="topiclist topics">${[1, 2, 3].map((n) => `<li class="row bg${n % 2}"><dl class="row-item topic_read"><dt><div class="list-inner"><a href="./viewtopic.php?f=2&amp;t=${n}&amp;sid=abc${n}" class="topictitle">Brown water again, part ${n} of many</a><br><div class="topic-poster">by <a href="./memberlist.php?u=${n}" class="username">ann${n}</a> » Mon Mar 09, 2026 9:0${n} am</div></div></dt><dd class="posts">${n} <dfn>Replies</dfn></dd><dd class="views">40</dd><dd class="lastpost"><span>by <a href="./memberlist.php?u=7" class="username">someone</a><br>Tue Mar 10, 2026 11:42 am</span></dd></dl></li>`).join('')}</ul></body>`,
    titles: ['Brown water again, part 1 of many', 'Brown water again, part 2 of many', 'Brown water again, part 3 of many'],
    times: [at('2026-03-09T09:01:00'), at('2026-03-09T09:02:00'), at('2026-03-09T09:03:00')],
    replies: [1, 2, 3],
  },
  {
    name: 'plain paragraphs and relative times in text between',
    html: `<body><h1>湾边社区</h1><div><p><a href="/t/1">小区门口的路灯坏了三天没人修</a> 3分钟前 回复 5</p><p><a href="/t/2">今天菜市场的菜价涨了不少</a> 2小时前 回复 0</p><p><a href="/t/3">谁家的狗走丢了</a> 昨天 12:30 回复 18</p></div></body>`,
    titles: ['小区门口的路灯坏了三天没人修', '今天菜市场的菜价涨了不少', '谁家的狗走丢了'],
    times: [now - 3 * 60_000, now - 2 * 3_600_000, at('2026-03-09T12:30:00')],
    replies: [5, 0, 18],
  },
  {
    name: 'a quiet board with one thread',
    html: `<body>${MENU}<div class="threads"><div class="thread"><h3><a href="/thread?id=5&page=1">河边的路又塌了一块，注意安全</a></h3><span class="user"><a href="/u/3">阿明</a></span><span class="time">昨天</span></div></div>${FOOT}</body>`,
    titles: ['河边的路又塌了一块，注意安全'],
    times: [at('2026-03-09T00:00:00')],
  },
];

describe('readListPage', () => {
  for (const { name, html, titles, times, replies, next } of table)
    test(name, () => {
      const page = readListPage(html, kit);
      expect(page.entries.map((entry) => entry.title)).toEqual(titles);
      if (times !== undefined) expect(page.entries.map((entry) => entry.publishedAt)).toEqual(times);
      if (replies !== undefined) expect(page.entries.map((entry) => entry.nReplies)).toEqual(replies);
      expect(page.next).toBe(next);
    });

  test('the setting keeps to one part of the page', () => {
    const html = `<div id="a"><ul><li><a href="/1">一个很长很长很长的标题在这里</a></li><li><a href="/2">另一个很长很长很长的标题在这里</a></li></ul></div><div class="x b"><ul><li><a href="/3">短一点的标题</a></li></ul></div>`;
    expect(readListPage(html, { ...kit, settings: { list: 'div.b ul' } }).entries.map((entry) => entry.title)).toEqual(['短一点的标题']);
    expect(readListPage(html, { ...kit, settings: { list: '.none' } }).notes).toEqual(['page.listNotFound']);
  });

  test('keys stay when page, session and sort order change', () => {
    const rows: [string, string][] = [
      ['http://bbs.test/thread-8-1-1.html', 'http://bbs.test/thread-8-3-2.html'],
      ['http://bbs.test/viewtopic.php?f=2&t=5&sid=aa', 'http://bbs.test/viewtopic.php?f=2&t=5&sid=bb'],
      ['http://bbs.test/t?tid=4&page=1', 'http://bbs.test/t?tid=4'],
    ];
    for (const [a, b] of rows) expect(entryKey(a)).toBe(entryKey(b));
    expect(entryKey('http://bbs.test/thread-8-1-1.html')).not.toBe(entryKey('http://bbs.test/thread-9-1-1.html'));
  });

  test('a page without a list gives a note', () => {
    expect(readListPage('<p>没有内容</p>', kit)).toEqual({ entries: [], notes: ['page.noEntries'] });
  });

  test('no markup throws', () => {
    const piece = fc.constantFrom(
      '<div>',
      '</div>',
      '<a href="/x">',
      '</a>',
      '<table><tr><td>',
      '3分钟前',
      '标题文字',
      '<li>',
      '&amp;',
      '<',
      '"',
      '<a href="http://[">y</a>',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void readListPage(pieces.join(''), kit)));
  });
});
