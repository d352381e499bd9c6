/**
 * What the desk is shown: the answers of the JSON routes. Made by `http/`, read by `web/` (types only).
 * Times are Instants of domain time unless said otherwise. No shape here can be keyed by a person who wrote something.
 */
import type { Alert, Clock, Lane, Notice, Plan, Task } from './alert.ts';
import type { Assessment, Level, Nature, Override } from './assessment.ts';
import type { Case, Claim, Instruction, PromiseMade, SignedStatement, Statement } from './case.ts';
import type { DocumentKind, Sighting } from './document.ts';
import type { HourCount, IssueState, Phase, Topic } from './issue.ts';
import type { Body, Channel, Duty, Office, Role, Tier } from './office.ts';
import type { Health, Source, Standing } from './source.ts';
import type { Instant, Span } from './time.ts';
import type { Json, Words } from './words.ts';

/** A member of staff without the secret. `invited` until the invitation was used. */
export interface StaffView {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly officeId: string;
  readonly title: Words;
  readonly email: string;
  readonly language: 'zh' | 'en';
  readonly active: boolean;
  readonly invited: boolean;
  readonly rev: number;
}

/** GET /api/session. `fresh`: nothing is set up; `setup`: an admin exists, the office table is not finished; `ready`. */
export interface SessionView {
  readonly mode: 'fresh' | 'setup' | 'ready';
  readonly demo: boolean;
  readonly staff: StaffView | null;
  /** Sent back in `x-heed-csrf` with each change. */
  readonly csrf: string;
  readonly body: Pick<Body, 'name' | 'language'> | null;
  readonly zone: string;
  readonly now: Instant;
  /** Names of offices, topics and sources, so that lists need not repeat them. */
  readonly names: {
    readonly offices: Readonly<Record<string, Words>>;
    readonly topics: Readonly<Record<string, Words>>;
    readonly sources: Readonly<Record<string, { readonly name: Words; readonly standing: Standing; readonly kind: string }>>;
    readonly staff: Readonly<Record<string, string>>;
  };
}

export interface ClockView extends Clock {
  /** Milliseconds left; negative when late. */
  readonly left: number;
}

/** One line of an issue list. */
export interface IssueRow {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly level: Level;
  readonly total: number;
  readonly nature: Nature;
  readonly phase: Phase;
  readonly state: IssueState;
  readonly nMentions: number;
  readonly nUnique: number;
  readonly nVoices: number;
  readonly nSources: number;
  readonly topicIds: readonly string[];
  readonly leadOfficeId: string | null;
  readonly acked: boolean;
  /** The earliest running clock. */
  readonly nextClock: ClockView | null;
  readonly firstSeenAt: Instant;
  readonly lastAt: Instant;
  readonly burstAt: Instant | null;
  /** Mentions that are not copies, per hour, the last 24, oldest first. */
  readonly spark: readonly number[];
  readonly places: readonly string[];
  readonly overridden: boolean;
  readonly answered: boolean;
}

/** Something that needs a person now, most urgent first. */
export interface NeedRow {
  readonly kind: 'ack' | 'late' | 'returned' | 'review' | 'sign' | 'source' | 'job' | 'task';
  readonly id: string;
  readonly issueId: string | null;
  readonly level: Level;
  readonly title: string;
  readonly because: Words;
  readonly dueAt: Instant | null;
  readonly officeId: string | null;
}

export interface ChangeRow {
  readonly seq: number;
  readonly at: Instant;
  readonly kind: string;
  readonly subject: string;
  readonly by: string;
  readonly text: Words;
  /** Title of the issue the subject names; left out when it names none. */
  readonly title?: string;
}

/** GET /api/today */
export interface TodayBoard {
  readonly now: Instant;
  readonly needs: readonly NeedRow[];
  readonly last24h: {
    readonly nDocuments: number;
    readonly usual: number;
    readonly nIssues: number;
    readonly hourly: readonly number[];
    readonly nOffTopic: number;
  };
  readonly answers: { readonly nAnswered: number; readonly nDue: number; readonly medianToFirstWord: Span | null };
  readonly sources: {
    readonly nOk: number;
    readonly nDark: number;
    readonly dark: readonly { readonly id: string; readonly name: Words; readonly because: Words | null }[];
  };
  readonly issues: readonly IssueRow[];
  readonly promises: readonly PromiseMade[];
  readonly changes: readonly ChangeRow[];
  readonly onDuty: readonly string[];
  readonly bulletin: { readonly id: string; readonly state: 'draft' | 'sent' } | null;
}

