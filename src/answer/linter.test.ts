import { describe, expect, test } from 'vitest';
import type { Claim, Statement } from '../model/case.ts';
import { type LintKit, lint } from './linter.ts';

/** The shape the rules want; the workflow document's own example, in parts. */
const GOOD: Statement = {
  id: 's1',
  issueId: 'HD-1',
  number: 1,
  title: '关于城东自来水发黄、有异味的情况通报',
  language: 'zh',
  empathy: '大家关心的城东自来水发黄、有异味问题，给生活带来不便，我们深表歉意。',
  known: '3月9日22:30至10日4:50县水务公司冲洗东门DN400主管，冲洗范围大于原公告的3条街。',
  unknown: '异味具体成分；网传“化工厂泄漏”正由生态环境局现场核查；水能不能喝，待检测结果。',
  doing: '9个点位取样，结果今天17:00前公布。停用期间可到4个供水点取水。',
  nextUpdateAt: 1,
  nextUpdate: '',
  contact: '咨询：12345',
  claimIds: ['c1'],
  promises: [],
  state: 'draft',
  draftedBy: 'lin',
  draftedAt: 0,
  machineDrafted: false,
  reviewedBy: null,
  reviewedAt: null,
  rev: 0,
};
const CLAIM = { id: 'c1', text: '化工厂泄漏' } as unknown as Claim;
const KIT: LintKit = { questions: [], claims: [CLAIM], other: null };
const EN: Statement = {
  ...GOOD,
  language: 'en',
  title: 'Tap water in the east',
  empathy: 'We are sorry for the trouble.',
  known: 'From 22:30 on 9 March to 4:50 on 10 March the Water Co. flushed the DN400 main at East Gate, more than the 3 streets announced.',
  unknown: 'What causes the smell.',
  doing: 'Samples from 9 points, results by 17:00; 4 water points are open.',
};

const table: [changes: Partial<Statement>, kit: Partial<LintKit>, rules: number[], why: string][] = [
  [{}, {}, [], 'a good one has no remark'],
  [EN, { claims: [] }, [], 'a good English one neither'],
  [{ empathy: '现将有关情况通报如下。' }, {}, [1], 'no concern in the first 80 characters'],
  [{ empathy: `${'水'.repeat(80)}对不起` }, {}, [1], 'concern comes too late'],
  [{ known: '水管冲洗了。' }, {}, [2, 2], 'neither when nor where'],
  [{ known: '县水务公司冲洗了主管。' }, {}, [2], 'where but not when'],
  [{ unknown: '' }, {}, [3], 'what is unknown is not said'],
  [{ doing: '' }, {}, [4], 'what is done is not said'],
  [{ nextUpdateAt: null }, {}, [5], 'no next update'],
  [{ nextUpdateAt: null, nextUpdate: 'none' }, {}, [], 'the last word'],
  [{ contact: '请向我们咨询' }, {}, [6], 'nowhere to ask'],
  [{ doing: '已责成相关部门于3月11日12:00前查清。' }, {}, [7], 'a nameless office'],
  [{ doing: '我们高度重视，将尽快解决。' }, {}, [8, 8], 'empty talk'],
  [{ doing: '将尽快、于今天17:00前公布。' }, {}, [], 'soon with a time is a time'],
  [{ ...EN, doing: 'We take this very seriously and will act as soon as possible.' }, { claims: [] }, [8, 8], 'empty talk in English'],
  [{}, { questions: [{ text: '水费谁来赔？' }] }, [9], 'an open question'],
  [{}, { questions: [{ text: '水费谁来赔？', mark: 'notYet' }] }, [], 'marked as not known yet'],
  [{}, { questions: [{ text: '水能不能喝？' }] }, [], 'answered in the text'],
  [{}, { questions: [...Array(5).fill({ text: '水能不能喝' }), { text: '谁来赔？' }] }, [], 'only the five most asked count'],
  [{ promises: [{ what: '减免水费', officeId: '', dueAt: 0 }] }, {}, [10, 10], 'a promise without owner and date'],
  [{ promises: [{ what: '减免水费', officeId: 'water', dueAt: 9 }] }, {}, [], 'a whole promise'],
  [{ doing: '我们承诺减免水费，3月20日前到账。' }, {}, [10], 'a promise in words that nobody tracks'],
  [{ doing: `今天17:00前公布。${'已取样。'.repeat(140)}` }, {}, [11], 'too long'],
  [{ known: `${GOOD.known}没有化工厂泄漏。` }, {}, [12], 'the claim twice'],
  [{ known: `化工厂泄漏不实。${GOOD.known}`, unknown: '异味成分。' }, {}, [12], 'the claim before the fact'],
  [{ empathy: '网传化工厂泄漏，大家担心。', unknown: '异味成分。' }, {}, [12], 'the claim in the first sentence'],
  [{ known: `${GOOD.known}网传化工厂泄漏不实。`, unknown: '异味成分。' }, {}, [], 'fact first, the claim once'],
  [{ known: `${GOOD.known}张某（13800001111）已联系。` }, {}, [13], 'a telephone number'],
  [{ known: `${GOOD.known}身份证110101199003078515。` }, {}, [13], 'an identity number'],
  [{ known: `${GOOD.known}车牌京A12345。` }, {}, [13], 'a number plate'],
  [{ contact: '邮箱 water@example.org，电话13800001111' }, {}, [], 'the office’s own contact stays'],
  [
    {},
    { other: { ...EN, doing: 'Samples from 8 points, results by 17:00; 4 water points are open.' } },
    [14],
    'different numbers in the two languages',
  ],
  [{}, { other: EN }, [], 'equal numbers, the month as a word'],
];
describe('lint', () => {
  for (const [changes, kit, rules, why] of table) {
    test(`${why}: ${rules.length === 0 ? 'no remark' : `rule ${rules}`}`, () => {
      const found = lint({ ...GOOD, ...changes }, { ...KIT, ...kit });
      expect(found.map((one) => one.rule)).toEqual(rules);
      for (const { rule, blocks, message } of found) {
        expect(blocks).toBe([5, 10, 13].includes(rule));
        expect(message.zh).toMatch(/\p{Script=Han}/u);
        expect(message.en.replace(/“.*?”/gu, '')).not.toMatch(/\p{Script=Han}/u);
      }
    });
  }
  test('a remark names the field and the words', () => {
    expect(lint({ ...GOOD, doing: '将尽快解决。' }, KIT)[0]?.at).toEqual({ field: 'doing', text: '尽快' });
  });
});
