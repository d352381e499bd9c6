/**
 * What judging knows between two documents: one value, owned by one caller, changed only by the functions of this room.
 * It can be lost: `rebuild` makes an equal one from stored issues, mentions, merges and recent documents.
 */
import type { Document, DocumentId } from '../model/document.ts';
import type { Issue, IssueId, Mention, Merge, TopicId } from '../model/issue.ts';
import type { Source, Standing } from '../model/source.ts';
import { DAY, HOUR, type Instant, type Span } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import type { LanguagePack } from '../text/pack.ts';
import { type BurstSettings, DEFAULT_BURST } from './burst.ts';
import { type DocumentVectors, emptyTermCounts, type Script, type TermCounts } from './documentVector.ts';
import type { IssueFacts, Tally, Voice } from './tally.ts';
import type { Findable, Postings, SumVector } from './vector.ts';

/** Data, edited by the body; spans in milliseconds, cosines 0..1. */
export interface JudgeSettings {
  /** How long an issue without a new mention can still be joined, by whose voices carry it; the longest of its standings counts. */
  readonly idle: Readonly<Record<Standing | 'listing', Span>>;
  /** Counted from an issue's first text; what comes later opens a linked follow-up. */
  readonly ageCap: Span;
  /** A closed issue can be named as the earlier one for so long. */
  readonly linkable: Span;
  readonly joinWithBody: number;
  readonly joinShort: number;
  /** Added to the bar when text and issue are of different topics, and taken off when they share one. */
  readonly otherTopic: number;
  readonly sameTopic: number;
  /** Taken off as well for places or bodies that both name, the rarer the more. */
  readonly sameName: number;
  /** Taken off in the share that the issue has of what comes in on the topic. */
  readonly sameFlow: number;
  /** A follow-up is linked to an earlier issue from this likeness on. */
  readonly link: number;
  readonly titleShare: number;
  /** Documents between two merge passes. */
  readonly mergeEvery: number;
  /** Documents between two looks at issues of one topic alone: early texts on a topic come together while they are few. */
  readonly askEvery: number;
  readonly mergeBase: number;
  readonly mergeByTerms: number;
  readonly mergeBySize: number;
  /** After this span a text counts half in the vector of its issue. */
  readonly halfLife: Span;
  /** Days of documents that the rarity of terms is taken from, and the most documents: beyond, the oldest days are forgotten earlier. */
  readonly termDays: number;
  readonly termDocuments: number;
  readonly burst: BurstSettings;
}

/** measured: bench/judge on the grouping sets; idle windows and age cap as recommended in docs/decisions for hot lists, posts and desks. */
export const DEFAULT_SETTINGS: JudgeSettings = {
  idle: { listing: 1.5 * DAY, community: 5 * DAY, press: 5 * DAY, official: 7 * DAY, desk: 7 * DAY, field: 7 * DAY, import: 5 * DAY },
  ageCap: 14 * DAY,
  linkable: 30 * DAY,
  joinWithBody: 0.16,
  joinShort: 0.14,
  otherTopic: 0.08,
  sameTopic: 0.04,
  sameName: 0.04,
  sameFlow: 0.14,
  link: 0.22,
  titleShare: 0.2,
  mergeEvery: 25,
  askEvery: 5,
  mergeBase: 0.15,
  mergeByTerms: 0.15,
  mergeBySize: 0.005,
  halfLife: 4 * DAY,
  termDays: 90,
  termDocuments: 50_000,
  burst: DEFAULT_BURST,
};

/** A document's place in a live issue, with what is needed to move it and to count again. */
export interface Member {
  mention: Mention;
  readonly vectors: DocumentVectors;
  readonly voice: Voice;
  /** Running number of the placement. */
  readonly seq: number;
  readonly topicIds: readonly string[];
  /** Title or first words, at most 60 characters, and how well such a text names an issue, 0..1. */
  readonly headline: string;
  readonly headlineWorth: number;
  readonly thread: string;
}

/** A group before merging. */
export interface EventGroup {
  /** The id of the issue it was opened with. */
  readonly id: string;
  /** Null while it is alone in its issue: the issue's own sums are its sums. */
  sums: Readonly<Record<Script, SumVector>> | null;
  nMembers: number;
}

