/** GET /api/issues/:id: everything about one issue, each part by one indexed read. */
import { timeToAck, timeToAlert, timeToAnswer, timeToFirstWord } from '../../account/retrospective.ts';
import type { Io } from '../../io.ts';
import type { Alert, Notice } from '../../model/alert.ts';
import type { SignedStatement } from '../../model/case.ts';
import type { IssuePage, TimelineRow } from '../../model/desk.ts';
import type { Issue } from '../../model/issue.ts';
import type { Entry } from '../../model/journal.ts';
import { done, type Outcome, refuse } from '../../model/outcome.ts';
import type { Words } from '../../model/words.ts';
import { both } from '../../text/say.ts';
import { recipientRows } from '../../work/viewRecipients.ts';
import { streamRows } from '../../work/viewRows.ts';
import { type ClaimProposal, claimProposals } from '../../work/workClaim.ts';
import { clockView, issueRows } from './issueRows.ts';
import { entryWords, isForPeople } from './journalWords.ts';

const MOST_DOCUMENTS = 200;
const MOST_NOTICES = 100;
const MOST_HISTORY = 200;
const MOST_ENTRIES = 500;

/** Proposals are read from hundreds of texts: kept until the issue has another text. */
async function proposals(io: Io, issue: Issue): Promise<readonly ClaimProposal[]> {
  const kept = io.memory.get('claimProposals') as Map<string, { n: number; found: readonly ClaimProposal[] }> | undefined;
  const cache = kept ?? new Map<string, { n: number; found: readonly ClaimProposal[] }>();
  if (kept === undefined) io.memory.set('claimProposals', cache);
  const known = cache.get(issue.id);
  if (known?.n === issue.nMentions) return known.found;
  const found = await claimProposals(io, issue.id);
  if (cache.size > 200) cache.clear();
  cache.set(issue.id, { n: issue.nMentions, found });
  return found;
}

function marksOf(issue: Issue, alerts: readonly Alert[], signed: readonly SignedStatement[]): IssuePage['marks'] {
  const marks: { at: number; kind: 'alert' | 'statement' | 'burst'; text: Words }[] = [];
  for (const alert of alerts) {
    const level = both(`level.${alert.level}`);
    marks.push({ at: alert.at, kind: 'alert', text: { zh: `${level.zh}预警`, en: `${level.en} alert` } });
  }
  for (const one of signed)
    marks.push({
      at: one.publishedAt,
      kind: 'statement',
      text: { zh: `通报：${one.statement.title}`, en: `Statement: ${one.statement.title}` },
    });
  if (issue.burstAt !== null) marks.push({ at: issue.burstAt, kind: 'burst', text: { zh: '爆发', en: 'Burst' } });
  return marks.sort((a, b) => a.at - b.at);
}

function timelineOf(
  issue: Issue,
  entries: readonly Entry[],
  documents: IssuePage['documents'],
  offices: Readonly<Record<string, Words>>,
): TimelineRow[] {
  const rows: TimelineRow[] = entries
    .filter(isForPeople)
    .map((entry) => ({ at: entry.at, kind: entry.kind, text: entryWords(entry, offices), documentId: null }));
  rows.push({
    at: issue.firstPublishedAt,
    kind: 'collect.first',
    text: { zh: '最早的一条', en: 'The earliest text' },
    documentId: issue.titleFrom,
  });
  if (issue.burstAt !== null)
    rows.push({ at: issue.burstAt, kind: 'judge.burst', text: { zh: '爆发开始', en: 'The burst began' }, documentId: null });
  for (const one of documents.filter((row) => row.nCopies > 0).slice(0, 20)) {
    const text = {
      zh: `${one.title || one.start.slice(0, 40)}（${one.nCopies}条转载）`,
      en: `${one.title || one.start.slice(0, 40)} (${one.nCopies} copies)`,
    };
    rows.push({ at: one.publishedAt, kind: 'collect.copied', text, documentId: one.id });
  }
  return rows.sort((a, b) => b.at - a.at);
}

function noticeRow({ id, officeId, channelId, step, state, result, sentAt, subject }: Notice): IssuePage['notices'][number] {
  return { id, officeId, channelId, step, state, result, sentAt, subject };
}

/** The newest texts; none when few voices wrote most of them. */
async function documentsOf(io: Io, issue: Issue): Promise<IssuePage['documents']> {
  if (issue.fewVoices) return [];
  const mentions = await io.store.list('mention', { equal: { issueId: issue.id }, by: 'at', order: 'down', limit: MOST_DOCUMENTS });
  const documents = await io.store.many(
    'document',
    mentions.map((mention) => mention.id),
  );
  return (await streamRows(io, documents)).sort((a, b) => b.publishedAt - a.publishedAt);
}

