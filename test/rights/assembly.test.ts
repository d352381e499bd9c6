/**
 * assembly and criticism are not harm. No list, rule, nature, plan or template names them, and a matter has the same harm and the
 * same colour with such words in its texts as without them, through placing and assessing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assess, FACTOR_WORDS, LEVEL_WORDS } from '../../src/judge/assess.ts';
import { place } from '../../src/judge/cluster.ts';
import { HARM_WORDS } from '../../src/judge/harmWords.ts';
import { attachByPerson } from '../../src/judge/persons.ts';
import { newJudgeState } from '../../src/judge/state.ts';
import { factsOf } from '../../src/judge/tally.ts';
import type { Assessment } from '../../src/model/assessment.ts';
import { FACTOR_NAMES, LEVELS, NATURES } from '../../src/model/assessment.ts';
import { HOUR } from '../../src/model/time.ts';
import en from '../../src/text/lang/en.ts';
import zh from '../../src/text/lang/zh.ts';
import { DEFAULT_PLANS } from '../../src/warn/plan.ts';
import { document } from '../http/rows.ts';
import { ownSource } from '../../src/work/receive.ts';
import { shownWords } from './textWords.ts';

const ASSEMBLY_ZH =
  '抗议 示威 游行 集会 静坐 罢工 罢课 罢市 罢运 上访 信访 走访 请愿 联名 维权 抵制 拉横幅 打横幅 举牌 堵门 堵路 围堵 围观 聚集 聚众 闹事 群体性 群访 集访 越级 缠访 闹访 散步 喊口号 绝食 签名信 呼吁 声讨 批评 质疑 指责 谴责 吐槽 骂声 不满 差评 负面 敏感 煽动 维稳 稳控 涉稳'.split(
    ' ',
  );
const ASSEMBLY_EN =
  'protest demonstrat rally march strike walkout sit-in petition boycott picket banner activist vigil occupy blockade riot unrest agitat dissent criticis criticiz critic condemn denounc outrage discontent grievance slogan placard assembl gathering crowd mobilis uprising negative sensitive sedition incite rumourmonger troublemaker'.split(
    ' ',
  );

/** Entries that name assembly or criticism; `of` are the entries of a list, as regular expressions or as plain words. */
function naming(of: readonly string[]): readonly string[] {
  const hits = (entry: string): boolean =>
    ASSEMBLY_ZH.some((word) => entry.includes(word)) || ASSEMBLY_EN.some((word) => new RegExp(`(?<![a-z])${word}`, 'i').test(entry));
  return of.filter(hits);
}

