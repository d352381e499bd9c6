/**
 * The outside as Heed sees it: the store, the collectors, the notifiers, the publisher.
 * `edge/` implements these; `work/` is handed them. Nothing here does anything.
 */
import type { Alert, Ack, Clock, Notice, Plan, Task } from './model/alert.ts';
import type { Assessment, Override } from './model/assessment.ts';
import type { Bulletin } from './model/bulletin.ts';
import type { Case, Claim, Instruction, PromiseMade, Receipt, SignedStatement, Statement } from './model/case.ts';
import type { Document, DocumentId, Item } from './model/document.ts';
import type { Issue, Mention, Merge, Topic } from './model/issue.ts';
import type { Entry, NewEntry } from './model/journal.ts';
import type { Body, Channel, Duty, Office, Staff, Tier } from './model/office.ts';
import type { Refusal } from './model/outcome.ts';
import type { Manners, Source, SourceState, Standing } from './model/source.ts';
import type { Instant, Span } from './model/time.ts';
import type { Json, Words } from './model/words.ts';

// ---------------------------------------------------------------- store

/** A signed-in browser; only the hash of its token is kept. Times are real, not domain, time. */
export interface Session {
  readonly id: string;
  readonly staffId: string;
  readonly csrf: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly confirmedAt: Instant;
}

/** What a person decided about one document in the stream. */
export interface Triage {
  readonly id: DocumentId;
  readonly state: 'done' | 'notRelevant' | 'attached';
  readonly by: string;
  readonly at: Instant;
}

/** What undoes a staff action within its time: the inverse, kept as data. */
export interface Undo {
  readonly id: string;
  readonly staffId: string;
  readonly what: string;
  readonly inverse: Json;
  readonly at: Instant;
  readonly until: Instant;
}

/** A named value of the installation: period keys' ids, the time until which a pool was judged, word lists edited here. */
export interface Setting {
  readonly id: string;
  readonly value: Json;
}

/** Every kind of row, by its noun. Each row has a string `id`; a row with `rev` is refused when stale. */
export interface Nouns {
  source: Source;
  sourceState: SourceState;
  topic: Topic;
  document: Document;
  triage: Triage;
  issue: Issue;
  mention: Mention;
  merge: Merge;
  assessment: Assessment;
  override: Override;
  tier: Tier;
  office: Office;
  duty: Duty;
  staff: Staff;
  channel: Channel;
  body: Body;
  plan: Plan;
  alert: Alert;
  notice: Notice;
  ack: Ack;
  clock: Clock;
  task: Task;
  case: Case;
  claim: Claim;
  statement: Statement;
  signed: SignedStatement;
  promise: PromiseMade;
  receipt: Receipt;
  instruction: Instruction;
  bulletin: Bulletin;
  session: Session;
  undo: Undo;
  setting: Setting;
}
export type Noun = keyof Nouns;

/**
 * Which rows: every given field must be equal (an array: one of them; null: is null). `from`/`to` bound the field named by
 * `by` (from inclusive, to exclusive). Only fields that `edge/store/schema.ts` indexes may be named; another one is a fault.
 */
export interface Where {
  readonly equal?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  readonly by?: string;
  readonly from?: number | string;
  readonly to?: number | string;
  readonly order?: 'up' | 'down';
  readonly limit?: number;
  readonly skip?: number;
}

/** Work to be done at a domain time, written in the same commit as what caused it. */
export interface NewJob {
  /** The name of the piece of work, e.g. `collectSource`. */
  readonly run: string;
  /** Unique among waiting jobs: a second one with the same key is dropped; the earlier due time wins. */
  readonly key: string;
  readonly payload: Json;
  readonly due: Instant;
  /** Jobs of one lane run one at a time, by due time and then order of writing. */
  readonly lane: string;
}

export interface Job extends NewJob {
  readonly id: number;
  /** How often it was tried before. */
  readonly nTries: number;
  readonly lastError: string | null;
  readonly setAsideAt: Instant | null;
}

/** Everything that can change, in one type, in one commit: all of it or nothing. */
export interface Change {
  readonly put?: { readonly [N in Noun]?: readonly Nouns[N][] };
  readonly remove?: { readonly [N in Noun]?: readonly string[] };
  /** Index terms of documents put in the same change, for full-text search. */
  readonly terms?: readonly { readonly documentId: DocumentId; readonly title: readonly string[]; readonly text: readonly string[] }[];
  readonly journal?: readonly NewEntry[];
  readonly jobs?: readonly NewJob[];
  /** Waiting jobs that are no longer wanted, by key. */
  readonly dropJobs?: readonly string[];
  /** The leased job this change completes. */
  readonly finish?: number;
  /** The leased job goes back to waiting until then; not counted as a try. */
  readonly putBack?: { readonly jobId: number; readonly due: Instant };
}

