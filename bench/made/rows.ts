/** Whole rows as the product writes them, for stores that must be large or hold a certain moment before anything is measured. */
import type { Alert, Clock, Notice } from '../../src/model/alert.ts';
import type { Level } from '../../src/model/assessment.ts';
import type { Document } from '../../src/model/document.ts';
import type { Issue, Mention } from '../../src/model/issue.ts';
import { HOUR, type Instant } from '../../src/model/time.ts';
import { chance } from './texts.ts';

/** 128 numbers in the stored form; `fingerprint.minhash` of another text has others. */
function madeMinhash(n: number): string {
  const next = chance(n + 3);
  return Buffer.from(Uint32Array.from({ length: 128 }, () => next() * 0xffffffff).buffer).toString('base64');
}

export function documentRow(n: number, sourceId: string, text: { readonly title: string; readonly body: string }, at: Instant): Document {
  const id = `doc${n.toString(16).padStart(29, '0')}`;
  return {
    ...{ id, sourceId, key: `k${n}`, address: `https://a.example/${n}`, kind: 'article', title: text.title, text: text.body },
    ...{ language: 'zh', pseudonym: null, publishedAt: at, seenAt: at, version: 1, previousId: null, thread: null, place: null },
    ...{ section: null, sure: null, reach: 0, nImages: 0, fingerprint: { exact: id, minhash: madeMinhash(n), nShingles: 390 } },
    ...{ copyOf: null, copyHow: null, nRedactions: 0, marks: [] },
  };
}

export interface IssueFigures {
  readonly level: Level;
  readonly state: Issue['state'];
  readonly from: Instant;
  readonly to: Instant;
  readonly nMentions: number;
  readonly titleFrom: string;
  readonly sourceIds: readonly string[];
}

export function issueId(n: number): string {
  return `HD-2026-${String(n).padStart(4, '0')}`;
}

export function issueRow(n: number, figures: IssueFigures): Issue {
  const { level, state, from, to, nMentions, titleFrom, sourceIds } = figures;
  const first = Math.floor(from / HOUR) * HOUR;
  const nHours = Math.min(72, Math.floor((to - first) / HOUR) + 1);
  const each = Math.max(1, Math.round(nMentions / nHours));
  return {
    ...{ id: issueId(n), title: `第${n}件：居民反映自来水发黄`, titleFrom, language: 'zh', topicIds: ['topic-01'], state },
    ...{ mergedInto: null, earlierIssueId: null, openedAt: from, firstPublishedAt: from, firstSeenAt: from, lastAt: to },
    ...{ nMentions, nUnique: nMentions, nVoices: Math.ceil(nMentions / 2) },
    bySource: Object.fromEntries(sourceIds.map((id) => [id, Math.ceil(nMentions / sourceIds.length)])),
    byStanding: { import: nMentions },
    hours: Array.from({ length: nHours }, (_, i) => ({ hour: first + i * HOUR, unique: each, all: each, burst: i === 2 })),
    ...{ places: ['东河小区'], phase: 'fading', burstAt: first + 2 * HOUR, complainedOf: [], assessmentId: null, level, total: 40 },
    ...{ nature: 'livelihood', fewVoices: false, rev: 0 },
  };
}

export function mentionRow(document: Document, ofIssue: string, seq: number): Mention {
  return {
    ...{ id: document.id, issueId: ofIssue, at: document.seenAt, score: 0.6, sharedTerms: ['自来', '来水', '发黄'] },
    because: { zh: '与此事的用词接近', en: 'its words are near to the issue' },
    ...{ eventId: `${ofIssue}.1`, isCopy: false, pinned: false, sourceId: document.sourceId, seq, topicIds: ['topic-01'] },
  };
}

export function alertRow(issue: Pick<Issue, 'id' | 'level'>, at: Instant, officeId: string): Alert {
  const because = { zh: '等级升高', en: 'the level rose' };
  return {
    id: `${issue.id}:levelReached:${issue.level}`,
    ...{ issueId: issue.id, rule: 'levelReached', level: issue.level, at, because, officeIds: [officeId], ackedAt: null },
  };
}

export function clockRow(
  issue: Pick<Issue, 'id' | 'level'>,
  lane: Clock['lane'],
  officeId: string,
  startedAt: Instant,
  dueAt: Instant,
): Clock {
  return {
    id: `${issue.id}:${lane}:${issue.level}`,
    ...{ issueId: issue.id, lane, level: issue.level, officeId, startedAt, dueAt, metAt: null, metBy: null, step: 0, cancelled: false },
  };
}

export function noticeRow(alert: Alert, channelId: string, createdAt: Instant): Notice {
  const officeId = alert.officeIds[0] ?? '';
  return {
    id: `${alert.id}:${officeId}:0:${channelId}`,
    ...{ alertId: alert.id, issueId: alert.issueId, officeId, channelId, step: 0, staffId: null, subject: '预警', text: '请签收' },
    ...{ level: alert.level, ackBy: null, linkHash: null, state: 'queued', result: '', createdAt, sentAt: null, nTries: 0 },
  };
}
