/**
 * Joins across languages. A Chinese and an English report of one event share no words; they can share a topic, a place or
 * body named in both languages, and the hour. Joined only when one issue stands out; otherwise a person decides.
 */
import type { Document } from '../model/document.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Script } from './documentVector.ts';
import type { BridgeNames, JudgeState, LiveIssue } from './state.ts';

const NEAR = 2 * DAY;
/** chosen: the issue must be this many times larger than the next one that also fits. */
const STANDS_OUT = 2;
const STANDS_OUT_UNNAMED = 3;
const LEAST_UNNAMED = 6;

export interface Bridge {
  readonly live: LiveIssue;
  readonly names: readonly string[];
}

/** The Chinese forms of all names that the text holds in either language. */
export function namesIn(document: Pick<Document, 'title' | 'text'>, names: BridgeNames): Set<string> {
  const text = `${document.title}\n${document.text.slice(0, 2000)}`;
  const lower = text.toLowerCase();
  const found = new Set<string>();
  for (const name of names) {
    if (text.includes(name.zh) || holdsWord(lower, name.en.toLowerCase())) found.add(name.zh);
  }
  return found;
}

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1 && word !== ''; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

/** Cost: one look at each live issue of a shared topic, only for texts that no issue of their own language takes. */
export function findBridge(
  state: JudgeState,
  script: Script,
  topicIds: readonly string[],
  names: ReadonlySet<string>,
  at: Instant,
): Bridge | null {
  if (topicIds.length === 0) return null;
  const other: Script = script === 'han' ? 'other' : 'han';
  const fitting: { readonly live: LiveIssue; readonly names: string[] }[] = [];
  for (const live of state.live.values()) {
    if (live.sums[other].nTexts === 0 || Math.abs(at - live.tally.lastAt) > NEAR) continue;
    if (!live.issue.topicIds.some((id) => topicIds.includes(id))) continue;
    fitting.push({ live, names: [...names].filter((name) => live.names.has(name)) });
  }
  fitting.sort((a, b) => b.names.length - a.names.length || b.live.tally.nUnique - a.live.tally.nUnique || a.live.seq - b.live.seq);
  const [first, second] = fitting;
  if (first === undefined) return null;
  const isNamed = first.names.length > 0;
  if (!isNamed && (names.size > 0 || first.live.tally.nUnique < LEAST_UNNAMED)) return null;
  const isRivalled = second !== undefined && second.names.length === first.names.length;
  const factor = isNamed ? STANDS_OUT : STANDS_OUT_UNNAMED;
  if (isRivalled && first.live.tally.nUnique < factor * second.live.tally.nUnique) return null;
  return first;
}
