/** What a run came to, without ids that chance made: two runs of one scenario must give the same digest. */
import { createHash } from 'node:crypto';
import { asList, asRaw, asText } from '../scenario.ts';
import { alertsOf, historyOf, type ScoredIssue } from './issueScore.ts';
import type { Reading } from './readAll.ts';

export interface Canonical {
  readonly issues: readonly {
    readonly texts: readonly string[];
    readonly state: string;
    readonly level: string;
    /** Changes of the level only. */
    readonly levels: readonly (readonly [at: number, level: string])[];
    readonly alerts: readonly (readonly [at: number, rule: string, level: string, offices: string])[];
    readonly claims: readonly (readonly [text: string, verdict: string])[];
    readonly published: readonly (readonly [at: number, title: string])[];
  }[];
  /** Texts that were read, sorted. */
  readonly read: readonly string[];
}

function changesOf(scored: ScoredIssue): (readonly [number, string])[] {
  const changes: (readonly [number, string])[] = [];
  for (const { at, level } of historyOf(scored.issue)) if (changes.at(-1)?.[1] !== level) changes.push([at, level]);
  return changes;
}

function issueOf(scored: ScoredIssue): Canonical['issues'][number] {
  const { page, row } = scored.issue;
  const sorted = <T>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    texts: scored.textIds,
    state: asText(row.state),
    level: asText(row.level),
    levels: changesOf(scored),
    alerts: sorted(
      alertsOf(scored.issue).map(
        (alert) =>
          [
            Number(alert.at),
            asText(alert.rule),
            asText(alert.level),
            asList(alert.officeIds)
              .map((id) => asText(id))
              .join(' '),
          ] as const,
      ),
    ),
    claims: sorted(
      asList(page.claims)
        .map(asRaw)
        .map((claim) => [asText(claim.text), asText(claim.verdict)] as const),
    ),
    published: sorted(
      asList(page.published)
        .map(asRaw)
        .map((signed) => [Number(signed.publishedAt), asText(asRaw(signed.statement).title)] as const),
    ),
  };
}

export function canonicalOf(issues: readonly ScoredIssue[], reading: Reading): { readonly canonical: Canonical; readonly sha256: string } {
  const rows = issues.map(issueOf).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const read = [...new Set(reading.documents.flatMap((document) => (document.textId === null ? [] : [document.textId])))].sort();
  const canonical = { issues: rows, read };
  return { canonical, sha256: createHash('sha256').update(JSON.stringify(canonical)).digest('hex') };
}
