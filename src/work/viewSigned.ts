/** What the public page tells of a signed statement beside its words, and how long texts are kept. */
import { canonicalText } from '../answer/statement.ts';
import type { SignedStatement } from '../model/case.ts';

/** The exact text the signature is over: an outside program checks it with the published key. */
export function signedText(signed: SignedStatement): string {
  return canonicalText(signed);
}

/** days that a text in no issue is kept (`closeDay.ts` forgets it). */
export const KEPT_DAYS = 30;
