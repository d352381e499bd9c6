import { describe, expect, test } from 'vitest';
import { decide, readArticle } from './article.ts';
import { overlap } from './articleOverlap.ts';

const kit = { address: 'http://news.test/2026/a1.html', now: Date.parse('2026-03-10T12:45:00+08:00'), zone: 'Asia/Shanghai' };
const P1 = '三月十日上午八时起，城区多个小区居民反映自来水发黄，水务公司随即派人到现场查看，并对管网末梢进行排水冲洗。';
const P2 = '公司负责人介绍，初步判断与夜间阀门检修后水流方向改变有关，水质检测结果将在当天下午六时前向社会公布。';
const P3 = '居民可以在三个送水点领取桶装水，也可以拨打公司热线了解情况，行动不便的老人由社区工作人员送水上门。';
const E1 =
  'Residents of three districts said on Tuesday morning that the water from their taps had turned brown, and that it smelled of iron.';
const E2 =
  'The utility, which serves some ninety thousand households, said that a valve had been closed overnight and that crews were flushing the mains.';
const E3 =
  'Test results are to be made public by six in the evening, a spokeswoman said, and drinking water is handed out at three places.';
const paragraphs = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
const page = (inner: string, head = '') =>
  `<html lang="zh-CN"><head><title>自来水发黄原因初步查明 - 某某日报</title>${head}</head><body>${inner}</body></html>`;

const table: readonly { name: string; html: string; text: string }[] = [
  {
    name: 'navigation, share box, editor line and related list are left out',
    html: page(
      `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div><h1>自来水发黄原因初步查明</h1><div class="info">2026-03-10 09:12 来源：某某日报</div><div class="article-content">${paragraphs(P1, P2, P3)}<p>责任编辑：某某</p><div class="share">分享到：微信 微博</div></div><div class="related"><h3>相关阅读</h3><ul><li><a href="/1">另一条新闻的标题在这里</a></li><li><a href="/2">还有一条新闻的标题</a></li></ul></div><div class="footer">版权所有 某某日报 ICP备12345678号</div>`,
    ),
    text: [P1, P2, P3].join('\n'),
  },
  {
    name: 'text parted by br in one old-style cell',
    html: page(`<table><tr><td><a href="/">首页</a></td><td class="text">　　${P1}<br><br>　　${P2}<br>　　${P3}</td></tr></table>`),
    text: [P1, P2, P3].join('\n'),
  },
  {
    name: 'a picture caption inside the body is left out',
    html: page(
      `<article>${paragraphs(E1)}<figure><img src="a.jpg"><figcaption>A woman fills a bottle. Photo: Someone</figcaption></figure>${paragraphs(E2, E3)}</article>`,
    ),
    text: [E1, E2, E3].join('\n'),
  },
  {
    name: 'a body cut in pieces by advertisements is joined',
    html: page(
      `<main><div class="piece">${paragraphs(E1, E2)}</div><div class="ad-slot">Advertisement</div><div class="piece">${paragraphs(E3, P1)}</div></main>`,
    ),
    text: [E1, E2, E3, P1].join('\n'),
  },
  {
    name: 'a standfirst in the header belongs to the text',
    html: page(
      `<article><header class="article-header"><h1>Brown water</h1><p class="article-lead">${E1}</p></header><div class="article-body">${paragraphs(E2, E3, P1, P2)}</div></article>`,
    ),
    text: [E1, E2, E3, P1, P2].join('\n'),
  },
  {
    name: 'comments longer than the article are not the article',
    html: page(
      `<div class="post"><div class="entry-content">${paragraphs(E1, E2, E3)}</div></div><div id="comments">${paragraphs(E3, P2, P1, P3, E2, E1, E3, E2).repeat(2)}</div>`,
    ),
    text: [E1, E2, E3].join('\n'),
  },
  {
    name: 'pointers to other articles inside the text are left out',
    html: page(
      `<div class="content">${paragraphs(E1)}<p>Read also: <a href="/x">Why pipes rust and what to do</a></p>${paragraphs(E2)}<p><a href="/y">Five things to know about water</a></p>${paragraphs(E3)}</div>`,
    ),
    text: [E1, E2, E3].join('\n'),
  },
  {
    name: 'a table of values stays, cells parted by spaces',
    html: page(
      `<div class="content">${paragraphs(E1, E2)}<table><tr><td><a href="/a">North</a></td><td>12</td><td>30</td></tr><tr><td><a href="/b">South</a></td><td>14</td><td>31</td></tr><tr><td><a href="/c">West</a></td><td>9</td><td>28</td></tr></table>${paragraphs(E3)}</div>`,
    ),
    text: [E1, E2, 'North 12 30', 'South 14 31', 'West 9 28', E3].join('\n'),
  },
  {
    name: 'a page that shows its text only in noscript',
    html: page(`<div class="post"><noscript>${paragraphs(E1, E2, E3)}</noscript></div>`),
    text: [E1, E2, E3].join('\n'),
  },
];

