/** What needs a person now. Each kind is one indexed read; the most urgent comes first. */
import type { Io } from '../../io.ts';
import { compareLevels, type Level } from '../../model/assessment.ts';
import type { NeedRow } from '../../model/desk.ts';
import type { Issue } from '../../model/issue.ts';
import type { Words } from '../../model/words.ts';
import { both, type WordKey } from '../../text/say.ts';
import type { Who } from '../../work/who.ts';
import { LIVE_STATES } from './issueRows.ts';

const MOST = 100;
/** Roles that watch over all offices; others see what waits for their own. */
const OVERVIEW = new Set(['dutyOfficer', 'analyst', 'leader', 'oversight', 'admin']);

interface Found extends Omit<NeedRow, 'title' | 'level'> {
  readonly level?: Level;
  readonly title?: string;
}

function words(zh: string, en: string): Words {
  return { zh, en };
}

async function unsigned(io: Io): Promise<Found[]> {
  const alerts = await io.store.list('alert', { equal: { ackedAt: null }, by: 'at', order: 'down', limit: MOST });
  const clocks = await io.store.list('clock', { equal: { lane: 'ack', metAt: null, cancelled: false }, by: 'dueAt', order: 'up' });
  return alerts.map((alert) => ({
    kind: 'ack',
    id: alert.id,
    issueId: alert.issueId,
    level: alert.level,
    because: alert.because,
    dueAt: clocks.find((clock) => clock.issueId === alert.issueId)?.dueAt ?? null,
    officeId: alert.officeIds[0] ?? null,
  }));
}

async function late(io: Io): Promise<Found[]> {
  const equal = { metAt: null, cancelled: false };
  const clocks = await io.store.list('clock', { equal, by: 'dueAt', to: io.now(), order: 'down', limit: MOST });
  return clocks
    .filter((clock) => clock.lane !== 'ack')
    .map((clock) => {
      const key: WordKey = clock.part === undefined ? `lane.${clock.lane}` : `part.${clock.part}`;
      const name = both(key);
      return {
        kind: 'late',
        id: clock.id,
        issueId: clock.issueId,
        level: clock.level,
        because: words(`“${name.zh}”已超时`, `${name.en} is late`),
        dueAt: clock.dueAt,
        officeId: clock.officeId,
      };
    });
}

async function tasks(io: Io): Promise<Found[]> {
  const [returned, sent] = await Promise.all([
    io.store.list('task', { equal: { state: 'returned' }, by: 'dueAt', order: 'up', limit: MOST }),
    io.store.list('task', { equal: { state: ['sent', 'overdue'] }, by: 'dueAt', order: 'up', limit: MOST }),
  ]);
  const row = (kind: 'returned' | 'task', because: Words) => (task: (typeof sent)[number]) => ({
    kind,
    id: task.id,
    issueId: task.issueId,
    because,
    dueAt: task.dueAt,
    officeId: task.officeId,
  });
  return [
    ...returned.map(row('returned', words('交办被退回，需要重新安排', 'A task came back and needs another office'))),
    ...sent.map(row('task', words('交办等待签收', 'A task waits to be signed for'))),
  ];
}

async function statements(io: Io): Promise<Found[]> {
  const waiting = await io.store.list('statement', { equal: { state: ['review', 'reviewed'] }, by: 'draftedAt', order: 'up', limit: MOST });
  return waiting.map((one) => ({
    kind: one.state === 'review' ? 'review' : 'sign',
    id: one.id,
    issueId: one.issueId,
    title: one.title,
    because:
      one.state === 'review'
        ? words('稿件等待审核', 'A statement waits for review')
        : words('稿件等待签发', 'A statement waits for its signature'),
    dueAt: null,
    officeId: null,
  }));
}

async function machinery(io: Io): Promise<Found[]> {
  const [states, jobs] = await Promise.all([
    io.store.list('sourceState', { equal: { health: ['dark', 'failing', 'slow', 'changed'] }, limit: MOST }),
    io.store.jobsSetAside(),
  ]);
  const sources = new Map(
    (
      await io.store.many(
        'source',
        states.map((state) => state.id),
      )
    ).map((source) => [source.id, source]),
  );
  const dark = states
    .filter((state) => sources.get(state.id)?.paused === false)
    .map((state): Found => {
      const because = state.because ?? words('信源中断', 'The source is dark');
      const name = sources.get(state.id)?.name;
      return {
        kind: 'source',
        id: state.id,
        issueId: null,
        level: 'none',
        title: name?.zh ?? state.id,
        because,
        dueAt: null,
        officeId: null,
      };
    });
  const aside = jobs.slice(0, MOST).map((job): Found => {
    const because = words('多次尝试仍未完成，已搁置', 'Tried many times and set aside');
    return { kind: 'job', id: String(job.id), issueId: null, level: 'none', title: job.run, because, dueAt: null, officeId: null };
  });
  return [...dark, ...aside];
}

const ORDER: readonly NeedRow['kind'][] = ['ack', 'late', 'returned', 'sign', 'review', 'task', 'source', 'job'];

function byNeed(a: NeedRow, b: NeedRow): number {
  const dueA = a.dueAt ?? Number.MAX_SAFE_INTEGER;
  const dueB = b.dueAt ?? Number.MAX_SAFE_INTEGER;
  return compareLevels(b.level, a.level) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || dueA - dueB;
}

function isFor(who: Who, need: Found, isOverview: boolean): boolean {
  if (need.kind === 'sign') return isOverview || who.roles.includes('spokesperson');
  if (need.kind === 'review') return isOverview || who.roles.includes('spokesperson');
  // A task waits for its own office; the watch sees it once it is late.
  if (need.kind === 'task') return need.officeId === who.officeId;
  if (need.kind === 'job') return isOverview;
  return isOverview || need.officeId === who.officeId;
}

export async function needsOf(io: Io, who: Who): Promise<NeedRow[]> {
  const isOverview = who.roles.some((role) => OVERVIEW.has(role));
  const lists = await Promise.all([unsigned(io), late(io), tasks(io), statements(io), machinery(io)]);
  const found = lists.flat().filter((need) => isFor(who, need, isOverview));
  const ids = [...new Set(found.flatMap((need) => (need.issueId === null ? [] : [need.issueId])))];
  const issues = new Map<string, Issue>((await io.store.many('issue', ids)).map((issue) => [issue.id, issue]));
  const rows = found.flatMap((need): NeedRow[] => {
    const issue = need.issueId === null ? undefined : issues.get(need.issueId);
    if (need.issueId !== null && (issue === undefined || !LIVE_STATES.includes(issue.state))) return [];
    return [{ ...need, level: issue?.level ?? need.level ?? 'none', title: need.title ?? issue?.title ?? need.id }];
  });
  return rows.sort(byNeed).slice(0, MOST);
}
