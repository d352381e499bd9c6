import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, Item, Sighting } from '../model/document.ts';
import { MINUTE } from '../model/time.ts';
import { type HotListSettings, readHeat, readHotList } from './hotList.ts';
import { addSighting, MOST_SIGHTINGS, withSighting } from './sightings.ts';

const kit = { address: 'https://hot.example/list', now: Date.parse('2026-03-10T12:00:00+08:00'), zone: 'Asia/Shanghai' };
const WORDS = ['东门片区停水', '三路公交改线', '学校门口积水', '夜市噪声扰民', '老桥封闭维修'];

test.each<[unknown, number]>([
  ['3.2万', 32_000],
  ['1,234', 1234],
  ['12.5k', 12_500],
  ['热度 452万', 4_520_000],
  ['1.2亿', 120_000_000],
  [4521, 4521],
  ['', 0],
  [null, 0],
  [-3, 0],
  [Number.NaN, 0],
])('heat of %s', (raw, wanted) => {
  expect(readHeat(raw)).toBe(wanted);
});

const li = (form: (word: string, at: number) => string): string =>
  `<html><body><nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li><li><a href="/v">视频</a></li><li><a href="/m">我的</a></li></ul></nav><main>${WORDS.map(form).join('')}</main></body></html>`;
const page = (row: (word: string, at: number) => string): string =>
  `<html><body><main><ul>${WORDS.map(row).join('')}</ul></main></body></html>`;
const heatAt = (at: number): number => (50 - at) * 1000;

describe('shapes', () => {
  const cases: readonly [why: string, text: string, settings: HotListSettings, heats: boolean][] = [
    [
      'JSON: a list under data',
      JSON.stringify({ ok: 1, data: { list: WORDS.map((title, at) => ({ title, hot: heatAt(at), url: `/q/${at}` })) } }),
      {},
      true,
    ],
    [
      'JSON: words and raw numbers',
      JSON.stringify({ data: { realtime: WORDS.map((word, at) => ({ word, num: heatAt(at), realpos: at + 1 })) } }),
      {},
      true,
    ],
    [
      'JSON: nested titles, heat in words',
      JSON.stringify({
        data: WORDS.map((title, at) => ({ target: { title, url: `https://hot.example/${at}` }, detail_text: `${50 - at}千热度` })),
      }),
      {},
      true,
    ],
    [
      'JSON: beside a longer list of something else',
      JSON.stringify({ ads: Array.from({ length: 9 }, (_, n) => ({ id: n })), top: WORDS.map((name, at) => ({ name, heat: heatAt(at) })) }),
      {},
      true,
    ],
    [
      'JSON: told fields',
      JSON.stringify({ x: WORDS.map((w, at) => ({ w, k: heatAt(at), title: '无关' })) }),
      { list: 'x', title: 'w', heat: 'k' },
      true,
    ],
    [
      'a page: number, title, heat',
      page((word, at) => `<li><span>${at + 1}</span><a href="/q/${at}">${word}</a><em>${heatAt(at)}</em></li>`),
      {},
      true,
    ],
    [
      'a page: a table with heat in thousands',
      li((word, at) => `<table><tr><td>${at + 1}</td><td><a href="/q/${at}">${word}</a></td><td>${50 - at}千</td></tr></table>`),
      {},
      true,
    ],
    [
      'a page beside a menu',
      li((word, at) => `<div class="row"><a href="/q/${at}">${word}</a><span class="hot">${heatAt(at)}</span></div>`),
      {},
      true,
    ],
    ['a page without heat', page((word, at) => `<li><a href="/q/${at}">${word}</a></li>`), {}, false],
    [
      'a feed',
      `<rss version="2.0"><channel>${WORDS.map((word, at) => `<item><title>${word}</title><link>https://hot.example/${at}</link></item>`).join('')}</channel></rss>`,
      {},
      false,
    ],
  ];
  test.each(cases)('%s', (_why, text, settings, heats) => {
    const { entries, notes } = readHotList(text, { ...kit, settings });
    expect(entries.map((entry) => entry.title)).toEqual(WORDS);
    expect(entries.map((entry) => entry.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(entries.map((entry) => entry.heat)).toEqual(WORDS.map((_, at) => (heats ? heatAt(at) : 0)));
    expect(notes).toEqual([]);
  });
  test('what is no list says so, and nothing throws', () => {
    for (const text of ['', '{}', '[]', 'null', '[1,2]', '<html></html>', '{"data":[{"a":1}]}', '{"broken'])
      expect(readHotList(text, kit)).toMatchObject({ entries: [], notes: ['hotlist.noList'] });
    fc.assert(fc.property(fc.json(), (text) => readHotList(text, kit).entries.length >= 0));
    expect(readHotList(`${'['.repeat(5000)}{"title":"水"}${']'.repeat(5000)}`, kit).entries.length).toBe(1);
  });
});

describe('the course of an entry', () => {
  test('standing still costs two points, a change one each, an older look none', () => {
    let series: readonly Sighting[] = [];
    for (let hour = 0; hour < 100; hour++) series = addSighting(series, [hour * 60, 3, 500]);
    expect(series).toEqual([
      [0, 3, 500],
      [99 * 60, 3, 500],
    ]);
    series = addSighting(series, [100 * 60, 1, 900]);
    expect(series.length).toBe(3);
    expect(addSighting(series, [50 * 60, 2, 9])).toBe(series);
  });
  test('it never grows beyond its bound, keeps its ends and stays in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(1e6)), { minLength: 300, maxLength: 900 }), (looks) => {
        let series: readonly Sighting[] = [];
        looks.forEach(([rank, heat], at) => {
          series = addSighting(series, [at, rank + 1, heat]);
        });
        expect(series.length).toBeLessThanOrEqual(MOST_SIGHTINGS);
        expect([series[0]?.[0], series.at(-1)?.[0]]).toEqual([0, looks.length - 1]);
        expect(series.every((one, at) => at === 0 || one[0] > series[at - 1]![0])).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
  test('reach is the hottest it was; numbers that are none change nothing', () => {
    const document = { reach: 10 } as Document;
    const item = { rank: 2, heat: 700 } as Item;
    const once = withSighting(document, item, 60 * MINUTE);
    expect(once).toEqual({ reach: 700, sightings: [[60, 2, 700]] });
    expect(withSighting(once, { ...item, heat: 5 }, 90 * MINUTE)).toEqual({
      reach: 700,
      sightings: [
        [60, 2, 700],
        [90, 2, 5],
      ],
    });
    for (const rank of [0, -1, Number.NaN, undefined, '3' as unknown as number])
      expect(withSighting(document, { rank } as Item, 0)).toBe(document);
  });
});
