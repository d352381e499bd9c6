/**
 * Looking back, from the journal alone: what cannot be found there did not happen. The same entries always give the same figures, in
 * whatever order they are handed over.
 */
import type { Entry } from '../model/journal.ts';
import type { Instant, Span } from '../model/time.ts';
import { JOURNAL } from './journalKinds.ts';

function inOrder(entries: readonly Entry[], issueId?: string): readonly Entry[] {
  const chosen = issueId === undefined ? [...entries] : entries.filter((entry) => entry.subject === issueId);
  return chosen.sort((a, b) => a.at - b.at || a.seq - b.seq);
}

function first(entries: readonly Entry[], kind: string, meets: (entry: Entry) => boolean = () => true): Entry | undefined {
  return entries.find((entry) => entry.kind === kind && meets(entry));
}

function number(entry: Entry | undefined, name: string): number | null {
  const value = entry?.data[name];
  return typeof value === 'number' ? value : null;
}

function text(entry: Entry, name: string): string {
  const value = entry.data[name];
  return typeof value === 'string' ? value : '';
}

function span(from: Instant | null | undefined, to: Instant | null | undefined): Span | null {
  return from === null || from === undefined || to === null || to === undefined ? null : Math.max(0, to - from);
}

/** The four starts of an issue (rights document, section 3); null where not reached. */
export interface Starts {
  readonly published: Instant | null;
  readonly seen: Instant | null;
  /** A colour, blue or more, was reached for the first time. */
  readonly judged: Instant | null;
  readonly alerted: Instant | null;
}

export function startsOf(entries: readonly Entry[], issueId: string): Starts {
  const own = inOrder(entries, issueId);
  const opened = first(own, JOURNAL.issueOpened);
  const judged = own.find((one) => (one.kind === JOURNAL.levelChanged || one.kind === JOURNAL.overridden) && text(one, 'to') !== 'none');
  return {
    published: number(opened, 'firstPublishedAt'),
    seen: number(opened, 'firstSeenAt') ?? opened?.at ?? null,
    judged: judged?.at ?? null,
    alerted: first(own, JOURNAL.alerted)?.at ?? null,
  };
}

/** From the first text we saw to the first alert; null when there was none. */
export function timeToAlert(entries: readonly Entry[], issueId: string): Span | null {
  const { seen, alerted } = startsOf(entries, issueId);
  return span(seen, alerted);
}

/** From the first alert to the first signature of an office. */
export function timeToAck(entries: readonly Entry[], issueId: string): Span | null {
  return span(startsOf(entries, issueId).alerted, first(inOrder(entries, issueId), JOURNAL.acked)?.at);
}

function answerStart(entries: readonly Entry[], issueId: string): Instant | null {
  const { judged, seen } = startsOf(entries, issueId);
  return judged ?? seen;
}

/** From when the colour was reached (or, without one, from the first text seen) to the first statement. */
export function timeToFirstWord(entries: readonly Entry[], issueId: string): Span | null {
  return span(answerStart(entries, issueId), first(inOrder(entries, issueId), JOURNAL.published)?.at);
}

/** The same to the full answer: the first statement that announces no further one, or, if none does, the close of an answered case. */
export function timeToAnswer(entries: readonly Entry[], issueId: string): Span | null {
  const own = inOrder(entries, issueId);
  const last = first(own, JOURNAL.published, (entry) => entry.data.last === true);
  const closed = first(own, JOURNAL.caseClosed, (entry) => entry.data.answered === true);
  return span(answerStart(entries, issueId), (last ?? closed)?.at);
}

export interface PromiseFigures {
  readonly made: number;
  readonly kept: number;
  readonly keptLate: number;
  readonly late: number;
  readonly broken: number;
}

export function promiseFigures(entries: readonly Entry[], now: Instant): PromiseFigures {
  const count = { made: 0, kept: 0, keptLate: 0, late: 0, broken: 0 };
  const own = inOrder(entries);
  // A later version of a statement repeats its promises; the first date stands.
  const made = new Map<string, Entry>();
  for (const entry of own)
    if (entry.kind === JOURNAL.promised && !made.has(text(entry, 'promiseId'))) made.set(text(entry, 'promiseId'), entry);
  for (const [promiseId, entry] of made) {
    count.made += 1;
    const dueAt = number(entry, 'dueAt') ?? 0;
    const kept = first(own, JOURNAL.promiseKept, (one) => text(one, 'promiseId') === promiseId);
    const broken = first(own, JOURNAL.promiseBroken, (one) => text(one, 'promiseId') === promiseId);
    if (kept !== undefined) count[kept.at <= dueAt ? 'kept' : 'keptLate'] += 1;
    else if (broken !== undefined) count.broken += 1;
    else if (now > dueAt) count.late += 1;
  }
  return count;
}

/** Spans in milliseconds over `n` cases; null when there is none. `p90` by nearest rank. */
export interface Spread {
  readonly n: number;
  readonly median: Span | null;
  readonly p90: Span | null;
}

export function spreadOf(spans: readonly (Span | null)[]): Spread {
  const sorted = spans.filter((one) => one !== null).sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return { n, median: null, p90: null };
  const middle = sorted[Math.floor(n / 2)]!;
  return { n, median: n % 2 === 1 ? middle : (sorted[n / 2 - 1]! + middle) / 2, p90: sorted[Math.ceil(n * 0.9) - 1]! };
}

/** Of the clocks that had to be met by now: how many were met in time, met late, and not met. Cancelled ones do not count. */
export interface InTime {
  readonly inTime: number;
  readonly late: number;
  readonly missing: number;
  /** 0..1; null when none had to be met. */
  readonly share: number | null;
}

