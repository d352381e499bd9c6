import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REFUSAL_CODES } from '../model/outcome.ts';
import { both, sayIn, sayRefusal, type WordKey } from './say.ts';
import { en } from './words/en.ts';
import { refusalsEn } from './words/refusalsEn.ts';
import { refusalsZh } from './words/refusalsZh.ts';
import { zh } from './words/zh.ts';

const keys = Object.keys(zh) as WordKey[];
const placeholders = (sentence: string): readonly string[] => [...new Set(sentence.match(/\{\w+\}/gu) ?? [])].sort();

describe('the four lists of refusals are one', () => {
  const codes = [...REFUSAL_CODES].sort();
  const page = readFileSync(new URL('../../docs/refusals.md', import.meta.url), 'utf8');
  const rows = new Map(
    Array.from(page.matchAll(/^\| `([\w.]+)` \| (.+) \| (.+) \|$/gmu), ([, code, inZh, inEn]) => [code!, [inZh!, inEn!]]),
  );
  test('the Chinese list has exactly the codes', () => expect(Object.keys(refusalsZh).sort()).toEqual(codes));
  test('the English list has exactly the codes', () => expect(Object.keys(refusalsEn).sort()).toEqual(codes));
  test('docs/refusals.md has exactly the codes', () => expect([...rows.keys()].sort()).toEqual(codes));
  test('docs/refusals.md has the sentences that people read', () => {
    for (const code of REFUSAL_CODES) {
      const said = sayRefusal({ code });
      expect(rows.get(code)).toEqual([said.zh, said.en]);
    }
  });
  test('codes are room.reason', () =>
    expect(codes.filter((code) => !/^(collect|judge|warn|answer|http|account)\.[a-z][A-Za-z]+$/u.test(code))).toEqual([]));
});

describe('both languages', () => {
  test('hold the same keys', () => expect(Object.keys(en).sort()).toEqual([...keys].sort()));
  test('are never empty', () => expect(keys.filter((key) => zh[key].trim() === '' || en[key].trim() === '')).toEqual([]));
  test('name the same values', () => {
    // The language switch names the other language, and a list mark is only a mark.
    expect(keys.filter((key) => placeholders(zh[key]).join() !== placeholders(en[key]).join())).toEqual([]);
  });
  test('Chinese is Chinese and English is English', () => {
    const marks = new Set<string>(['public.language', 'paper.listMark']);
    expect(keys.filter((key) => !marks.has(key) && !/\p{Script=Han}|^\{\w+\}/u.test(zh[key]))).toEqual([]);
    expect(keys.filter((key) => !marks.has(key) && /\p{Script=Han}/u.test(en[key]))).toEqual([]);
  });
});

const table: [key: WordKey, values: Record<string, string | number>, expected: string, why: string][] = [
  [
    'receipt.withOffice',
    { office: '县水务公司', time: '3月10日14:40' },
    '已转县水务公司办理，将于3月10日14:40前答复。',
    'all values given',
  ],
  ['receipt.withOffice', { office: '县水务公司' }, '已转县水务公司办理。', 'a part with a missing value is left out'],
  ['bulletin.about', { count: 0 }, '约0', 'nought is a value'],
  ['notice.why', {}, '原因：—', 'a missing value outside such a part is shown as a dash'],
  ['notice.why', { why: '{x} $1' }, '原因：{x} $1', 'a value is never read as a pattern'],
];
describe('say', () => {
  for (const [key, values, expected, why] of table) test(`${key}: ${why}`, () => expect(sayIn('zh')(key, values)).toBe(expected));
  test('states and fields among the details of a refusal are named in words', () => {
    expect(sayRefusal({ code: 'answer.wrongStep', details: { from: 'open', to: 'published' } })).toEqual({
      zh: '现在不能这样做：“已立单”不能直接变为“已公开”。',
      en: 'That cannot be done now: “open” cannot become “published” directly.',
    });
    expect(sayRefusal({ code: 'answer.fieldMissing', details: { field: 'unknown' } }).zh).toBe('还缺少“尚未核实”必填内容。');
  });
  test('both gives both', () => expect(both('level.red')).toEqual({ zh: '红色', en: 'red' }));
});
