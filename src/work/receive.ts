/**
 * What is sent in rather than collected: complaint desk, field reports, imports, webhooks; and what the raiser may see and do with the
 * receipt. Sent-in texts pass the same door as collected ones.
 */
import { type ReceiptView, addMessage, reopen, viewReceipt, withdraw } from '../answer/receipt.ts';
import { JOURNAL } from '../account/journalKinds.ts';
import { dayAndTime } from '../account/localTime.ts';
import type { Io } from '../io.ts';
import { adopt } from '../judge/cluster.ts';
import type { Receipt } from '../model/case.ts';
import type { DocumentId, Item } from '../model/document.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import { DAY, SECOND } from '../model/time.ts';
import type { Received } from '../ports.ts';
import { sayRefusal } from '../text/say.ts';
import { actOnIssues, act } from './act.ts';
import { forget, judgeMemory } from './memory.ts';
import { organisationOf } from './organisation.ts';
import { takeIn } from './takeIn.ts';

/** Items of one commit of an import: large enough to share an fsync, small enough to keep every wait short. */
const AT_ONCE = 200;

export interface ReportInput {
  readonly kind: 'desk' | 'field';
  readonly title: string;
  readonly text: string;
  readonly place: string | null;
  readonly service: string | null;
  readonly sure: string | null;
  /** Who typed or called: becomes a sealed mark and is not kept. */
  readonly author: string | null;
}

/** The body's own desks; they exist from the set-up on. */
export function ownSource(kind: 'desk' | 'field', now: number): Source {
  const isDesk = kind === 'desk';
  return {
    id: kind,
    name: isDesk ? { zh: '诉求受理台', en: 'Complaint desk' } : { zh: '信息报送', en: 'Field reports' },
    kind: isDesk ? 'open311' : 'field',
    address: `heed:${kind}`,
    settings: {},
    standing: kind,
    family: kind,
    audience: 0,
    manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
    paused: false,
    addedBy: 'machine',
    addedAt: now,
    rev: 0,
  };
}

/** Grouped by fives so that it can be read aloud: 100 random bits, 20 letters of Crockford's alphabet. */
function receiptCode(io: Io): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const digits = io.digest(io.token(160));
  let code = '';
  for (let i = 0; i < 20; i++)
    code += `${i > 0 && i % 5 === 0 ? '-' : ''}${alphabet[Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16) % 32]}`;
  return code;
}

/** How a code is looked up, however it was typed: O is 0, I and L are 1. */
function receiptId(io: Io, code: string): string {
  return io.digest(
    code
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replace(/O/g, '0')
      .replace(/[IL]/g, '1'),
  );
}

export async function receiveReport(
  io: Io,
  input: ReportInput,
): Promise<Outcome<{ readonly receipt: string; readonly documentId: DocumentId }>> {
  const source = await io.store.get('source', input.kind);
  if (source === undefined) return refuse('http.setupUnfinished');
  const now = io.now();
  const item: Item = {
    key: io.token(80),
    address: `heed:${input.kind}`,
    title: input.title,
    body: input.text,
    kind: input.kind === 'desk' ? 'request' : 'report',
    publishedAt: now,
    ...(input.author === null ? {} : { author: input.author }),
    ...(input.place === null ? {} : { place: input.place }),
    ...(input.service === null ? {} : { section: input.service }),
    ...(input.sure === null ? {} : { sure: input.sure }),
  };
  const taken = await takeIn(io, source, [item], now);
  const result = taken.results[0];
  if (result === undefined || 'gone' in result) return refuse('collect.noText');
  if ('refusal' in result) return { ok: false, refusal: result.refusal };
  const code = receiptCode(io);
  const receipt: Receipt = {
    id: receiptId(io, code),
    documentId: result.id,
    givenAt: now,
    officeId: null,
    messages: [],
    reopened: false,
    withdrawn: false,
    rev: 0,
  };
  return act(io, async () =>
    done({
      change: { ...taken.change, put: { ...taken.change.put, receipt: [receipt] } },
      value: { receipt: code, documentId: result.id },
      after: () => io.tell({ kind: 'stream', id: source.id }),
    }),
  );
}

export interface ReceivedLines {
  readonly nItems: number;
  readonly nNew: number;
  readonly nRefused: number;
  readonly nKnown: number;
  readonly notes: readonly string[];
  /** Why a line was refused; at most 100. */
  readonly lines: readonly { readonly line: number; readonly result: string }[];
}

/** `PK` begins a workbook, `WARC/` a web archive, and the two bytes of gzip a packed one; null for texts, which their collector reads. */
function kindOfFile(bytes: Uint8Array): 'spreadsheet' | 'warc' | null {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) return 'spreadsheet';
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isPacked || String.fromCharCode(...bytes.subarray(0, 5)) === 'WARC/' ? 'warc' : null;
}

