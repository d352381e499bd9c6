/**
 * The kinds of journal entries that figures are computed from, with the data each one carries. `subject` is the issue's id in all of
 * them but those marked. `work/` writes them; what is not written here did not happen.
 */
export const JOURNAL = {
  /** { firstPublishedAt, firstSeenAt } */
  issueOpened: 'judge.issueOpened',
  /** { from, to } levels in force. */
  levelChanged: 'judge.levelChanged',
  /** { from, to }; the reason stands in the override, by its id { overrideId }. */
  overridden: 'judge.overridden',
  /** {} */
  dismissed: 'judge.dismissed',
  /** { into } */
  merged: 'judge.merged',
  /** Subject: the topic or `query`. { code } */
  queryRefused: 'judge.queryRefused',
  /** { alertId, rule, level, officeIds } */
  alerted: 'warn.alerted',
  /** { alertId, officeId } */
  acked: 'warn.acked',
  /** { clockId, lane, level, startedAt, dueAt, part? } */
  clockStarted: 'warn.clockStarted',
  /** { clockId } */
  clockMet: 'warn.clockMet',
  /** { clockId } */
  clockCancelled: 'warn.clockCancelled',
  /** { clockId, lane, step, officeId } */
  escalated: 'warn.escalated',
  /** { taskId, officeId, kind, dueAt } */
  taskSent: 'warn.taskSent',
  /** { taskId } */
  taskSigned: 'warn.taskSigned',
  /** { taskId } */
  taskReturned: 'warn.taskReturned',
  /** { taskId } */
  taskDone: 'warn.taskDone',
  /** { fastTrack } */
  caseOpened: 'answer.caseOpened',
  /** { from, to } */
  caseMoved: 'answer.caseMoved',
  /** { answered: whether a statement was published } */
  caseClosed: 'answer.caseClosed',
  /** { officeId } */
  caseReopened: 'answer.caseReopened',
  /** { claimId, verdict } */
  claimDecided: 'answer.claimDecided',
  /** { statementId, version, nCorrections, last: no further update is announced } */
  published: 'answer.published',
  /** { promiseId, officeId, dueAt } */
  promised: 'answer.promised',
  /** { promiseId } */
  promiseKept: 'answer.promiseKept',
  /** { promiseId } */
  promiseBroken: 'answer.promiseBroken',
  /** Subject: the source. {} */
  sourceDark: 'collect.sourceDark',
  /** Subject: the source. Silent longer than it ever is at such hours. {} */
  sourceQuiet: 'collect.sourceQuiet',
  /** Subject: the source. Its list no longer looks as usual. {} */
  sourceChanged: 'collect.sourceChanged',
  /** Subject: the source. {} */
  sourceBack: 'collect.sourceBack',
  /** Subject: the day. {} */
  bulletinSent: 'account.bulletinSent',
  /** Subject: `clock`. { by: milliseconds, below 0 for back } */
  clockJumped: 'work.clockJumped',
} as const;
export type JournalKind = (typeof JOURNAL)[keyof typeof JOURNAL];
