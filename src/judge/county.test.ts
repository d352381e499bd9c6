/**
 * Two days of an invented district, as its desk would see it: one large matter with a rumour and two languages, a small grave
 * one, two matters of one topic in different places, ordinary life around them. Holds the grouping to what a desk expects.
 */
import { describe, expect, test } from 'vitest';
import { type Assessment, compareLevels } from '../model/assessment.ts';
import type { Document, DocumentKind } from '../model/document.ts';
import type { Topic } from '../model/issue.ts';
import type { Standing } from '../model/source.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { pickPack } from '../text/pack.ts';
import { assess } from './assess.ts';
import { place, threadIssue } from './cluster.ts';
import { compileTopics, matchTopics } from './match.ts';
import { type BridgeNames, findIssue, newJudgeState } from './state.ts';
import { factsOf } from './tally.ts';

const T = Date.UTC(2026, 10, 3);
/** The day before the first large matter: what is usual. */
const DAY_ONE = 24 * 60;

const STANDINGS: Record<string, Standing> = {
  board: 'community',
  micro: 'community',
  desk: 'desk',
  paper: 'press',
  late: 'press',
  gov: 'official',
  field: 'field',
};
const KINDS: Partial<Record<string, DocumentKind>> = {
  desk: 'request',
  field: 'report',
  paper: 'article',
  late: 'article',
  gov: 'article',
};

const NAMES: BridgeNames = [
  { zh: '南岗', en: 'Nangang' },
  { zh: '砚池路', en: 'Yanchi Road' },
  { zh: '大堰村', en: 'Dayan Village' },
  { zh: '沙咀', en: 'Shazui' },
];

const QUERIES: readonly [id: string, query: string][] = [
  [
    'gas',
    '燃气 OR 天然气 OR 煤气 OR 停气 OR 灶 OR 打不着火 OR 气压 OR 漏气 OR "gas supply" OR "no gas" OR (gas AND (stove OR smell OR company))',
  ],
  ['safety', '爆炸 OR 炸了 OR 起火 OR 火灾 OR 受伤 OR 伤亡 OR explosion OR exploded OR injured'],
  ['waste', '垃圾 OR 填埋场 OR 恶臭 OR 臭味 OR 清运 OR landfill OR rubbish OR (smell AND (dump OR bins))'],
  ['wages', '工资 OR 欠薪 OR 工钱 OR 讨薪 OR 血汗钱 OR wages OR unpaid'],
  ['bus', '校车 OR 公交 OR 班车 OR 站牌 OR "school bus" OR (bus AND (late OR stop OR route))'],
  ['homes', '物业 OR 电梯 OR 楼道 OR 漏水 OR 供暖 OR 暖气'],
];

function topicOf([id, query]: readonly [string, string]): Topic {
  const purpose = {
    why: 'w',
    legalBasis: 'l',
    officeId: 'o',
    askedBy: 'a',
    approvedBy: 'b',
    use: 'u',
    reviewAt: T + 30 * DAY,
    endsAt: T + 60 * DAY,
  };
  return { id, name: { zh: id, en: id }, query, duty: 'd', purpose, mustMatch: [], mustNotMatch: [], startsAt: T - HOUR, rev: 0 };
}

/** Matter (`-`: ordinary life), minutes, source, title, text, row number of the thread's opener. */
type Row = readonly [matter: string, minute: number, source: string, title: string, text: string, thread?: string];

