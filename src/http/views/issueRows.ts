/** Lines of issue lists. A fixed number of indexed reads for any number of rows. */
import type { Io } from '../../io.ts';
import type { Clock } from '../../model/alert.ts';
import { compareLevels, LEVELS, type Level } from '../../model/assessment.ts';
import type { ClockView, IssueRow } from '../../model/desk.ts';
import { type HourCount, ISSUE_STATES, type Issue, type IssueState } from '../../model/issue.ts';
import { HOUR, type Instant } from '../../model/time.ts';

/** States in which somebody may still have to do something. */
export const LIVE_STATES: readonly IssueState[] = ['detected', 'watching', 'open', 'verified', 'answered'];

const SPARK = 24;

export function clockView(clock: Clock, now: Instant): ClockView {
  return { ...clock, left: clock.dueAt - (clock.metAt ?? now) };
}

/** Mentions that are not copies, hour by hour, for the 24 hours up to now. */
export function sparkOf(hours: readonly HourCount[], now: Instant): number[] {
  const spark = Array<number>(SPARK).fill(0);
  const first = Math.floor(now / HOUR) * HOUR - (SPARK - 1) * HOUR;
  for (const { hour, unique } of hours) {
    const at = Math.floor((hour - first) / HOUR);
    if (at >= 0 && at < SPARK) spark[at]! += unique;
  }
  return spark;
}

function earliest(clocks: readonly Clock[] | undefined): Clock | null {
  return (clocks ?? []).reduce<Clock | null>((first, clock) => (first === null || clock.dueAt < first.dueAt ? clock : first), null);
}

export async function issueRows(io: Io, issues: readonly Issue[]): Promise<IssueRow[]> {
  const ids = issues.map((issue) => issue.id);
  if (ids.length === 0) return [];
  const now = io.now();
  const equal = { issueId: ids };
  const [alerts, cases, clocks, overrides, signed] = await Promise.all([
    io.store.list('alert', { equal, by: 'at', order: 'up' }),
    io.store.many('case', ids),
    io.store.list('clock', { equal: { ...equal, metAt: null, cancelled: false } }),
    io.store.list('override', { equal: { ...equal, lifted: false } }),
    io.store.list('signed', { equal }),
  ]);
  const alertsOf = Map.groupBy(alerts, (alert) => alert.issueId);
  const caseOf = new Map(cases.map((kase) => [kase.issueId, kase]));
  const clocksOf = Map.groupBy(clocks, (clock) => clock.issueId);
  const overridden = new Set(overrides.filter((one) => one.until === null || one.until > now).map((one) => one.issueId));
  const answered = new Set(signed.map((one) => one.issueId));
  return issues.map((issue): IssueRow => {
    const own = alertsOf.get(issue.id) ?? [];
    const next = earliest(clocksOf.get(issue.id));
    return {
      id: issue.id,
      title: issue.title,
      language: issue.language,
      level: issue.level,
      total: issue.total,
      nature: issue.nature,
      phase: issue.phase,
      state: issue.state,
      nMentions: issue.nMentions,
      nUnique: issue.nUnique,
      nVoices: issue.nVoices,
      nSources: Object.keys(issue.bySource).length,
      topicIds: issue.topicIds,
      leadOfficeId: caseOf.get(issue.id)?.leadOfficeId ?? own.at(-1)?.officeIds[0] ?? null,
      acked: own.length > 0 && own.every((alert) => alert.ackedAt !== null),
      nextClock: next === null ? null : clockView(next, now),
      firstSeenAt: issue.firstSeenAt,
      lastAt: issue.lastAt,
      burstAt: issue.burstAt,
      spark: sparkOf(issue.hours, now),
      places: issue.places,
      overridden: overridden.has(issue.id),
      answered: answered.has(issue.id),
    };
  });
}

/** Highest colour first, then points, then the newest. */
export function byUrgency(a: Issue, b: Issue): number {
  return compareLevels(b.level, a.level) || b.total - a.total || b.lastAt - a.lastAt;
}

export interface IssueQuery {
  /** One colour or several with commas. */
  readonly level?: string;
  /** One state or several with commas; `live` (default), `all`. */
  readonly state?: string;
  /** Part of the number or title. */
  readonly q?: string;
  readonly topic?: string;
  readonly limit?: number;
}

const SCANNED = 2000;

function chosen<T extends string>(text: string | undefined, of: readonly T[]): readonly T[] {
  const wanted = new Set((text ?? '').split(','));
  return of.filter((one) => wanted.has(one));
}

function statesOf(text: string | undefined): readonly IssueState[] {
  if (text === undefined || text === '' || text === 'live') return LIVE_STATES;
  return text === 'all' ? ISSUE_STATES.filter((state) => state !== 'merged') : chosen(text, ISSUE_STATES);
}

async function found(io: Io, asked: IssueQuery, levels: readonly Level[], limit: number): Promise<Issue[]> {
  const equal = { state: statesOf(asked.state), ...(levels.length === 0 ? {} : { level: levels }) };
  const isPlain = (asked.q ?? '') === '' && (asked.topic ?? '') === '';
  return io.store.list('issue', { equal, by: 'lastAt', order: 'down', limit: isPlain ? limit : SCANNED });
}

export async function issueList(io: Io, asked: IssueQuery): Promise<IssueRow[]> {
  const limit = asked.limit ?? 200;
  const q = (asked.q ?? '').trim().toLowerCase();
  const levels = chosen(asked.level, LEVELS);
  // Coloured ones always come, however many quiet ones are newer.
  const coloured = levels.length > 0 ? [] : await found(io, asked, LEVELS.slice(1), limit);
  const others = await found(io, asked, levels, limit);
  const issues = [...new Map([...coloured, ...others].map((issue) => [issue.id, issue])).values()].filter(
    (issue) =>
      (q === '' || issue.title.toLowerCase().includes(q) || issue.id.toLowerCase().includes(q)) &&
      (asked.topic === undefined || asked.topic === '' || issue.topicIds.includes(asked.topic)),
  );
  return issueRows(io, issues.sort(byUrgency).slice(0, limit));
}
