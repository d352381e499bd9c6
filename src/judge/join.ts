/** The moves of grouping: open an issue, put a document into one, take it out, make two issues one. No decisions here. */
import type { Document } from '../model/document.ts';
import type { Issue, IssueId, Mention, Merge } from '../model/issue.ts';
import { HOUR, type Instant } from '../model/time.ts';
import { findBurst } from './burst.ts';
import type { DocumentVectors, Script } from './documentVector.ts';
import { phaseOf } from './phase.ts';
import { idleWindow, type JudgeState, type LiveIssue, type Member } from './state.ts';
import { addVoice, emptyTally, isFewVoices, NO_BURST } from './tally.ts';
import { addSum, addText, cutSum, emptySum, type SumVector, unindex } from './vector.ts';

/** measured: bench/judge (cut a sum back to 200 terms when above 400). */
const CUT_ABOVE = 400;
const CUT_TO = 200;
const SCRIPTS: readonly Script[] = ['han', 'other'];

export function twoSums(): Record<Script, SumVector> {
  return { han: emptySum(), other: emptySum() };
}

/** How much a text of that time counts in the sums of the issue. */
export function ageFactor(state: JudgeState, live: Pick<LiveIssue, 'landmark'>, at: Instant): number {
  return 2 ** ((at - live.landmark) / state.settings.halfLife);
}

function blankIssue(
  id: IssueId,
  document: Pick<Document, 'language' | 'id' | 'publishedAt' | 'seenAt'>,
  title: string,
  now: Instant,
): Issue {
  return {
    id,
    title,
    titleFrom: document.id,
    language: document.language,
    topicIds: [],
    state: 'detected',
    mergedInto: null,
    earlierIssueId: null,
    openedAt: now,
    firstPublishedAt: document.publishedAt,
    firstSeenAt: document.seenAt,
    lastAt: document.publishedAt,
    nMentions: 0,
    nUnique: 0,
    nVoices: 0,
    bySource: {},
    byStanding: {},
    hours: [],
    places: [],
    phase: 'rising',
    burstAt: null,
    complainedOf: [],
    assessmentId: null,
    level: 'none',
    total: 0,
    nature: 'service',
    fewVoices: false,
    rev: 0,
  };
}

export function openIssue(
  state: JudgeState,
  id: IssueId,
  document: Pick<Document, 'language' | 'id' | 'publishedAt' | 'seenAt'>,
  title: string,
  now: Instant,
): LiveIssue {
  const live: LiveIssue = {
    id,
    seq: ++state.nOpened,
    slot: -1,
    issue: blankIssue(id, document, title, now),
    tally: emptyTally(),
    sums: twoSums(),
    titles: twoSums(),
    events: new Map([[id, { id, sums: null, nMembers: 0 }]]),
    members: new Map(),
    landmark: document.publishedAt,
    names: new Set(),
    isTitled: false,
    touchedAt: now,
    held: false,
    followUp: null,
  };
  state.live.set(id, live);
  return live;
}

/** Adds or takes away the vectors of a document; copies have none of their own. */
export function weigh(state: JudgeState, live: LiveIssue, vectors: DocumentVectors, eventId: string, at: Instant, sign: 1 | -1): void {
  const times = sign * ageFactor(state, live, at);
  const index = state.index[vectors.script];
  addText(live.sums[vectors.script], vectors.all, times, index, live);
  cutSum(live.sums[vectors.script], CUT_ABOVE, CUT_TO, index, live);
  addText(live.titles[vectors.script], vectors.title, times, null, live);
  cutSum(live.titles[vectors.script], CUT_ABOVE, CUT_TO, null, live);
  const event = live.events.get(eventId);
  if (event?.sums) {
    addText(event.sums[vectors.script], vectors.all, times, null, live);
    cutSum(event.sums[vectors.script], CUT_ABOVE, CUT_TO, null, live);
  }
  state.changed.add(live.id);
}

/** Puts the member in and counts it. The member's mention must name this issue. */
export function putMember(state: JudgeState, live: LiveIssue, member: Member, now: Instant): void {
  const { mention } = member;
  if (!live.events.has(mention.eventId)) addEvent(live, mention.eventId);
  const event = live.events.get(mention.eventId);
  if (event !== undefined) event.nMembers++;
  live.members.set(mention.id, member);
  state.issueOf.set(mention.id, live.id);
  if (!state.threads.has(member.thread)) state.threads.set(member.thread, mention.id);
  if (!mention.isCopy) weigh(state, live, member.vectors, mention.eventId, member.voice.at, 1);
  live.touchedAt = now;
  addVoice(live.tally, member.voice);
  lookForBurst(state, live);
}

/** A second event in an issue: from now on every event keeps sums of its own. */
function addEvent(live: LiveIssue, id: string): void {
  for (const event of live.events.values()) event.sums ??= { han: cloneSum(live.sums.han), other: cloneSum(live.sums.other) };
  live.events.set(id, { id, sums: twoSums(), nMembers: 0 });
}

function cloneSum(sum: SumVector): SumVector {
  return { weights: new Map(sum.weights), square: sum.square, nTerms: sum.nTerms, nTexts: sum.nTexts, top: sum.top };
}

/** Takes the document out; counts are made again from those that stay. */
export function takeMember(state: JudgeState, live: LiveIssue, member: Member): void {
  live.members.delete(member.mention.id);
  state.issueOf.delete(member.mention.id);
  if (!member.mention.isCopy) weigh(state, live, member.vectors, member.mention.eventId, member.voice.at, -1);
  const event = live.events.get(member.mention.eventId);
  if (event !== undefined && --event.nMembers === 0 && live.events.size > 1) live.events.delete(event.id);
}

