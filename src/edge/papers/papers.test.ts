import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../model/paper.ts';
import { renderDocx } from './docx.ts';
import { PAPER_CSS, renderHtml } from './html.ts';

const HOSTILE = '<script>alert(1)</script>"\'&<img src=x onerror=1>';
const PAPER: Paper = {
  language: 'zh',
  title: '舆情日报',
  masthead: ['第2026-070期', '2026年3月11日'],
  blocks: [
    { kind: 'summary', judgement: '橙色：需核实。', text: '摘要' },
    { kind: 'heading', depth: 1, text: '一、总体情况' },
    { kind: 'heading', depth: 2, text: '关键节点' },
    { kind: 'paragraph', lead: '城东自来水', text: HOSTILE },
    { kind: 'list', items: ['无超期', HOSTILE] },
    {
      kind: 'table',
      caption: '一览',
      head: ['事件', '级别'],
      rows: [
        ['水', '橙色'],
        [HOSTILE, '蓝色'],
      ],
    },
    {
      kind: 'volume',
      caption: '每小时',
      said: '最多的一小时是08:00',
      hours: [0, 10, 20].map((count, n) => ({ label: `0${n}:00`, count, burst: n === 2 })),
      burstWord: '爆发',
    },
  ],
  closing: ['澄湾县　3月11日'],
  onePage: false,
  mark: 'DEMO',
};

describe('HTML', () => {
  const html = renderHtml(PAPER, '/paper.css');
  test('carries no script, no inline style and no event handler: the content policy forbids them', () => {
    expect(html).not.toMatch(/<script|<style|\sstyle=|<img|<[^>]*\son\w+=/iu);
    expect(html).toContain('<link rel="stylesheet" href="/paper.css">');
  });
  test('escapes what it is given', () => expect(html.split('&#60;script&#62;').length - 1).toBe(3));
  test('holds each part, with the burst told apart and the chart said in words', () => {
    for (const part of [
      '<h1>舆情日报</h1>',
      '<h2>一、总体情况</h2>',
      '<h3>关键节点</h3>',
      'DEMO',
      'class="paper-burst"',
      'aria-label="最多的一小时是08:00"',
      '<th scope="col">事件</th>',
    ]) {
      expect(html).toContain(part);
    }
  });
  test('a one-page paper says so to the stylesheet', () =>
    expect(renderHtml({ ...PAPER, onePage: true }, '/p')).toContain('class="paper paper-one"'));
  test('every class used has a rule, and the page is A4', () => {
    for (const [, name] of `${html} class="paper-one"`.matchAll(/class="([\w-]+)"/gu)) expect(PAPER_CSS).toContain(`.${name}`);
    expect(PAPER_CSS).toContain('size: A4');
  });
});

/** Reads one file of a zip from its local headers; enough for what the docx writer makes. */
function unzip(bytes: Uint8Array, name: string): string {
  const buffer = Buffer.from(bytes);
  for (let end = buffer.lastIndexOf('PK\u0005\u0006', undefined, 'latin1'), at = buffer.readUInt32LE(end + 16); at < end; ) {
    const [size, nameLength, extra, comment, local] = [
      buffer.readUInt32LE(at + 20),
      buffer.readUInt16LE(at + 28),
      buffer.readUInt16LE(at + 30),
      buffer.readUInt16LE(at + 32),
      buffer.readUInt32LE(at + 42),
    ];
    if (buffer.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
      const data = buffer.subarray(start, start + size);
      return (buffer.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`no ${name} in the zip`);
}

describe('DOCX', async () => {
  const bytes = await renderDocx(PAPER);
  const xml = unzip(bytes, 'word/document.xml');
  test('has the look of GB/T 9704: margins, grid of lines and characters, fonts by name', () => {
    expect(xml).toMatch(/w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/u);
    expect(xml).toMatch(/<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-848"\/>/u);
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/u);
    for (const font of ['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312']) expect(xml).toContain(`w:eastAsia="${font}"`);
  });
  test('a one-page paper is set smaller, without the character grid', async () => {
    const small = unzip(await renderDocx({ ...PAPER, onePage: true }), 'word/document.xml');
    expect(small).not.toContain('linesAndChars');
    expect(small).toMatch(/w:pgMar w:top="964"/u);
    expect(small).not.toMatch(/<w:sz w:val="32"\/>/u);
  });
  test('holds every text, escaped', () => {
    for (const part of ['舆情日报', '一、总体情况', '城东自来水', '无超期', '橙色：需核实。', '澄湾县', '▁', '█'])
      expect(xml).toContain(part);
    expect(xml).not.toContain('<script>');
    expect(xml.split('&lt;script&gt;').length - 1).toBe(3);
  });
  test('numbers its pages and carries the mark on each', () => {
    expect(unzip(bytes, 'word/footer1.xml')).toContain('PAGE');
    expect(unzip(bytes, 'word/header1.xml')).toContain('DEMO');
  });
});
