/** Rows that tests of the server begin with; only what a test names differs. */
import type { Alert, Clock, Notice } from '../../src/model/alert.ts';
import type { SignedStatement, Statement } from '../../src/model/case.ts';
import type { Document } from '../../src/model/document.ts';
import type { Issue, Mention } from '../../src/model/issue.ts';
import type { Body, Duty, Office, Tier } from '../../src/model/office.ts';
import { ownSource } from '../../src/work/receive.ts';
import { addStaff, NOW, type World } from './testIo.ts';

export const BODY: Body = {
  id: 'body',
  name: { zh: '清河县', en: 'Qinghe County' },
  calendar: { zone: 'Asia/Shanghai', opens: 540, closes: 1080, holidays: [], workedWeekends: [], validThrough: '2026-12-31' },
  language: 'zh',
  oversightId: 'oversight',
  operatingId: 'county',
  dutyOfficeId: 'county',
  spokespersonIds: ['speaker'],
  contact: '12345',
  rev: 0,
};

export function office(id: string, kind: Office['kind'] = 'office'): Office {
  return {
    id,
    name: { zh: `${id}单位`, en: `Office ${id}` },
    aliases: [],
    kind,
    tierId: 'county',
    parentId: null,
    headId: null,
    deputyId: null,
    hotline: '',
    rev: 0,
  };
}

export const TIER: Tier = { id: 'county', name: { zh: '县', en: 'County' }, rank: 1, officeId: null };
export const DUTY: Duty = { id: 'water', name: { zh: '供水', en: 'Water' }, officeId: 'waterCo' };

export function issue(id: string, more: Partial<Issue> = {}): Issue {
  return {
    id,
    title: `Issue ${id}`,
    titleFrom: 'd1',
    language: 'en',
    topicIds: [],
    state: 'watching',
    mergedInto: null,
    earlierIssueId: null,
    openedAt: NOW - 3_600_000,
    firstPublishedAt: NOW - 3_600_000,
    firstSeenAt: NOW - 3_500_000,
    lastAt: NOW - 60_000,
    nMentions: 3,
    nUnique: 2,
    nVoices: 2,
    bySource: { desk: 3 },
    byStanding: { desk: 3 },
    hours: [{ hour: NOW - 3_600_000, unique: 2, all: 3, burst: false }],
    places: [],
    phase: 'rising',
    burstAt: null,
    complainedOf: [],
    assessmentId: null,
    level: 'orange',
    total: 66,
    nature: 'safety',
    fewVoices: false,
    rev: 0,
    ...more,
  };
}

export function document(id: string, more: Partial<Document> = {}): Document {
  return {
    id,
    sourceId: 'desk',
    key: id,
    address: 'heed:desk',
    kind: 'request',
    title: `Title ${id}`,
    text: `Text of ${id}`,
    language: 'en',
    pseudonym: null,
    publishedAt: NOW - 60_000,
    seenAt: NOW - 50_000,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: id, minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
    ...more,
  };
}

export function mention(id: string, issueId: string): Mention {
  return {
    id,
    issueId,
    at: NOW - 50_000,
    score: 0.8,
    sharedTerms: ['water'],
    because: { zh: '同一事件', en: 'The same matter' },
    eventId: issueId,
    isCopy: false,
    pinned: false,
    sourceId: 'desk',
  };
}

export function alert(issueId: string, more: Partial<Alert> = {}): Alert {
  return {
    id: `${issueId}:levelReached:orange`,
    issueId,
    rule: 'levelReached',
    level: 'orange',
    at: NOW - 600_000,
    because: { zh: '达到橙色', en: 'Orange was reached' },
    officeIds: ['waterCo', 'county'],
    ackedAt: null,
    ...more,
  };
}

export function clock(issueId: string, lane: Clock['lane'], more: Partial<Clock> = {}): Clock {
  return {
    id: `${issueId}:${lane}:orange`,
    issueId,
    lane,
    level: 'orange',
    officeId: 'waterCo',
    startedAt: NOW - 600_000,
    dueAt: NOW + 300_000,
    metAt: null,
    metBy: null,
    step: 0,
    cancelled: false,
    ...more,
  };
}

