/**
 * Which issue a document belongs to, and why. In this order: the original of a copy, the earlier version of a text, the
 * thread it answers in, the nearest issue above the bar, an issue of the other language that stands out, none.
 */
import type { Document } from '../model/document.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { findBridge } from './bridge.ts';
import type { DocumentVectors } from './documentVector.ts';
import { type Asking, evidence, LEAST_BAR } from './evidence.ts';
import { shownTerms } from './shownTerms.ts';
import { idleWindow, type JudgeState, type LiveIssue, type PlaceContext, threadOf } from './state.ts';
import { cosineText, lengthOf, productsWith, sharedTerms, unindexedPart } from './vector.ts';

export interface Choice {
  readonly live: LiveIssue;
  readonly eventId: string;
  readonly score: number;
  readonly sharedTerms: readonly string[];
  readonly because: Words;
  readonly isCopy: boolean;
}

/** An answer in a thread with at least so many terms can say of itself that it is about something else. */
const OWN_TEXT = 12;
/** chosen: then it must be this near to another issue, and this much nearer than to its thread's. */
const CLEARLY_OTHER = 0.3;
const CLEARLY_NEARER = 2;
/** Below this a long answer shares nothing with its thread. */
const NOTHING_SHARED = 0.03;

export interface Nearest {
  readonly live: LiveIssue;
  readonly score: number;
  /** Score above the bar it had to reach. */
  readonly margin: number;
}

/** True when the issue can take a text of that time: not idle before it, not begun long after it. */
export function isJoinable(state: JudgeState, live: LiveIssue, at: Instant): boolean {
  const gap = Math.max(at - live.tally.lastAt, live.tally.firstAt - at);
  // No window is shorter than an hour, and most candidates are nearer than that.
  return gap <= HOUR || gap <= idleWindow(state, live);
}

function isAged(state: JudgeState, live: LiveIssue, at: Instant): boolean {
  return at - live.tally.firstAt > state.settings.ageCap;
}

/** So many of the best by indexed terms are looked at closer: single characters and titles can reorder them, not lift one from far below. */
const LOOKED_AT = 32;
/** Lengths of sums are kept up by adding and taking away: a bound leaves so much for what that loses. */
const ROUNDING = 1e-6;
/** Less than this by indexed terms is chance. */
const CHANCE = 0.02;

interface Candidate {
  readonly live: LiveIssue;
  /** Likeness by indexed terms, and the bar to reach. */
  readonly indexed: number;
  readonly bar: number;
}

function candidatesFor(state: JudgeState, vectors: DocumentVectors, asking: Asking): Candidate[] {
  const { settings } = state;
  const base = vectors.hasBody ? settings.joinWithBody : settings.joinShort;
  const candidates: Candidate[] = [];
  const { owners, products } = productsWith(vectors.all.terms, vectors.all.weights, state.index[vectors.script]);
  for (const [i, live] of owners.entries()) {
    const indexed = (products[i] ?? 0) / (lengthOf(live.sums[vectors.script]) || 1);
    if (indexed < CHANCE) continue;
    candidates.push({ live, indexed, bar: Math.max(LEAST_BAR, base + evidence(state, live, asking)) });
  }
  return candidates.sort((a, b) => b.indexed - b.bar - (a.indexed - a.bar) || a.live.seq - b.live.seq);
}

/** The nearest issue, whether or not it is near enough. Cost: the postings of the document's terms. */
export function nearest(state: JudgeState, vectors: DocumentVectors, asking: Asking): Nearest | null {
  const share = vectors.hasBody ? state.settings.titleShare : 0;
  let best: Nearest | null = null;
  let nLooked = 0;
  const rest = unindexedPart(vectors.all);
  const restLength = Math.hypot(...rest.weights);
  for (const { live, indexed, bar } of candidatesFor(state, vectors, asking)) {
    if (nLooked === LOOKED_AT) break;
    if (!isJoinable(state, live, asking.at)) continue;
    nLooked++;
    // What the rest of the text can add at most; most candidates are far below the best one and need no closer look.
    if (best !== null && (1 - share) * (indexed + restLength) + share - bar + ROUNDING < best.margin) continue;
    const sum = live.sums[vectors.script];
    const whole = indexed + cosineText(rest, sum);
    const score = (1 - share) * whole + (share === 0 ? 0 : share * cosineText(vectors.title, live.titles[vectors.script]));
    const margin = score - bar;
    if (best === null || margin > best.margin || (margin === best.margin && live.seq < best.live.seq)) best = { live, score, margin };
  }
  return best;
}

/** Inside an issue of several events: the nearest one. */
function eventFor(live: LiveIssue, vectors: DocumentVectors): string {
  let best = live.id;
  let bestScore = -1;
  if (live.events.size === 1) for (const id of live.events.keys()) return id;
  for (const event of live.events.values()) {
    const score = event.sums === null ? 0 : cosineText(vectors.all, event.sums[vectors.script]);
    if (score > bestScore) [best, bestScore] = [event.id, score];
  }
  return best;
}

interface Told {
  readonly score: number;
  readonly isCopy: boolean;
  readonly why: (terms: string[]) => Words;
  /** When it is known; otherwise the nearest one. */
  readonly eventId?: string;
}

function chosen(live: LiveIssue, vectors: DocumentVectors, { score, isCopy, why, eventId }: Told): Choice {
  const terms = shownTerms(sharedTerms(vectors.all, live.sums[vectors.script], 12));
  return { live, eventId: eventId ?? eventFor(live, vectors), score, sharedTerms: terms, because: why(terms), isCopy };
}

