/**
 * Joins across languages. A Chinese and an English report of one event share no words; they can share a topic of their own, a
 * place or body named in both languages, and the hour. Without a name they are joined only to what nearly all the topic is about.
 */
import type { TopicId } from '../model/issue.ts';
import { DAY } from '../model/time.ts';
import type { Script } from './documentVector.ts';
import { type Asking, hold, ownTopics, sharedNames } from './evidence.ts';
import { isListed } from './places.ts';
import type { JudgeState, LiveIssue } from './state.ts';

const NEAR = 2 * DAY;
/** chosen: the issue must be this many times larger than the next one that also fits. */
const STANDS_OUT = 2;
/** chosen: without a shared name, so much of what comes in on the topic must be the issue's, of so many texts. */
const NEARLY_ALL = 0.6;
const LEAST_UNNAMED = 5;
/** With so many texts of the text's own language in the issue, likeness of words decides. */
const ENOUGH_OWN = 3;

export interface Bridge {
  readonly live: LiveIssue;
  readonly names: readonly string[];
}

interface Fitting extends Bridge {
  readonly rarity: number;
  readonly shared: readonly TopicId[];
}

/** Cost: one look at each live issue of a shared topic, only for texts that no issue of their own language takes. */
export function findBridge(state: JudgeState, script: Script, asking: Asking): Bridge | null {
  if (asking.topicIds.length === 0) return null;
  const other: Script = script === 'han' ? 'other' : 'han';
  const listed = [...asking.names].filter(isListed);
  const fitting: Fitting[] = [];
  for (const live of state.live.values()) {
    if (live.sums[other].nTexts === 0 || Math.abs(asking.at - live.tally.lastAt) > NEAR) continue;
    const own = ownTopics(live);
    const shared = asking.topicIds.filter((id) => own.includes(id));
    if (shared.length === 0) continue;
    const names = listed.filter((name) => live.names.has(name));
    fitting.push({ live, names, rarity: sharedNames(state, live, names), shared });
  }
  fitting.sort((a, b) => b.rarity - a.rarity || b.live.tally.nUnique - a.live.tally.nUnique || a.live.seq - b.live.seq);
  const [first, second] = fitting;
  if (first === undefined) return null;
  if (first.names.length === 0) return listed.length === 0 && isNearlyAll(state, script, first, asking) ? first : null;
  const isRivalled = second !== undefined && second.names.length >= first.names.length;
  return isRivalled && first.live.tally.nUnique < STANDS_OUT * second.live.tally.nUnique ? null : first;
}

function isNearlyAll(state: JudgeState, script: Script, { live, shared }: Fitting, asking: Asking): boolean {
  return (
    live.tally.nUnique >= LEAST_UNNAMED && live.sums[script].nTexts < ENOUGH_OWN && hold(state, [live], shared, asking.at) >= NEARLY_ALL
  );
}
