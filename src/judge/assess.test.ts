import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Assessment, compareLevels, FACTOR_NAMES, type Level, LEVELS, type Override } from '../model/assessment.ts';
import type { Document } from '../model/document.ts';
import type { Standing } from '../model/source.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import zh from '../text/lang/zh.ts';
import { assess } from './assess.ts';
import { attachByPerson } from './persons.ts';
import { place } from './cluster.ts';
import { levelInForce, levelOf } from './level.ts';
import { newJudgeState, type Placement } from './state.ts';

const T = Date.UTC(2026, 2, 10);
const STANDINGS: Record<string, Standing> = {
  bbs: 'community',
  fedi: 'community',
  desk: 'desk',
  daily: 'press',
  evening: 'press',
  gov: 'official',
  field: 'field',
  notes: 'press',
};

interface Text {
  readonly text: string;
  readonly at: number;
  readonly source: string;
  readonly who?: string;
  readonly copyOf?: string;
  readonly place?: string;
  readonly sure?: string;
}

/** All texts in one issue, whatever they say: the colour is what is tested, not the grouping. */
function judge(texts: readonly Text[], now: number, override: Override | null = null): { assessment: Assessment; placed: Placement } {
  const state = newJudgeState();
  let last: Placement | null = null;
  let issueId: string | null = null;
  for (const [i, one] of texts.entries()) {
    const document: Document = {
      id: `d${i}`,
      sourceId: one.source,
      key: `k${i}`,
      address: '',
      kind: 'post',
      title: '',
      text: one.text,
      language: 'zh',
      pseudonym: (one.who ?? `p${i}`) as Document['pseudonym'],
      publishedAt: one.at,
      seenAt: one.at,
      version: 1,
      previousId: null,
      thread: null,
      place: one.place ?? null,
      section: null,
      sure: one.sure ?? null,
      reach: 0,
      nImages: 0,
      fingerprint: { exact: '', minhash: '', nShingles: 0 },
      copyOf: one.copyOf ?? null,
      copyHow: one.copyOf ? 'exact' : null,
      nRedactions: 0,
      marks: [],
    };
    const context = {
      now: one.at,
      source: { id: one.source, standing: STANDINGS[one.source] ?? 'community', family: one.source, audience: 0 },
      topicIds: ['t'],
      pack: zh,
    };
    if (issueId === null) {
      last = place(state, document, context);
      issueId = last.issue.id;
    } else if (one.copyOf !== undefined) last = place(state, document, context);
    else {
      const attached = attachByPerson(state, document, issueId, { by: 'x', because: 'x', now: one.at }, context);
      if (!attached.ok) throw new Error('refused');
      last = { ...attached.value, mention: attached.value.mentions[0]!, opened: false };
    }
  }
  if (last === null) throw new Error('no texts');
  return { assessment: assess(last.issue, last.facts, override, now), placed: last };
}

/** `n` texts over `hours`, from the sources in turn, by the share given. */
function spread(n: number, hours: number, sources: readonly string[], texts: readonly string[], start = T): Text[] {
  return Array.from({ length: n }, (_, i) => ({
    text: `${texts[i % texts.length]}（${i}）`,
    at: start + Math.round((i * hours * HOUR) / Math.max(1, n - 1)),
    source: sources[i % sources.length] ?? 'bbs',
    ...(i % 4 === 0 ? { place: `小区${i % 3}` } : {}),
  }));
}

const WATER = [
  '自来水是黄的，有股味',
  '水龙头出来黄水，不敢喝',
  '自来水发黄有异味，家里有孩子',
  '我们小区几十户都是黄水',
  '水浑浊，能喝吗？',
];
const SICK = ['听说三个孩子喝水送医院了', '孩子喝了水拉肚子', '网传化工厂泄漏，有孩子住院'];
const RENT = ['两百多户的土地租金两年没给了', '地租一直没发，老人靠这个生活', '租金拖欠两年，全村都没拿到', '欠我们的地租到底什么时候给'];
const NOISE = ['工地夜里施工噪音大，睡不着', '半夜轰隆响，孩子睡不好', '夜间施工扰民', '凌晨两点还在吵'];
const PRICE = ['食堂涨价了，一顿多收三块', '学校食堂涨到十五了，学生都说贵', '饭菜涨价，孩子吃不饱', '食堂提价没通知家长'];