export function notice(alertId: string, linkHash: string, more: Partial<Notice> = {}): Notice {
  return {
    id: `${alertId}:waterCo:0:mail`,
    alertId,
    issueId: alertId.split(':')[0]!,
    officeId: 'waterCo',
    channelId: 'mail',
    step: 0,
    staffId: null,
    subject: 'An alert for your office',
    text: 'Please look at this issue.',
    level: 'orange',
    ackBy: NOW + 900_000,
    linkHash,
    state: 'sent',
    result: '',
    createdAt: NOW - 600_000,
    sentAt: NOW - 599_000,
    nTries: 1,
    ...more,
  };
}

export const STATEMENT: Statement = {
  id: 'HD-2026-0001-1',
  issueId: 'HD-2026-0001',
  number: 1,
  title: '关于城东自来水异味的情况通报',
  language: 'zh',
  empathy: '给大家带来不便，我们深表歉意。',
  known: '九个点位检测合格。\n\n<script>alert(1)</script> & "quotes"',
  unknown: '异味来源尚未查明。',
  doing: '正在冲洗管网。',
  nextUpdateAt: NOW + 3_600_000,
  nextUpdate: '',
  contact: '12345',
  claimIds: ['c1'],
  promises: [{ what: '减免两天水费', officeId: 'waterCo', dueAt: NOW + 86_400_000 }],
  state: 'published',
  draftedBy: 'analyst',
  draftedAt: NOW - 1000,
  machineDrafted: false,
  reviewedBy: 'duty',
  reviewedAt: NOW - 500,
  rev: 0,
};

export function signed(version: number, more: Partial<SignedStatement> = {}): SignedStatement {
  return {
    id: `HD-2026-0001-1.v${version}`,
    statementId: 'HD-2026-0001-1',
    issueId: 'HD-2026-0001',
    version,
    statement: STATEMENT,
    officeName: { zh: '清河县', en: 'Qinghe County' },
    signerId: 'speaker',
    signerName: '陈颖',
    signerTitle: { zh: '新闻发言人', en: 'Spokesperson' },
    signedAt: NOW - 400 + version,
    publishedAt: NOW - 400 + version,
    why: version === 1 ? '' : '改正错字',
    corrections: [
      { claimId: 'c1', claim: '化工厂泄漏', verdict: 'false', fact: '化工厂没有泄漏', evidence: ['现场检查'], reviewedBy: '李明' },
    ],
    signature: 'c2lnbmF0dXJl',
    keyId: 'test',
    ...more,
  };
}

/** A county that is set up, with one person of each role, and one orange issue about water. */
export async function settle(world: World): Promise<void> {
  await world.put({
    body: [BODY],
    tier: [TIER],
    office: [office('county', 'operating'), office('waterCo'), office('oversight', 'oversight')],
    duty: [DUTY],
    source: [ownSource('desk', NOW), ownSource('field', NOW)],
    setting: [{ id: 'setUp', value: NOW }],
    issue: [issue('HD-2026-0001')],
    document: [document('d1'), document('d2', { copyOf: 'd1', copyHow: 'exact' }), document('d3')],
    mention: [mention('d1', 'HD-2026-0001'), mention('d2', 'HD-2026-0001')],
    alert: [alert('HD-2026-0001')],
    clock: [clock('HD-2026-0001', 'ack'), clock('HD-2026-0001', 'answer', { part: 'full', dueAt: NOW - 1000 })],
    signed: [signed(1), signed(2)],
    statement: [STATEMENT],
  });
  await addStaff(world, 'admin', ['admin']);
  await addStaff(world, 'duty', ['dutyOfficer']);
  await addStaff(world, 'analyst', ['analyst']);
  await addStaff(world, 'liaison', ['liaison'], 'waterCo');
  await addStaff(world, 'leader', ['leader']);
  await addStaff(world, 'speaker', ['spokesperson']);
  await addStaff(world, 'clerk', ['clerk']);
  await addStaff(world, 'reporter', ['reporter']);
  await addStaff(world, 'overseer', ['oversight'], 'oversight');
}