/** Counts again from the members, in the order they came; burst marks stay. */
export function recount(live: LiveIssue, marksOf: readonly LiveIssue[]): void {
  const marked = new Set<Instant>();
  let burstAt: Instant | null = null;
  for (const one of marksOf) {
    for (const hour of one.tally.hours) if (hour.burst) marked.add(hour.hour);
    if (one.tally.burstAt !== null) burstAt = Math.max(burstAt ?? 0, one.tally.burstAt);
  }
  const tally = emptyTally();
  for (const member of [...live.members.values()].sort((a, b) => a.seq - b.seq)) addVoice(tally, member.voice);
  for (const [i, hour] of tally.hours.entries()) if (marked.has(hour.hour)) tally.hours[i] = { ...hour, burst: true };
  tally.burstAt = burstAt;
  live.tally = tally;
}

export function lookForBurst(state: JudgeState, live: LiveIssue): void {
  const { tally } = live;
  const found = findBurst(
    { hours: tally.hours, recent: tally.recent, at: tally.lastAt, since: tally.firstAt, burstAt: tally.burstAt },
    state.settings.burst,
  );
  tally.burst = found.isBurst ? found : NO_BURST;
  if (!found.isBurst) return;
  tally.burstAt = found.burstAt;
  const from = tally.lastAt - found.window * HOUR;
  for (let i = tally.hours.length - 1; i >= 0; i--) {
    const hour = tally.hours[i];
    if (hour === undefined || hour.hour < from) break;
    if (!hour.burst) tally.hours[i] = { ...hour, burst: true };
  }
}

/** The row as it stands now. Fields that people or other rooms decide are carried over. */
export function issueRow(state: JudgeState, live: LiveIssue, now: Instant): Issue {
  const { tally } = live;
  const topics = new Set(live.issue.topicIds);
  live.issue = {
    ...live.issue,
    topicIds: [...topics],
    firstPublishedAt: Math.min(tally.firstAt, live.issue.firstPublishedAt),
    firstSeenAt: Math.min(tally.firstSeenAt, live.issue.firstSeenAt),
    lastAt: tally.lastAt,
    nMentions: tally.nMentions,
    nUnique: tally.nUnique,
    nVoices: tally.marks.size,
    bySource: Object.fromEntries(tally.bySource),
    byStanding: Object.fromEntries(tally.byStanding),
    hours: [...tally.hours],
    places: [...tally.places].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([place]) => place),
    phase: phaseOf(tally.hours, tally.lastAt, Math.max(now, tally.lastAt), idleWindow(state, live)),
    burstAt: tally.burstAt,
    fewVoices: isFewVoices(tally),
  };
  return live.issue;
}

/** Sorts in the order of the acts that followed one placement. */
export function mergeId(state: JudgeState, kind: Merge['kind'], from: IssueId, into: IssueId): string {
  if (state.acts.seq !== state.nPlaced) state.acts = { seq: state.nPlaced, n: 0 };
  state.acts.n++;
  return `${kind}:${state.nPlaced}:${String(state.acts.n).padStart(3, '0')}:${from}:${into}`;
}

/** Four digits are shown and stored. */
export function shownScore(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

export interface JoinReason {
  readonly at: Instant;
  readonly score: number;
  readonly sharedTerms: readonly string[];
  readonly by: string;
  readonly because: string;
}

export interface Joined {
  readonly merge: Merge;
  readonly mentions: readonly Mention[];
  readonly gone: Issue;
}

/** All of `from` goes into `into`; `from` keeps its id for ever as merged. */
export function joinIssues(state: JudgeState, into: LiveIssue, from: LiveIssue, reason: JoinReason): Joined {
  const factor = 2 ** ((from.landmark - into.landmark) / state.settings.halfLife);
  for (const event of into.events.values()) event.sums ??= { han: cloneSum(into.sums.han), other: cloneSum(into.sums.other) };
  for (const event of from.events.values()) {
    const sums = twoSums();
    const source = event.sums ?? from.sums;
    for (const script of SCRIPTS) addSum(sums[script], source[script], factor, null, into);
    into.events.set(event.id, { id: event.id, sums, nMembers: event.nMembers });
  }
  for (const script of SCRIPTS) {
    unindex(from.sums[script], state.index[script], from);
    addSum(into.sums[script], from.sums[script], factor, state.index[script], into);
    cutSum(into.sums[script], CUT_ABOVE, CUT_TO, state.index[script], into);
    addSum(into.titles[script], from.titles[script], factor, null, into);
    cutSum(into.titles[script], CUT_ABOVE, CUT_TO, null, into);
  }
  const mentions: Mention[] = [];
  for (const member of from.members.values()) {
    member.mention = { ...member.mention, issueId: into.id };
    mentions.push(member.mention);
    into.members.set(member.mention.id, member);
    state.issueOf.set(member.mention.id, into.id);
  }
  for (const name of from.names) into.names.add(name);
  into.issue = { ...into.issue, topicIds: [...new Set([...into.issue.topicIds, ...from.issue.topicIds])] };
  into.touchedAt = Math.max(into.touchedAt, from.touchedAt);
  into.held ||= from.held;
  recount(into, [into, from]);
  lookForBurst(state, into);
  state.live.delete(from.id);
  state.changed.delete(from.id);
  state.changed.add(into.id);
  from.issue = { ...from.issue, state: 'merged', mergedInto: into.id };
  const merge: Merge = {
    id: mergeId(state, 'merge', from.id, into.id),
    kind: 'merge',
    from: from.id,
    into: into.id,
    ...reason,
    score: shownScore(reason.score),
    documentIds: mentions.map((mention) => mention.id),
    seq: state.nPlaced,
  };
  return { merge, mentions, gone: from.issue };
}
