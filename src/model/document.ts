/** Item (before the door) and Document (after it). */
import type { SourceId } from './source.ts';
import type { Instant } from './time.ts';

/** Content address: the same text of the same source under the same key has the same id, always. */
export type DocumentId = string;

/** A sealed author mark of one period: 16 hexadecimal digits. Only `collect/privacy.ts` makes one. */
export type Pseudonym = string & { readonly sealed: unique symbol };

/** BCP 47 primary code; `und` when nothing fits. */
export type Language = string;

/**
 * `article` edited text, `post` opens a conversation, `reply` answers inside one, `request` was sent to the complaint desk,
 * `report` is a field report, `listing` an entry of a hot list.
 */
export const DOCUMENT_KINDS = ['article', 'post', 'reply', 'request', 'report', 'listing'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What a collector hands over. Nothing stores an Item: it may name its author. */
export interface Item {
  /** The source's own lasting key of the text (guid, post id, floor id); stable over edits. */
  readonly key: string;
  readonly address: string;
  readonly title: string;
  /** Plain text, paragraphs parted by \n. */
  readonly body: string;
  readonly kind: DocumentKind;
  readonly author?: string;
  readonly publishedAt?: Instant;
  readonly language?: Language;
  /** Key of the text that opened the conversation this one belongs to. */
  readonly thread?: string;
  /** Place as entered by a clerk or reporter, or given by the platform. */
  readonly place?: string;
  /** What the source says about how many saw or passed it on. */
  readonly reach?: number;
  /** Place on a hot list, 1 the hottest: then seeing it again is an observation of the same document, not a new one. */
  readonly rank?: number;
  /** How hot the list says it is, in the list's own unit; 0 or absent where it tells none. */
  readonly heat?: number;
  /** How sure a field reporter is: `seen`, `told`, `confirmed`. */
  readonly sure?: string;
  readonly nImages?: number;
  /** Chosen service or section of the source; a hint for topics, never proof. */
  readonly section?: string;
  /** The text was taken down at the source: what we keep of it is deleted. */
  readonly gone?: boolean;
  /** Something to show beside the text, e.g. that only the tag-stripped page could be read. */
  readonly marks?: readonly string[];
}

export interface Fingerprint {
  /** SHA-256 of the folded text, 32 hexadecimal digits kept. */
  readonly exact: string;
  /** MinHash of 128 unsigned 32-bit numbers as base64; empty when the text is too short for shingles. */
  readonly minhash: string;
  /** Number of distinct shingles, for containment. */
  readonly nShingles: number;
}

/** One look at a hot list that held the entry: minutes since the epoch, its rank, its heat (0: not told). */
export type Sighting = readonly [minute: number, rank: number, heat: number];

export interface Document {
  readonly id: DocumentId;
  readonly sourceId: SourceId;
  /** The key of the item, kept to follow edits and removals. */
  readonly key: string;
  /** Canonical, without tracking and without an account name in it. */
  readonly address: string;
  readonly kind: DocumentKind;
  readonly title: string;
  /** Redacted plain text. */
  readonly text: string;
  readonly language: Language;
  readonly pseudonym: Pseudonym | null;
  readonly publishedAt: Instant;
  readonly seenAt: Instant;
  /** 1 for the first version; an edit at the source adds a version under a new id. */
  readonly version: number;
  readonly previousId: DocumentId | null;
  readonly thread: string | null;
  readonly place: string | null;
  readonly section: string | null;
  readonly sure: string | null;
  readonly reach: number;
  readonly nImages: number;
  readonly fingerprint: Fingerprint;
  /** The earliest known document this one copies, and how: `exact`, `near` or `contained`. */
  readonly copyOf: DocumentId | null;
  readonly copyHow: 'exact' | 'near' | 'contained' | null;
  /** How many pieces of personal data were taken out. */
  readonly nRedactions: number;
  readonly marks: readonly string[];
  /** Entries of a hot list only: rank and heat over time, oldest first; runs of the same are kept as their two ends. */
  readonly sightings?: readonly Sighting[];
}
