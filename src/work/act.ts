/** The shape of a staff action: think on what is stored, commit once, answer with a value or a refusal. */
import type { Io } from '../io.ts';
import type { NewEntry } from '../model/journal.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Change } from '../ports.ts';
import { exclusive, forget } from './memory.ts';
import type { Who } from './who.ts';

/** What an action decided: the change, what it answers, and what must follow in memory. */
export interface Deed<T> {
  readonly change: Change;
  readonly value: T;
  readonly after?: () => void;
  /** The judge's memory ran ahead: it is dropped when the commit is refused. */
  readonly touchesJudge?: boolean;
}

async function commit<T>(io: Io, thought: Outcome<Deed<T>>): Promise<Outcome<T>> {
  if (!thought.ok) return thought;
  const { change, value, after, touchesJudge } = thought.value;
  try {
    const committed = await io.store.commit(change);
    if (!committed.ok) {
      if (touchesJudge === true) forget(io, 'judge');
      return refuse('http.stale', { noun: committed.stale.noun });
    }
  } catch (cause) {
    if (touchesJudge === true) forget(io, 'judge');
    throw new Error('the change could not be stored', { cause });
  }
  after?.();
  return done(value);
}

/** An action on rows that only staff write: a stale one is refused by its revision. */
export async function act<T>(io: Io, think: () => Promise<Outcome<Deed<T>>>): Promise<Outcome<T>> {
  return commit(io, await think());
}

/** An action on issues, which judging writes too: it waits for its turn and nothing comes between. */
export function actOnIssues<T>(io: Io, think: () => Promise<Outcome<Deed<T>>>): Promise<Outcome<T>> {
  return exclusive(io, async () => commit(io, await think()));
}

export function entry(io: Io, who: Who, kind: string, subject: string, data: NewEntry['data'] = {}): NewEntry {
  return { at: io.now(), kind, subject, by: who.actor, data };
}
