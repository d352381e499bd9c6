/** A made-up county for looking at the desk: who works in it. */
import type { AdminView, SessionView, StaffView } from '../../src/model/desk.ts';
import type { Channel, Duty, Office, Tier } from '../../src/model/office.ts';
import { both, HOUR, MIN, NOW } from './fixtureTimes.ts';
import { topics } from './fixtureTopics.ts';

export const tiers: readonly Tier[] = [
  { id: 'county', name: both('县', 'County'), rank: 0, officeId: null },
  { id: 'city', name: both('市', 'City'), rank: 1, officeId: 'city-duty' },
];

const office = (
  id: string,
  zh: string,
  en: string,
  kind: Office['kind'],
  headId: string | null,
  deputyId: string | null = null,
): Office => ({
  id,
  name: both(zh, en),
  aliases: [zh.slice(-3)],
  kind,
  tierId: kind === 'upper' ? 'city' : 'county',
  parentId: kind === 'office' ? 'duty' : null,
  headId,
  deputyId,
  hotline: '0500-8800',
  rev: 1,
});

export const offices: readonly Office[] = [
  office('duty', '云溪县委县政府值班室', 'Yunxi County Duty Room', 'operating', 's-luo', 's-zhou'),
  office('water', '县水务公司', 'County Water Co.', 'office', 's-gao'),
  office('health', '县卫健局', 'County Health Bureau', 'office', 's-xu'),
  office('education', '县教育局', 'County Education Bureau', 'office', null),
  office('transport', '县交通局', 'County Transport Bureau', 'office', null),
  office('agri', '县农业农村局', 'County Agriculture Bureau', 'office', null),
  office('inspect', '县督查室', 'County Inspectorate', 'oversight', 's-he'),
  office('city-duty', '南阜市委市政府值班室', 'Nanfu City Duty Room', 'upper', null),
];

export const duties: readonly Duty[] = [
  { id: 'water', name: both('供水', 'Water supply'), officeId: 'water' },
  { id: 'health', name: both('公共卫生', 'Public health'), officeId: 'health' },
  { id: 'schools', name: both('学校', 'Schools'), officeId: 'education' },
  { id: 'buses', name: both('公共交通', 'Public transport'), officeId: 'transport' },
];

const person = (
  id: string,
  name: string,
  login: string,
  roles: StaffView['roles'],
  officeId: string,
  title: StaffView['title'],
  invited = false,
): StaffView => ({
  id,
  name,
  login,
  roles,
  officeId,
  title,
  email: `${login}@yunxi.example`,
  language: 'zh',
  active: true,
  invited,
  rev: 1,
});

export const staff: readonly StaffView[] = [
  person(
    's-zhou',
    '周敏',
    'zhoumin',
    ['dutyOfficer', 'analyst', 'spokesperson', 'leader', 'admin', 'clerk', 'reporter'],
    'duty',
    both('值班长', 'Duty chief'),
  ),
  person('s-lin', '林悦', 'linyue', ['analyst'], 'duty', both('研判员', 'Analyst')),
  person('s-luo', '罗建', 'luojian', ['leader'], 'duty', both('副县长', 'Deputy head')),
  person('s-chen', '陈妍', 'chenyan', ['spokesperson'], 'duty', both('新闻发言人', 'Spokesperson')),
  person('s-gao', '高军', 'gaojun', ['liaison'], 'water', both('水务公司联络员', 'Water Co. liaison')),
  person('s-xu', '徐岚', 'xulan', ['liaison'], 'health', both('疾控联络员', 'CDC liaison'), true),
  person('s-he', '何立', 'heli', ['oversight'], 'inspect', both('督查专员', 'Inspector')),
];

const channels: readonly Channel[] = [
  { id: 'wecom-duty', name: '值班群', kind: 'wecom', officeId: null, settings: { address: '••••' }, active: true, rev: 1 },
  {
    id: 'mail-water',
    name: '水务公司邮箱',
    kind: 'email',
    officeId: 'water',
    settings: { to: 'duty@water.example' },
    active: true,
    rev: 1,
  },
];

