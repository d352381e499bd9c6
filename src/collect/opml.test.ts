import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_OUTLINES, type OpmlSource, readOpml, writeOpml } from './opml.ts';

const of = (body: string): string => `<?xml version="1.0"?><opml version="1.1"><head><title>t</title></head><body>${body}</body></opml>`;

describe('dialects', () => {
  const cases: readonly [why: string, opml: string, wanted: readonly object[]][] = [
    [
      'a plain list',
      of('<outline type="rss" text="Water" title="Water news" xmlUrl="https://water.example/rss"/>'),
      [{ title: 'Water news', address: 'https://water.example/rss', folder: [], kind: '' }],
    ],
    ['no title', of('<outline xmlUrl="https://a.example/rss"/>'), [{ title: '', address: 'https://a.example/rss' }]],
    [
      'three folders deep',
      of(
        '<outline text="本地"><outline text="水务"><outline text="公告"><outline text="厂" xmlUrl="https://a.example/1"/></outline></outline></outline>',
      ),
      [{ title: '厂', folder: ['本地', '水务', '公告'] }],
    ],
    [
      'a bare ampersand',
      of('<outline text="R&D & more" xmlUrl="https://a.example/rss?a=1&b=2"/>'),
      [{ title: 'R&D & more', address: 'https://a.example/rss?a=1&b=2' }],
    ],
    [
      'attribute names in other letters',
      of('<OUTLINE TEXT="A" XMLURL="https://a.example/rss"/>'),
      [{ title: 'A', address: 'https://a.example/rss' }],
    ],
    ['feed: before the address', of('<outline text="A" xmlUrl="feed://a.example/rss"/>'), [{ address: 'http://a.example/rss' }]],
    ['the address under url', of('<outline type="atom" text="A" url="https://a.example/atom"/>'), [{ address: 'https://a.example/atom' }]],
    ['an entry without an address', of('<outline text="dead"/>'), [{ title: 'dead', address: '' }]],
    ['an address that runs something', of('<outline text="x" xmlUrl="javascript:alert(1)"/>'), [{ title: 'x', address: '' }]],
    ['a local file', of('<outline text="x" xmlUrl="file:///etc/passwd"/>'), [{ address: '' }]],
    [
      'an empty folder of no name beside a feed',
      of('<outline/><outline xmlUrl="https://a.example/"/>'),
      [{ address: '' }, { address: 'https://a.example/' }],
    ],
    [
      'never closed',
      '<opml><body><outline text="f"><outline xmlUrl="https://a.example/1"><outline xmlUrl="https://a.example/2">',
      [{ folder: ['f'] }, { folder: ['f'] }],
    ],
    [
      'an entity that a DTD declares',
      `<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>${of('<outline text="&x;" xmlUrl="https://a.example/"/>')}`,
      [{ title: '&x;' }],
    ],
  ];
  test.each(cases)('%s', (_why, opml, wanted) => {
    const read = readOpml(opml);
    expect(read.isOpml).toBe(true);
    expect(read.lines).toMatchObject(wanted);
    expect(read.lines).toHaveLength(wanted.length);
  });
  test('what is no OPML is told', () => {
    for (const text of ['', 'hello', '{"a":1}', '<rss><channel/></rss>', '<html><body>'])
      expect(readOpml(text)).toMatchObject({ isOpml: false, lines: [] });
  });
  test('lines are counted, and those beyond the most are said', () => {
    const read = readOpml(of('<outline xmlUrl="https://a.example/x"/>'.repeat(MOST_OUTLINES + 7)));
    expect([read.lines.length, read.lines.at(-1)?.line, read.nLeftOut]).toEqual([MOST_OUTLINES, MOST_OUTLINES, 7]);
  });
  test('depth costs no more than length', () => {
    expect(readOpml(`<opml>${'<outline text="a">'.repeat(200_000)}`).lines.length).toBeLessThanOrEqual(MOST_OUTLINES);
  }, 5000);
});

const name = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim());
const filledName = name.filter((text) => text !== '' && text.isWellFormed());
const source: fc.Arbitrary<OpmlSource> = fc.record({
  title: name.filter((text) => text.isWellFormed()),
  address: fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href),
  kind: fc.constantFrom('feed', 'page', 'forum'),
  folder: fc.array(filledName, { maxLength: 3 }),
});

test('what is written is read back, and written again is the same text', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 20 }), (sources) => {
      const written = writeOpml('标题 & <title>', sources);
      const { lines } = readOpml(written);
      expect(lines.length).toBe(sources.length);
      const again = lines.map((line): OpmlSource => ({ ...line, kind: line.kind === '' ? 'feed' : line.kind }));
      const key = (one: OpmlSource): string => JSON.stringify([one.address, one.kind, one.folder.map((part) => part.trim())]);
      expect(again.map(key).sort()).toEqual(sources.map(key).sort());
      expect(writeOpml('标题 & <title>', again)).toBe(written);
    }),
  );
});