describe('readArticle', () => {
  for (const { name, html, text } of table) test(name, () => expect(readArticle(html, kit).text).toBe(text));

  test('title, author, day, language and canonical address', () => {
    const head =
      '<link rel="canonical" href="/a1.html?from=x"><meta name="author" content="张三"><meta property="article:published_time" content="2026-03-10T09:12:00+08:00">';
    const article = readArticle(page(`<h1>自来水发黄原因初步查明</h1><div class="content">${paragraphs(P1, P2, P3)}</div>`, head), kit);
    expect(article).toMatchObject({
      title: '自来水发黄原因初步查明',
      author: '张三',
      language: 'zh',
      canonical: 'http://news.test/a1.html?from=x',
      marks: [],
    });
    expect(article.publishedAt).toBe(Date.parse('2026-03-10T09:12:00+08:00'));
  });

  test('a canonical address of another site is not followed', () => {
    expect(readArticle(page(paragraphs(P1), '<link rel="canonical" href="http://else.test/">'), kit).canonical).toBeUndefined();
  });

  test('the second opinion is asked only in doubt', () => {
    let nAsked = 0;
    const secondOpinion = () => {
      nAsked++;
      return null;
    };
    readArticle(page(`<div class="content">${paragraphs(P1, P2, P3, E1, E2, E3)}</div>`), { ...kit, secondOpinion });
    expect(nAsked).toBe(0);
    readArticle(page('<div>没有正文</div>'), { ...kit, secondOpinion });
    expect(nAsked).toBe(1);
  });

  test('the second opinion decides where the own reader finds next to nothing', () => {
    const article = readArticle(page('<div>没有正文</div>'), { ...kit, secondOpinion: () => `<div>${paragraphs(P1, P2, P3)}</div>` });
    expect(article.text).toBe([P1, P2, P3].join('\n'));
  });

  test('two readings confirm each other by what they share, not by their lengths', () => {
    expect(decide(`${E1}\n${E2}`, `${E1}\n${E2}\n${E3}`, '')).toEqual({ text: `${E1}\n${E2}`, isSure: true });
    expect(decide(`${E1}\n${E2}`, `${P1}\n${P2}\n${P3}`, '').isSure).toBe(false);
    expect(decide(`${E1}\n${E2}`, `${P1}\n${P2}`, P1).text).toBe(`${P1}\n${P2}`);
    expect(overlap(E1, E1)).toBe(1);
    expect(overlap(E1, P1)).toBe(0);
  });
});

/** Notices of offices are a sentence or two; the foot of the page is longer than they are. */
const NAV = '<nav><ul><li><a href=/a>News</a><li><a href=/b>Sport</a></ul></nav>';
const FOOT =
  '<footer><p>Copyright 2026 Harbour Gazette. All rights reserved.</p><p>Contact: desk@gazette.example · Terms of use · Privacy policy</p></footer>';
const CHINESE_FOOT = '<div class=footer>版权所有 县融媒体中心 备案号 1234567 联系电话 0571-1234567</div>';

describe('of a short notice neither menu nor foot is taken for its text', () => {
  test.each([
    [
      'in an article element',
      `${NAV}<main><article><h1>Water off</h1><p>Water will be off in North Street on Tuesday from 9 to 12.</p></article></main>${FOOT}`,
      'Water will be off in North Street on Tuesday from 9 to 12.',
    ],
    [
      'in a named division',
      `<div class=nav><a href=/>首页</a><a href=/a>要闻</a></div><div class=con><h1>停水通知</h1><p>北街今日9时至12时停水。</p></div>${CHINESE_FOOT}`,
      '北街今日9时至12时停水。',
    ],
    [
      'under the heading of a table layout',
      `<table><tr><td><a href=/>Home</a><br><a href=/a>News</a></td><td><b>Bridge closed</b><br>The old bridge is closed until Friday because of repairs.<br></td></tr></table><p>© 2026 County. All rights reserved.</p>`,
      'The old bridge is closed until Friday because of repairs.',
    ],
  ])('%s', (_where, body, text) => {
    const article = readArticle(`<html><head><title>t</title></head><body>${body}</body></html>`, {
      address: 'http://a.example/n/1',
      now: 0,
      zone: 'UTC',
    });
    expect(article.text.split('\n').at(-1)).toBe(text);
    expect(article.text).not.toMatch(/Copyright|Contact|©|版权|备案|News|首页/);
  });
});
