/**
 * Refusals: Heed says no, with a code. A refusal is a value, never thrown; its sentences stand in
 * `text/words/zh.ts` and `en.ts` and in `docs/refusals.md`. A test holds the four together, both ways.
 * Codes are `room.reason`.
 */
export const REFUSAL_CODES = [
  'collect.noText',
  'collect.tooLong',
  'collect.personalSource',
  'collect.closedGroup',
  'collect.unknownKind',
  'collect.badAddress',
  'collect.addressForbidden',
  'collect.robotsForbid',
  'collect.notFound',
  'collect.settingsWrong',
  'collect.columnsUnknown',
  'judge.queryWrong',
  'judge.queryTooLarge',
  'judge.queryOnlyNot',
  'judge.queryAimsAtPerson',
  'judge.purposeMissing',
  'judge.purposeApprover',
  'judge.purposeTooLong',
  'judge.overrideNeedsReason',
  'judge.issueGone',
  'judge.testFails',
  'warn.noOversight',
  'warn.oversightInside',
  'warn.officeUnknown',
  'warn.officeLoop',
  'warn.calendarWrong',
  'warn.linkUsed',
  'warn.linkUnknown',
  'warn.nameNeeded',
  'answer.wrongStep',
  'answer.fieldMissing',
  'answer.reviewerIsDrafter',
  'answer.signerNotSpokesperson',
  'answer.signerIsDrafter',
  'answer.evidenceMissing',
  'answer.opinionIsNotFalse',
  'answer.promiseIncomplete',
  'answer.ownOffice',
  'answer.personalData',
  'answer.nextUpdateMissing',
  'answer.receiptUnknown',
  'answer.alreadyClosed',
  'answer.reasonMissing',
  'answer.reopenedOnce',
  'answer.lintBlocks',
  'http.notSignedIn',
  'http.notAllowed',
  'http.wrongLogin',
  'http.tooMany',
  'http.badRequest',
  'http.notFound',
  'http.forgedRequest',
  'http.weakPassword',
  'http.setupDone',
  'http.setupCode',
  'http.setupUnfinished',
  'http.stale',
  'http.busy',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** Values that the sentence of the code names, e.g. `{ field: 'title' }`. Never personal data. */
  readonly details?: Readonly<Record<string, string | number>>;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, details?: Refusal['details']): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: details === undefined ? { code } : { code, details } };
}
