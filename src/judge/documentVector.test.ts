import { describe, expect, test } from 'vitest';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { countTerms, documentTerms, documentVectors, emptyTermCounts, forgetDays } from './documentVector.ts';

describe('terms of a document', () => {
  const cases: [name: string, text: string, has: string[], hasNot: string[]][] = [
    ['Han characters by pairs', '自来水发黄', ['自来', '来水', '水发'], []],
    ['a lone Latin letter says nothing', 'The U.S. plan B fails', ['plan'], ['u', 's', 'b']],
    ['a lone digit does', '7路公交', ['7'], []],
  ];
  for (const [name, text, has, hasNot] of cases) {
    test(name, () => {
      const { all } = documentTerms({ title: '', text }, /[\u4e00-\u9fff]/.test(text) ? zh : en);
      for (const term of has) expect(all.has(term), term).toBe(true);
      for (const term of hasNot) expect(all.has(term), term).toBe(false);
    });
  }
  test('a vector has the length 1, its rarest terms first', () => {
    const counts = emptyTermCounts();
    for (const text of ['停水通知', '停水公告', '停水消息', '停水黄了']) countTerms(counts, documentTerms({ title: '', text }, zh), 1);
    const { all } = documentVectors(documentTerms({ title: '', text: '停水黄了' }, zh), counts);
    expect(Math.hypot(...all.weights)).toBeCloseTo(1);
    expect(all.terms.indexOf('停水')).toBeGreaterThan(all.terms.indexOf('黄了'));
  });
});

describe('counts of terms', () => {
  const one = documentTerms({ title: '', text: '停水黄了' }, zh);
  test('what is older than the days kept is forgotten by the week, and nothing else', () => {
    const counts = emptyTermCounts();
    for (let day = 100; day < 190; day++) countTerms(counts, one, day);
    forgetDays(counts, 150, 50_000);
    expect(counts.nDocuments).toBeGreaterThanOrEqual(40);
    expect(counts.nDocuments).toBeLessThanOrEqual(46);
    expect(counts.nHolding.get('停水')?.nDocuments).toBe(counts.nDocuments);
    forgetDays(counts, 300, 50_000);
    expect([counts.nDocuments, counts.nHolding.size, counts.spells.size]).toEqual([0, 0, 0]);
  });
  test('more than the most documents: the oldest go first', () => {
    const counts = emptyTermCounts();
    for (let day = 0; day < 30; day++) for (let i = 0; i < 10; i++) countTerms(counts, one, day);
    forgetDays(counts, 0, 200);
    expect(counts.nDocuments).toBeLessThanOrEqual(200);
    expect(counts.nDocuments).toBeGreaterThan(100);
  });
});
