/** A source: a place we read, with manners and a standing. */
import type { Instant, Span } from './time.ts';
import type { Json, Words } from './words.ts';

export type SourceId = string;

/**
 * Whose voice a source carries: `official` a public body, `press` edited media, `community` forums and public timelines,
 * `desk` what is sent to the complaint desk, `field` reports of the body's own reporters, `import` a file someone gave.
 */
export const STANDINGS = ['official', 'press', 'community', 'desk', 'field', 'import'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Manners {
  /** Obey robots.txt. False only for addresses the owner offered in writing; the reason is journalled. */
  readonly robots: boolean;
  /** Shortest and longest pause between two polls; the pace adapts between them. */
  readonly pollAtLeast: Span;
  readonly pollAtMost: Span;
  /** Shortest pause between two requests to one host. */
  readonly pause: Span;
}

export interface Source {
  readonly id: SourceId;
  readonly name: Words;
  /** The collector that reads it, e.g. `feed`. */
  readonly kind: string;
  readonly address: string;
  /** Checked by the collector's own settings shape. */
  readonly settings: { readonly [key: string]: Json };
  readonly standing: Standing;
  /** Sources with one owner share a family; a family is one independent voice. */
  readonly family: string;
  /** Folder the operator keeps it in, steps parted by ` / `; only for finding it again. */
  readonly group?: string;
  /** Readers or members the publisher itself states; 0 when unknown. */
  readonly audience: number;
  readonly manners: Manners;
  readonly paused: boolean;
  readonly pausedBecause?: string;
  /** Set when the address is an organisation's own channel that looks like an account: proof and a second person. */
  readonly organisation?: { readonly name: string; readonly proof: string; readonly approvedBy: string };
  readonly addedBy: string;
  readonly addedAt: Instant;
  readonly rev: number;
}

/** In what state a source's reading is; `because` is the plain reason shown on the health page. */
export const HEALTHS = ['new', 'ok', 'slow', 'changed', 'dark', 'failing', 'refused', 'paused'] as const;
export type Health = (typeof HEALTHS)[number];

export interface SourceState {
  /** Equal to the source's id. */
  readonly id: SourceId;
  /** What the collector needs for the next poll (validators, last id), opaque to everybody else. */
  readonly cursor: Json;
  readonly health: Health;
  readonly because: Words | null;
  readonly notes: readonly string[];
  readonly triedAt: Instant | null;
  readonly readAt: Instant | null;
  readonly newAt: Instant | null;
  readonly nextAt: Instant | null;
  readonly nFailures: number;
  readonly nDocuments: number;
  /** Median gap between new documents, learned; null until 5 are known. */
  readonly usualGap: Span | null;
  readonly charset: string | null;
  readonly language: string | null;
  /** Half hours, newest last, at most 48: documents read, or -1 where nothing could be read. */
  readonly strip: readonly number[];
  readonly stripAt: Instant | null;
  /** What is learned of its rhythm and of its list's look (collect/rhythm, collect/listShape); absent until the first reading. */
  readonly rhythm?: Json;
  readonly shape?: Json;
}