describe('what issues of known kinds come to', () => {
  const rent = [
    ...spread(12, 44, ['bbs', 'desk', 'bbs', 'fedi'], RENT),
    { text: '核实：石桥地租确实拖欠，涉及两百户', at: T + 45 * HOUR, source: 'field', sure: 'confirmed' },
  ];
  const early = spread(18, 2, ['bbs', 'desk', 'fedi', 'bbs'], WATER);
  const late = [
    ...early,
    ...spread(90, 4, ['bbs', 'fedi', 'desk', 'bbs', 'evening', 'notes', 'bbs', 'daily'], [...WATER, ...SICK], T + 2 * HOUR),
  ];
  const cases: [name: string, texts: readonly Text[], now: number, allowed: Level[]][] = [
    ['13 texts of unpaid rent for many, over two days', rent, T + 46 * HOUR, ['yellow']],
    ['18 texts of spoilt water in two hours from three sources', early, T + 2 * HOUR, ['yellow']],
    ['12 texts of spoilt water in an hour and a half', spread(12, 1.5, ['bbs', 'desk', 'fedi'], WATER), T + 1.5 * HOUR, ['yellow']],
    ['the same with illness of children, press and 90 more texts', late, T + 6 * HOUR, ['orange']],
    ['24 texts about night noise over two days', spread(24, 47, ['bbs', 'desk'], NOISE), T + 48 * HOUR, ['blue']],
    ['33 texts about night noise over two days, half to the desk', spread(33, 47, ['desk', 'bbs'], NOISE), T + 48 * HOUR, ['blue']],
    [
      '30 texts about a price, six sources, a day and a half',
      spread(30, 36, ['bbs', 'desk', 'fedi', 'bbs', 'evening', 'notes', 'daily', 'field'], PRICE),
      T + 37 * HOUR,
      ['blue', 'yellow'],
    ],
    ['two texts that something is broken', spread(2, 3, ['bbs', 'desk'], ['路灯坏了']), T + 4 * HOUR, ['none']],
    [
      'one text of an accident with dead people',
      [{ text: '工厂爆炸，死亡三人，多人受伤送医', at: T, source: 'bbs' }],
      T + HOUR,
      ['none', 'blue'],
    ],
    [
      'a large accident told by press, desk, field and people',
      spread(
        120,
        3,
        ['bbs', 'fedi', 'desk', 'daily', 'evening', 'field', 'notes', 'gov'],
        ['化工厂爆炸，死亡三人', '爆炸后几百人送医院', '全镇都闻到刺鼻气味，孩子呕吐', '医院里都是受伤的人'],
      ),
      T + 3 * HOUR,
      ['orange', 'red'],
    ],
  ];
  for (const [name, texts, now, allowed] of cases) {
    test(`${name}: ${allowed.join(' or ')}`, () => {
      const { assessment } = judge(texts, now);
      const shown = assessment.factors.map((factor) => `${factor.name} ${(factor.score * factor.weight).toFixed(1)}`).join(', ');
      expect(allowed, `${assessment.total}: ${shown}`).toContain(assessment.level);
    });
  }

  test('natures', () => {
    expect(judge(rent, T + 46 * HOUR).assessment.nature).toBe('livelihood');
    expect(judge(early, T + 2 * HOUR).assessment.nature).toBe('health');
    expect(judge(spread(9, 3, ['bbs', 'fedi'], ['听说化工厂爆炸了', '网传爆炸，有人说死亡三人']), T + 3 * HOUR).assessment.nature).toBe(
      'rumour',
    );
  });

  test('every factor has a score, a weight, a sentence in both languages; together 100 points', () => {
    const { assessment } = judge(early, T + 2 * HOUR);
    expect(assessment.factors.map((factor) => factor.name)).toEqual([...FACTOR_NAMES]);
    expect(assessment.factors.reduce((sum, factor) => sum + factor.weight, 0)).toBe(100);
    for (const factor of assessment.factors) {
      expect(factor.score).toBeGreaterThanOrEqual(0);
      expect(factor.score).toBeLessThanOrEqual(1);
      expect(factor.because.zh).not.toBe('');
      expect(factor.because.en).not.toMatch(/[\u4e00-\u9fff]{8}/);
      for (const id of factor.evidence) expect(id).toMatch(/^d\d+$/);
    }
    expect(assessment.because.zh).toContain('/100');
    expect(assessment.wouldChange.length).toBeGreaterThanOrEqual(2);
  });

  test('an answer lowers what is unanswered', () => {
    const { placed } = judge(rent, T + 46 * HOUR);
    const total = (answeredAt: number | null): number => assess(placed.issue, placed.facts, null, T + 46 * HOUR, { answeredAt }).total;
    expect(total(T + 45 * HOUR)).toBeLessThan(total(null));
  });
});

