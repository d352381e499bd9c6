/** The bulletin, kept as it went out. */
import type { Level } from './assessment.ts';
import type { IssueId } from './issue.ts';
import type { Instant } from './time.ts';

export interface BulletinItem {
  readonly issueId: IssueId;
  readonly level: Level;
  readonly title: string;
  /** What happened, heat, what is being done, advice: one short paragraph. */
  readonly text: string;
  readonly office: string;
  readonly deadline: Instant | null;
  readonly nUnique: number;
  readonly nMentions: number;
  readonly chosen: boolean;
}

/** The day on one page. `id` is the local day, `2026-03-11`. */
export interface Bulletin {
  readonly id: string;
  readonly number: string;
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly overview: string;
  readonly items: readonly BulletinItem[];
  readonly changes: readonly string[];
  readonly owed: readonly string[];
  readonly hints: readonly string[];
  readonly hourly: readonly number[];
  readonly state: 'draft' | 'sent';
  readonly sentAt: Instant | null;
  readonly editedBy: string | null;
  readonly rev: number;
}