const ORDINARY: readonly Row[] = [
  ['-', 20, 'desk', '楼道灯不亮', '来电人反映桂苑6幢楼道声控灯坏了一个月，物业一直说在排队。'],
  ['-', 90, 'board', '公交31路能不能早十分钟', '六点半那班总是挤不上去，早十分钟大家都方便。', 'o1'],
  ['-', 95, 'board', '', '支持，冬天站着等车腿都冻麻了', 'o1'],
  ['-', 200, 'desk', '电梯运行异响', '来电人称锦湖苑3幢电梯到五楼咯噔一声，请检查。'],
  ['-', 320, 'paper', '燃气公司春节前入户安检启动', '本报讯 即日起，燃气公司安检员分片入户检查软管和灶具，居民可核对工牌。'],
  ['-', 400, 'micro', '', '楼下垃圾分类站换了新桶，踩一脚就开，好评'],
  ['-', 480, 'desk', '咨询供暖收费标准', '来电人咨询新交付小区首年供暖费按面积还是按用量收。'],
  ['-', 600, 'board', '站牌被树挡住了', '湖滨站的站牌完全看不见，外地人找不到。', 'o2'],
  ['-', 700, 'late', '老旧小区加装电梯年内再开工40台', '晚报讯 今年全区加装电梯任务再加码，年内开工40台，居民出资比例不变。'],
  ['-', 820, 'desk', '楼上漏水', '来电人反映厨房顶棚渗水，楼上住户不开门，请社区调解。'],
  ['-', 900, 'micro', '', 'Anyone know if bus 31 still stops at the lake after eight? Sign says nothing.'],
  ['-', 1000, 'desk', '灶具回收', '来电人咨询旧燃气灶报废后送到哪里。'],
];

const GAS: readonly Row[] = [
  ['gas', 6, 'board', '南岗这边灶打不着火了', '早上热奶打不着，隔壁也没有，是不是停气了？', 'g1'],
  ['gas', 14, 'board', '', '一样，我们十一栋也没气', 'g1'],
  ['gas', 19, 'desk', '家中停气', '来电人反映南岗安居苑早六点起天然气停供，家有老人等着做饭，未见任何通知。'],
  ['gas', 25, 'micro', '', '南岗停气了？？早饭只能啃面包 #停气'],
  ['gas', 31, 'desk', '燃气中断', '住户称砚池路沿线几栋楼均无燃气，问何时恢复。'],
  ['gas', 40, 'micro', '', 'No gas in Nangang since six. Cold porridge for the kids, thanks.'],
  ['gas', 46, 'board', '', '燃气公司电话一直占线，打了二十个了', 'g1'],
  ['gas', 52, 'micro', '', '灶台一点反应都没有，燃气卡明明还有两百块'],
  ['gas', 60, 'desk', '早点铺无法营业', '早点铺店主来电，砚池路停气，蒸笼全凉了，损失谁来赔。'],
  ['gas', 66, 'board', '停气一早上，一个通知都没有', '安居苑、砚池路、老机床厂宿舍全停，燃气公司装死是吧。', 'g2'],
  ['gas', 71, 'board', '', '老机床厂宿舍报到，热水器也打不着', 'g2'],
  ['gas', 80, 'micro', '', 'Yanchi Road cafe here: gas supply is dead, so is the espresso-and-eggs business today.'],
  ['gas', 88, 'desk', '幼儿园食堂无法开火', '幼儿园园长来电，停气，一百二十名孩子中午没有热饭，请协调。'],
  [
    'gas',
    97,
    'paper',
    '南岗片区今晨大面积停气 燃气公司正在抢修',
    '本报讯 今天清晨，南岗片区多个小区天然气中断。燃气公司称砚池路一处中压管道阀门故障，正在抢修。',
  ],
  [
    'gas',
    104,
    'late',
    '南岗多小区停气，管道阀门故障正抢修',
    '晚报讯 南岗多个小区今晨停气。记者从燃气公司获悉，砚池路中压管道阀门故障，抢修人员已到场。',
  ],
  ['gas', 112, 'micro', '', '楼道里好像有股煤气味，不敢开灯，谁懂？'],
  ['gas', 120, 'desk', '闻到燃气味', '来电人称停气后楼道有明显煤气味，担心漏气，请派人检测。'],
  ['gas', 131, 'field', '南岗停气走访', '走了安居苑、机床厂宿舍，燃气均未恢复，四户反映楼道有气味，已请燃气公司检测。'],
  ['gas', 140, 'board', '听说砚池路炸了，死了两个人', '我同事的群里说的，管道爆炸，两个抢修的没了，有人知道真假吗', 'g3'],
  ['gas', 146, 'micro', '', '群里在传砚池路爆炸死人了，真的假的，我妈就住那边'],
  ['gas', 151, 'board', '', '别传了，我就在路口，什么都没炸，就几辆抢修车', 'g3'],
  ['gas', 158, 'micro', '', 'My colleague says there was an explosion on Yanchi Road, two dead. Is this true??'],
  ['gas', 166, 'desk', '核实爆炸传言', '来电人问网传砚池路管道爆炸致两人死亡是否属实，老人很害怕。'],
  ['gas', 180, 'micro', '', '到底炸没炸给个准话，官方是睡着了吗'],
  [
    'gas',
    200,
    'gov',
    '关于南岗片区停气情况的通报',
    '今晨六时，砚池路中压管道阀门故障，南岗片区约八千户停气。网传爆炸、人员伤亡均不属实。预计今晚八时恢复供气。',
  ],
  ['gas', 207, 'micro', '', 'District says valve failure, eight thousand homes without gas, back by eight tonight. No explosion.'],
  ['gas', 215, 'board', '', '晚上八点才来？那晚饭也别想了', 'g2'],
  ['gas', 240, 'desk', '停气期间老人用餐', '独居老人来电，只有燃气灶，问社区能否送餐。'],
  ['gas', 300, 'micro', '', '今天全小区都在用电磁炉，跳闸两次了，停气的第八个小时'],
  ['gas', 420, 'board', '', '说好八点，现在灶还是打不着火', 'g2'],
  ['gas', 500, 'micro', '', '来气了来气了！！南岗的朋友可以下面条了'],
  ['gas', 520, 'micro', '', 'Gas is back in Nangang. Let it run outside first, the company says.'],
  ['gas', 560, 'desk', '停气赔偿', '早点铺店主再次来电，问燃气公司停气一天的损失怎么赔。'],
];

