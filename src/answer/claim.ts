/** Claims: a statement of fact that people pass on, the evidence, and the verdict with its sources. */
import type { Claim, Verdict } from '../model/case.ts';
import type { DocumentId } from '../model/document.ts';
import type { IssueId } from '../model/issue.ts';
import type { StaffId } from '../model/office.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';
import { isOpinion } from './opinion.ts';

export interface ClaimStart {
  readonly id: string;
  readonly issueId: IssueId;
  readonly text: string;
  readonly firstDocumentId: DocumentId | null;
  readonly nDocuments: number;
  readonly nVoices: number;
  readonly by: string;
}

export type Evidence = Claim['evidence'][number];

/** Opens a claim for checking. Opinions and labels on people are refused: they cannot be checked. */
export function openClaim(start: ClaimStart, now: Instant): Outcome<Claim> {
  const text = start.text.trim();
  if (text === '') return refuse('answer.fieldMissing', { field: 'claim' });
  if (isOpinion(text)) return refuse('answer.opinionIsNotFalse');
  const { by, ...rest } = start;
  return done({ ...rest, text, verdict: 'open', evidence: [], reviewedBy: null, decidedAt: null, openedBy: by, openedAt: now, rev: 0 });
}

/** Adds one piece of evidence; it needs what was found and where that is from. */
export function addEvidence(claim: Claim, evidence: Evidence): Outcome<Claim> {
  if (evidence.what.trim() === '' || evidence.source.trim() === '') return refuse('answer.evidenceMissing');
  return done({ ...claim, evidence: [...claim.evidence, evidence] });
}

/** The second person's look at a verdict. `isFact`: the text states something that can be checked, not an opinion or a judgement of people. */
export interface ClaimReview {
  readonly by: StaffId;
  readonly isFact: boolean;
}

/**
 * Gives the verdict. Any verdict but `open` rests on evidence (for `unknowable`: on what was tried). Calling a claim false, wholly or in
 * part, needs a second person, who also says that it is a statement of fact. `open` takes a verdict back.
 */
export function decide(claim: Claim, verdict: Verdict, by: StaffId, review: ClaimReview | null, now: Instant): Outcome<Claim> {
  if (verdict === 'open') return done({ ...claim, verdict, reviewedBy: null, decidedAt: null });
  if (isOpinion(claim.text) || review?.isFact === false) return refuse('answer.opinionIsNotFalse');
  if (!hasEvidence(claim)) return refuse('answer.evidenceMissing');
  if (verdict === 'false' || verdict === 'partly') {
    if (review === null) return refuse('answer.fieldMissing', { field: 'reviewer' });
    if (review.by === by) return refuse('answer.reviewerIsDrafter');
  }
  return done({ ...claim, verdict, reviewedBy: review?.by ?? null, decidedAt: now });
}

function hasEvidence(claim: Claim): boolean {
  return claim.evidence.length > 0 && claim.evidence.every((one) => one.what.trim() !== '' && one.source.trim() !== '');
}

/** Whether a statement may carry this claim as a correction, whatever way the row came about. */
export function mayCorrect(claim: Claim): Outcome<Claim> {
  if (isOpinion(claim.text)) return refuse('answer.opinionIsNotFalse');
  if (claim.verdict === 'open' || !hasEvidence(claim)) return refuse('answer.evidenceMissing');
  if ((claim.verdict === 'false' || claim.verdict === 'partly') && claim.reviewedBy === null)
    return refuse('answer.fieldMissing', { field: 'reviewer' });
  return done(claim);
}
