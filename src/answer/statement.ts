/**
 * The public answer: drafted, reviewed by another person, signed by a named spokesperson who did not draft it. Only `sign` makes a
 * SignedStatement, and only a SignedStatement can be published. An edit takes every review back; a published text is never changed in
 * place: an amendment is version n+1 and says why.
 *
 *   draft --submit--> review --review--> reviewed --sign--> published --amend--> draft (of version n+1)
 *     ^------edit/sendBack-----+-------------+
 */
import type { Claim, Correction, SignedStatement, Statement } from '../model/case.ts';
import type { Body, Office, Staff, StaffId } from '../model/office.ts';
import { done, type Outcome, type RefusalCode, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import { mayCorrect } from './claim.ts';
import { personalData } from './linter.ts';

/** What a person writes. */
export type StatementText = Pick<
  Statement,
  | 'title'
  | 'language'
  | 'empathy'
  | 'known'
  | 'unknown'
  | 'doing'
  | 'nextUpdateAt'
  | 'nextUpdate'
  | 'contact'
  | 'claimIds'
  | 'promises'
  | 'machineDrafted'
>;

export function draft(id: string, issueId: string, number: number, text: StatementText, by: StaffId, now: Instant): Statement {
  return { ...text, id, issueId, number, state: 'draft', draftedBy: by, draftedAt: now, reviewedBy: null, reviewedAt: null, rev: 0 };
}

/** Whoever edits last is the drafter, so that nobody reviews or signs their own words. Not possible once it is published. */
export function edit(statement: Statement, changes: Partial<StatementText>, by: StaffId, now: Instant): Outcome<Statement> {
  if (statement.state === 'published' || statement.state === 'withdrawn') return wrongStep(statement, 'draft');
  return done({ ...statement, ...changes, state: 'draft', draftedBy: by, draftedAt: now, reviewedBy: null, reviewedAt: null });
}

function wrongStep(statement: Statement, to: Statement['state']): ReturnType<typeof refuse> {
  return refuse('answer.wrongStep', { from: statement.state, to });
}

const REQUIRED = ['title', 'known', 'unknown', 'doing', 'contact'] as const;

/** Why this text cannot go further; null when it can. The order is that of the form. */
export function whyNot(statement: Statement): ReturnType<typeof refuse> | null {
  for (const field of REQUIRED) if (statement[field].trim() === '') return refuse('answer.fieldMissing', { field });
  if (statement.nextUpdateAt === null && statement.nextUpdate !== 'none') return refuse('answer.nextUpdateMissing');
  for (const { what, officeId, dueAt } of statement.promises) {
    if (what.trim() === '' || officeId === '' || !(dueAt > 0)) return refuse('answer.promiseIncomplete');
  }
  if (personalData(statement).length > 0) return refuse('answer.personalData');
  return null;
}

export function submit(statement: Statement): Outcome<Statement> {
  if (statement.state !== 'draft') return wrongStep(statement, 'review');
  return whyNot(statement) ?? done({ ...statement, state: 'review' });
}

export function review(statement: Statement, reviewerId: StaffId, now: Instant): Outcome<Statement> {
  if (statement.state !== 'review') return wrongStep(statement, 'reviewed');
  if (reviewerId === statement.draftedBy) return refuse('answer.reviewerIsDrafter');
  return done({ ...statement, state: 'reviewed', reviewedBy: reviewerId, reviewedAt: now });
}

/** Back to the drafter, with a reason (journalled by the caller). */
export function sendBack(statement: Statement, why: string): Outcome<Statement> {
  if (statement.state !== 'review' && statement.state !== 'reviewed') return wrongStep(statement, 'draft');
  if (why.trim() === '') return refuse('answer.reasonMissing');
  return done({ ...statement, state: 'draft', reviewedBy: null, reviewedAt: null });
}

/** What signing needs besides the statement and the person. `previous` is the version before, null for the first. */
export interface SignKit {
  readonly body: Body;
  readonly office: Office;
  readonly claims: readonly Claim[];
  /** Name of the person who reviewed each claim, by staff id. */
  readonly reviewerNames: Readonly<Record<StaffId, string>>;
  readonly previous: SignedStatement | null;
  /** Why there is a new version; empty for the first. */
  readonly why: string;
  readonly signer: { readonly keyId: string; readonly sign: (text: string) => string };
}

/** Signs, for a registered and active spokesperson other than the drafter. The signature covers `canonicalText`. */
export function sign(statement: Statement, person: Staff, kit: SignKit, now: Instant): Outcome<SignedStatement> {
  const no = maySign(statement, person, kit);
  if (no !== null) return no;
  const corrections: Correction[] = [];
  for (const claimId of statement.claimIds) {
    const claim = kit.claims.find((one) => one.id === claimId);
    const ready = claim === undefined ? refuse('answer.evidenceMissing') : mayCorrect(claim);
    if (!ready.ok) return ready;
    corrections.push(correctionOf(ready.value, kit.reviewerNames));
  }
  const version = (kit.previous?.version ?? 0) + 1;
  const unsigned: Omit<SignedStatement, 'signature'> = {
    id: `${statement.id}.v${version}`,
    statementId: statement.id,
    issueId: statement.issueId,
    version,
    statement: { ...statement, state: 'published' },
    officeName: kit.office.name,
    signerId: person.id,
    signerName: person.name,
    signerTitle: person.title,
    signedAt: now,
    publishedAt: now,
    why: kit.why.trim(),
    corrections,
    keyId: kit.signer.keyId,
  };
  const signed = { ...unsigned, signature: kit.signer.sign(canonicalText(unsigned)) };
  const missing = missingFields(signed)[0];
  return missing === undefined ? done(signed) : refuse('answer.fieldMissing', { field: missing });
}

function maySign(statement: Statement, person: Staff, kit: SignKit): ReturnType<typeof refuse> | null {
  if (statement.state !== 'reviewed' || statement.reviewedBy === null) return wrongStep(statement, 'published');
  const mayNot: RefusalCode = 'answer.signerNotSpokesperson';
  if (!person.active || !person.roles.includes('spokesperson') || !kit.body.spokespersonIds.includes(person.id)) return refuse(mayNot);
  if (person.id === statement.draftedBy) return refuse('answer.signerIsDrafter');
  if (statement.reviewedBy === statement.draftedBy) return refuse('answer.reviewerIsDrafter');
  if (kit.previous !== null && (kit.previous.statementId !== statement.id || kit.why.trim() === '')) return refuse('answer.reasonMissing');
  return whyNot(statement);
}

/** Fact first: what the evidence shows; the claim is quoted once. */
function correctionOf(claim: Claim, names: Readonly<Record<StaffId, string>>): Correction {
  const { id, text, verdict, evidence, reviewedBy } = claim;
  return {
    claimId: id,
    claim: text,
    verdict,
    fact: evidence.map((one) => one.what.trim().replace(/[。.]$/u, '')).join('；'),
    evidence: evidence.map((one) => one.source),
    reviewedBy: reviewedBy === null ? '' : (names[reviewedBy] ?? reviewedBy),
  };
}

/** The published statement back on the desk as a draft; signing it gives the next version under the same statement id. */
export function amend(signed: SignedStatement, changes: Partial<StatementText>, by: StaffId, now: Instant): Statement {
  return { ...signed.statement, ...changes, state: 'draft', draftedBy: by, draftedAt: now, reviewedBy: null, reviewedAt: null };
}

/** The bytes that are signed: all but the signature, as JSON with names in code-point order and no white space. */
export function canonicalText(signed: Omit<SignedStatement, 'signature'> & { readonly signature?: string }): string {
  const { signature: _, ...rest } = signed;
  return ordered(rest as unknown as Json);
}

function ordered(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => ordered(one)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value as Readonly<Record<string, Json | undefined>>).filter(
    (pair): pair is [string, Json] => pair[1] !== undefined,
  );
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${ordered(one)}`).join(',')}}`;
}

