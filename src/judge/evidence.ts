/**
 * What speaks for one matter besides the words: a shared topic, how much of the topic's flow is this issue's of late, and places
 * that both name. It moves the bar that likeness has to reach; with no topic known it moves nothing.
 */
import type { TopicId } from '../model/issue.ts';
import { HOUR, type Instant } from '../model/time.ts';
import { nameRarity } from './documentVector.ts';
import type { JudgeState, LiveIssue } from './state.ts';
import { addToHour, type Voice } from './tally.ts';

/** chosen: a topic is one of the issue's own when so much of its texts is of it; below, they are a few strays of another matter. */
const OWN_SHARE = 0.2;
/** chosen: the hours that count as of late, and the days that tell what is usual. */
const LATE_HOURS = 12;
const USUAL_DAYS = 14;
/** chosen: before anything is known, so many texts in the late hours count as usual, and as if seen for so many such spans. */
const ASSUMED = 2;
const ASSUMED_SPANS = 4;
/** chosen: so many texts of other matters are always thought possible. */
const UNSEEN = 2;
const SURGE = 0.8;

/** chosen: an issue that takes so much of what lately comes in on a topic, with so many texts, carries that topic, however small a part of the issue it is. */
const CARRIED_SHARE = 0.5;
const CARRIED_TEXTS = 2;

/** The topics that the issue is about, the one of most texts first: those of a few stray texts are not. */
export function ownTopics(live: LiveIssue): TopicId[] {
  const { topics } = live.tally;
  let all = 0;
  for (const n of topics.values()) all += n;
  const own = [...topics].filter(([, n]) => n >= OWN_SHARE * all);
  return own.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

/** Counts a unique text for its topics; hours older than what is looked at are forgotten. */
export function countFlow(state: JudgeState, { topicIds, at, topicWeight }: Pick<Voice, 'topicIds' | 'at' | 'topicWeight'>): void {
  if (topicIds.length > 0) state.flowSince = Math.min(state.flowSince, Math.floor(at / HOUR));
  for (const id of topicIds) {
    let hours = state.flow.get(id);
    if (hours === undefined) {
      hours = new Map();
      state.flow.set(id, hours);
    }
    addToHour(hours, at, topicWeight / topicIds.length, USUAL_DAYS * 24);
  }
}

interface Flow {
  /** Texts of the topic in the late hours, and how many there usually are in as many. */
  readonly late: number;
  readonly usual: number;
  /** 0.5..1: how well the usual is known. In the first hours, or in an archive read at once, everything looks like a surge. */
  readonly sureness: number;
}

function flowOf(state: JudgeState, id: TopicId, at: Instant): Flow {
  const hour = Math.floor(at / HOUR);
  let late = 0;
  let before = 0;
  for (const [when, n] of state.flow.get(id) ?? []) {
    if (when > hour) continue;
    if (when > hour - LATE_HOURS) late += n;
    else if (when > hour - USUAL_DAYS * 24) before += n;
  }
  const known = Math.max(0, Math.min(USUAL_DAYS * 24, hour - state.flowSince) - LATE_HOURS) / LATE_HOURS;
  return { late, usual: (before + ASSUMED * ASSUMED_SPANS) / (known + ASSUMED_SPANS), sureness: (known + 1) / (known + 2) };
}

/** 0..1: the share of a topic's flow that the issue has of late, against what else may come in on that topic. */
export function hold(state: JudgeState, lives: readonly LiveIssue[], shared: readonly TopicId[], at: Instant): number {
  let most = 0;
  for (const id of shared) {
    const flow = flowOf(state, id, at);
    const own = lives.reduce((sum, live) => sum + lateOf(live, id, at), 0);
    const all = Math.max(own, flow.late);
    if (own === 0) continue;
    const share = own / (all + flow.usual + UNSEEN);
    const surge = (SURGE * Math.max(0, all - flow.usual)) / (all + UNSEEN);
    most = Math.max(most, flow.sureness * Math.max(share, surge));
  }
  return most;
}

/** Late texts of the issue that are of the topic, as far as its shares tell. */
function lateOf(live: LiveIssue, id: TopicId, at: Instant): number {
  const hour = Math.floor(at / HOUR);
  let late = 0;
  for (const [when, n] of live.tally.flow) if (when <= hour && when > hour - LATE_HOURS) late += n;
  if (late === 0) return 0;
  let all = 0;
  for (const n of live.tally.topics.values()) all += n;
  return (late * (live.tally.topics.get(id) ?? 0)) / (all || 1);
}

/** What an issue draws to itself beside its own matter: a rumour about it, a claim of damage. */
function isCarried(state: JudgeState, live: LiveIssue, id: TopicId, asking: Asking): boolean {
  const own = lateOf(live, id, asking.at);
  if (own < CARRIED_TEXTS || (asking.live !== undefined && lateOf(asking.live, id, asking.at) > own)) return false;
  const { late, usual } = flowOf(state, id, asking.at);
  return own >= CARRIED_SHARE * Math.max(own, late, usual);
}

/** True for the topic of most texts, and for those that have nearly as many. */
function isMain(live: LiveIssue | undefined, id: TopicId): boolean {
  const topics = live?.tally.topics ?? new Map<TopicId, number>();
  return (topics.get(id) ?? 0) >= NEARLY_MOST * Math.max(0, ...topics.values());
}

/** Sum of the rarities of the names that both have; about 0..3. */
export function sharedNames(state: JudgeState, live: LiveIssue, names: Iterable<string>): number {
  let sum = 0;
  for (const name of names) if (live.names.has(name)) sum += nameRarity(state.terms, name);
  return sum;
}

export interface Asking {
  readonly topicIds: readonly TopicId[];
  readonly names: ReadonlySet<string>;
  readonly at: Instant;
  /** The issue that asks, when it is one. */
  readonly live?: LiveIssue;
}

/** chosen: whatever else speaks for it, words must be as near as this. */
export const LEAST_BAR = 0.035;

/** What is added to the bar (other topics) or taken off it. */
export function evidence(state: JudgeState, live: LiveIssue, asking: Asking): number {
  const { settings } = state;
  const own = ownTopics(live);
  const shared = asking.topicIds.filter((id) => own.includes(id) || isCarried(state, live, id, asking));
  const isKnown = own.length > 0 && asking.topicIds.length > 0;
  // An issue of some size is of one matter with another only when what it is mostly about is the other's as well.
  const isSized = asking.live !== undefined && asking.live.tally.nUnique > FEW;
  const isOther = isSized ? !shared.some((id) => isMain(asking.live, id)) : shared.length === 0;
  if (isKnown && isOther) return settings.otherTopic;
  if (!isKnown) return 0;
  const byName = settings.sameName * Math.min(MOST_NAMES, sharedNames(state, live, asking.names));
  return -(
    settings.sameTopic +
    settings.sameFlow * hold(state, asking.live === undefined ? [live] : [live, asking.live], shared, asking.at) +
    byName
  );
}

const NEARLY_MOST = 0.6;
/** Up to so many texts can still be strays of another matter. */
const FEW = 2;
/** More names than that say the same again. */
const MOST_NAMES = 1.5;
