/** Topic, match, issue and mention: what is watched, and what happens in the world. */
import type { DocumentId, Language } from './document.ts';
import type { SourceId, Standing } from './source.ts';
import type { Instant } from './time.ts';
import type { Words } from './words.ts';

export type TopicId = string;
/** `HD-2026-0031`: permanent, never used twice, survives merges and restarts. */
export type IssueId = string;

/** Why a topic is watched. Approver and asker are two people; it ends by itself. */
export interface Purpose {
  readonly why: string;
  readonly legalBasis: string;
  readonly officeId: string;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly use: string;
  readonly reviewAt: Instant;
  /** At most 90 days after the start; 30 for an emergency. Nothing matches after it. */
  readonly endsAt: Instant;
}

export interface Topic {
  readonly id: TopicId;
  readonly name: Words;
  /** Text in the query language (`judge/query.ts`). */
  readonly query: string;
  /** The duty whose office answers for it. */
  readonly duty: string;
  readonly purpose: Purpose;
  readonly mustMatch: readonly string[];
  readonly mustNotMatch: readonly string[];
  readonly startsAt: Instant;
  readonly rev: number;
}

export interface Match {
  readonly topicId: TopicId;
  /** The words of the query that were met, as written in the query. */
  readonly terms: readonly string[];
}

/** `rising` more than before, `peak` at the height, `fading` past it, `over` no mention for the idle window. */
export const PHASES = ['rising', 'peak', 'fading', 'over'] as const;
export type Phase = (typeof PHASES)[number];

/** The way of an issue; `open` means a case is worked on. */
export const ISSUE_STATES = ['detected', 'watching', 'open', 'verified', 'answered', 'closed', 'reviewed', 'dismissed', 'merged'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** One hour of an issue: mentions that are not copies, and all of them. */
export interface HourCount {
  /** Start of the hour. */
  readonly hour: Instant;
  readonly unique: number;
  readonly all: number;
  readonly burst: boolean;
}

/**
 * One thing happening, told by many documents. All counts are running counts, kept by `judge/`:
 * nothing re-reads documents to know them.
 */
export interface Issue {
  readonly id: IssueId;
  readonly title: string;
  /** The document whose title or first words name it. */
  readonly titleFrom: DocumentId;
  readonly language: Language;
  readonly topicIds: readonly TopicId[];
  readonly state: IssueState;
  readonly mergedInto: IssueId | null;
  readonly earlierIssueId: IssueId | null;
  readonly openedAt: Instant;
  readonly firstPublishedAt: Instant;
  readonly firstSeenAt: Instant;
  readonly lastAt: Instant;
  readonly nMentions: number;
  readonly nUnique: number;
  /** Distinct pseudonyms and channels among the unique mentions. A number, never a list. */
  readonly nVoices: number;
  readonly bySource: Readonly<Record<SourceId, number>>;
  readonly byStanding: Readonly<Partial<Record<Standing, number>>>;
  readonly hours: readonly HourCount[];
  readonly places: readonly string[];
  readonly phase: Phase;
  /** Onset of the latest burst, or null. */
  readonly burstAt: Instant | null;
  /** Offices named as having failed; decides routing (never the office complained of alone). */
  readonly complainedOf: readonly string[];
  readonly assessmentId: string | null;
  /** The colour in force (after an override), copied here so that lists need no join. */
  readonly level: import('./assessment.ts').Level;
  readonly total: number;
  readonly nature: import('./assessment.ts').Nature;
  /** Few pseudonyms wrote most of it: then its texts are not listed one by one. */
  readonly fewVoices: boolean;
  readonly rev: number;
}

/** A document's place in an issue, with the reason. */
export interface Mention {
  /** `documentId`: a document stands in one issue at a time. */
  readonly id: DocumentId;
  readonly issueId: IssueId;
  readonly at: Instant;
  readonly score: number;
  readonly sharedTerms: readonly string[];
  readonly because: Words;
  /** The event (group before merging) inside the issue. */
  readonly eventId: string;
  readonly isCopy: boolean;
  /** A person put it here; the machine never moves it again. */
  readonly pinned: boolean;
  readonly sourceId: SourceId;
  /** Running number of the placement: the order in which `judge/` can be rebuilt. */
  readonly seq?: number;
  /** The topics it was placed under: what `judge/` is rebuilt with. */
  readonly topicIds?: readonly TopicId[];
}

/** A join or split of whole issues, by the machine or a person; can be undone by a person. */
export interface Merge {
  readonly id: string;
  readonly kind: 'merge' | 'split' | 'undo';
  readonly from: IssueId;
  readonly into: IssueId;
  readonly at: Instant;
  readonly score: number;
  readonly sharedTerms: readonly string[];
  readonly by: string;
  readonly because: string;
  readonly documentIds: readonly DocumentId[];
  /** The running number of the placement it followed. */
  readonly seq?: number;
}
