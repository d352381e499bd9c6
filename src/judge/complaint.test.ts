import { describe, expect, test } from 'vitest';
import { complainedOf } from './complaint.ts';

const OFFICES = [
  { id: 'water', names: ['县水务公司', '水务公司', '水司', 'Water Company', 'Water Co.'] },
  { id: 'housing', names: ['住建局', '县住房和城乡建设局', 'Housing Office'] },
  { id: 'health', names: ['卫健委', '县卫生健康局', 'Health Bureau'] },
  { id: 'town', names: ['石桥镇政府', '镇政府', 'Shiqiao Town'] },
];
const TABLE: [text: string, offices: string[], why: string][] = [
  ['打水务公司电话一直没人接，根本不管', ['water'], 'nobody answers'],
  ['水務公司推諉，說不是他們的事', ['water'], 'traditional characters'],
  ['镇政府拖欠我们的地租两年', ['town'], 'owes'],
  ['水务公司已经在抢修了', [], 'named without failure'],
  ['水务公司没有推诿，态度很好', [], 'cleared'],
  ['没人管。水务公司在东门。', [], 'another sentence'],
  ['The Water Company ignored all our calls', ['water'], 'English'],
  ['Water Co. refuses to answer, Health Bureau came at once', ['water'], 'only the one before the word'],
  ['Shiqiao Town has not paid the rent', ['town'], 'has not paid'],
  ['卫健委来取样了，住建局不作为', ['housing'], 'the nearest one before'],
  ['互相踢皮球的住建局', ['housing'], 'the office after the word'],
  ['今天停水', [], 'no office'],
];
describe('offices named as having failed', () => {
  for (const [text, offices, why] of TABLE) {
    test(`${text} -> ${offices.join(', ') || 'none'}: ${why}`, () =>
      expect(complainedOf([{ id: 'd', text }], OFFICES).map((one) => one.officeId)).toEqual(offices));
  }
  test('counted over texts, most named first, with evidence', () => {
    const texts = ['水务公司不管', '住建局推诿', '水务公司瞒报'].map((text, i) => ({ id: `d${i}`, text }));
    expect(complainedOf(texts, OFFICES)).toEqual([
      { officeId: 'water', nTexts: 2, evidence: ['d0', 'd2'] },
      { officeId: 'housing', nTexts: 1, evidence: ['d1'] },
    ]);
  });
});
