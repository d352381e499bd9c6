/** Receipts: what the person who raised a matter may see, in plain words, and the two things they can do: add to it and object once. */
import type { Case, Receipt, SignedStatement } from '../model/case.ts';
import type { IssueId } from '../model/issue.ts';
import type { Office, OfficeId } from '../model/office.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { both } from '../text/say.ts';
import { move } from './caseFlow.ts';

export const RECEIPT_STATES = ['received', 'withOffice', 'checking', 'answered', 'closed', 'reopened', 'withdrawn'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

export interface ReceiptKit {
  readonly kase: Case | null;
  /** The office that handles it now. */
  readonly office: Office | null;
  /** When the answer is due; null when no clock runs. */
  readonly dueAt: Instant | null;
  /** Signed statements on the issue, newest first. */
  readonly statements: readonly Pick<SignedStatement, 'id' | 'issueId' | 'publishedAt'>[];
  /** How an instant is written in each language, in local time. */
  readonly time: (instant: Instant) => Words;
}

/** All the raiser sees. It names no other raiser, no level and no text but their own messages. */
export interface ReceiptView {
  readonly state: ReceiptState;
  readonly sentence: Words;
  readonly late: Words | null;
  readonly office: Words | null;
  readonly dueAt: Instant | null;
  readonly issueId: IssueId | null;
  readonly answerId: string | null;
  readonly messages: Receipt['messages'];
  readonly canReopen: boolean;
  readonly canWithdraw: boolean;
}

export function viewReceipt(receipt: Receipt, kit: ReceiptKit, now: Instant): ReceiptView {
  const { kase, office } = kit;
  const state = stateOf(receipt, kit);
  const waits = state !== 'answered' && state !== 'closed' && state !== 'withdrawn';
  const dueAt = waits ? kit.dueAt : null;
  return {
    state,
    sentence: sentenceOf(state, receipt, kit, dueAt),
    late: dueAt !== null && now > dueAt ? both('receipt.late') : null,
    office: office?.name ?? null,
    dueAt,
    issueId: kase?.issueId ?? null,
    answerId: kit.statements[0]?.id ?? null,
    messages: receipt.messages,
    canReopen: state === 'closed' && !receipt.reopened,
    canWithdraw: !receipt.withdrawn && state !== 'closed',
  };
}

function stateOf(receipt: Receipt, { kase, office, statements }: ReceiptKit): ReceiptState {
  if (receipt.withdrawn) return 'withdrawn';
  if (kase?.state === 'closed') return 'closed';
  if (receipt.reopened && kase !== null) return 'reopened';
  if (kase !== null && (kase.state === 'published' || statements.length > 0)) return 'answered';
  if (kase === null) return office === null ? 'received' : 'withOffice';
  return kase.state === 'open' ? 'withOffice' : 'checking';
}

function sentenceOf(state: ReceiptState, receipt: Receipt, { kase, office, time }: ReceiptKit, dueAt: Instant | null): Words {
  const of = (language: 'zh' | 'en'): Record<string, string> => ({
    ...(office === null ? {} : { office: office.name[language] }),
    ...(dueAt === null ? {} : { time: time(dueAt)[language] }),
    ...(kase === null || kase.closedBecause === '' ? {} : { why: kase.closedBecause }),
  });
  const key =
    state === 'received' && dueAt === null
      ? 'receipt.receivedOpen'
      : state === 'closed' && receipt.reopened
        ? 'receipt.closedAgain'
        : `receipt.${state}`;
  return both(key as 'receipt.received', of('zh'), of('en'));
}

/** Longest message, in characters; as for a request (Open311). */
const LONGEST = 4000;

/** A message from one side to the other. */
export function addMessage(receipt: Receipt, from: 'raiser' | 'office', text: string, now: Instant): Outcome<Receipt> {
  const clean = text.trim();
  if (clean === '' || clean.length > LONGEST) return refuse('answer.fieldMissing', { field: 'text' });
  return done({ ...receipt, messages: [...receipt.messages, { from, text: clean, at: now }] });
}

export function withdraw(receipt: Receipt): Outcome<Receipt> {
  return receipt.withdrawn ? refuse('answer.alreadyClosed') : done({ ...receipt, withdrawn: true });
}

/**
 * “Not solved”: once, with a reason, and to the supervising office, not back to the office that closed it. Gives the receipt and the
 * reopened case.
 */
export function reopen(
  receipt: Receipt,
  kase: Case,
  supervisingId: OfficeId,
  because: string,
  now: Instant,
): Outcome<{ readonly receipt: Receipt; readonly kase: Case }> {
  if (receipt.reopened) return refuse('answer.reopenedOnce');
  if (receipt.withdrawn) return refuse('answer.receiptUnknown');
  if (supervisingId === kase.leadOfficeId) return refuse('answer.ownOffice');
  const moved = move(kase, 'reopened', { now, because, byOfficeId: null, complainedOf: [], leadOfficeId: supervisingId });
  if (!moved.ok) return moved;
  const message = addMessage(receipt, 'raiser', because, now);
  if (!message.ok) return message;
  return done({ receipt: { ...message.value, reopened: true, officeId: supervisingId }, kase: moved.value });
}
