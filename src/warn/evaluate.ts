/** Alert rules: when to fire, and the sentence why. One file in `warn/rules/` adds one. */
import type { Alert } from '../model/alert.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';

export interface AlertRule {
  readonly name: string;
  readonly about: Words;
  /** The sentence why, when the change from `before` to `after` must be told; else null. */
  readonly fires: (before: Assessment | null, after: Assessment, issue: Issue) => Words | null;
}

/**
 * The alerts that a new assessment causes, in the order of the rules. `id` comes from the cause (`issue:rule:level`), so an alert that
 * already stands is met again under the same id and must not be written twice. `officeIds` is empty until `route` has spoken.
 */
export function evaluate(
  rules: readonly AlertRule[],
  before: Assessment | null,
  after: Assessment,
  issue: Issue,
  now: Instant,
): readonly Alert[] {
  const alerts: Alert[] = [];
  for (const rule of rules) {
    const because = rule.fires(before, after, issue);
    if (because === null) continue;
    const id = `${issue.id}:${rule.name}:${after.level}`;
    if (alerts.some((alert) => alert.id === id)) continue;
    alerts.push({ id, issueId: issue.id, rule: rule.name, level: after.level, at: now, because, officeIds: [], ackedAt: null });
  }
  return alerts;
}
