import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lines, readLines } from './lines.ts';

function read(text: string, options = {}): Lines {
  const outcome = readLines(text, options);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

describe('tables in the forms they come in', () => {
  const table: [text: string, expected: object, why: string][] = [
    [
      '标题,内容,发布时间\n停水,三栋停水了,2026-03-10 08:00',
      { title: '停水', body: '三栋停水了', publishedAt: Date.UTC(2026, 2, 10, 0) },
      'Chinese headings, local time',
    ],
    [
      '\ufeffid;subject;text;created_at\n7;Water;No water at all;2026-03-10T08:00:00Z',
      { key: '7', title: 'Water', body: 'No water at all', publishedAt: Date.UTC(2026, 2, 10, 8) },
      'semicolons and a mark',
    ],
    [
      'url\tcontent\nhttps://a.example/1\tbrown water',
      { key: 'https://a.example/1', address: 'https://a.example/1', body: 'brown water' },
      'tabs; the address is the key',
    ],
    ['title,body\nx,"two\nlines, one ""cell"""', { body: 'two\nlines, one "cell"' }, 'quoted cells'],
    ['{"title":"t","body":"b","views":"1,200"}', { title: 't', body: 'b', reach: 1200 }, 'JSON line'],
    [
      '[{"message":"brown water","user":"jane","category":"Water"}]',
      { body: 'brown water', author: 'jane', section: 'Water' },
      'JSON list',
    ],
    ['编号,诉求内容（必填）,所属街道\n12,水发黄,城关镇', { key: '12', body: '水发黄', place: '城关镇' }, 'heading with a remark'],
    [
      'a,b\n1,The water in our street has been brown for days',
      { body: 'The water in our street has been brown for days' },
      'no known heading: the longest text',
    ],
  ];
  for (const [text, expected, why] of table) test(why, () => expect(read(text).items[0]).toMatchObject(expected));
});

test('columns may be told, either way round', () => {
  const text = '甲,乙\n停水了三天,2026-03-10';
  expect(read(text, { columns: { body: '甲', publishedAt: '乙' } }).items[0]?.publishedAt).toBeDefined();
  expect(read(text, { columns: { 甲: 'title', 乙: 'publishedAt' } }).items[0]?.title).toBe('停水了三天');
});

test('without any column of text the table is refused', () => {
  expect(readLines('a,b\n1,2')).toEqual({ ok: false, refusal: { code: 'collect.columnsUnknown', details: { columns: 2 } } });
  expect(readLines('').ok).toBe(false);
});

test('every line gives an item or a note', () => {
  const { items, notes, nLines } = read('{"text":"one"}\nbroken\n{"text":""}\n\n[1]\n{"text":"two"}');
  expect([items.length, notes, nLines]).toEqual([2, ['line 2: is no JSON object', 'line 3: has no text', 'line 5: is no JSON object'], 5]);
});

describe('columns about persons are dropped, and their values masked in the texts', () => {
  const people: [heading: string, value: string][] = [
    ['姓名', '赵铁柱'],
    ['身份证号', '110105194912310021'],
    ['手机', '13800138000'],
    ['联系电话', '8765432'],
    ['微信', 'zhao_tz'],
    ['wechat', 'zhao_tz'],
    ['E-mail', 'zhao@example.com'],
    ['name', 'Jane Hartwell'],
    ['Phone Number', '555-0198'],
    ['家庭住址', '东门街12号'],
    ['反映人', '赵铁柱'],
    ['备注', '赵铁柱要求回电'],
    ['remark', 'call Jane Hartwell back'],
    ['favourite colour', 'CANARY'],
  ];
  for (const [heading, value] of people)
    test(`${heading}`, () => {
      const row = { 内容: `反映自来水发黄：${heading === 'favourite colour' ? '' : value}，请处理`, [heading]: value };
      for (const text of [JSON.stringify(row), `内容,${heading}\n"${row.内容}","${value}"`]) {
        const lines = read(text);
        expect(JSON.stringify(lines.items)).not.toContain(value);
        expect(lines.dropped).toContain(heading);
      }
    });
});

test('nothing in a table makes it throw', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('"', ',', '\n', '内容', 'x', '{', '}', '[', '\t', '\\', '\r'), { maxLength: 60 })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (raw) => void readLines(raw)),
    { seed: 9, numRuns: 500 },
  );
});