async function workOf(io: Io, issueId: string) {
  const equal = { issueId };
  const { store } = io;
  const [clocks, alerts, notices, tasks, kase, statements, published, promises, instructions, claims] = await Promise.all([
    store.list('clock', { equal, by: 'dueAt', order: 'up' }),
    store.list('alert', { equal, by: 'at', order: 'up' }),
    store.list('notice', { equal, by: 'createdAt', order: 'down', limit: MOST_NOTICES }),
    store.list('task', { equal, by: 'createdAt', order: 'up' }),
    store.get('case', issueId),
    store.list('statement', { equal, by: 'number', order: 'down' }),
    store.list('signed', { equal, by: 'publishedAt', order: 'down' }),
    store.list('promise', { equal, by: 'dueAt', order: 'up' }),
    store.list('instruction', { equal, by: 'at', order: 'up' }),
    store.list('claim', { equal, by: 'openedAt', order: 'up' }),
  ]);
  return { clocks, alerts, notices, tasks, kase: kase ?? null, statements, published, promises, instructions, claims };
}

async function judgedOf(io: Io, issue: Issue) {
  const equal = { issueId: issue.id };
  const [assessment, overrides, history, into, from] = await Promise.all([
    issue.assessmentId === null ? undefined : io.store.get('assessment', issue.assessmentId),
    io.store.list('override', { equal: { ...equal, lifted: false }, by: 'at', order: 'down', limit: 1 }),
    io.store.list('assessment', { equal, by: 'at', order: 'down', limit: MOST_HISTORY }),
    io.store.list('merge', { equal: { into: issue.id }, by: 'at', order: 'down', limit: 50 }),
    io.store.list('merge', { equal: { from: issue.id }, by: 'at', order: 'down', limit: 50 }),
  ]);
  return {
    assessment: assessment ?? null,
    override: overrides[0] ?? null,
    history: history.map(({ id, at, total, level }) => ({ id, at, total, level })).reverse(),
    merges: [...into, ...from].map(({ id, kind, from: gone, at, because, by, sharedTerms }) => ({
      id,
      kind,
      from: gone,
      at,
      because,
      by,
      sharedTerms,
    })),
  };
}

export async function issuePage(io: Io, id: string): Promise<Outcome<IssuePage>> {
  const issue = await io.store.get('issue', id);
  if (issue === undefined) return refuse('judge.issueGone', { issue: id });
  const now = io.now();
  const [rows, work, judged, documents, entries, drafts, recipients, offices] = await Promise.all([
    issueRows(io, [issue]),
    workOf(io, id),
    judgedOf(io, issue),
    documentsOf(io, issue),
    io.store.journal({ subject: id, limit: MOST_ENTRIES }),
    proposals(io, issue),
    recipientRows(io, issue),
    io.store.list('office'),
  ]);
  const names = Object.fromEntries(offices.map((office) => [office.id, office.name]));
  const opened = new Set(work.claims.map((claim) => claim.text));
  return done({
    row: rows[0]!,
    hours: issue.hours,
    marks: marksOf(issue, work.alerts, work.published),
    ...judged,
    timeline: timelineOf(issue, entries, documents, names),
    bySource: Object.entries(issue.bySource)
      .map(([sourceId, n]) => ({ sourceId, n }))
      .sort((a, b) => b.n - a.n),
    documents,
    fewVoices: issue.fewVoices,
    claims: work.claims,
    claimDrafts: drafts
      .filter((draft) => !opened.has(draft.text))
      .map(({ text, isQuestion, nVoices, firstDocumentId }) => ({ text, isQuestion, nVoices, firstDocumentId })),
    clocks: work.clocks.map((clock) => clockView(clock, now)),
    alerts: work.alerts,
    notices: work.notices.map(noticeRow),
    tasks: work.tasks,
    kase: work.kase,
    statements: work.statements,
    published: work.published,
    promises: work.promises,
    instructions: work.instructions,
    recipients,
    complainedOf: issue.complainedOf,
    earlierIssueId: issue.earlierIssueId,
    mergedInto: issue.mergedInto,
    times: {
      toAlert: timeToAlert(entries, id),
      toAck: timeToAck(entries, id),
      toFirstWord: timeToFirstWord(entries, id),
      toAnswer: timeToAnswer(entries, id),
    },
  });
}