/** Takes a file or a pushed body for a source that does not pull. Commits by hundreds; what is acknowledged is durable. */
export async function receiveFor(io: Io, sourceId: string, received: Received): Promise<Outcome<ReceivedLines>> {
  const source = await io.store.get('source', sourceId);
  const collector = source === undefined ? undefined : io.collectors.get(source.kind);
  // An archive of a source that is otherwise read comes in as lines; files of another form by their first bytes.
  const kind = kindOfFile(received.bytes);
  const takes = (kind === null ? collector : io.collectors.get(kind))?.receive ?? io.collectors.get('lines')?.receive;
  if (source === undefined || takes === undefined) return refuse('http.notFound');
  const pulled = await takes(source, received, io.now());
  let nNew = 0;
  let nRefused = 0;
  let nKnown = 0;
  const lines: { line: number; result: string }[] = [];
  for (let from = 0; from < pulled.items.length; from += AT_ONCE) {
    const taken = await takeIn(io, source, pulled.items.slice(from, from + AT_ONCE), io.now());
    const committed = await io.store.commit(taken.change);
    if (!committed.ok) {
      forget(io, 'copies');
      return refuse('http.stale', { noun: committed.stale.noun });
    }
    for (const [i, result] of taken.results.entries()) {
      if ('refusal' in result) {
        nRefused++;
        if (lines.length < 100) lines.push({ line: from + i + 1, result: sayRefusal(result.refusal).en });
      } else if ('isNew' in result && result.isNew) nNew++;
      else nKnown++;
    }
    io.tell({ kind: 'stream', id: source.id });
  }
  return done({ nItems: pulled.items.length, nNew, nRefused, nKnown, notes: pulled.notes, lines });
}

async function receiptFor(io: Io, code: string): Promise<Outcome<Receipt>> {
  const receipt = await io.store.get('receipt', receiptId(io, code));
  return receipt === undefined ? refuse('answer.receiptUnknown') : done(receipt);
}

export async function receiptView(io: Io, code: string): Promise<Outcome<ReceiptView>> {
  const found = await receiptFor(io, code);
  if (!found.ok) return found;
  const mention = await io.store.get('mention', found.value.documentId);
  const issueId = mention?.issueId ?? '';
  const [kase, signed, organisation, clocks] = await Promise.all([
    io.store.get('case', issueId),
    io.store.list('signed', { equal: { issueId } }),
    organisationOf(io),
    io.store.list('clock', { equal: { issueId, lane: 'answer', metAt: null, cancelled: false }, by: 'dueAt', order: 'up', limit: 1 }),
  ]);
  const office = organisation?.offices.find((one) => one.id === kase?.leadOfficeId) ?? null;
  const zone = organisation?.body.calendar.zone ?? 'UTC';
  const time = (instant: number) => ({ zh: dayAndTime(instant, zone, 'zh'), en: dayAndTime(instant, zone, 'en') });
  const statements = [...signed].sort((a, b) => b.publishedAt - a.publishedAt);
  return done(viewReceipt(found.value, { kase: kase ?? null, office, dueAt: clocks[0]?.dueAt ?? null, statements, time }, io.now()));
}

function receiptStep(io: Io, code: string, think: (receipt: Receipt) => Outcome<Receipt>): Promise<Outcome<Receipt>> {
  return act(io, async () => {
    const found = await receiptFor(io, code);
    if (!found.ok) return found;
    const after = think(found.value);
    if (!after.ok) return after;
    return done({ change: { put: { receipt: [after.value] } }, value: after.value });
  });
}

export function receiptMessage(io: Io, code: string, text: string): Promise<Outcome<Receipt>> {
  return receiptStep(io, code, (receipt) => addMessage(receipt, 'raiser', text, io.now()));
}

export function receiptWithdraw(io: Io, code: string): Promise<Outcome<Receipt>> {
  return receiptStep(io, code, withdraw);
}

/** “Not solved”: once, to the supervising office. */
export function receiptReopen(io: Io, code: string, because: string): Promise<Outcome<Receipt>> {
  return actOnIssues(io, async () => {
    const found = await receiptFor(io, code);
    if (!found.ok) return found;
    const mention = await io.store.get('mention', found.value.documentId);
    const [kase, issue, organisation] = await Promise.all([
      io.store.get('case', mention?.issueId ?? ''),
      io.store.get('issue', mention?.issueId ?? ''),
      organisationOf(io),
    ]);
    if (kase === undefined || issue === undefined || organisation === null) return refuse('answer.receiptUnknown');
    const { operatingId, oversightId } = organisation.body;
    const after = reopen(found.value, kase, kase.leadOfficeId === operatingId ? oversightId : operatingId, because, io.now());
    if (!after.ok) return after;
    const row = { ...issue, state: 'open' as const };
    adopt((await judgeMemory(io)).state, { ...row, rev: row.rev + 1 });
    return done({
      change: {
        put: { receipt: [after.value.receipt], case: [after.value.kase], issue: [row] },
        journal: [
          { at: io.now(), kind: JOURNAL.caseReopened, subject: issue.id, by: 'public', data: { officeId: after.value.kase.leadOfficeId } },
        ],
      },
      value: after.value.receipt,
      after: () => io.tell({ kind: 'case', id: issue.id }),
      touchesJudge: true,
    });
  });
}