const WAGES: readonly Row[] = [
  ['wages', 35, 'desk', '大堰村修渠工钱未付', '来电人称去年在大堰村修渠，三十六人的工钱至今未付，共二十一万元，家中孩子等着交学费。'],
  ['wages', 160, 'board', '大堰村修渠的血汗钱谁来给', '包工头说上面没拨款，乡里说拨了。我爸六十二了，干了四个月，一分没有。', 'w1'],
  ['wages', 175, 'board', '', '我叔也在里头，欠八千多，药都停了', 'w1'],
  ['wages', 330, 'desk', '反映拖欠工资', '来电人反映修渠项目拖欠三十六名村民工资一年多，多次讨要未果。'],
  ['wages', 430, 'micro', '', 'Dayan Village canal workers still unpaid after a year. My neighbour is 60 and borrows money for medicine.'],
  ['wages', 610, 'field', '大堰村欠薪核实', '走访十一户，均有记工本，修渠工资确未发放，其中四户有重病人。'],
  ['wages', 700, 'late', '三十六名村民修渠一年未拿到工钱', '晚报讯 大堰村三十六名村民参与修渠，一年多未拿到工钱，项目方称资金未到位。'],
];

const DUMP: readonly Row[] = [
  ['dump', 50, 'board', '沙咀填埋场又开始臭了', '昨晚开窗睡被熏醒，沙咀这边十里八里都是臭味。', 'd1'],
  ['dump', 58, 'board', '', '我家住沙咀后面，窗户一个月没开过', 'd1'],
  ['dump', 130, 'desk', '填埋场恶臭', '来电人反映沙咀填埋场夜间恶臭，老人恶心头晕，要求覆膜。'],
  ['dump', 220, 'micro', '', 'The landfill at Shazui stinks again tonight. Windows shut, eyes watering.'],
  ['dump', 340, 'desk', '沙咀夜间臭味扰民', '来电人称填埋场夜里翻垃圾，臭味一直飘到学校。'],
  ['dump', 470, 'micro', '', '沙咀填埋场的臭味今天升级了，隔着口罩都能闻到'],
];

