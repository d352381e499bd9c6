/** Alert rules: when to fire, and the sentence why. One file in `warn/rules/` adds one. */
import type { Assessment } from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { Words } from '../model/words.ts';

export interface AlertRule {
  readonly name: string;
  readonly about: Words;
  /** The sentence why, when the change from `before` to `after` must be told; else null. */
  readonly fires: (before: Assessment | null, after: Assessment, issue: Issue) => Words | null;
}