/** One row of the stream (GET /api/stream?filter=all|new|loose|sent|mine&q=&before=&limit=). */
export interface StreamRow {
  readonly id: string;
  readonly title: string;
  /** First 160 characters of the text. */
  readonly start: string;
  readonly kind: DocumentKind;
  readonly sourceId: string;
  readonly publishedAt: Instant;
  readonly seenAt: Instant;
  readonly language: string;
  readonly issue: { readonly id: string; readonly title: string; readonly level: Level; readonly score: number } | null;
  readonly topicIds: readonly string[];
  readonly copyOf: string | null;
  readonly nCopies: number;
  readonly place: string | null;
  readonly nRedactions: number;
  readonly triage: 'done' | 'notRelevant' | 'attached' | null;
}

export interface StreamPage {
  readonly rows: readonly StreamRow[];
  /** Pass as `before` for the next page; null at the end. */
  readonly next: Instant | null;
  readonly counts: { readonly all: number; readonly new: number; readonly loose: number; readonly sent: number };
}

/** GET /api/documents/:id */
export interface DocumentView extends StreamRow {
  readonly text: string;
  readonly address: string;
  readonly version: number;
  readonly marks: readonly string[];
  readonly sure: string | null;
  /** Entries of a hot list: rank and heat over time, oldest first. */
  readonly sightings?: readonly Sighting[];
  readonly because: Words | null;
  readonly sharedTerms: readonly string[];
  /** Topics that matched and which words; ranges count UTF-16 units of title or text. */
  readonly matches: readonly {
    readonly topicId: string;
    readonly terms: readonly string[];
    readonly ranges: readonly { readonly inTitle: boolean; readonly from: number; readonly to: number }[];
  }[];
  readonly copies: readonly { readonly id: string; readonly sourceId: string; readonly publishedAt: Instant; readonly how: string }[];
}

/** One line of an issue's timeline. */
export interface TimelineRow {
  readonly at: Instant;
  readonly kind: string;
  readonly text: Words;
  readonly documentId: string | null;
}

/** GET /api/issues/:id */
export interface IssuePage {
  readonly row: IssueRow;
  readonly hours: readonly HourCount[];
  /** What to mark on the volume chart. */
  readonly marks: readonly { readonly at: Instant; readonly kind: 'alert' | 'statement' | 'burst'; readonly text: Words }[];
  readonly assessment: Assessment | null;
  readonly override: Override | null;
  readonly history: readonly Pick<Assessment, 'id' | 'at' | 'total' | 'level'>[];
  readonly timeline: readonly TimelineRow[];
  readonly bySource: readonly { readonly sourceId: string; readonly n: number }[];
  readonly documents: readonly StreamRow[];
  readonly fewVoices: boolean;
  readonly claims: readonly Claim[];
  /** Proposed by the machine from the documents, not yet opened by a person. */
  readonly claimDrafts: readonly {
    readonly text: string;
    readonly isQuestion: boolean;
    readonly nVoices: number;
    readonly firstDocumentId: string;
  }[];
  readonly clocks: readonly ClockView[];
  readonly alerts: readonly Alert[];
  readonly notices: readonly Pick<Notice, 'id' | 'officeId' | 'channelId' | 'step' | 'state' | 'result' | 'sentAt' | 'subject'>[];
  readonly tasks: readonly Task[];
  readonly kase: Case | null;
  readonly statements: readonly Statement[];
  readonly published: readonly SignedStatement[];
  readonly promises: readonly PromiseMade[];
  readonly instructions: readonly Instruction[];
  readonly recipients: readonly { readonly officeId: string; readonly because: Words }[];
  readonly complainedOf: readonly string[];
  readonly earlierIssueId: string | null;
  readonly mergedInto: string | null;
  readonly merges: readonly {
    readonly id: string;
    readonly kind: string;
    readonly from: string;
    readonly at: Instant;
    readonly because: string;
    readonly by: string;
    readonly sharedTerms: readonly string[];
  }[];
  readonly times: {
    readonly toAlert: Span | null;
    readonly toAck: Span | null;
    readonly toFirstWord: Span | null;
    readonly toAnswer: Span | null;
  };
}

/** GET /api/statements/:id/lint and the answer of saving a statement. */
export interface LintRow {
  readonly rule: number;
  readonly blocks: boolean;
  readonly message: Words;
}
export interface StatementView {
  readonly statement: Statement;
  readonly lint: readonly LintRow[];
  readonly published: readonly SignedStatement[];
}