describe('one actor cannot move a colour alone', () => {
  const dire = ['化工厂爆炸，死亡三人', '几百人送医院抢救', '孩子中毒呕吐', '全镇停水，老人断药'];
  const floods: [name: string, texts: readonly Text[]][] = [
    ['one source, 2000 different texts in a night', spread(2000, 3, ['bbs'], dire)],
    ['one source, one mark', spread(300, 2, ['bbs'], dire).map((text) => ({ ...text, who: 'one' }))],
    ['two sources, 600 texts', spread(600, 2, ['bbs', 'fedi'], dire)],
    [
      'one text and 300 equal ones by 300 accounts of eight sources',
      [
        ...spread(1, 1, ['bbs'], dire),
        ...spread(300, 2, ['bbs', 'fedi', 'daily', 'evening', 'notes', 'field', 'desk', 'gov'], ['化工厂爆炸，死亡三人']).map((text) => ({
          ...text,
          copyOf: 'd0',
        })),
      ],
    ],
  ];
  for (const [name, texts] of floods)
    test(`never red: ${name}`, () => {
      const { assessment, placed } = judge(texts, T + 3 * HOUR);
      expect(compareLevels(assessment.level, 'red')).toBeLessThan(0);
      if (placed.facts.nFamilies === 1) expect(compareLevels(assessment.level, 'orange')).toBeLessThan(0);
    });
  test('equal texts are counted and named, and are one voice', () => {
    const { assessment, placed } = judge(floods[3]?.[1] ?? [], T + 3 * HOUR);
    expect(placed.facts).toMatchObject({ nUnique: 1, nVoices: 1, nMentions: 301 });
    expect(assessment.factors[0]?.because.zh).toContain('300 条相同文字');
    expect(assessment.factors[0]?.because.en).toContain('equal texts');
  });
  test('a person can set red', () => {
    const override: Override = { id: 'o', issueId: 'x', level: 'red', reason: '现场已确认', by: 'luo', at: T, until: null, lifted: false };
    expect(judge(floods[0]?.[1].slice(0, 20) ?? [], T + HOUR, override).assessment).toMatchObject({ level: 'red', overrideId: 'o' });
  });
});

test('assembly and criticism change no colour (R-30)', () => {
  const words = ['大家去抗议了', '有人上访', '准备游行示威', '写了联名信', '罢工了', '投诉举报', '批评声很多'];
  for (const base of [WATER, RENT, NOISE, PRICE]) {
    const plain = judge(spread(20, 5, ['bbs', 'desk', 'fedi'], base), T + 6 * HOUR).assessment;
    for (const word of words) {
      const named = judge(
        spread(
          20,
          5,
          ['bbs', 'desk', 'fedi'],
          base.map((text) => `${text}。${word}。`),
        ),
        T + 6 * HOUR,
      ).assessment;
      expect([named.level, named.total, named.nature], word).toEqual([plain.level, plain.total, plain.nature]);
    }
  }
});

describe('grave harm told by independent families is never below yellow', () => {
  const dead = ['脚手架倒了，砸死了两个人', '工地上死了两个工人，还有人受伤', '听家属说死亡两人，现场封了'];
  const table: [name: string, texts: readonly Text[], least: Level, most: Level][] = [
    ['three voices of three families', spread(3, 1, ['bbs', 'fedi', 'desk'], dead), 'yellow', 'yellow'],
    ['three voices of one family', spread(3, 1, ['bbs'], dead), 'none', 'blue'],
    ['a nuisance told by three families', spread(3, 1, ['bbs', 'fedi', 'desk'], NOISE), 'none', 'blue'],
  ];
  for (const [name, texts, least, most] of table)
    test(name, () => {
      const { level, because, wouldChange, total } = judge(texts, T + HOUR).assessment;
      expect(compareLevels(level, least), `${total} ${level}`).toBeGreaterThanOrEqual(0);
      expect(compareLevels(level, most), `${total} ${level}`).toBeLessThanOrEqual(0);
      if (least === 'yellow') expect(because.zh).toContain('不低于黄色');
      if (least === 'yellow') expect(wouldChange.some((words) => words.zh.includes('升为黄色'))).toBe(false);
    });
});

describe('levels', () => {
  const table: [total: number, level: Level][] = [
    [0, 'none'],
    [19, 'none'],
    [20, 'blue'],
    [39, 'blue'],
    [40, 'yellow'],
    [59, 'yellow'],
    [60, 'orange'],
    [79, 'orange'],
    [80, 'red'],
    [100, 'red'],
  ];
  for (const [total, level] of table) test(`${total} is ${level}`, () => expect(levelOf(total)).toBe(level));
  test('a higher total never gives a lower level', () => {
    for (let total = 0; total < 100; total++) expect(compareLevels(levelOf(total), levelOf(total + 1))).toBeLessThanOrEqual(0);
  });
  test('an override wins over any total while it stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(...LEVELS),
        fc.boolean(),
        fc.option(fc.integer({ min: -5, max: 5 })),
        (total, level, lifted, until) => {
          const override: Override = {
            id: 'o',
            issueId: 'i',
            level,
            reason: 'r',
            by: 'b',
            at: T - HOUR,
            until: until === null ? null : T + until * MINUTE,
            lifted,
          };
          const stands = !lifted && (until === null || until > 0);
          expect(levelInForce(levelOf(total), override, T)).toBe(stands ? level : levelOf(total));
        },
      ),
    );
  });
});