const BINS: readonly Row[] = [
  ['bins', 75, 'desk', '石榴巷垃圾桶满溢', '来电人反映石榴巷口四只垃圾桶两天没有清运，袋子堆到路上。'],
  ['bins', 190, 'board', '石榴巷的垃圾几天没人收了', '巷口堆成山，野猫把袋子都扒开了，清运车呢？', 'b1'],
  ['bins', 196, 'board', '', '换了清运公司，听说人手不够', 'b1'],
  ['bins', 310, 'desk', '垃圾清运不及时', '石榴巷住户称垃圾三天未清运，要求增加班次。'],
  ['bins', 450, 'micro', '', '石榴巷垃圾山第四天，绕路走'],
];

const SCHOOL_BUS: readonly Row[] = [
  ['bus', 110, 'desk', '校车连续迟到', '家长来电，枫林小学2号校车本周三次迟到四十分钟，孩子站在路边等。'],
  ['bus', 210, 'board', '枫林小学校车又晚点', '2号线校车今天又晚了半小时，司机说车坏了没备用的。', 's1'],
  ['bus', 216, 'board', '', '我家孩子冻得直哆嗦，交了钱的啊', 's1'],
  ['bus', 350, 'micro', '', 'Fenglin Primary school bus number 2 late again, third time this week. Kids waiting in the cold.'],
  ['bus', 460, 'desk', '要求更换校车', '家长反映枫林小学校车老旧，迟到频繁，要求更换。'],
];

const ROWS: readonly Row[] = [
  ...ORDINARY,
  ...[GAS, WAGES, DUMP, BINS, SCHOOL_BUS].flat().map((row): Row => [row[0], row[1] + DAY_ONE, row[2], row[3], row[4], row[5]]),
].sort((a, b) => a[1] - b[1]);

function documentOf([, minute, source, title, text, thread]: Row, i: number): Document {
  const at = T + minute * MINUTE;
  const opener = thread === undefined ? -1 : ROWS.findIndex((row) => row[5] === thread);
  const isReply = opener !== -1 && opener !== i;
  return {
    id: `d${i}`,
    sourceId: source,
    key: `k${i}`,
    address: '',
    kind: isReply ? 'reply' : (KINDS[source] ?? 'post'),
    title,
    text,
    language: /[\u4e00-\u9fff]/.test(text) ? 'zh' : 'en',
    pseudonym: (source === 'paper' || source === 'late' || source === 'gov' ? null : `p${i}`) as Document['pseudonym'],
    publishedAt: at,
    seenAt: at,
    version: 1,
    previousId: null,
    thread: isReply ? `k${opener}` : null,
    place: null,
    section: null,
    sure: source === 'field' ? 'seen' : null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
  };
}

interface Judged {
  /** Issue by document. */
  readonly issueOf: ReadonlyMap<string, string>;
  readonly highest: ReadonlyMap<string, Assessment>;
  readonly titles: ReadonlyMap<string, string>;
}

function judgeAll(): Judged {
  const state = newJudgeState();
  const topics = compileTopics(QUERIES.map(topicOf));
  const issueOf = new Map<string, string>();
  const highest = new Map<string, Assessment>();
  for (const [i, row] of ROWS.entries()) {
    const document = documentOf(row, i);
    const standing = STANDINGS[document.sourceId] ?? 'community';
    const matched = matchTopics(document, topics, document.seenAt).map((match) => match.topicId);
    const topicIds = matched.length > 0 ? matched : (threadIssue(state, document)?.topicIds ?? null);
    if (topicIds === null && standing !== 'desk' && standing !== 'field') continue;
    const placed = place(state, document, {
      now: document.seenAt,
      source: { id: document.sourceId, standing, family: document.sourceId, audience: 0 },
      topicIds: topicIds ?? [],
      pack: pickPack([zh, en], document.language, document.text),
      names: NAMES,
    });
    for (const mention of placed.mentions) issueOf.set(mention.id, mention.issueId);
    for (const { id } of placed.issues) {
      const live = state.live.get(id);
      if (live === undefined) continue;
      const now = assess(live.issue, factsOf(live.tally), null, document.seenAt);
      const before = highest.get(id);
      if (before === undefined || compareLevels(now.level, before.level) > 0) highest.set(id, now);
    }
  }
  const titles = new Map([...new Set(issueOf.values())].map((id) => [id, findIssue(state, id)?.issue.title ?? '']));
  return { issueOf, highest, titles };
}