/** GET /api/sources */
export interface SourceRow {
  readonly source: Source;
  readonly health: Health;
  readonly because: Words | null;
  readonly notes: readonly string[];
  readonly readAt: Instant | null;
  readonly newAt: Instant | null;
  readonly nextAt: Instant | null;
  readonly usualGap: Span | null;
  readonly nDay: number;
  readonly nDocuments: number;
  readonly charset: string | null;
  readonly strip: readonly number[];
}

/** One way to read a site. */
export interface SourceChoice {
  readonly kind: string;
  readonly address: string;
  /** As the site calls it; empty when it does not. */
  readonly title: string;
  /** `told` by the site, `linked` from the page, `tried` by us and found to answer. */
  readonly how: 'told' | 'linked' | 'tried';
}

/** POST /api/sources/test: what an address gives, before it is saved. */
export interface SourceTest {
  readonly kind: string;
  readonly address: string;
  readonly charset: string | null;
  readonly language: string | null;
  readonly nItems: number;
  readonly first: readonly { readonly title: string; readonly publishedAt: Instant | null }[];
  readonly notes: readonly string[];
  /** What robots.txt says, in words. */
  readonly robots: Words;
  readonly nextAt: Instant;
  /** Other addresses of the site that can be read, best first: feeds, sitemaps. Each may be tried like the first. */
  readonly found: readonly string[];
  /** Every way this site can be read, the one that was tried among them. */
  readonly choices?: readonly SourceChoice[];
}

/** POST /api/topics/preview */
export interface TopicPreview {
  readonly ok: boolean;
  readonly error: { readonly at: number; readonly length: number; readonly message: Words; readonly fix: string | null } | null;
  readonly hints: readonly { readonly at: number; readonly message: Words }[];
  readonly nHits: number;
  readonly daily: readonly number[];
  readonly perTerm: readonly { readonly term: string; readonly n: number }[];
  readonly sample: readonly StreamRow[];
}

/** GET /api/admin: everything the set-up and admin pages edit. */
export interface AdminView {
  readonly body: Body | null;
  readonly tiers: readonly Tier[];
  readonly offices: readonly Office[];
  readonly duties: readonly Duty[];
  readonly staff: readonly StaffView[];
  readonly channels: readonly Channel[];
  readonly topics: readonly Topic[];
  readonly plans: readonly Plan[];
  readonly collectors: readonly {
    readonly kind: string;
    readonly about: Words;
    readonly settings: readonly Json[];
    readonly pulls: boolean;
  }[];
  readonly notifiers: readonly {
    readonly kind: string;
    readonly about: Words;
    readonly settings: readonly Json[];
    readonly personal: boolean;
  }[];
  /** What still keeps the set-up from being finished, as sentences; empty when it can be. */
  readonly missing: readonly Words[];
  readonly jobsSetAside: readonly {
    readonly id: number;
    readonly run: string;
    readonly key: string;
    readonly lastError: string | null;
    readonly at: Instant | null;
  }[];
  readonly version: string;
}

/** GET /api/account */
export interface AccountView {
  readonly issues: readonly {
    readonly id: string;
    readonly title: string;
    readonly level: Level;
    readonly toAlert: Span | null;
    readonly toAck: Span | null;
    readonly toFirstWord: Span | null;
    readonly toAnswer: Span | null;
  }[];
  readonly medians: {
    readonly toAlert: Span | null;
    readonly toAck: Span | null;
    readonly toFirstWord: Span | null;
    readonly toAnswer: Span | null;
  };
  readonly promises: { readonly made: number; readonly kept: number; readonly late: number; readonly broken: number };
  readonly offices: readonly {
    readonly officeId: string;
    readonly nTasks: number;
    readonly signedInTime: number;
    readonly doneInTime: number;
    readonly nReturned: number;
  }[];
  readonly overrides: number;
  readonly lateClocks: readonly { readonly lane: Lane; readonly n: number }[];
  readonly journal: { readonly nEntries: number; readonly head: string; readonly brokenAt: number | null };
}

/** Answer of every change that can be taken back: POST /api/undo/:id within `until`. */
export interface Undoable {
  readonly undoId: string | null;
  readonly until: Instant | null;
}

/** Problem answer (RFC 9457) of every refusal and fault. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly message: Words;
  readonly details?: Readonly<Record<string, string | number>>;
  /** Set for a fault: what to tell the administrator. */
  readonly faultId?: string;
}
