/**
 * The way of a case. Every path can end in `closed`, and none reaches `published` but through `signed`.
 *
 *            +---------> answering <-----------------------+
 *            | (fast)     ^  |   ^                         |
 *   open ----+            |  |   +--(taken back)-- signed  |
 *     |  \                |  +-------------------->  |     |
 *     |   +--> verifying -+                          v     |
 *     |            |                             published +
 *     |            |                                 |
 *     +------------+-------------> closed <----------+
 *                                   |  ^
 *                                   v  |
 *                                 reopened --> verifying, answering
 *
 * `open` goes straight to `answering` only on the fast track: when harm is near, a holding statement does not wait for the facts.
 * Closing and reopening need a reason; nobody closes a case about their own office.
 */
import type { Level } from '../model/assessment.ts';
import type { Case, CaseState } from '../model/case.ts';
import type { IssueId } from '../model/issue.ts';
import type { OfficeId } from '../model/office.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';

export const CASE_STEPS: Readonly<Record<CaseState, readonly CaseState[]>> = {
  open: ['verifying', 'answering', 'closed'],
  verifying: ['answering', 'closed'],
  answering: ['verifying', 'signed', 'closed'],
  signed: ['published', 'answering'],
  published: ['answering', 'closed'],
  closed: ['reopened'],
  reopened: ['verifying', 'answering', 'closed'],
};

/** Who takes a step, when and why. */
export interface Act {
  readonly now: Instant;
  /** Why; needed to close and to reopen. */
  readonly because?: string;
  /** The office of the person who acts; null for the machine or the raiser. */
  readonly byOfficeId: OfficeId | null;
  /** Offices the issue complains of (the issue's `complainedOf`). */
  readonly complainedOf: readonly OfficeId[];
  /** Who leads from now on; needed to reopen: the supervising office, not the one that closed it. */
  readonly leadOfficeId?: OfficeId;
}

export function openCase(issueId: IssueId, leadOfficeId: OfficeId, fastTrack: boolean, by: string, now: Instant): Case {
  return {
    id: issueId,
    issueId,
    state: 'open',
    leadOfficeId,
    fastTrack,
    openedAt: now,
    openedBy: by,
    firstWordAt: null,
    closedAt: null,
    closedBecause: '',
    rev: 0,
  };
}

/** The short way is taken at orange and red, and whenever people may have been hurt (`harm` 0..1 of the assessment). */
export function takesFastTrack(level: Level, harm: number): boolean {
  return level === 'red' || level === 'orange' || harm > 0;
}

/** The case one step on. Same state again is a refusal: a step is taken once. */
export function move(kase: Case, to: CaseState, act: Act): Outcome<Case> {
  if (kase.state === 'closed' && to !== 'reopened') return refuse('answer.alreadyClosed');
  const wrong = refuse('answer.wrongStep', { from: kase.state, to });
  if (!CASE_STEPS[kase.state].includes(to)) return wrong;
  if (kase.state === 'open' && to === 'answering' && !kase.fastTrack) return wrong;
  const because = act.because?.trim() ?? '';
  if ((to === 'closed' || to === 'reopened') && because === '') return refuse('answer.reasonMissing');
  if (to === 'closed' && act.byOfficeId !== null && act.complainedOf.includes(act.byOfficeId)) return refuse('answer.ownOffice');
  if (to === 'reopened') {
    if (act.leadOfficeId === undefined) return refuse('answer.fieldMissing', { field: 'officeId' });
    return done({ ...kase, state: to, leadOfficeId: act.leadOfficeId, closedAt: null, closedBecause: '' });
  }
  if (to === 'published') return done({ ...kase, state: to, firstWordAt: kase.firstWordAt ?? act.now });
  if (to === 'closed') return done({ ...kase, state: to, closedAt: act.now, closedBecause: because });
  return done({ ...kase, state: to });
}
