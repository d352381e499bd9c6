/** Documents, sources, bulletin and figures of the made-up county. */
import type { Bulletin } from '../../src/model/bulletin.ts';
import type { AccountView, DocumentView, SourceRow, StreamRow } from '../../src/model/desk.ts';
import type { Entry } from '../../src/model/journal.ts';
import { rows } from './fixtureIssues.ts';
import { ago, ahead, both, DAY, HOUR, MIN, NOW } from './fixtureTimes.ts';

const issue = { id: 'HD-2026-0031', title: '城东片区自来水发黄、有异味', level: 'orange', score: 0.91 } as const;
const row = (
  id: string,
  minutes: number,
  sourceId: string,
  kind: StreamRow['kind'],
  title: string,
  start: string,
  more: Partial<StreamRow> = {},
): StreamRow => ({
  id,
  title,
  start,
  kind,
  sourceId,
  publishedAt: ago(minutes),
  seenAt: ago(minutes - 1),
  language: 'zh',
  issue: null,
  topicIds: [],
  copyOf: null,
  nCopies: 0,
  place: null,
  nRedactions: 0,
  triage: null,
  ...more,
});

export const stream: readonly StreamRow[] = [
  row('d1', 4, 'bbs', 'post', '', '东门这边水龙头出来是黄的，有股味，你们那有没有？我家老人早上烧了一壶都不敢喝。', {
    issue,
    topicIds: ['water'],
    place: '东门',
  }),
  row('d2', 5, 'desk', 'request', '城东花园三栋水浑浊', '来电人称城东花园三栋自来水浑浊，已持续半天，咨询能否饮用。联系方式已脱敏。', {
    issue: { ...issue, score: 0.88 },
    topicIds: ['water'],
    nRedactions: 2,
    nCopies: 4,
    place: '城东花园',
  }),
  row('d3', 7, 'fedi', 'post', '', '听说上游化工厂漏了，三个孩子喝水送医院了？有没有人知道真假', {
    issue: { ...issue, score: 0.79 },
    topicIds: ['water'],
  }),
  row(
    'd4',
    9,
    'evening',
    'article',
    '云溪城东多小区反映自来水发黄',
    '本报讯 昨夜以来，云溪县城东片区多个小区居民反映自来水发黄并有异味……',
    { issue, topicIds: ['water'], copyOf: 'd9', nCopies: 3 },
  ),
  row('d5', 11, 'bbs', 'reply', '', '+1 我们三栋也是，公告只说了三条街，我们这条街没写啊'),
  row(
    'd6',
    13,
    'notes',
    'article',
    'Brown tap water near East Gate – anyone else?',
    'Several readers in the eastern part of town report brown water with a metallic smell since early this morning.',
    { language: 'en', issue: { ...issue, score: 0.71 }, topicIds: ['water'] },
  ),
  row('d7', 15, 'daily', 'article', '我县春耕备耕有序推进', '连日来，各乡镇抢抓农时……'),
  row('d8', 19, 'bbs', 'post', '代办驾照 包过', '加微信详聊，本地可面谈', { triage: 'notRelevant' }),
  row('d9', 26, 'evening', 'article', '三元一餐涨到六元？城关二小家长有话说', '家长反映，本学期餐费由三元调整为六元，未见成本说明。', {
    topicIds: ['schools'],
  }),
  row('d10', 31, 'fedi', 'post', '', '7路车现在四十分钟一班，我妈去医院要提前一个半小时出门', { topicIds: ['buses'] }),
];

export function documentOf(id: string): DocumentView {
  const found = stream.find((one) => one.id === id) ?? stream[0]!;
  const text = `${found.start}\n\n${found.language === 'en' ? 'Residents were told that only three streets would be flushed. By noon the desk had taken twenty-four calls.' : '早上七点多开始的，放了十分钟还是黄。物业说接到水务公司电话才知道在冲管子，可我们这边根本没有通知。有没有人能说一下到底能不能喝？'}`;
  const at = text.indexOf('水');
  return {
    ...found,
    text,
    address: 'https://forum.example/thread/8812',
    version: 1,
    marks: [],
    sure: null,
    because: found.issue === null ? null : both('与该事件同地点、共 6 个词项', 'Same place as the issue, six shared terms'),
    sharedTerms: ['东门', '水龙头', '发黄', '味'],
    matches: found.topicIds.map((topicId) => ({
      topicId,
      terms: ['自来水', '东门'],
      ranges: at === -1 ? [] : [{ inTitle: false, from: at, to: at + 3 }],
    })),
    copies: found.nCopies === 0 ? [] : [{ id: 'd9', sourceId: 'evening', publishedAt: ago(26), how: 'near' }],
  };
}

const source = (
  id: string,
  zh: string,
  en: string,
  kind: string,
  standing: SourceRow['source']['standing'],
  health: SourceRow['health'],
  more: Partial<SourceRow> = {},
): SourceRow => ({
  source: {
    id,
    name: both(zh, en),
    kind,
    address: `https://${id}.example/feed`,
    settings: {},
    standing,
    family: id,
    audience: 0,
    manners: { robots: true, pollAtLeast: 5 * MIN, pollAtMost: DAY, pause: 1000 },
    paused: health === 'paused',
    ...(health === 'paused' ? { pausedBecause: '网站改版，等新栏目上线' } : {}),
    addedBy: 's-lin',
    addedAt: NOW - 20 * DAY,
    rev: 1,
  },
  health,
  because: null,
  notes: [],
  readAt: ago(3),
  newAt: ago(18),
  nextAt: ahead(4),
  usualGap: 25 * MIN,
  nDay: 49,
  nDocuments: 1042,
  charset: 'utf-8',
  strip: Array.from({ length: 48 }, (_, index) => (index % 3 === 0 ? 2 : 0)),
  ...more,
});

