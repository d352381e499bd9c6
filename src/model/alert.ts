/** Alert, notice, ack, clock, task, plan: the right office, in time. */
import type { Level } from './assessment.ts';
import type { IssueId } from './issue.ts';
import type { OfficeId, StaffId } from './office.ts';
import type { Instant, Span } from './time.ts';
import type { Words } from './words.ts';

/** A rule fired on an issue. `id` is `issue:rule:level`, so the same cause never alerts twice. */
export interface Alert {
  readonly id: string;
  readonly issueId: IssueId;
  readonly rule: string;
  readonly level: Level;
  readonly at: Instant;
  readonly because: Words;
  readonly officeIds: readonly OfficeId[];
  readonly ackedAt: Instant | null;
}

export const NOTICE_STATES = ['queued', 'sent', 'failed', 'dropped'] as const;

/** One message to one office by one channel. `id` = alert:office:step:channel: repeats are harmless. */
export interface Notice {
  readonly id: string;
  readonly alertId: string;
  readonly issueId: IssueId;
  readonly officeId: OfficeId;
  readonly channelId: string;
  /** 0 the first call, 1 the backup, 2 the head, 3 the next tier. */
  readonly step: number;
  /** Whom a personal link was made for; null for a group channel, where signing asks for a name. */
  readonly staffId: StaffId | null;
  readonly subject: string;
  readonly text: string;
  readonly level: Level;
  readonly ackBy: Instant | null;
  /** SHA-256 of the one-time link's token. */
  readonly linkHash: string | null;
  readonly state: (typeof NOTICE_STATES)[number];
  readonly result: string;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly nTries: number;
}

/** An office says: received, ours. */
export interface Ack {
  /** The alert's id and the office's. */
  readonly id: string;
  readonly alertId: string;
  readonly issueId: IssueId;
  readonly officeId: OfficeId;
  readonly by: string;
  readonly via: 'link' | 'desk';
  readonly at: Instant;
}

export const LANES = ['ack', 'verify', 'upward', 'tasks', 'answer'] as const;
export type Lane = (typeof LANES)[number];

/** A promise with a due time, in one of five lanes. Late stays late: a clock is never reset. */
export interface Clock {
  /** `issue:lane:level` or `issue:tasks:task`. */
  readonly id: string;
  readonly issueId: IssueId;
  readonly lane: Lane;
  readonly level: Level;
  readonly officeId: OfficeId;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly metAt: Instant | null;
  readonly metBy: string | null;
  /** How often it was escalated: 0 not yet. */
  readonly step: number;
  readonly cancelled: boolean;
  /** Which word an answer clock waits for; absent in the other lanes. */
  readonly part?: 'firstWord' | 'facts' | 'full';
}

export const TASK_STATES = ['sent', 'signed', 'returned', 'done', 'overdue', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Something asked of another office. `refer` for information, `assign` with a deadline, `supervise` because late, returned or instructed. */
export interface Task {
  readonly id: string;
  readonly issueId: IssueId;
  readonly kind: 'refer' | 'assign' | 'supervise';
  readonly officeId: OfficeId;
  readonly isLead: boolean;
  readonly what: string;
  readonly dueAt: Instant;
  readonly state: TaskState;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly signedBy: string | null;
  readonly signedAt: Instant | null;
  readonly finding: string;
  readonly returnReason: string;
  readonly doneAt: Instant | null;
  readonly nReturns: number;
  readonly rev: number;
}

/** Clocks and steps per colour; data, edited on a page. Spans of blue and yellow run in working time, of orange and red on the wall clock. */
export interface Plan {
  readonly id: Level;
  readonly ack: Span | null;
  readonly verify: Span | null;
  readonly upward: Span | null;
  readonly tasks: Span | null;
  readonly firstWord: Span | null;
  readonly full: Span | null;
  readonly workingTime: boolean;
  /** Sends a push; blue never does. */
  readonly push: boolean;
  readonly roles: readonly string[];
  /** Confirmed facts, between the first word and the full answer; absent where the plan asks for none. */
  readonly facts?: Span | null;
  /** How often the express report upward is repeated once sent. */
  readonly upwardEvery?: Span | null;
  /** How long an office may give a task back as not its own. */
  readonly returnWithin?: Span | null;
  /** The longest pause between two public updates. */
  readonly updateEvery?: Span | null;
  readonly rev: number;
}