const JUDGED = judgeAll();

/** The issue that holds most of the matter, and how much of it and of what else it holds. */
function find(matter: string): { id: string; recall: number; precision: number; missed: string[]; wrong: string[] } {
  const issueOf = (i: number): string => JUDGED.issueOf.get(`d${i}`) ?? '';
  const own = ROWS.flatMap((row, i) => (row[0] === matter ? [i] : []));
  const counts = new Map<string, number>();
  for (const i of own) if (issueOf(i) !== '') counts.set(issueOf(i), (counts.get(issueOf(i)) ?? 0) + 1);
  const [id, n] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const inside = ROWS.flatMap((_, i) => (issueOf(i) === id ? [i] : []));
  const shown = (i: number): string => `${ROWS[i]?.[3]}|${ROWS[i]?.[4].slice(0, 30)} -> ${issueOf(i)}`;
  return {
    id,
    recall: n / own.length,
    precision: n / inside.length,
    missed: own.filter((i) => issueOf(i) !== id).map(shown),
    wrong: inside.filter((i) => ROWS[i]?.[0] !== matter).map(shown),
  };
}

describe('matters of an invented district', () => {
  const table: [matter: string, recall: number, precision: number][] = [
    // The rumour is of another topic, and its first texts share a street with the matter and few words: they may stand apart.
    ['gas', 0.65, 0.9],
    ['wages', 1, 1],
    ['dump', 0.8, 1],
    ['bins', 0.8, 0.8],
    ['bus', 0.8, 1],
  ];
  for (const [matter, recall, precision] of table)
    test(`${matter}: found, and little else with it`, () => {
      const found = find(matter);
      expect(found.recall, `missed:\n${found.missed.join('\n')}`).toBeGreaterThanOrEqual(recall);
      expect(found.precision, `wrong:\n${found.wrong.join('\n')}`).toBeGreaterThanOrEqual(precision);
    });

  test('two matters of one topic in different places stay two', () => expect(find('dump').id).not.toBe(find('bins').id));

  test('the few texts on wages that many live on reach yellow', () => {
    expect(compareLevels(JUDGED.highest.get(find('wages').id)?.level ?? 'none', 'yellow')).toBeGreaterThanOrEqual(0);
  });

  test('ordinary life stays below yellow', () => {
    const matters = new Set(['gas', 'wages', 'dump', 'bins', 'bus'].map((matter) => find(matter).id));
    for (const [i, row] of ROWS.entries()) {
      const id = JUDGED.issueOf.get(`d${i}`) ?? '';
      if (row[0] !== '-' || matters.has(id)) continue;
      expect(compareLevels(JUDGED.highest.get(id)?.level ?? 'none', 'yellow'), row[4]).toBeLessThan(0);
    }
  });

  test('titles are in the language of most texts', () => {
    for (const matter of ['gas', 'wages', 'dump', 'bus']) expect(JUDGED.titles.get(find(matter).id)).toMatch(/[\u4e00-\u9fff]/u);
  });

  test('the same texts in the same order give the same issues', () => {
    const again = judgeAll();
    expect([...again.issueOf]).toEqual([...JUDGED.issueOf]);
    expect([...again.titles]).toEqual([...JUDGED.titles]);
    expect([...again.highest]).toEqual([...JUDGED.highest]);
  });
});

test('ordinary life does not come together because of its topic', () => {
  const ids = ROWS.flatMap((row, i) => (row[0] === '-' && row[5] === undefined ? [JUDGED.issueOf.get(`d${i}`) ?? `none${i}`] : []));
  expect(new Set(ids).size).toBeGreaterThanOrEqual(ids.length - 3);
});