export const sources: readonly SourceRow[] = [
  source('bbs', '溪边论坛', 'Creekside forum', 'forum', 'community', 'dark', {
    because: both('26 分钟没有读到，通常 4 分钟；对方返回 503', 'Not read for 26 min, usually 4; it answers 503'),
    usualGap: 4 * MIN,
    nDay: 334,
    strip: Array.from({ length: 48 }, (_, index) => (index > 45 ? -1 : 4)),
    newAt: ago(26),
  }),
  source('gov', '云溪发布', 'Yunxi official site', 'feed', 'official', 'ok', { nDay: 15 }),
  source('daily', '云溪日报', 'Yunxi Daily', 'feed', 'press', 'ok'),
  source('evening', '南阜晚报', 'Nanfu Evening News', 'page', 'press', 'slow', {
    charset: 'gb18030',
    notes: ['09:12 版面有变化，按备用办法读取', '2 条没有日期'],
  }),
  source('notes', '云溪札记', 'Yunxi Notes', 'feed', 'press', 'ok', { nDay: 29 }),
  source('fedi', '公共时间线', 'Public timeline', 'fediverse', 'community', 'ok', { nDay: 179 }),
  source('desk', '12345 热线', '12345 desk', 'open311', 'desk', 'ok', { nDay: 124, usualGap: null }),
  source('town', '石桥镇公告栏', 'Shiqiao town board', 'page', 'official', 'paused', { nDay: 0, newAt: null, strip: [] }),
];

export const bulletin: Bulletin = {
  id: '2026-03-10',
  number: '2026年第70期',
  language: 'zh',
  title: '云溪县舆情日报',
  from: NOW - 28 * HOUR,
  to: NOW - 4 * HOUR,
  overview: '24小时采集文档412篇，比平时多118篇；在办事件9件，最高等级橙色。溪边论坛26分钟读取失败，已恢复前请留意该社区反映。',
  items: rows.slice(0, 4).map((one, index) => ({
    issueId: one.id,
    level: one.level,
    title: one.title,
    text:
      [
        '昨夜冲洗主管后城东12个小区反映水黄有味，热度持续上升；水务公司取样、疾控核对就诊，建议16:50前发布第2号通报并说明能否饮用。',
        '石桥镇40户反映流转租金拖欠两季，量小而急；交办已逾期，建议督办。',
        '家长反映餐费上涨无说明；教育局今日17:00前回应。',
        '减班影响就医出行，交通局退单，待协调单位裁定。',
      ][index] ?? '',
    office: ['县水务公司', '县农业农村局', '县教育局', '待定'][index] ?? '',
    deadline: index === 3 ? null : ahead(60 * index + 178),
    nUnique: one.nUnique,
    nMentions: one.nMentions,
    chosen: index < 3,
  })),
  changes: ['HD-2026-0031 由黄色升为橙色（11:40）', 'HD-2026-0030 新增，蓝色'],
  owed: ['石桥镇租金：交办超时2小时', '餐费成本明细承诺今日到期'],
  hints: ['20:00 前后为第二高峰，安排人值守', '明日14:30 为承诺的下次更新时间'],
  hourly: [3, 2, 2, 1, 2, 4, 8, 14, 21, 30, 26, 22, 18, 17, 20, 24, 22, 19, 25, 31, 28, 20, 12, 7],
  state: 'draft',
  sentAt: null,
  editedBy: null,
  rev: 1,
};

export const account: AccountView = {
  issues: rows.slice(0, 5).map((one, index) => ({
    id: one.id,
    title: one.title,
    level: one.level,
    toAlert: (40 + index * 31) * MIN,
    toAck: (4 + index * 9) * MIN,
    toFirstWord: index === 1 ? null : (3 + index * 4) * HOUR,
    toAnswer: index % 2 === 0 ? (20 + index * 8) * HOUR : null,
  })),
  medians: { toAlert: 71 * MIN, toAck: 9 * MIN, toFirstWord: 5 * HOUR + 10 * MIN, toAnswer: 27 * HOUR },
  promises: { made: 13, kept: 11, late: 1, broken: 1 },
  offices: [
    { officeId: 'water', nTasks: 14, signedInTime: 13, doneInTime: 12, nReturned: 0 },
    { officeId: 'transport', nTasks: 9, signedInTime: 7, doneInTime: 6, nReturned: 3 },
    { officeId: 'education', nTasks: 5, signedInTime: 5, doneInTime: 4, nReturned: 0 },
  ],
  overrides: 2,
  lateClocks: [
    { lane: 'tasks', n: 3 },
    { lane: 'answer', n: 1 },
  ],
  journal: { nEntries: 912, head: '9f3ce07a41b2'.padEnd(64, '5'), brokenAt: null },
};

export const journal: readonly Entry[] = Array.from({ length: 12 }, (_, index) => ({
  seq: index + 1,
  at: ago(600 - index * 40),
  kind: ['judge.issueOpened', 'judge.levelChanged', 'warn.alerted', 'warn.acked'][index % 4]!,
  subject: 'HD-2026-0031',
  by: index % 4 === 3 ? 's-zhou' : 'machine',
  data: JSON.parse(index % 4 === 1 ? '{"from":"blue","to":"yellow"}' : '{"alertId":"HD-2026-0031:levelReached:yellow"}') as Entry['data'],
  previous: '0'.repeat(64),
  hash: `${index}a7c3`.padEnd(64, 'b'),
}));
