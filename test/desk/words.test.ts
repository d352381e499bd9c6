/** What the desk says, and how it writes times: no browser needed. */
import { describe, expect, test } from 'vitest';
import { fieldSpan, spanField } from '../../web/admin/spanField.ts';
import { fieldOf, instantOf, spanWords } from '../../web/parts/time.ts';
import { en } from '../../web/words/en.ts';
import { fill } from '../../web/words/fill.ts';
import { zh } from '../../web/words/zh.ts';

const valuesOf = (sentence: string) => new Set([...sentence.matchAll(/\{(\w+)/gu)].map((match) => match[1]));

describe('words', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });
  test('no text is empty, and both sides name the same values', () => {
    for (const [key, text] of Object.entries(zh)) {
      const other = en[key as keyof typeof zh];
      expect(text.length, key).toBeGreaterThan(0);
      expect(other.length, key).toBeGreaterThan(0);
      expect(valuesOf(other), key).toEqual(valuesOf(text));
    }
  });
});

const FILLED: [string, Record<string, string | number>, string, string][] = [
  ['{n} {n|issue|issues}', { n: 1 }, '1 issue', 'one'],
  ['{n} {n|issue|issues}', { n: 3 }, '3 issues', 'several'],
  ['剩 {span}', { span: '13分' }, '剩 13分', 'a plain value'],
  ['{who}', {}, '{who}', 'a value that is not given stays visible'],
];
for (const [sentence, values, said, why] of FILLED) test(`fill: ${why}`, () => expect(fill(sentence, values)).toBe(said));

const SPANS: [string, number | null | undefined, string][] = [
  ['', null, 'empty is no clock'],
  ['1:30', 5_400_000, 'hours and minutes'],
  ['2', 7_200_000, 'hours alone'],
  ['1：05', 3_900_000, 'a full-width colon'],
  ['1:75', undefined, 'no such minute'],
  ['soon', undefined, 'not a time'],
];
for (const [text, span, why] of SPANS) test(`span field: ${why}`, () => expect(fieldSpan(text)).toBe(span));
test('a span is written as it is read', () => {
  for (let minutes = 0; minutes < 4_000; minutes += 37) expect(fieldSpan(spanField(minutes * 60_000))).toBe(minutes * 60_000);
});

test('a time typed in the body’s zone is that time, also over a change of the clocks', () => {
  for (const zone of ['Asia/Shanghai', 'Europe/London', 'America/St_Johns']) {
    for (let at = Date.UTC(2026, 2, 28); at < Date.UTC(2026, 2, 31); at += 3 * 3_600_000)
      expect(instantOf(fieldOf(at, zone), zone)).toBe(at);
  }
});

test.each([
  [178 * 60_000, '2小时58分', '2 h 58 m'],
  [-122 * 60_000, '2小时2分', '2 h 2 m'],
  [27 * 3_600_000, '1天3小时', '1 d 3 h'],
  [20_000, '不到1分', '< 1 m'],
])('span %i is said in two units at most', (span, chinese, english) => {
  expect(spanWords(span, 'zh')).toBe(chinese);
  expect(spanWords(span, 'en')).toBe(english);
});