/** What a commit says once it is durable (fsynced). */
export type Committed =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly stale: { readonly noun: Noun; readonly id: string } };

/** A search over index terms. Gives candidates: the caller checks each with the matcher of `judge/`. */
export type SearchNode =
  | { readonly all: readonly SearchNode[] }
  | { readonly any: readonly SearchNode[] }
  | { readonly without: SearchNode; readonly from: SearchNode }
  | { readonly phrase: readonly string[]; readonly prefix?: boolean; readonly column?: 'title' | 'text' }
  | { readonly everything: true };

export interface SearchQuery {
  readonly node: SearchNode;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly sourceIds?: readonly string[];
  readonly limit: number;
  /** Give only documents published before this instant (paging, newest first). */
  readonly before?: Instant;
}

export interface HourRow {
  readonly hour: Instant;
  readonly sourceId: string;
  readonly all: number;
  readonly unique: number;
}

export interface JobCounts {
  readonly waiting: number;
  readonly due: number;
  readonly leased: number;
  readonly setAside: number;
  readonly oldestDue: Instant | null;
}

export interface Store {
  get<N extends Noun>(noun: N, id: string): Promise<Nouns[N] | undefined>;
  /** In the order of `ids`; missing rows are left out. */
  many<N extends Noun>(noun: N, ids: readonly string[]): Promise<Nouns[N][]>;
  list<N extends Noun>(noun: N, where?: Where): Promise<Nouns[N][]>;
  count(noun: Noun, where?: Where): Promise<number>;
  /** Newest first. */
  search(query: SearchQuery): Promise<Document[]>;
  /** Documents per hour and source, from running counts kept by the store; oldest first. */
  hours(from: Instant, to: Instant): Promise<HourRow[]>;
  /** Queues the change; resolves when it is fsynced. Changes that wait together share one transaction; a stale one is refused singly. */
  commit(change: Change): Promise<Committed>;

  /** Leases due jobs (due <= now) for 30 s of real time, at most one per lane and never in a lane that has a leased one. */
  claim(now: Instant, limit: number): Promise<Job[]>;
  /** Keeps a lease alive. */
  renew(jobIds: readonly number[]): Promise<void>;
  /** The job failed: due again at `due`, or set aside when null. */
  fail(jobId: number, error: string, due: Instant | null, now: Instant): Promise<void>;
  /** The earliest due time of a waiting job, or null. */
  nextDue(): Promise<Instant | null>;
  jobCounts(now: Instant): Promise<JobCounts>;
  jobsSetAside(): Promise<Job[]>;
  /** A set-aside job is tried again from `due`. */
  retry(jobId: number, due: Instant): Promise<void>;

  journal(where: {
    readonly after?: number;
    readonly subject?: string;
    readonly kind?: string;
    readonly from?: Instant;
    readonly to?: Instant;
    readonly limit?: number;
    readonly newestFirst?: boolean;
  }): Promise<Entry[]>;
  /** Reads the whole chain in a thread of its own. `brokenAt` is the first entry that does not fit, or null. */
  verifyJournal(): Promise<{ readonly nEntries: number; readonly head: string; readonly brokenAt: number | null }>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------- reading the open world

export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Got {
  readonly kind: 'ok';
  readonly status: number;
  /** Where the bytes came from, after redirects. */
  readonly address: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded from gzip, br, deflate or zstd. */
  readonly bytes: Uint8Array;
  readonly validators: Validators;
  /** Permanent redirects only: the address to keep from now on. */
  readonly movedTo?: string;
}

/** Why there are no bytes. `later`: the host's pace or a Retry-After says when. `failed` counts as a failure of the source. */
export type NotGot =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'later'; readonly at: Instant; readonly because: 'pace' | 'retryAfter' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'failed'; readonly because: Words; readonly code: string };

/** The one outbound client: public http(s) addresses only, robots, pace, size and time limits. Never throws for what a host does. */
export type Get = (
  address: string,
  options?: {
    readonly validators?: Validators;
    readonly maxBytes?: number;
    readonly accept?: string;
    readonly robots?: boolean;
    readonly pause?: Span;
    /** For mailboxes (imaps:) alone; no request by http ever carries it. */
    readonly login?: { readonly user: string; readonly password: string };
  },
) => Promise<Got | NotGot>;

