/** Claims of an issue: opened for checking, evidence added, a verdict given. */
import { JOURNAL } from '../account/journalKinds.ts';
import { addEvidence, decide, openClaim } from '../answer/claim.ts';
import type { Io } from '../io.ts';
import { claimsOf } from '../judge/claim.ts';
import type { Claim, Verdict } from '../model/case.ts';
import type { Document } from '../model/document.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { pickPack } from '../text/pack.ts';
import { act, entry } from './act.ts';
import { issueFor, issueOfOthers } from './guards.ts';
import type { Who } from './who.ts';

/** The newest texts of an issue that claims are read from. */
const MOST_TEXTS = 300;

export interface ClaimProposal {
  readonly text: string;
  readonly isQuestion: boolean;
  readonly nVoices: number;
  readonly nDocuments: number;
  readonly firstDocumentId: string;
}

/** What is said as fact and what is asked in an issue, by independent voices; read from its newest texts. */
export async function claimProposals(io: Io, issueId: string, most = 12): Promise<readonly ClaimProposal[]> {
  const mentions = await io.store.list('mention', { equal: { issueId }, by: 'at', order: 'down', limit: MOST_TEXTS });
  const documents = await io.store.many(
    'document',
    mentions.map((mention) => mention.id),
  );
  const packFor = (document: Document) => pickPack(io.packs, document.language, document.text);
  return claimsOf(documents, packFor, most).map((draft) => ({
    text: draft.text,
    isQuestion: draft.kind === 'question',
    nVoices: draft.nVoices,
    nDocuments: draft.nDocuments,
    firstDocumentId: draft.firstDocumentId,
  }));
}

export function openClaimOn(
  io: Io,
  who: Who,
  issueId: string,
  input: { readonly text: string; readonly firstDocumentId?: string },
): Promise<Outcome<Claim>> {
  return act(io, async () => {
    const found = await issueFor(io, issueId);
    if (!found.ok) return found;
    const proposal = (await claimProposals(io, issueId, 40)).find((one) => one.text === input.text);
    const opened = openClaim(
      {
        id: `${issueId}:c${io.token(40)}`,
        issueId,
        text: input.text,
        firstDocumentId: input.firstDocumentId ?? proposal?.firstDocumentId ?? null,
        nDocuments: proposal?.nDocuments ?? (input.firstDocumentId === undefined ? 0 : 1),
        nVoices: proposal?.nVoices ?? (input.firstDocumentId === undefined ? 0 : 1),
        by: who.staffId,
      },
      io.now(),
    );
    if (!opened.ok) return opened;
    return done({ change: { put: { claim: [opened.value] } }, value: opened.value, after: () => io.tell({ kind: 'issue', id: issueId }) });
  });
}

async function changed(
  io: Io,
  who: Who,
  claimId: string,
  think: (claim: Claim) => Outcome<Claim>,
  isVerdict: boolean,
): Promise<Outcome<Claim>> {
  return act(io, async () => {
    const claim = await io.store.get('claim', claimId);
    if (claim === undefined) return refuse('http.notFound');
    // Nobody gives the verdict on what is said of their own office.
    const found = isVerdict ? await issueOfOthers(io, who, claim.issueId) : await issueFor(io, claim.issueId);
    if (!found.ok) return found;
    const after = think(claim);
    if (!after.ok) return after;
    const journal = isVerdict ? [entry(io, who, JOURNAL.claimDecided, claim.issueId, { claimId, verdict: after.value.verdict })] : [];
    const value = { ...after.value, rev: after.value.rev + 1 };
    return done({ change: { put: { claim: [after.value] }, journal }, value, after: () => io.tell({ kind: 'issue', id: claim.issueId }) });
  });
}

export function addEvidenceTo(
  io: Io,
  who: Who,
  claimId: string,
  input: { readonly what: string; readonly source: string },
): Promise<Outcome<Claim>> {
  return changed(io, who, claimId, (claim) => addEvidence(claim, { ...input, at: io.now(), by: who.staffId }), false);
}

/** `reviewedBy`: the second person who also holds that the claim is a statement of fact; needed for `false` and `partly`. */
export async function decideClaim(
  io: Io,
  who: Who,
  claimId: string,
  input: { readonly verdict: Verdict; readonly reviewedBy: string | null },
): Promise<Outcome<Claim>> {
  // A name that is nobody's is no second person.
  const reviewer = input.reviewedBy === null ? null : await io.store.get('staff', input.reviewedBy);
  if (reviewer !== null && reviewer?.active !== true) return refuse('answer.fieldMissing', { field: 'reviewer' });
  const review = input.reviewedBy === null ? null : { by: input.reviewedBy, isFact: true };
  return changed(io, who, claimId, (claim) => decide(claim, input.verdict, who.staffId, review, io.now()), true);
}
