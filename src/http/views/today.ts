/** GET /api/today: the 08:00 screen. Running counts and indexed reads only; no text of a document is read. */
import { timeToFirstWord, spreadOf } from '../../account/retrospective.ts';
import { JOURNAL } from '../../account/journalKinds.ts';
import type { Io } from '../../io.ts';
import { LEVELS } from '../../model/assessment.ts';
import type { ChangeRow, TodayBoard } from '../../model/desk.ts';
import type { Issue } from '../../model/issue.ts';
import { DAY, HOUR, type Instant, type Span } from '../../model/time.ts';
import type { Words } from '../../model/words.ts';
import type { Who } from '../../work/who.ts';
import { byUrgency, issueRows, LIVE_STATES } from './issueRows.ts';
import { entryWords, isForPeople } from './journalWords.ts';
import { needsOf } from './needs.ts';
import { localDay } from './zone.ts';

const MOST_ISSUES = 60;
const QUIET_ISSUES = 12;
const USUAL_DAYS = 7;
const MOST_CHANGES = 40;

interface Usual {
  readonly first: Instant;
  readonly nBefore: number;
  readonly days: number;
}

/** The week before, from the hourly counts; read once an hour, because thousands of counts lie in it. */
async function usualOf(io: Io, first: Instant): Promise<Usual> {
  const known = io.memory.get('todayUsual') as Usual | undefined;
  if (known?.first === first) return known;
  const rows = await io.store.hours(first - USUAL_DAYS * DAY, first);
  const oldest = rows.reduce((at, row) => Math.min(at, row.hour), first);
  const usual = { first, nBefore: rows.reduce((sum, row) => sum + row.all, 0), days: (first - oldest) / DAY };
  io.memory.set('todayUsual', usual);
  return usual;
}

async function volume(io: Io): Promise<TodayBoard['last24h']> {
  const now = io.now();
  const first = Math.floor(now / HOUR) * HOUR - 23 * HOUR;
  const [rows, usual, nIssues, nSeen, nPlaced] = await Promise.all([
    io.store.hours(first, first + DAY),
    usualOf(io, first),
    io.store.count('issue', { by: 'openedAt', from: now - DAY }),
    io.store.count('document', { by: 'seenAt', from: now - DAY }),
    io.store.count('mention', { by: 'at', from: now - DAY }),
  ]);
  const hourly = Array<number>(24).fill(0);
  for (const row of rows) hourly[Math.round((row.hour - first) / HOUR)]! += row.all;
  const nDocuments = hourly.reduce((sum, n) => sum + n, 0);
  // Half a day of history says nothing about a usual one.
  const perDay = usual.days < 0.5 ? nDocuments : Math.round(usual.nBefore / usual.days);
  return { nDocuments, usual: perDay, nIssues, hourly, nOffTopic: Math.max(0, nSeen - nPlaced) };
}

/** Coloured issues of the last two weeks, and a few quiet ones that moved last. */
async function aliveIssues(io: Io): Promise<Issue[]> {
  const state = [...LIVE_STATES];
  const from = io.now() - 14 * DAY;
  const [coloured, quiet] = await Promise.all([
    io.store.list('issue', { equal: { state, level: LEVELS.slice(1) }, by: 'lastAt', from, order: 'down', limit: MOST_ISSUES }),
    io.store.list('issue', { equal: { state, level: 'none' }, by: 'lastAt', from, order: 'down', limit: QUIET_ISSUES }),
  ]);
  return [...coloured.sort(byUrgency), ...quiet.sort((a, b) => b.total - a.total)];
}

/** The median over the statements first published in the last 30 days, from the journal. */
async function medianToFirstWord(io: Io): Promise<Span | null> {
  const published = await io.store.journal({ kind: JOURNAL.published, from: io.now() - 30 * DAY, limit: 200, newestFirst: true });
  const ids = [...new Set(published.map((entry) => entry.subject))].slice(0, 50);
  const spans = await Promise.all(ids.map(async (id) => timeToFirstWord(await io.store.journal({ subject: id }), id)));
  return spreadOf(spans).median;
}

