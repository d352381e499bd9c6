import { describe, expect, test } from 'vitest';
import { NOW, source } from '../../../test/stubs/sourceKit.ts';
import { type SheetCell, workbook, zipFile } from '../../../test/stubs/zipFile.ts';
import collector from './spreadsheet.ts';

const TEXT = '东门片区自来水发黄，居民请求检测水质并公布结果。';
const read = (bytes: Uint8Array, settings = {}) => collector.receive(source('spreadsheet', { settings }), { bytes, contentType: '' }, NOW);
/** 2026-03-09 08:30 as a spreadsheet counts. */
const DAY = { date: Date.UTC(2026, 2, 9, 8, 30) / 86_400_000 + 25_569 };
const HEAD = ['工单编号', '诉求标题', '诉求内容', '受理时间', '来电人姓名', '联系电话'];
const ROW: readonly SheetCell[] = ['GD-1', '水黄', `${TEXT}王小明的电话是13900000000`, DAY, '王小明', '13900000000'];

describe('workbooks', () => {
  const cases: readonly [why: string, sheets: Parameters<typeof workbook>[0], settings: object][] = [
    ['heading first', { 表一: [HEAD, ROW] }, {}],
    ['titles above the heading', { 表一: [['热线工单汇总表'], [null, '单位：件'], [], HEAD, ROW] }, {}],
    ['the sheet with most rows', { 说明: [['填表说明']], 数据: [HEAD, ROW] }, {}],
    [
      'a named sheet',
      {
        大表: [
          ['无关', '内容'],
          ['a', 'b'],
          ['c', 'd'],
        ],
        数据: [HEAD, ROW],
      },
      { sheet: '数据' },
    ],
    [
      'a sheet by number',
      {
        大表: [
          ['无关', '内容'],
          ['a', 'b'],
          ['c', 'd'],
        ],
        数据: [HEAD, ROW],
      },
      { sheet: '2' },
    ],
  ];
  test.each(cases)('%s', async (_why, sheets, settings) => {
    const { items, stopped } = await read(workbook(sheets), settings);
    expect(stopped).toBeUndefined();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ key: 'GD-1', title: '水黄', publishedAt: Date.parse('2026-03-09T08:30:00+08:00') });
    expect(JSON.stringify(items)).not.toMatch(/王小明|13900000000/);
  });
  test('other sheets are named, rows without text noted', async () => {
    const { items, notes } = await read(workbook({ 数据: [HEAD, ROW, ['GD-2']], 其他: [['a'], ['b']] }));
    expect([items.length, notes]).toEqual([1, ['sheets not read: 其他', 'line 2: has no text']]);
  });
  test('five thousand rows', async () => {
    const rows = Array.from({ length: 5000 }, (_, n): SheetCell[] => [`GD-${n}`, `第${n}件`, TEXT, DAY, null, null]);
    expect((await read(workbook({ 数据: [HEAD, ...rows] }))).items.length).toBe(5000);
  });
});

describe('what is none', () => {
  const cases: readonly [why: string, bytes: Uint8Array, note: string][] = [
    ['text', new TextEncoder().encode('a,b\n1,2'), 'spreadsheet.notXlsx'],
    ['cut in the middle', workbook({ 数据: [HEAD, ROW] }).slice(0, 700), 'spreadsheet.notXlsx'],
    ['a zip file of something else', zipFile([{ name: 'a.txt', bytes: new Uint8Array(10) }]), 'spreadsheet.notXlsx'],
    [
      'one that says it becomes 65 MB',
      workbook({ 数据: [HEAD, ROW] }, [{ name: 'xl/sharedStrings.xml', bytes: new Uint8Array(10), says: 65 * 1024 * 1024 }]),
      'spreadsheet.tooLarge',
    ],
    [
      'one that swells a thousandfold',
      workbook({ 数据: [HEAD, ROW] }, [{ name: 'xl/sharedStrings.xml', bytes: new Uint8Array(70 * 1024 * 1024) }]),
      'spreadsheet.tooLarge',
    ],
  ];
  test.each(cases)('%s', async (_why, bytes, note) => {
    const { items, notes, stopped } = await read(bytes);
    expect([items, notes, stopped?.kind]).toEqual([[], [note], 'refused']);
  });
  test('one that lies about its size gives no more than it said', async () => {
    const xml = new TextEncoder().encode(`<sst>${'<si><t>x</t></si>'.repeat(200_000)}</sst>`);
    const lying = workbook({ 数据: [HEAD, ROW] }, [{ name: 'xl/worksheets/sheet9.xml', bytes: xml, says: 20 }]);
    const before = process.memoryUsage().rss;
    const { items } = await read(lying);
    expect(items.length).toBeLessThanOrEqual(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });
});
