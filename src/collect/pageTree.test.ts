import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArticle } from './article.ts';
import { readThread } from './forumPage.ts';
import { readListPage } from './listPage.ts';
import { elementsOf, linesOf, MAX_ATTRIBUTES, MAX_DEPTH, parsePage, textStart } from './pageTree.ts';
import { plainText } from './plainText.ts';
import { safeHtml } from './safeHtml.ts';

const kit = { address: 'http://site.test/', now: Date.parse('2026-03-10T12:45:00+08:00'), zone: 'Asia/Shanghai' };

describe('parsePage', () => {
  test('reads up to the depth and attribute limits, and stops beyond them', () => {
    expect(parsePage('<div>'.repeat(MAX_DEPTH)).whole).toBe(true);
    expect(parsePage('<div>'.repeat(MAX_DEPTH + 1)).whole).toBe(false);
    const attributes = (n: number) => `<p ${Array.from({ length: n }, (_, i) => `a${i}="1"`).join(' ')}>x</p>`;
    expect(parsePage(attributes(MAX_ATTRIBUTES)).whole).toBe(true);
    expect(parsePage(attributes(MAX_ATTRIBUTES + 1)).whole).toBe(false);
  });
  test('lines are blocks; cells of a row share one; hidden and script text is not seen', () => {
    const { root } = parsePage(
      '<h1>a &amp; b</h1><p>c <b>d</b><br>e</p><table><tr><td>f</td><td>g</td></tr></table><p style="display: none">no</p><script>no</script><pre>h\ni</pre>',
    );
    expect(linesOf(root)).toEqual(['a & b', 'c d', 'e', 'f g', 'h', 'i']);
    expect(textStart(root, 3)).toContain('a & b');
  });
  test('every element is counted once, in page order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<div>', '</div>', '<p>', 'x', '<br>', '<li>', '</ul>'), { maxLength: 80 }), (pieces) => {
        const { root, nElements } = parsePage(pieces.join(''));
        const orders = [...elementsOf(root)].map((element) => element.order);
        expect(orders).toEqual(Array.from({ length: nElements + 1 }, (_, i) => i));
      }),
    );
  });
  test('an attribute cannot reach a prototype', () => {
    parsePage('<p __proto__="x" constructor="y">z</p>');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('plainText', () => {
  const table: readonly [html: string, text: string][] = [
    ['a &lt; b', 'a < b'],
    ['<p>一</p><p>二<br/>三</p>', '一\n二\n三'],
    ['x<script>no</script>y<style>no</style>', 'xy'],
    ['<svg/>a<svg><text>no</text></svg>b', 'ab'],
    ['a < b and 1<2', 'a < b and 1<2'],
    ['plain\n\n text', 'plain\ntext'],
    ['<![CDATA[x]]>y', 'xy'],
  ];
  for (const [html, text] of table) test(JSON.stringify(html), () => expect(plainText(html)).toBe(text));
});

/** The shapes that held other parsers for seconds; a bound of 2 s of this thread's own time, a wide margin over what is measured. */
describe('hostile shapes', () => {
  const shapes: Record<string, string> = {
    '100,000 nested div': `${'<div>'.repeat(100_000)}水 3分钟前`,
    '5,000 nested div, closed': `${'<div>'.repeat(5000)}水${'</div>'.repeat(5000)}`,
    '3,000 times b i a font': `${'<b><i><a href=x><font>'.repeat(3000)}水`,
    '4,000 nested tables': `${'<table><tr><td>'.repeat(4000)}水`,
    '100,000 attributes': `<div ${Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join(' ')}>水</div>`,
    '200 deep, 700 times': `${'<div>'.repeat(200)}3分钟前 <a href="/x1">标题标题标题标题</a>${'</div>'.repeat(200)}`.repeat(700),
    '20,000 rows': Array.from({ length: 20_000 }, (_, i) => `<li><a href="/t/${i}">这是一个标题${i}</a> 3分钟前 回复 ${i}</li>`).join(''),
    '500,000 angle brackets': '<'.repeat(500_000),
    'a title of 300,000 dashes': `<title>${' - '.repeat(300_000)}</title>`,
    'one line of 300,000 dates': `<p>${'2026-03-1 '.repeat(300_000)}</p>`,
    'an array of 100,000 arrays in JSON-LD': `<script type="application/ld+json">${'['.repeat(100_000)}${']'.repeat(100_000)}</script>`,
    'nested quotes': `${'<blockquote>某人 发表于 昨天<br>'.repeat(100)}${'</blockquote>'.repeat(100)}`.repeat(50),
  };
  const readers: Record<string, (html: string) => unknown> = {
    article: (html) => readArticle(html, kit),
    thread: (html) => readThread(html, kit),
    list: (html) => readListPage(html, kit),
    text: (html) => plainText(html),
    safe: (html) => safeHtml(html, kit.address),
  };
  for (const [shape, html] of Object.entries(shapes))
    for (const [name, read] of Object.entries(readers))
      test(`${shape}: ${name}`, { timeout: 10_000 }, () => {
        const before = process.cpuUsage();
        read(html);
        const { user, system } = process.cpuUsage(before);
        expect(user + system).toBeLessThan(2_000_000);
      });

  test('what a limit stopped is given as text, with a mark', () => {
    const article = readArticle(`<title>t</title>${'<div>'.repeat(1000)}<p>水是黄的</p>`, kit);
    expect(article).toMatchObject({ text: '水是黄的', marks: ['page.stripped'], isSure: false });
  });
});