/** An address found in a list that should be read as a page of its own. */
export interface Follow {
  readonly address: string;
  readonly key: string;
  /** What the list already told, completed by the page. */
  readonly known: Partial<Item>;
  /** Which page of one text (a thread) this is; 1 when left out. */
  readonly nPage?: number;
  /** The list showed this entry before, in another form: it is read once more. */
  readonly readBefore?: boolean;
}

export interface Pulled {
  readonly items: readonly Item[];
  /** What could not be read, in words for the health page. */
  readonly notes: readonly string[];
  readonly follow?: readonly Follow[];
  /** Kept for the next pull, committed together with the documents. */
  readonly cursor: Json;
  /** Set when the source could not be read now; items may still hold what was read before. */
  readonly stopped?: NotGot;
  readonly charset?: string;
  readonly language?: string;
  /** The shortest pause the source itself asks for (max-age, ttl). */
  readonly askedPause?: Span;
  /** What the whole list showed, entries read before included; absent where there is no list, or it was not sent again. */
  readonly shape?: { readonly nEntries: number; readonly nDated: number; readonly nWithText: number };
  /** More is waiting behind this page: pull again at once, by the host's pace. */
  readonly more?: boolean;
  readonly movedTo?: string;
  /** WebSub: where this source can be subscribed to, and under which address. */
  readonly hub?: { readonly hub: string; readonly topic: string };
}

/** One field of a settings form, drawn and checked from this. */
export interface SettingField {
  readonly name: string;
  readonly label: Words;
  readonly help?: Words;
  readonly type: 'text' | 'number' | 'boolean' | 'choice' | 'secret' | 'address';
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly default?: string | number | boolean;
}

/** Code that reads one kind of source; one self-describing file in `edge/sources/`. */
export interface Collector {
  readonly kind: string;
  readonly about: Words;
  readonly settings: readonly SettingField[];
  readonly standing: Standing;
  readonly manners: Manners;
  /** Read the source once. Present on collectors that go and look. */
  pull?(source: Source, cursor: Json, get: Get, now: Instant): Promise<Pulled>;
  /**
   * Read one followed page. With the source's cursor a collector can remember what a page held, and tell what vanished from it; a
   * cursor it gives back (not null) is then committed with the items.
   */
  read?(source: Source, follow: Follow, get: Get, now: Instant, cursor?: Json): Promise<Pulled>;
  /** Turn what was sent or imported into items. No network; a promise where the reading is done in a thread of its own. */
  receive?(source: Source, input: Received, now: Instant): Pulled | Promise<Pulled>;
}

export interface Received {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly fileName?: string;
  readonly columns?: Readonly<Record<string, string>>;
}

// ---------------------------------------------------------------- telling people

/** A notice as a channel gets it. Holds no text of the public and no personal data. */
export interface Message {
  /** The notice's id: rides along so that a receiver can drop repeats. */
  readonly key: string;
  readonly issueId: string;
  readonly level: string;
  readonly subject: string;
  readonly text: string;
  /** The one-time link to sign for it; null when nothing is to be signed. */
  readonly link: string | null;
  readonly pageLink: string;
  readonly ackBy: Instant | null;
  /** `issue:…` to thread messages. */
  readonly threadKey: string;
  readonly demo: boolean;
}

/** `later`: trying again can help (after that span); `never`: it cannot. */
export type Sent = { readonly result: 'sent' | 'later' | 'never'; readonly why: string; readonly after?: Span };

export type Post = (
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | NotGot>;

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

/** What a notifier may touch the world with. */
export interface Hands {
  readonly post: Post;
  readonly mail: (server: Readonly<Record<string, string>>, mail: Mail) => Promise<Sent>;
}

/** Code that sends notices one way; one self-describing file in `edge/notifiers/`. */
export interface Notifier {
  readonly kind: string;
  readonly about: Words;
  readonly settings: readonly SettingField[];
  /** Messages a minute the channel allows. */
  readonly perMinute: number;
  /** True when it reaches one person, so that a link in it may be personal. */
  readonly personal: boolean;
  send(message: Message, settings: Readonly<Record<string, string>>, hands: Hands, now: Instant): Promise<Sent>;
}

/** Puts a signed statement on the office's own public page. It takes nothing else, and there is no other way out. */
export interface Publisher {
  publish(statement: SignedStatement): Promise<void>;
}
