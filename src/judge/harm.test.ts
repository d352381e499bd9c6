import { describe, expect, test } from 'vitest';
import { readHarm } from './harm.ts';
import { HARM_WORDS } from './harmWords.ts';

const TABLE: [text: string, kind: string, severity: number, why: string][] = [
  ['三个孩子喝了水上吐下泻，送医院了', 'injury', 0.9, 'asserted'],
  ['三个孩子喝了水上吐下泻，送医院了', 'vulnerable', 0.15, 'children beside harm'],
  ['有孩子在公园玩', 'vulnerable', 0, 'children without harm are no harm'],
  ['没有人受伤', 'injury', 0, 'denied'],
  ['目前无人员伤亡，未发现中毒病例', 'illness', 0, 'denied by an office'],
  ['是不是有人中毒了？', 'illness', 0.85 * 0.35, 'asked'],
  ['工资为什么还没发？', 'unpaid', 0.85, 'a question that presumes it'],
  ['担心孩子喝了会中毒', 'illness', 0.85 * 0.5, 'feared'],
  ['听说化工厂漏了', 'hazard', 0.7 * 0.6, 'hearsay'],
  ['网上说爆炸是谣言', 'hazard', 0, 'called a rumour'],
  ['今天消防演练，模拟起火', 'hazard', 0, 'a drill'],
  ['两百多户的地租一直没给', 'unpaid', 0.85, 'rent unpaid'],
  ['两百多户的地租一直没给', 'many', 0.15, 'many households'],
  ['老人的胰岛素断了三天', 'medicine', 0.9, 'medicine stopped'],
  ['自來水發黃有股味', 'contamination', 0.6, 'traditional characters'],
  ['工地半夜噪音太大睡不着', 'nuisance', 0.2, 'noise is little harm'],
  ['Three children were taken to the hospital', 'injury', 0.9, 'asserted in English'],
  ['No one was injured', 'injury', 0, 'denied in English'],
  ['Is it true that people got sick?', 'illness', 0.85 * 0.35, 'asked in English'],
  ['Workers have not been paid since May', 'unpaid', 0.85, 'wages in English'],
  ['This was a fire drill, the building was not on fire', 'hazard', 0, 'a drill in English'],
  ['Brown water from the tap again', 'contamination', 0.6, 'brown water'],
  ['I heard the plant had a leak', 'hazard', 0.7 * 0.6, 'hearsay in English'],
];
describe('what a text says has happened', () => {
  for (const [text, kind, severity, why] of TABLE) {
    test(`${text} -> ${kind} ${severity.toFixed(2)}: ${why}`, () =>
      expect(readHarm(text).find((find) => find.kind === kind)?.severity ?? 0).toBeCloseTo(severity, 5));
  }
});

/** only this test knows these words. */
const NEVER_HARM = [
  '抗议',
  '示威',
  '游行',
  '集会',
  '静坐',
  '罢工',
  '上访',
  '信访',
  '请愿',
  '联名',
  '维权',
  '投诉',
  '举报',
  '批评',
  '质疑',
  '抵制',
  '拉横幅',
  '堵门',
  '呼吁',
  '差评',
  'protest',
  'protesters marched',
  'demonstration',
  'rally',
  'march',
  'strike',
  'on strike',
  'sit-in',
  'petition',
  'petitioned',
  'boycott',
  'complaint',
  'complained',
  'criticism',
  'criticised',
  'reported it',
  'assembly',
  'picket',
  'banner',
  'activist',
];
describe('assembly and criticism are not harm', () => {
  for (const word of NEVER_HARM) {
    test(`no harm is read in ${word}`, () => {
      expect(readHarm(`今天有很多人${word}。`)).toEqual([]);
      expect(readHarm(`Many people: ${word} in town.`)).toEqual([]);
    });
    test(`no list holds ${word}`, () => {
      for (const list of HARM_WORDS) for (const entry of [...list.zh, ...list.en]) expect(entry.includes(word)).toBe(false);
    });
  }
});