export interface LiveIssue extends Findable {
  readonly id: IssueId;
  /** Order of opening, for ties. */
  readonly seq: number;
  issue: Issue;
  tally: Tally;
  readonly sums: Readonly<Record<Script, SumVector>>;
  readonly titles: Readonly<Record<Script, SumVector>>;
  readonly events: Map<string, EventGroup>;
  readonly members: Map<DocumentId, Member>;
  /** The time at which a text counts 1 in the sums; later ones count more. */
  readonly landmark: Instant;
  /** Names of places and bodies read in its texts, by their Chinese form. */
  readonly names: Set<string>;
  /** Where its title came from was decided by a person. */
  isTitled: boolean;
  /** The latest `now` at which a document was put here. */
  touchedAt: Instant;
  /** A person merged, split or attached here: the machine may add to it but never merges it away. */
  held: boolean;
  /** Its follow-up, once it is past the age cap. */
  followUp: IssueId | null;
}

export interface JudgeState {
  readonly settings: JudgeSettings;
  readonly terms: TermCounts;
  readonly live: Map<IssueId, LiveIssue>;
  /** Idle or aged issues: not joined any more, but named as the earlier one. */
  readonly closed: Map<IssueId, LiveIssue>;
  readonly index: Readonly<Record<Script, Postings<LiveIssue>>>;
  readonly closedIndex: Readonly<Record<Script, Postings<LiveIssue>>>;
  readonly issueOf: Map<DocumentId, IssueId>;
  /** Key of an opening text within its source -> the document that stands for the thread. */
  readonly threads: Map<string, DocumentId>;
  /** Issues changed since the last merge pass. */
  readonly changed: Set<IssueId>;
  /** Pairs a person has parted, `a|b` with a < b. */
  readonly apart: Set<string>;
  /** Unique texts per topic and hour number. */
  readonly flow: Map<TopicId, Map<number, number>>;
  /** Hour number of the first text counted in it. */
  flowSince: number;
  nPlaced: number;
  /** Merges and splits since that placement, for their order. */
  acts: { seq: number; n: number };
  nOpened: number;
  /** The last number given in its year. */
  numbering: { year: number; last: number };
}

export function newJudgeState(settings: JudgeSettings = DEFAULT_SETTINGS): JudgeState {
  return {
    settings,
    terms: emptyTermCounts(),
    live: new Map(),
    closed: new Map(),
    index: { han: new Map(), other: new Map() },
    closedIndex: { han: new Map(), other: new Map() },
    issueOf: new Map(),
    threads: new Map(),
    changed: new Set(),
    apart: new Set(),
    flow: new Map(),
    flowSince: Number.POSITIVE_INFINITY,
    nPlaced: 0,
    acts: { seq: 0, n: 0 },
    nOpened: 0,
    numbering: { year: 0, last: 0 },
  };
}

/** Names that mean the same place or body in both languages: what a Chinese and an English report can share. */
export type BridgeNames = readonly Words[];

/** What placing needs besides the document. */
export interface PlaceContext {
  readonly now: Instant;
  readonly source: Pick<Source, 'id' | 'standing' | 'family' | 'audience'>;
  readonly topicIds: readonly string[];
  readonly pack: LanguagePack;
  readonly names?: BridgeNames;
  /** Makes the id from the year and the running number; `HD-2026-0031` when left out. */
  readonly issueId?: (year: number, n: number) => IssueId;
}

/** All rows that changed by one document or one act of a person. */
export interface Changes {
  readonly issues: readonly Issue[];
  readonly mentions: readonly Mention[];
  readonly merges: readonly Merge[];
}

export interface Placement extends Changes {
  /** Where the document stands now. */
  readonly issue: Issue;
  readonly mention: Mention;
  readonly facts: IssueFacts;
  readonly opened: boolean;
}

export function pairKey(a: IssueId, b: IssueId): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

export function threadKey(sourceId: string, key: string): string {
  return `${sourceId}\n${key}`;
}

/** The key of the text that stands for the document's thread: its own when it opens one. */
export function threadOf(document: Pick<Document, 'sourceId' | 'thread' | 'key'>): string {
  return threadKey(document.sourceId, document.thread ?? document.key);
}

/** The longest idle window among the voices of an issue. */
export function idleWindow(state: JudgeState, live: LiveIssue): Span {
  let span: Span = HOUR;
  for (const carrier of live.tally.carriers) span = Math.max(span, state.settings.idle[carrier]);
  return span;
}

export function findIssue(state: JudgeState, id: IssueId): LiveIssue | undefined {
  return state.live.get(id) ?? state.closed.get(id);
}
