/** How well issues fit what is true: recall and precision of one label, levels over time, alerts. */
import type { Level } from '../../src/model/assessment.ts';
import type { Instant } from '../../src/model/time.ts';
import { asList, asRaw, asText } from '../scenario.ts';
import type { Scenario } from '../scenarioShape.ts';
import type { Truth } from '../truth.ts';
import type { ReadIssue, Reading, Row } from './readAll.ts';

const ORDER: readonly Level[] = ['none', 'blue', 'yellow', 'orange', 'red'];

export function rankOf(level: string): number {
  return Math.max(0, ORDER.indexOf(level as Level));
}

export interface ScoredIssue {
  readonly issue: ReadIssue;
  /** Texts that stand in it now, sorted. */
  readonly textIds: readonly string[];
  /** Documents in it that are no text of the scenario. */
  readonly nUnknown: number;
  /** How many texts of each label; `-` is ordinary life. */
  readonly byLabel: Readonly<Record<string, number>>;
  /** The most frequent label, ordinary life only when nothing else is in it. */
  readonly label: string;
  /** Where it was joined to, in the end; its own id when nowhere. */
  readonly finalId: string;
}

function finalOf(id: string, issues: ReadonlyMap<string, ReadIssue>): string {
  let at = id;
  for (let n = 0; n < 50; n++) {
    const next = asText(issues.get(at)?.page.mergedInto);
    if (next === '' || next === at) return at;
    at = next;
  }
  return at;
}

export function scoreIssues(reading: Reading, truth: Truth): ScoredIssue[] {
  const byId = new Map(reading.issues.map((issue) => [issue.id, issue]));
  return reading.issues.map((issue) => {
    const inside = reading.documents.filter((document) => document.issueId === issue.id);
    const textIds = [...new Set(inside.flatMap((document) => (document.textId === null ? [] : [document.textId])))].sort();
    const byLabel: Record<string, number> = {};
    for (const id of textIds) {
      const label = truth.labels.get(id) ?? '-';
      byLabel[label] = (byLabel[label] ?? 0) + 1;
    }
    const labels = Object.entries(byLabel).filter(([label]) => label !== '-');
    const [first] = labels.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const nUnknown = inside.filter((document) => document.textId === null).length;
    return { issue, textIds, nUnknown, byLabel, label: first?.[0] ?? '-', finalId: finalOf(issue.id, byId) };
  });
}

export interface LabelScore {
  readonly issueId: string | null;
  readonly recall: number;
  readonly precision: number;
  /** Texts of the label that are still at their sources. */
  readonly nTrue: number;
  readonly nFound: number;
  readonly nInIssue: number;
  /** Issues that mostly hold this label. */
  readonly nPieces: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

/** Of the issues, the one with most texts of the label. Texts taken down at the source are out: Heed must forget them. */
export function scoreLabel(label: string, issues: readonly ScoredIssue[], truth: Truth, scenario: Scenario): LabelScore {
  const isGone = (id: string): boolean => scenario.textsById.get(id)?.gone != null;
  const wanted = [...truth.labels].filter(([id, each]) => each === label && !isGone(id)).map(([id]) => id);
  const counted = issues.toSorted((a, b) => (b.byLabel[label] ?? 0) - (a.byLabel[label] ?? 0) || a.issue.id.localeCompare(b.issue.id));
  const [best] = counted;
  const inside = new Set(best === undefined || (best.byLabel[label] ?? 0) === 0 ? [] : best.textIds);
  const found = wanted.filter((id) => inside.has(id));
  const wrong = [...inside].filter((id) => truth.labels.get(id) !== label && !isGone(id));
  const nInIssue = found.length + wrong.length + (inside.size === 0 ? 0 : (best?.nUnknown ?? 0));
  return {
    issueId: inside.size === 0 ? null : (best?.issue.id ?? null),
    recall: wanted.length === 0 ? 1 : found.length / wanted.length,
    precision: nInIssue === 0 ? 0 : found.length / nInIssue,
    nTrue: wanted.length,
    nFound: found.length,
    nInIssue,
    nPieces: issues.filter((each) => each.label === label && (each.byLabel[label] ?? 0) > 0).length,
    missed: wanted.filter((id) => !inside.has(id)),
    wrong,
  };
}

export function historyOf(issue: ReadIssue): { readonly at: Instant; readonly level: string }[] {
  return asList(issue.page.history)
    .map(asRaw)
    .map((each) => ({ at: Number(each.at), level: asText(each.level) }))
    .sort((a, b) => a.at - b.at || rankOf(a.level) - rankOf(b.level));
}

export function alertsOf(issue: ReadIssue): Row[] {
  return asList(issue.page.alerts)
    .map(asRaw)
    .toSorted((a, b) => Number(a.at) - Number(b.at) || asText(a.id).localeCompare(asText(b.id)));
}

export function highestLevel(issue: ReadIssue): string {
  const levels = [
    asText(issue.row.level),
    ...historyOf(issue).map((each) => each.level),
    ...alertsOf(issue).map((alert) => asText(alert.level)),
  ];
  return ORDER[Math.max(0, ...levels.map(rankOf))] ?? 'none';
}

/** First time the issue, or one that was joined to it, stood at the level or above. */
export function firstAt(level: Level, issueId: string | null, issues: readonly ScoredIssue[]): Instant | null {
  const times = issues
    .filter((each) => each.finalId === issueId || each.issue.id === issueId)
    .flatMap(({ issue }) => [
      ...historyOf(issue)
        .filter((each) => rankOf(each.level) >= rankOf(level))
        .map((each) => each.at),
      ...alertsOf(issue)
        .filter((alert) => rankOf(asText(alert.level)) >= rankOf(level))
        .map((alert) => Number(alert.at)),
    ]);
  return times.length === 0 ? null : Math.min(...times);
}

export interface AlertLine {
  readonly label: string;
  readonly issueId: string;
  readonly title: string;
  readonly level: string;
  readonly rule: string;
  readonly at: Instant;
}

/** Each alert with the label of what its issue is about in the end. */
export function alertLines(issues: readonly ScoredIssue[]): AlertLine[] {
  const byId = new Map(issues.map((each) => [each.issue.id, each]));
  return issues
    .flatMap((scored) =>
      alertsOf(scored.issue).map((alert) => ({
        label: (byId.get(scored.finalId) ?? scored).label,
        issueId: scored.issue.id,
        title: asText(scored.issue.row.title),
        level: asText(alert.level),
        rule: asText(alert.rule),
        at: Number(alert.at),
      })),
    )
    .sort((a, b) => a.at - b.at || a.issueId.localeCompare(b.issueId));
}
