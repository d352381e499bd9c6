import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf, parsePage } from './pageTree.ts';
import { SAFE_REL, SAFE_TAGS, safeHtml } from './safeHtml.ts';

const address = 'http://site.test/a/b.html';
const rel = `rel="${SAFE_REL}"`;

const table: readonly [name: string, html: string, safe: string][] = [
  ['script goes with what is in it', '<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
  ['event handlers, style and classes go', '<p onclick="x()" style="color:red" class="c">a</p>', '<p>a</p>'],
  ['a relative link becomes absolute', '<a href="../c">x</a>', `<a href="http://site.test/c" ${rel}>x</a>`],
  ['a script address leaves a link without a target', '<a href="java&#10;script:alert(1)">x</a>', '<a>x</a>'],
  ['an odd space before the scheme changes nothing', '<a href="\u00a0javascript:alert(1)">x</a>', '<a>x</a>'],
  ['an image becomes its description', '<img src="http://spy.test/x.gif" alt="水是黄的">', '<em>[水是黄的]</em>'],
  ['a description is text', '<img alt="<b onclick=x>">', '<em>[&lt;b onclick=x&gt;]</em>'],
  ['remote media, frames and forms go', '<iframe src="//x"></iframe><video src="x"></video><form action="x"><input></form>ok', 'ok'],
  ['no link in a link', '<a href="/x">a<em><a href="/y">b</a></em></a>', `<a href="http://site.test/x" ${rel}>a<em>b</em></a>`],
  ['no block in a paragraph', '<p>a<em><div>b</div></em></p>', '<p>a<em><br>b</em></p>'],
  ['a cell without a table is text', '<td>a</td><tr><td>b', 'ab'],
  [
    'text straight in a table gets a cell',
    '<table>a<tr><td>b</td></tr></table>',
    '<table><tbody><tr><td>a</td></tr></tbody><tr><td>b</td></tr></table>',
  ],
  ['old names become today’s', '<b>x</b><i>y</i>', '<strong>x</strong><em>y</em>'],
];

describe('safeHtml', () => {
  for (const [name, html, safe] of table) test(name, () => expect(safeHtml(html, address)).toBe(safe));

  test('too deep markup is shown as plain text', () => {
    expect(safeHtml(`${'<div>'.repeat(2000)}水 <b>黄</b>`, address)).toBe('<p>水 黄</p>');
  });

  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<a href="x">',
    '<a href=javascript:x>',
    '</a>',
    '<img src=x onerror=y>',
    '<svg><script>',
    '</svg>',
    '<style>',
    '</style>',
    '<table><tr>',
    '<td>',
    '<li>',
    '<ul>',
    '<section>',
    '<em>',
    '</em>',
    '<h2>',
    '<br>',
    '<hr>',
    '<pre>',
    '</table>',
    '<tbody>',
    '<math><mtext>',
    '<!--',
    '-->',
    '&lt;',
    '"',
    "'",
    '<b',
    '>',
    '水',
    '<![CDATA[',
    ']]>',
    '<noscript>',
    '<template>',
    '<textarea>',
    '</title>',
  );
  test('only listed elements and attributes come out, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const safe = safeHtml(pieces.join(''), address);
        for (const element of elementsOf(parsePage(safe).root)) {
          if (element.tag !== '#page') expect(SAFE_TAGS).toContain(element.tag);
          for (const [name, value] of Object.entries(element.attributes))
            expect(name === 'rel' ? value === SAFE_REL : name === 'href' && /^https?:\/\//.test(value)).toBe(true);
        }
        expect(safeHtml(safe, address)).toBe(safe);
      }),
      { numRuns: 1000 },
    );
  });
});
