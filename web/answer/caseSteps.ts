/** The steps a person takes by hand; `signed` and `published` come from signing a statement. */
import type { CaseState } from '../../src/model/case.ts';

export const CASE_STEPS: Readonly<Record<CaseState, readonly CaseState[]>> = {
  open: ['verifying', 'answering', 'closed'],
  verifying: ['answering', 'closed'],
  answering: ['verifying', 'closed'],
  signed: ['answering'],
  published: ['answering', 'closed'],
  closed: ['reopened'],
  reopened: ['verifying', 'answering', 'closed'],
};
