/** What every action on an issue asks first: is it there, and may this person's office touch it. */
import type { Io } from '../io.ts';
import type { Issue } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Who } from './who.ts';

/** The issue, unless it is gone. */
export async function issueFor(io: Io, issueId: string): Promise<Outcome<Issue>> {
  const issue = await io.store.get('issue', issueId);
  return issue === undefined || issue.state === 'merged' ? refuse('judge.issueGone', { issue: issueId }) : done(issue);
}

/** The issue, unless it complains of the actor's own office: nobody lowers, closes, merges or splits an issue about themselves. */
export async function issueOfOthers(io: Io, who: Who, issueId: string): Promise<Outcome<Issue>> {
  const found = await issueFor(io, issueId);
  if (found.ok && found.value.complainedOf.includes(who.officeId)) return refuse('answer.ownOffice');
  return found;
}

/** Time in which an action can be taken back. */
export const UNDO_WITHIN = 30_000;
