/** Case, claim, statement, correction, promise, receipt: the answer, by a named person. */
import type { DocumentId } from './document.ts';
import type { IssueId } from './issue.ts';
import type { OfficeId, StaffId } from './office.ts';
import type { Instant } from './time.ts';

export const CASE_STATES = ['open', 'verifying', 'answering', 'signed', 'published', 'closed', 'reopened'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** The work of answering one issue. */
export interface Case {
  /** Equal to the issue's id. */
  readonly id: IssueId;
  readonly issueId: IssueId;
  readonly state: CaseState;
  readonly leadOfficeId: OfficeId;
  readonly fastTrack: boolean;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly firstWordAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedBecause: string;
  readonly rev: number;
}

export const VERDICTS = ['open', 'true', 'false', 'partly', 'unknowable'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A statement of fact we must check. Opinions are not claims. */
export interface Claim {
  readonly id: string;
  readonly issueId: IssueId;
  readonly text: string;
  readonly firstDocumentId: DocumentId | null;
  readonly nDocuments: number;
  readonly nVoices: number;
  readonly verdict: Verdict;
  /** What the verdict rests on: documents, inspections, measurements, each with a source. */
  readonly evidence: readonly { readonly what: string; readonly source: string; readonly at: Instant; readonly by: string }[];
  readonly reviewedBy: StaffId | null;
  readonly decidedAt: Instant | null;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly rev: number;
}

export const STATEMENT_STATES = ['draft', 'review', 'reviewed', 'published', 'withdrawn'] as const;

/** The public answer, while it is made. Parts follow CERC: known, not known, doing, next update. */
export interface Statement {
  readonly id: string;
  readonly issueId: IssueId;
  readonly number: number;
  readonly title: string;
  readonly language: 'zh' | 'en';
  readonly empathy: string;
  readonly known: string;
  readonly unknown: string;
  readonly doing: string;
  readonly nextUpdateAt: Instant | null;
  /** `none` when this is the last word. */
  readonly nextUpdate: string;
  readonly contact: string;
  /** Claims this statement corrects: fact first, the claim quoted once. */
  readonly claimIds: readonly string[];
  readonly promises: readonly { readonly what: string; readonly officeId: OfficeId; readonly dueAt: Instant }[];
  readonly state: (typeof STATEMENT_STATES)[number];
  readonly draftedBy: StaffId;
  readonly draftedAt: Instant;
  readonly machineDrafted: boolean;
  readonly reviewedBy: StaffId | null;
  readonly reviewedAt: Instant | null;
  readonly rev: number;
}

/** A statement a named spokesperson has signed. The only thing that can be published. */
export interface SignedStatement {
  /** The statement's id and version: permanent. */
  readonly id: string;
  readonly statementId: string;
  readonly issueId: IssueId;
  readonly version: number;
  readonly statement: Statement;
  readonly officeName: { readonly zh: string; readonly en: string };
  readonly signerId: StaffId;
  readonly signerName: string;
  readonly signerTitle: { readonly zh: string; readonly en: string };
  readonly signedAt: Instant;
  readonly publishedAt: Instant;
  readonly why: string;
  readonly corrections: readonly Correction[];
  /** Ed25519 signature over the canonical text, base64, and the public key's id. */
  readonly signature: string;
  readonly keyId: string;
}

/** A statement about a false claim. */
export interface Correction {
  readonly claimId: string;
  readonly claim: string;
  readonly verdict: Verdict;
  readonly fact: string;
  readonly evidence: readonly string[];
  readonly reviewedBy: string;
}

/** What the office said it will do, with a date and an owner. Glossary: promise. */
export interface PromiseMade {
  readonly id: string;
  readonly issueId: IssueId;
  readonly statementId: string;
  readonly what: string;
  readonly officeId: OfficeId;
  readonly dueAt: Instant;
  readonly keptAt: Instant | null;
  readonly proof: string;
  readonly broken: boolean;
  readonly rev: number;
}

/** How the raiser sees the status without an account: only the hash of the code is kept. */
export interface Receipt {
  /** SHA-256 of the code, hexadecimal. */
  readonly id: string;
  readonly documentId: DocumentId;
  readonly givenAt: Instant;
  readonly officeId: OfficeId | null;
  readonly messages: readonly { readonly from: 'raiser' | 'office'; readonly text: string; readonly at: Instant }[];
  readonly reopened: boolean;
  readonly withdrawn: boolean;
  readonly rev: number;
}

/** A leader's written word that makes tasks. */
export interface Instruction {
  readonly id: string;
  readonly issueId: IssueId;
  readonly by: StaffId;
  readonly text: string;
  readonly at: Instant;
  readonly taskIds: readonly string[];
}