function byText(live: LiveIssue, vectors: DocumentVectors, score: number): Choice {
  const shown = score.toFixed(2);
  const why = (terms: string[]): Words => ({
    zh: `与该事件的文字相近（${shown}），共有：${terms.slice(0, 4).join('、')}`,
    en: `Close to the words of this issue (${shown}); shared: ${terms.slice(0, 4).join(', ')}`,
  });
  return chosen(live, vectors, { score, isCopy: false, why });
}

function knownIssue(state: JudgeState, documentId: string | null): LiveIssue | undefined {
  const id = documentId === null ? undefined : state.issueOf.get(documentId);
  return id === undefined ? undefined : state.live.get(id);
}

function chooseCopied(state: JudgeState, document: Document, vectors: DocumentVectors): Choice | null {
  const original = knownIssue(state, document.copyOf);
  if (original !== undefined) {
    const why = { zh: '与该事件中已有的一篇文字相同或几乎相同', en: 'Equal or nearly equal to a text of this issue' };
    return chosen(original, vectors, { score: 1, isCopy: true, why: () => why, eventId: eventOf(original, document.copyOf) });
  }
  const earlier = knownIssue(state, document.previousId);
  if (earlier === undefined) return null;
  const why = { zh: '该事件中一篇文字的修改版', en: 'A later version of a text of this issue' };
  return chosen(earlier, vectors, { score: 1, isCopy: true, why: () => why, eventId: eventOf(earlier, document.previousId) });
}

function eventOf(live: LiveIssue, documentId: string | null): string {
  return (documentId === null ? undefined : live.members.get(documentId)?.mention.eventId) ?? live.id;
}

/** A short answer joins its thread; a long one does unless its own words clearly say otherwise. */
function chooseThread(state: JudgeState, document: Document, vectors: DocumentVectors, near: Nearest | null): Choice | null {
  if (document.thread === null) return null;
  const opener = state.threads.get(threadOf(document));
  const live = knownIssue(state, opener ?? null);
  if (live === undefined || !isJoinable(state, live, document.publishedAt)) return null;
  const own = cosineText(vectors.all, live.sums[vectors.script]);
  if (vectors.all.terms.length >= OWN_TEXT) {
    // Likeness of words alone: what a shared topic takes off the bar is no sign against the thread.
    const isElsewhere = near !== null && near.live !== live && near.margin >= 0 && near.score >= state.settings.joinShort;
    if (own < NOTHING_SHARED && isElsewhere) return null;
    if (near !== null && near.live !== live && near.score >= CLEARLY_OTHER && near.score >= CLEARLY_NEARER * own) return null;
  }
  const why = { zh: '是该事件中一个帖子下的跟帖', en: 'An answer in a thread of this issue' };
  return chosen(live, vectors, { score: own, isCopy: false, why: () => why, eventId: eventOf(live, opener ?? null) });
}

export interface Chosen {
  readonly choice: Choice | null;
  /** When a new issue is opened: the one it follows, closed or past the age cap. */
  readonly earlier: LiveIssue | null;
}

export function choose(
  state: JudgeState,
  document: Document,
  vectors: DocumentVectors,
  names: ReadonlySet<string>,
  context: Pick<PlaceContext, 'topicIds'>,
): Chosen {
  const copied = chooseCopied(state, document, vectors);
  if (copied !== null) return { choice: copied, earlier: null };
  const at = document.publishedAt;
  const asking: Asking = { topicIds: context.topicIds, names, at };
  const near = nearest(state, vectors, asking);
  const threaded = chooseThread(state, document, vectors, near);
  if (threaded !== null) return { choice: threaded, earlier: null };
  if (near !== null && near.margin >= 0) {
    if (!isAged(state, near.live, at)) return { choice: byText(near.live, vectors, near.score), earlier: null };
    const next = near.live.followUp === null ? undefined : state.live.get(near.live.followUp);
    if (next !== undefined && !isAged(state, next, at)) return { choice: byText(next, vectors, near.score), earlier: null };
    return { choice: null, earlier: near.live };
  }
  const bridge = findBridge(state, vectors.script, asking);
  if (bridge !== null) {
    const shown = bridge.names.slice(0, 3).join('、');
    const zh = `另一种语言的报道：同一专题，时间相近${shown === '' ? '，该专题近来几乎都是这一件事' : `，都提到${shown}`}`;
    const en = `A report in the other language: same topic, near in time${shown === '' ? ', and nearly all that comes in on the topic is this issue' : `, both name ${shown}`}`;
    const told: Told = { score: 0, isCopy: false, why: () => ({ zh, en }) };
    return { choice: { ...chosen(bridge.live, vectors, told), sharedTerms: bridge.names }, earlier: null };
  }
  return { choice: null, earlier: earlierClosed(state, vectors) };
}

/** Closed issues are many: they are looked for by the rarest terms of the text, and the likest are looked at closer. */
const SEEK_CLOSED_BY = 24;
const CLOSED_LOOKED_AT = 8;

function earlierClosed(state: JudgeState, vectors: DocumentVectors): LiveIssue | null {
  const { all, script } = vectors;
  const index = state.closedIndex[script];
  const { owners, products } = productsWith(all.terms.slice(0, SEEK_CLOSED_BY), all.weights.slice(0, SEEK_CLOSED_BY), index);
  const likest = owners
    .map((live, i) => ({ live, sought: (products[i] ?? 0) / (lengthOf(live.sums[script]) || 1) }))
    .filter(({ sought }) => sought >= CHANCE)
    .sort((a, b) => b.sought - a.sought || a.live.seq - b.live.seq)
    .slice(0, CLOSED_LOOKED_AT);
  let best: LiveIssue | null = null;
  let bestScore = state.settings.link;
  for (const { live } of likest) {
    const score = cosineText(all, live.sums[script]);
    if (score > bestScore || (score === bestScore && best !== null && live.seq < best.seq)) [best, bestScore] = [live, score];
  }
  return best;
}
