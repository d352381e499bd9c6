import { describe, expect, test } from 'vitest';
import type { Claim, Verdict } from '../model/case.ts';
import { addEvidence, decide, mayCorrect, openClaim } from './claim.ts';

const START = { id: 'c1', issueId: 'HD-1', firstDocumentId: null, nDocuments: 31, nVoices: 20, by: 'lin' };
const FOUND = { what: '厂区无泄漏', source: '县生态环境局现场检查', at: 1, by: 'ecology' };

const opinions: string[] = [
  '我觉得水务公司太差劲了',
  '这个局就是不作为',
  '发帖的人都是骗子',
  '他是造谣者',
  '学校食堂最差',
  '应该换一家物业',
  '领导不负责任',
  '凭什么听他们的',
  '服务态度恶劣',
  '这些人就是别有用心的人',
  'The water company is useless',
  'They should resign',
  'I think the council is lazy',
  'The people who post this are trolls',
  'He is a liar',
  'This is a disgrace',
  'The worst service in the county',
  'Nobody cares about us',
  'That decision was unfair',
  'The new bus plan is ridiculous',
];
const facts: string[] = [
  '化工厂泄漏了',
  '三个孩子喝水后被送医',
  '昨晚东门停水',
  '自来水里铁含量超标',
  '食堂每餐涨价3元',
  '医院预约系统取消了下周的号',
  '7路公交已经停开',
  '石桥镇拖欠土地租金两年',
  '水厂负责人收受贿赂',
  '最近三天有人中毒',
  '我觉得水里有毒，昨天有5人住院',
  'A chemical plant leaked into the river',
  'Three children were taken to hospital',
  'The water was shut off last night',
  'The school charged 3 yuan more',
  'Bus 7 was cancelled',
  'The terrible smell began on 9 March',
  'The office closed the complaint without an answer',
  'The contractor paid bribes',
  'The well is contaminated',
];
describe('only facts can be checked', () => {
  for (const text of opinions)
    test(`refused as opinion or label: ${text}`, () =>
      expect(openClaim({ ...START, text }, 1)).toMatchObject({ refusal: { code: 'answer.opinionIsNotFalse' } }));
  for (const text of facts) test(`opened as a claim: ${text}`, () => expect(openClaim({ ...START, text }, 1).ok).toBe(true));
  test('an empty one is refused', () => expect(openClaim({ ...START, text: ' ' }, 1).ok).toBe(false));
});

const opened = openClaim({ ...START, text: '化工厂泄漏了' }, 1);
const bare = (opened as { value: Claim }).value;
const proven = (addEvidence(bare, FOUND) as { value: Claim }).value;

const verdicts: [claim: Claim, verdict: Verdict, reviewer: string | null, code: string | null, why: string][] = [
  [bare, 'true', 'chen', 'answer.evidenceMissing', 'no verdict without evidence'],
  [bare, 'unknowable', null, 'answer.evidenceMissing', 'not even that it cannot be known'],
  [proven, 'true', null, null, 'true needs evidence only'],
  [proven, 'false', null, 'answer.fieldMissing', 'false needs a reviewer'],
  [proven, 'partly', null, 'answer.fieldMissing', 'partly false too'],
  [proven, 'false', 'lin', 'answer.reviewerIsDrafter', 'another person'],
  [proven, 'false', 'chen', null, 'false with evidence and reviewer'],
  [{ ...proven, text: '他是骗子' }, 'false', 'chen', 'answer.opinionIsNotFalse', 'a label on a person is never false'],
  [{ ...proven, evidence: [{ ...FOUND, source: ' ' }] }, 'true', null, 'answer.evidenceMissing', 'evidence without a source is none'],
];
describe('decide', () => {
  for (const [claim, verdict, reviewer, code, why] of verdicts) {
    test(`${verdict}: ${why}`, () => {
      const decided = decide(claim, verdict, 'lin', reviewer === null ? null : { by: reviewer, isFact: true }, 9);
      if (code === null) expect(decided).toMatchObject({ ok: true, value: { verdict, decidedAt: 9, reviewedBy: reviewer } });
      else expect(decided).toMatchObject({ ok: false, refusal: { code } });
    });
  }
  test('what the word lists let through, the reviewer stops', () => {
    const claim = { ...proven, text: '这事办得太窝囊' };
    expect(decide(claim, 'false', 'lin', { by: 'chen', isFact: false }, 9)).toMatchObject({
      refusal: { code: 'answer.opinionIsNotFalse' },
    });
  });
  test('evidence needs what and where from', () => {
    expect(addEvidence(bare, { ...FOUND, what: '' }).ok).toBe(false);
    expect(addEvidence(bare, { ...FOUND, source: '' }).ok).toBe(false);
  });
  test('a correction may not rest on an open or unreviewed verdict, however the row came about', () => {
    expect(mayCorrect(proven).ok).toBe(false);
    expect(mayCorrect({ ...proven, verdict: 'false' }).ok).toBe(false);
    expect(mayCorrect({ ...proven, verdict: 'false', reviewedBy: 'chen' }).ok).toBe(true);
    expect(mayCorrect({ ...bare, verdict: 'true' }).ok).toBe(false);
  });
});