describe('no list names assembly or criticism', () => {
  test('sixty words and more are looked for, and a planted one is found', () => {
    expect(ASSEMBLY_ZH.length + ASSEMBLY_EN.length).toBeGreaterThanOrEqual(60);
    expect(naming(['停水', '聚众(?:闹事)?', 'on strike', 'water', 'criticised'])).toEqual(['聚众(?:闹事)?', 'on strike', 'criticised']);
  });

  test('no harm word, nor what it matches', () => {
    for (const list of HARM_WORDS) {
      expect([list.kind, naming([...list.zh, ...list.en, list.kind, list.name.zh, list.name.en])]).toEqual([list.kind, []]);
      for (const [entries, words] of [
        [list.zh, ASSEMBLY_ZH],
        [list.en, ASSEMBLY_EN],
      ] as const)
        for (const entry of entries) {
          const pattern = new RegExp(`^(?:${entry})$`, 'i');
          expect([entry, words.filter((word) => pattern.test(word))]).toEqual([entry, []]);
        }
    }
  });

  test('no level, nature, factor, plan or rule, in code or in words', () => {
    const rules = readdirSync(new URL('../../src/warn/rules/', import.meta.url)).filter((name) => !name.includes('.test.'));
    expect(rules.length).toBeGreaterThan(0);
    const sources = rules.map((name) => readFileSync(new URL(`../../src/warn/rules/${name}`, import.meta.url), 'utf8'));
    const named = [
      ...LEVELS,
      ...NATURES,
      ...FACTOR_NAMES,
      ...Object.values({ ...LEVEL_WORDS, ...FACTOR_WORDS }).flatMap((one) => [one.zh, one.en]),
    ];
    expect(naming([...named, ...rules, ...sources, ...DEFAULT_PLANS.map((plan) => JSON.stringify(plan))])).toEqual([]);
  });

  test('no template of a notice, a task, a bulletin, a report or a page', () => {
    // Criticism is a heading of the special report, which keeps it; it raises nothing.
    const kept = new Set(['report.viewCritical', 'report.viewsHead']);
    const entries = shownWords().filter((word) => word.list === 'server' && !kept.has(word.key));
    expect(entries.length).toBeGreaterThan(400);
    expect(entries.filter((word) => naming([word.text]).length > 0).map((word) => `${word.key}: ${word.text}`)).toEqual([]);
  });

  test('nothing that weighs a text holds one', () => {
    const weighing = ['harmFactor', 'harm', 'factors', 'assess', 'weigh', 'level', 'tally', 'burst', 'phase'];
    const code = weighing.map((name) =>
      readFileSync(new URL(`../../src/judge/${name}.ts`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''),
    );
    expect(code.filter((text) => ASSEMBLY_ZH.some((word) => text.includes(word)))).toEqual([]);
    expect(code.filter((text) => /protest|\bstrike\b|petition|boycott|picket|demonstrat/i.test(text))).toEqual([]);
  });
});

const T = Date.UTC(2026, 2, 10);

/** Eight people of two sources say it; placed and assessed as the judge does. */
function judged(text: string, language: 'zh' | 'en'): Assessment {
  const state = newJudgeState();
  const packs = { zh, en };
  let issueId: string | null = null;
  for (let i = 0; i < 8; i++) {
    const at = T + i * 600_000;
    const source = {
      ...ownSource('desk', T),
      id: i % 2 === 0 ? 'bbs' : 'fedi',
      family: i % 2 === 0 ? 'bbs' : 'fedi',
      standing: 'community' as const,
    };
    const one = document(`d${i}`, {
      sourceId: source.id,
      kind: 'post',
      title: '',
      text,
      language,
      pseudonym: `${i}`.padStart(16, '0') as never,
      publishedAt: at,
      seenAt: at,
      fingerprint: { exact: `e${i}`, minhash: '', nShingles: 0 },
    });
    const context = { now: at, source, topicIds: ['t'], pack: packs[language], names: [] };
    if (issueId === null) {
      issueId = place(state, one, context).issue.id;
    } else {
      const decided = attachByPerson(state, one, issueId, { by: 'p', because: 'b', now: at }, context);
      if (!decided.ok) throw new Error(decided.refusal.code);
    }
  }
  const live = state.live.get(issueId ?? '');
  if (live === undefined) throw new Error('no issue');
  return assess(live.issue, factsOf(live.tally), null, T + 2 * HOUR);
}

/** The same matter without, and with, words of assembly and criticism. */
const PAIRS_ZH: readonly (readonly [plain: string, named: string])[] = [
  ['城东停水三天了', '城东停水三天了，居民到县政府门口抗议'],
  ['工资三个月没发', '工资三个月没发，工人罢工'],
  ['水管爆了，路面塌陷', '水管爆了，路面塌陷，大家拉横幅'],
  ['孩子在学校中毒呕吐', '孩子在学校中毒呕吐，家长去教育局上访'],
  ['公交停运一周', '公交停运一周，司机罢运'],
  ['物业费涨价', '物业费涨价，业主联名抵制'],
  ['补偿款没有到账', '补偿款没有到账，村民去信访局集访'],
  ['工地噪音吵得睡不着', '工地噪音吵得睡不着，业主举牌维权'],
  ['医院断药两周，患者很急', '医院断药两周，患者静坐'],
  ['停电一整天', '停电一整天，网上骂声一片'],
  ['煤气泄漏', '煤气泄漏，群众围堵公司大门'],
  ['食堂的饭里有虫，学生看见了', '食堂的饭里有虫，学生罢课'],
  ['路灯坏了', '路灯坏了，有人投诉举报'],
  ['垃圾没人收', '垃圾没人收，大家批评街道'],
  ['自来水发黄', '自来水发黄，几个人打横幅散步'],
  ['养老金没有发，老人在等', '养老金没有发，老人聚集请愿'],
  ['挂不上号', '挂不上号，差评如潮'],
  ['电梯困人', '电梯困人，业主集会示威'],
  ['学校乱收费', '学校乱收费，家长网上质疑'],
  ['桥面有裂缝', '桥面有裂缝，上百人聚集游行'],
];
const PAIRS_EN: readonly (readonly [plain: string, named: string])[] = [
  ['No water for three days', 'No water for three days, residents protest outside the town hall'],
  ['Wages have not been paid', 'Wages have not been paid, workers are on strike'],
  ['The main burst and the road collapsed', 'The main burst and the road collapsed, people marched'],
  ['Pupils fell ill at school', 'Pupils fell ill at school, parents petition the council'],
  ['Buses cancelled all week', 'Buses cancelled all week, drivers picket the depot'],
  ['Rents went up: prices went up', 'Rents went up: prices went up, tenants boycott'],
  ['Compensation is still unpaid', 'Compensation is still unpaid, farmers rally'],
  ['The noise keeps us awake', 'The noise keeps us awake, activists hold banners'],
  ['The clinic ran out of insulin', 'The clinic ran out of insulin, a sit-in began'],
  ['Power cut all day', 'Power cut all day, criticism is loud'],
  ['A gas leak in Mill Lane', 'A gas leak in Mill Lane, a crowd gathered and blocked the gate'],
  ['Food poisoning at the canteen, says a student', 'Food poisoning at the canteen, a student walkout'],
  ['Street lights are out', 'Street lights are out, people complained'],
  ['Rubbish everywhere', 'Rubbish everywhere, many condemn the council'],
  ['The water is brown', 'The water is brown, a vigil is planned'],
  ['Pensions are late', 'Pensions are late, pensioners demonstrate'],
  ['Cannot book an appointment', 'Cannot book an appointment, outrage online'],
  ['Lift trapped a family', 'Lift trapped a family, neighbours assemble'],
  ['School overcharged us', 'School overcharged us, parents denounce it'],
  ['Cracks: the bridge collapsed', 'Cracks: the bridge collapsed, hundreds of people marched in protest'],
];

/** Pairs that the judge still tells apart: how many gathered is read as how many were harmed. A pair leaves this list when that ends. */
const KNOWN: ReadonlySet<string> = new Set([
  '桥面有裂缝，上百人聚集游行',
  'Cracks: the bridge collapsed, hundreds of people marched in protest',
]);

describe('the colour of a matter is that of the matter', () => {
  const all = [...PAIRS_ZH.map((pair) => ['zh', ...pair] as const), ...PAIRS_EN.map((pair) => ['en', ...pair] as const)];
  test('there are forty pairs', () => expect(all).toHaveLength(40));
  test.each(all)('%s: %s | %s', (language, plain, named) => {
    const [without, with_] = [judged(plain, language), judged(named, language)];
    const harm = (one: Assessment): number | undefined => one.factors.find((factor) => factor.name === 'harm')?.score;
    const seen = [harm(with_), with_.level, with_.total, with_.nature];
    if (KNOWN.has(named)) expect(seen).not.toEqual([harm(without), without.level, without.total, without.nature]);
    else expect(seen).toEqual([harm(without), without.level, without.total, without.nature]);
  });
  test('the pairs say something: most of them are of some harm', () => {
    const harmful = all.filter(
      ([language, plain]) => (judged(plain, language).factors.find((factor) => factor.name === 'harm')?.score ?? 0) > 0,
    );
    expect(harmful.length).toBeGreaterThan(30);
  });
});