/** The twelve fields every published form carries (R-18), in the order they are shown. */
export const DISCLOSED = [
  'office',
  'signer',
  'signerTitle',
  'signedAt',
  'issueNumber',
  'known',
  'unknown',
  'doing',
  'nextUpdate',
  'history',
  'signature',
  'link',
] as const;
export type Disclosed = (typeof DISCLOSED)[number];

/** Which of the twelve are missing; a form of a statement that lacks one must not leave. */
export function missingFields(signed: SignedStatement): readonly Disclosed[] {
  const { statement } = signed;
  const filled = (text: string): boolean => text.trim() !== '';
  const has: Readonly<Record<Disclosed, boolean>> = {
    office: filled(signed.officeName.zh) && filled(signed.officeName.en),
    signer: filled(signed.signerName),
    signerTitle: filled(signed.signerTitle.zh) && filled(signed.signerTitle.en),
    signedAt: signed.signedAt > 0,
    issueNumber: filled(signed.issueId),
    known: filled(statement.known),
    unknown: filled(statement.unknown),
    doing: filled(statement.doing),
    nextUpdate: statement.nextUpdateAt !== null || statement.nextUpdate === 'none',
    history: signed.version === 1 || (signed.version > 1 && filled(signed.why)),
    signature: filled(signed.signature) && filled(signed.keyId),
    link: filled(signed.id),
  };
  return DISCLOSED.filter((field) => !has[field]);
}