const plan = (
  id: 'blue' | 'yellow' | 'orange' | 'red',
  ack: number,
  verify: number,
  upward: number | null,
  firstWord: number,
  full: number,
) => ({
  id,
  ack: ack * MIN,
  verify: verify * HOUR,
  upward: upward === null ? null : upward * MIN,
  tasks: verify * 2 * HOUR,
  firstWord: firstWord * HOUR,
  full: full * HOUR,
  workingTime: id === 'blue' || id === 'yellow',
  push: id !== 'blue',
  roles: ['dutyOfficer'],
  rev: 1,
});

export const admin: AdminView = {
  body: {
    id: 'body',
    name: both('云溪县', 'Yunxi County'),
    calendar: { zone: 'Asia/Shanghai', opens: 510, closes: 1050, holidays: [], workedWeekends: [], validThrough: '2026-12-31' },
    language: 'zh',
    oversightId: 'inspect',
    operatingId: 'duty',
    dutyOfficeId: 'duty',
    spokespersonIds: ['s-chen'],
    contact: '12345',
    rev: 1,
  },
  tiers,
  offices,
  duties,
  staff,
  channels,
  topics,
  plans: [
    plan('blue', 480, 24, null, 48, 120),
    plan('yellow', 60, 8, 240, 24, 48),
    plan('orange', 15, 2, 30, 3, 24),
    plan('red', 10, 1, 20, 1, 12),
  ],
  collectors: [
    {
      kind: 'feed',
      about: both('订阅源', 'Feed'),
      settings: [{ name: 'full', label: both('跟到正文', 'Follow to the article'), type: 'boolean', default: false }],
      pulls: true,
    },
  ],
  notifiers: [
    {
      kind: 'wecom',
      about: both('企业微信群机器人', 'WeCom group robot'),
      settings: [
        { name: 'address', label: both('机器人地址（内含密钥）', 'Robot address (holds the key)'), type: 'secret', required: true },
      ],
      personal: false,
    },
    {
      kind: 'email',
      about: both('电子邮件', 'E-mail'),
      settings: [{ name: 'to', label: both('收件人', 'To'), type: 'text', required: true }],
      personal: true,
    },
  ],
  missing: [both('还没有指定发言人。', 'No spokesperson is named yet.'), both('还没有任何通知渠道。', 'There is no channel yet.')],
  jobsSetAside: [{ id: 7, run: 'sendNotice', key: 'n-alert:water:0:mail-water', lastError: 'connect ETIMEDOUT', at: NOW - 2 * HOUR }],
  version: '0.1.0',
};

const SOURCE_NAMES: SessionView['names']['sources'] = {
  gov: { name: both('云溪发布', 'Yunxi official site'), standing: 'official', kind: 'feed' },
  daily: { name: both('云溪日报', 'Yunxi Daily'), standing: 'press', kind: 'feed' },
  bbs: { name: both('溪边论坛', 'Creekside forum'), standing: 'community', kind: 'forum' },
  evening: { name: both('南阜晚报', 'Nanfu Evening News'), standing: 'press', kind: 'page' },
  notes: { name: both('云溪札记', 'Yunxi Notes'), standing: 'press', kind: 'feed' },
  fedi: { name: both('公共时间线', 'Public timeline'), standing: 'community', kind: 'fediverse' },
  desk: { name: both('12345 热线', '12345 desk'), standing: 'desk', kind: 'open311' },
};

export function session(who: string | null, mode: SessionView['mode'] = 'ready', demo = false): SessionView {
  return {
    mode,
    demo,
    staff: staff.find((one) => one.id === who) ?? null,
    csrf: 'token',
    body: mode === 'fresh' ? null : { name: both('云溪县', 'Yunxi County'), language: 'zh' },
    zone: 'Asia/Shanghai',
    now: NOW,
    names: {
      offices: Object.fromEntries(offices.map((one) => [one.id, one.name])),
      topics: Object.fromEntries(topics.map((one) => [one.id, one.name])),
      sources: SOURCE_NAMES,
      staff: Object.fromEntries(staff.map((one) => [one.id, one.name])),
    },
  };
}
