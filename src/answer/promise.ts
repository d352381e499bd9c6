/** Promises: what the office said it will do, with an owner and a date, until it is kept or openly broken. */
import type { PromiseMade, SignedStatement } from '../model/case.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';

/** The promises of a signed statement. Ids come from the statement and the place in it; a later version keeps them. */
export function promisesOf(signed: SignedStatement): readonly PromiseMade[] {
  return signed.statement.promises.map(({ what, officeId, dueAt }, index) => ({
    id: `${signed.statementId}:p${index + 1}`,
    issueId: signed.issueId,
    statementId: signed.statementId,
    what,
    officeId,
    dueAt,
    keptAt: null,
    proof: '',
    broken: false,
    rev: 0,
  }));
}

export type PromiseState = 'due' | 'kept' | 'keptLate' | 'late' | 'broken';

/** Late stays late: a promise kept after its date is `keptLate` for ever. */
export function promiseState(promise: PromiseMade, now: Instant): PromiseState {
  if (promise.keptAt !== null) return promise.keptAt <= promise.dueAt ? 'kept' : 'keptLate';
  if (promise.broken) return 'broken';
  return now <= promise.dueAt ? 'due' : 'late';
}

/** Kept, with the proof that anybody can look at. */
export function keepPromise(promise: PromiseMade, proof: string, now: Instant): Outcome<PromiseMade> {
  if (promise.keptAt !== null) return refuse('answer.alreadyClosed');
  if (proof.trim() === '') return refuse('answer.fieldMissing', { field: 'proof' });
  return done({ ...promise, keptAt: now, proof: proof.trim() });
}

/** Says openly that it will not be kept, and why. */
export function breakPromise(promise: PromiseMade, why: string): Outcome<PromiseMade> {
  if (promise.keptAt !== null || promise.broken) return refuse('answer.alreadyClosed');
  if (why.trim() === '') return refuse('answer.reasonMissing');
  return done({ ...promise, broken: true, proof: why.trim() });
}
