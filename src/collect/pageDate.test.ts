import { describe, expect, test } from 'vitest';
import { pageDate } from './pageDate.ts';
import { pageMeta } from './pageMeta.ts';
import { parsePage } from './pageTree.ts';

const now = Date.parse('2026-03-12T12:00:00+08:00');
const dayOf = (html: string, address = 'http://news.test/a.html') => {
  const { root } = parsePage(html);
  return pageDate(root, pageMeta(root, address), { address, now, zone: 'Asia/Shanghai' })?.day ?? null;
};

const table: readonly [name: string, html: string, day: string | null, address?: string][] = [
  ['meta', '<meta property="article:published_time" content="2026-03-10T08:00:00+08:00">', '2026-03-10'],
  ['a day is the one written, whatever the offset', '<meta name="pubdate" content="2026-03-10T23:30:00-05:00">', '2026-03-10'],
  [
    'JSON-LD inside a graph',
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2026-03-09"}]}</script>',
    '2026-03-09',
  ],
  [
    'JSON-LD with a line end inside a text',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a\nb","datePublished":"2026-03-09"}</script>',
    '2026-03-09',
  ],
  ['the address', '<p>text</p>', '2026-03-08', 'http://news.test/2026/03/08/x.html'],
  ['the address in one number', '<p>text</p>', '2026-03-08', 'http://news.test/n/t20260308_1234.html'],
  ['an address far from the meta day wins', '<meta name="date" content="2026-01-02">', '2025-11-08', 'http://news.test/2025/11/08/x.html'],
  [
    'UTC near midnight: the seen day wins',
    '<meta property="article:published_time" content="2026-03-09T23:15:00Z"><h1>x</h1><span class="date">10 March 2026</span>',
    '2026-03-10',
  ],
  [
    'UTC at noon: the meta day stays',
    '<meta property="article:published_time" content="2026-03-09T10:15:00Z"><h1>x</h1><span class="date">8 March 2026</span>',
    '2026-03-09',
  ],
  [
    'a published time element before a changed one',
    '<h1>x</h1><time class="updated" datetime="2026-03-11">x</time><time class="published" datetime="2026-03-07">x</time>',
    '2026-03-07',
  ],
  [
    'a time in the related list is not the page’s',
    '<h1>x</h1><p class="date">2026-03-06</p><aside><time datetime="2026-03-01">x</time></aside>',
    '2026-03-06',
  ],
  ['Chinese source line', '<h1>标题</h1><div class="info">2026年3月5日 09:12 来源：某某日报</div>', '2026-03-05'],
  ['said in the text', '<h1>x</h1><p>很长的文字</p><div>发布时间：2026-03-04 12:00</div>', '2026-03-04'],
  ['German text', '<h1>x</h1><div>Veröffentlicht am 4. März 2026 um 12:00</div>', '2026-03-04'],
  ['said in the footer, where nothing else is', '<h1>x</h1><div class="footer">Published on March 3, 2026</div>', '2026-03-03'],
  ['the future is not a day of publication', '<meta name="date" content="2031-01-01">', null],
  ['a copyright year is not a day', '<h1>x</h1><div class="footer">Copyright 2026</div>', null],
  ['only a changed day', '<meta property="article:modified_time" content="2026-03-02T08:00:00+08:00">', '2026-03-02'],
  ['seconds since 1970', '<meta name="timestamp" content="1772800000">', '2026-03-06'],
];

describe('pageDate', () => {
  for (const [name, html, day, address] of table) test(name, () => expect(dayOf(html, address)).toBe(day));
});