function inTime(entries: readonly Entry[], lane: string, now: Instant): InTime {
  const met = new Map<string, Instant>();
  const cancelled = new Set<string>();
  for (const entry of entries) {
    const clockId = text(entry, 'clockId');
    if (entry.kind === JOURNAL.clockMet && !met.has(clockId)) met.set(clockId, entry.at);
    if (entry.kind === JOURNAL.clockCancelled) cancelled.add(clockId);
  }
  const count = { inTime: 0, late: 0, missing: 0 };
  const seen = new Set<string>();
  for (const entry of entries) {
    const clockId = text(entry, 'clockId');
    if (entry.kind !== JOURNAL.clockStarted || text(entry, 'lane') !== lane || cancelled.has(clockId) || seen.has(clockId)) continue;
    seen.add(clockId);
    const dueAt = number(entry, 'dueAt') ?? 0;
    const metAt = met.get(clockId);
    if (metAt !== undefined) count[metAt <= dueAt ? 'inTime' : 'late'] += 1;
    else if (now > dueAt) count.missing += 1;
  }
  const all = count.inTime + count.late + count.missing;
  return { ...count, share: all === 0 ? null : count.inTime / all };
}

/** The public figures. `levels` belongs in the overseer's export only. */
export interface Figures {
  readonly issues: number;
  readonly fastTrack: number;
  readonly ordinary: number;
  readonly levels: Readonly<Record<string, number>>;
  readonly toAlert: Spread;
  readonly toAck: Spread;
  readonly toFirstWord: Spread;
  readonly toAnswer: Spread;
  readonly ackInTime: InTime;
  readonly answerInTime: InTime;
  readonly promises: PromiseFigures;
  readonly statements: number;
  readonly corrections: number;
  readonly overrides: number;
  readonly reopened: number;
  readonly closed: number;
  readonly closedUnanswered: number;
  readonly escalations: number;
  readonly returned: number;
  readonly refusedQueries: number;
  readonly sourcesDark: number;
}

/** All figures over the entries given (a month, a year, all). Cost: issues x entries of an issue. */
export function figures(entries: readonly Entry[], now: Instant): Figures {
  const all = inOrder(entries);
  const count = (kind: string, meets?: (entry: Entry) => boolean): number =>
    all.filter((entry) => entry.kind === kind && (meets?.(entry) ?? true)).length;
  const bySubject = Map.groupBy(all, (entry) => entry.subject);
  const issueIds = [...new Set(all.filter((entry) => entry.kind === JOURNAL.issueOpened).map((entry) => entry.subject))];
  const over = (measure: (own: readonly Entry[], issueId: string) => Span | null): Spread =>
    spreadOf(issueIds.map((issueId) => measure(bySubject.get(issueId) ?? [], issueId)));
  const levels: Record<string, number> = {};
  for (const entry of all) if (entry.kind === JOURNAL.alerted) levels[text(entry, 'level')] = (levels[text(entry, 'level')] ?? 0) + 1;
  return {
    issues: issueIds.length,
    fastTrack: count(JOURNAL.caseOpened, (entry) => entry.data.fastTrack === true),
    ordinary: count(JOURNAL.caseOpened, (entry) => entry.data.fastTrack !== true),
    levels,
    toAlert: over(timeToAlert),
    toAck: over(timeToAck),
    toFirstWord: over(timeToFirstWord),
    toAnswer: over(timeToAnswer),
    ackInTime: inTime(all, 'ack', now),
    answerInTime: inTime(all, 'answer', now),
    promises: promiseFigures(all, now),
    statements: count(JOURNAL.published),
    corrections: all.reduce((sum, entry) => sum + (entry.kind === JOURNAL.published ? (number(entry, 'nCorrections') ?? 0) : 0), 0),
    overrides: count(JOURNAL.overridden),
    reopened: count(JOURNAL.caseReopened),
    closed: count(JOURNAL.caseClosed),
    closedUnanswered: count(JOURNAL.caseClosed, (entry) => entry.data.answered !== true),
    escalations: count(JOURNAL.escalated),
    returned: count(JOURNAL.taskReturned),
    refusedQueries: count(JOURNAL.queryRefused),
    sourcesDark: count(JOURNAL.sourceDark),
  };
}

/** One issue afterwards: its times, and its entries in order. */
export interface Retrospective {
  readonly issueId: string;
  readonly starts: Starts;
  readonly toAlert: Span | null;
  readonly toAck: Span | null;
  readonly toFirstWord: Span | null;
  readonly toAnswer: Span | null;
  readonly clocks: InTime;
  readonly promises: PromiseFigures;
  readonly escalations: number;
  readonly overrides: number;
  readonly timeline: readonly Entry[];
}

export function retrospective(entries: readonly Entry[], issueId: string, now: Instant): Retrospective {
  const own = inOrder(entries, issueId);
  const lanes = ['ack', 'verify', 'upward', 'tasks', 'answer'].map((lane) => inTime(own, lane, now));
  const sum = (of: (one: InTime) => number): number => lanes.reduce((total, one) => total + of(one), 0);
  const counts = { inTime: sum((one) => one.inTime), late: sum((one) => one.late), missing: sum((one) => one.missing) };
  const all = counts.inTime + counts.late + counts.missing;
  return {
    issueId,
    starts: startsOf(own, issueId),
    toAlert: timeToAlert(own, issueId),
    toAck: timeToAck(own, issueId),
    toFirstWord: timeToFirstWord(own, issueId),
    toAnswer: timeToAnswer(own, issueId),
    clocks: { ...counts, share: all === 0 ? null : counts.inTime / all },
    promises: promiseFigures(own, now),
    escalations: own.filter((entry) => entry.kind === JOURNAL.escalated).length,
    overrides: own.filter((entry) => entry.kind === JOURNAL.overridden).length,
    timeline: own,
  };
}