async function answers(io: Io): Promise<TodayBoard['answers']> {
  const now = io.now();
  const clocks = await io.store.list('clock', { equal: { lane: 'answer', cancelled: false }, by: 'dueAt', from: now - DAY, to: now + DAY });
  const byIssue = Map.groupBy(clocks, (clock) => clock.issueId);
  const nAnswered = [...byIssue.values()].filter((own) => own.some((clock) => clock.metAt !== null)).length;
  return { nAnswered, nDue: byIssue.size, medianToFirstWord: await medianToFirstWord(io) };
}

async function sourceCounts(io: Io): Promise<TodayBoard['sources']> {
  const [sources, states] = await Promise.all([io.store.list('source'), io.store.list('sourceState')]);
  const stateOf = new Map(states.map((state) => [state.id, state]));
  const read = sources.filter((source) => !source.paused && io.collectors.get(source.kind)?.pull !== undefined);
  const dark = read.filter((source) => ['dark', 'failing', 'refused'].includes(stateOf.get(source.id)?.health ?? 'new'));
  return {
    nOk: read.length - dark.length,
    nDark: dark.length,
    dark: dark.map((source) => ({ id: source.id, name: source.name, because: stateOf.get(source.id)?.because ?? null })),
  };
}

async function changes(io: Io, offices: Readonly<Record<string, Words>>): Promise<ChangeRow[]> {
  const entries = await io.store.journal({ from: io.now() - DAY, limit: MOST_CHANGES * 3, newestFirst: true });
  const shown = entries.filter(isForPeople).slice(0, MOST_CHANGES);
  const issues = await io.store.many('issue', [...new Set(shown.map((entry) => entry.subject))]);
  const titles = new Map(issues.map((issue) => [issue.id, issue.title]));
  return shown.map((entry) => {
    const title = titles.get(entry.subject);
    return {
      seq: entry.seq,
      at: entry.at,
      kind: entry.kind,
      subject: entry.subject,
      by: entry.by,
      text: entryWords(entry, offices),
      ...(title === undefined ? {} : { title }),
    };
  });
}

/** Clerks and reporters see how the day stands, not the issues: they need neither (least privilege). */
function narrowed(board: TodayBoard, who: Who): TodayBoard {
  const isNarrow = who.roles.every((role) => role === 'clerk' || role === 'reporter');
  return isNarrow ? { ...board, needs: [], issues: [], promises: [], changes: [], bulletin: null } : board;
}

export async function todayBoard(io: Io, who: Who): Promise<TodayBoard> {
  const now = io.now();
  const [body, offices, staff] = await Promise.all([io.store.get('body', 'body'), io.store.list('office'), io.store.list('staff')]);
  const names = Object.fromEntries(offices.map((office) => [office.id, office.name]));
  const day = localDay(now, body?.calendar.zone ?? 'UTC');
  const [needs, last24h, answered, sources, issues, promises, changed, bulletin] = await Promise.all([
    needsOf(io, who),
    volume(io),
    answers(io),
    sourceCounts(io),
    aliveIssues(io).then((rows) => issueRows(io, rows)),
    io.store.list('promise', { equal: { keptAt: null, broken: false }, by: 'dueAt', to: now + 3 * DAY, order: 'up', limit: 50 }),
    changes(io, names),
    io.store.get('bulletin', day),
  ]);
  const onDuty = staff.filter((one) => one.active && one.roles.includes('dutyOfficer')).map((one) => one.name);
  const today = bulletin === undefined ? null : { id: bulletin.id, state: bulletin.state };
  return narrowed({ now, needs, last24h, answers: answered, sources, issues, promises, changes: changed, onDuty, bulletin: today }, who);
}
