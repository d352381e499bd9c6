/** Every so many documents: issues that changed and have grown alike become one. Decisions of people stand. */
import type { Issue, Mention, Merge } from '../model/issue.ts';
import type { Instant } from '../model/time.ts';
import type { Script } from './documentVector.ts';
import { type Asking, evidence, LEAST_BAR, ownTopics } from './evidence.ts';
import { joinIssues } from './join.ts';
import { shownTerms } from './shownTerms.ts';
import { idleWindow, type JudgeState, type LiveIssue, pairKey } from './state.ts';
import { cosineSums, heaviest, lengthOf, productsWith } from './vector.ts';

/** Candidates are looked for by the heaviest terms; the likeness itself is taken over all. */
const SEEK_BY = 24;
const MOST_CANDIDATES = 8;
/** Less than this by them is chance. */
const CHANCE = 0.02;
/** chosen: up to 2 ** AS_NEW texts a piece is asked as one text would be; AS_GROUPS doublings later the bar for groups holds. */
const AS_NEW = 2;
const AS_GROUPS = 4;
const SCRIPTS: readonly Script[] = ['han', 'other'];
/** An issue people already work on keeps its id. */
const FREE_STATES = new Set(['detected', 'watching']);

export interface PassResult {
  readonly issues: Issue[];
  readonly mentions: Mention[];
  readonly merges: Merge[];
  /** Issues that took others in. */
  readonly grown: LiveIssue[];
}

/** `byTopic`: only pairs of one topic, and what has changed stays to be looked at by the next whole pass. */
export function mergePass(state: JudgeState, now: Instant, byTopic = false): PassResult {
  const result: PassResult = { issues: [], mentions: [], merges: [], grown: [] };
  const changed = [...state.changed].map((id) => state.live.get(id)).filter((live) => live !== undefined);
  if (!byTopic) state.changed.clear();
  changed.sort((a, b) => a.seq - b.seq);
  for (const live of changed) {
    if (state.live.get(live.id) !== live) continue;
    const found = bestPair(state, live, byTopic);
    if (found === null) continue;
    const [into, from] = direction(live, found.other);
    const joined = joinIssues(state, into, from, {
      at: now,
      score: found.score,
      sharedTerms: found.sharedTerms,
      by: 'machine',
      because: `cosine ${found.score.toFixed(3)} >= ${found.bar.toFixed(3)}`,
    });
    result.issues.push(joined.gone);
    result.mentions.push(...joined.mentions);
    result.merges.push(joined.merge);
    if (!result.grown.includes(into)) result.grown.push(into);
  }
  return result;
}

interface Pair {
  readonly other: LiveIssue;
  readonly score: number;
  readonly bar: number;
  readonly sharedTerms: readonly string[];
}

function bestPair(state: JudgeState, live: LiveIssue, byTopic: boolean): Pair | null {
  // Without a topic nothing is taken off the bar, whichever of the two asks.
  if (byTopic && live.tally.topics.size === 0) return null;
  let best: Pair | null = null;
  for (const script of SCRIPTS) {
    if (live.sums[script].nTexts === 0) continue;
    const terms = heaviest(live.sums[script], SEEK_BY);
    for (const other of candidatesFor(state, live, script, terms)) {
      if (!mayMerge(state, live, other)) continue;
      if (byTopic && other.tally.topics.size === 0) continue;
      const moved = movedBar(state, live, other);
      if (byTopic && moved >= 0) continue;
      const score = cosineSums(live.sums[script], other.sums[script]);
      const bar = barFor(state, live, other, script, moved);
      if (score < bar || (best !== null && score - bar <= best.score - best.bar)) continue;
      best = {
        other,
        score,
        bar,
        sharedTerms: shownTerms(terms.filter(([term]) => other.sums[script].weights.has(term)).map(([term]) => term)),
      };
    }
  }
  return best;
}

/** The likest by their heaviest terms, likest first. */
function candidatesFor(state: JudgeState, live: LiveIssue, script: Script, terms: readonly [string, number][]): LiveIssue[] {
  const { owners, products } = productsWith(
    terms.map(([term]) => term),
    terms.map(([, weight]) => weight),
    state.index[script],
  );
  const own = lengthOf(live.sums[script]);
  const found: { readonly other: LiveIssue; readonly score: number }[] = [];
  for (const [i, other] of owners.entries()) {
    const score = (products[i] ?? 0) / (own * lengthOf(other.sums[script]) || 1);
    if (score > CHANCE && other !== live) found.push({ other, score });
  }
  found.sort((a, b) => b.score - a.score || a.other.seq - b.other.seq);
  return found.slice(0, MOST_CANDIDATES).map(({ other }) => other);
}

/** Longer texts share more by chance, and large groups more still. */
function barFor(state: JudgeState, a: LiveIssue, b: LiveIssue, script: Script, moved: number): number {
  const { settings } = state;
  const nTexts = a.sums[script].nTexts + b.sums[script].nTexts;
  const meanTerms = (a.sums[script].nTerms + b.sums[script].nTerms) / Math.max(1, nTexts);
  const smaller = Math.max(1, Math.min(a.sums[script].nTexts, b.sums[script].nTexts));
  const byTerms = settings.mergeByTerms * Math.min(1, meanTerms / 100);
  const asGroups = settings.mergeBase + byTerms + settings.mergeBySize * Math.log2(smaller);
  if (moved >= 0) return asGroups + moved;
  // Few texts on a topic that both are about: asked again as if they had just come in; the more there are, the more words must say it.
  const part = Math.max(0, Math.min(1, (Math.log2(smaller) - AS_NEW) / AS_GROUPS));
  return (1 - part) * Math.max(LEAST_BAR, settings.joinShort + moved) + part * (asGroups + moved / 2);
}

/** What topic, places and flow add to the bar or take off it: the small one asks the large one. */
function movedBar(state: JudgeState, a: LiveIssue, b: LiveIssue): number {
  const [large, small] = a.tally.nUnique >= b.tally.nUnique ? [a, b] : [b, a];
  return evidence(state, large, askingOf(small));
}

function askingOf(live: LiveIssue): Asking {
  return { topicIds: ownTopics(live), names: live.names, at: live.tally.lastAt, live };
}

function mayMerge(state: JudgeState, a: LiveIssue, b: LiveIssue): boolean {
  if (state.apart.has(pairKey(a.id, b.id))) return false;
  if (isKept(a) && isKept(b)) return false;
  const idle = Math.max(idleWindow(state, a), idleWindow(state, b));
  const gap = Math.max(a.tally.firstAt, b.tally.firstAt) - Math.min(a.tally.lastAt, b.tally.lastAt);
  const span = Math.max(a.tally.lastAt, b.tally.lastAt) - Math.min(a.tally.firstAt, b.tally.firstAt);
  return gap <= idle && span <= state.settings.ageCap && a.followUp !== b.id && b.followUp !== a.id;
}

function isKept(live: LiveIssue): boolean {
  return live.held || !FREE_STATES.has(live.issue.state);
}

/** The one people decided on stays; otherwise the one opened first. */
function direction(a: LiveIssue, b: LiveIssue): [LiveIssue, LiveIssue] {
  if (isKept(a) !== isKept(b)) return isKept(a) ? [a, b] : [b, a];
  return a.seq < b.seq ? [a, b] : [b, a];
}
