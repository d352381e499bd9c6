/** The public answer: drafted, linted, reviewed by another person, signed by a named spokesperson, published. */
import { JOURNAL } from '../account/journalKinds.ts';
import { move } from '../answer/caseFlow.ts';
import { lint } from '../answer/linter.ts';
import { promisesOf } from '../answer/promise.ts';
import { amend, draft, edit, review, type SignKit, sendBack, sign, type StatementText, submit } from '../answer/statement.ts';
import type { Io } from '../io.ts';
import type { Case, SignedStatement, Statement } from '../model/case.ts';
import type { Clock } from '../model/alert.ts';
import type { LintRow, StatementView } from '../model/desk.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Change } from '../ports.ts';
import { act, actOnIssues, type Deed, entry } from './act.ts';
import { issueFor, issueOfOthers } from './guards.ts';
import { judgeMemory } from './memory.ts';
import { organisationOf } from './organisation.ts';
import { withState } from './workCase.ts';
import { claimProposals } from './workClaim.ts';
import type { Who } from './who.ts';

async function lintOf(io: Io, statement: Statement): Promise<readonly LintRow[]> {
  const [claims, proposals] = await Promise.all([io.store.many('claim', statement.claimIds), claimProposals(io, statement.issueId, 24)]);
  const questions = proposals.filter((one) => one.isQuestion).map((one) => ({ text: one.text }));
  return lint(statement, { questions, claims, other: null }).map(({ rule, blocks, message }) => ({ rule, blocks, message }));
}

async function viewOf(io: Io, statement: Statement): Promise<StatementView> {
  const published = await io.store.list('signed', { equal: { statementId: statement.id } });
  return { statement, lint: await lintOf(io, statement), published };
}

export async function statementView(io: Io, id: string): Promise<Outcome<StatementView>> {
  const statement = await io.store.get('statement', id);
  return statement === undefined ? refuse('http.notFound') : done(await viewOf(io, statement));
}

export function draftStatement(io: Io, who: Who, issueId: string, text: StatementText): Promise<Outcome<StatementView>> {
  return act(io, async () => {
    const found = await issueFor(io, issueId);
    if (!found.ok) return found;
    const number = (await io.store.count('statement', { equal: { issueId } })) + 1;
    const made = draft(`${issueId}-${number}`, issueId, number, text, who.staffId, io.now());
    return done({
      change: { put: { statement: [made] } },
      value: await viewOf(io, { ...made, rev: 1 }),
      after: () => io.tell({ kind: 'statement', id: issueId }),
    });
  });
}

function step(
  io: Io,
  id: string,
  think: (statement: Statement) => Outcome<Statement>,
  journal: (statement: Statement) => Change['journal'] = () => [],
): Promise<Outcome<StatementView>> {
  return act(io, async () => {
    const statement = await io.store.get('statement', id);
    if (statement === undefined) return refuse('http.notFound');
    const after = think(statement);
    if (!after.ok) return after;
    const value = await viewOf(io, { ...after.value, rev: after.value.rev + 1 });
    return done({
      change: { put: { statement: [after.value] }, journal: journal(statement) },
      value,
      after: () => io.tell({ kind: 'statement', id: statement.issueId }),
    });
  });
}

export function editStatement(io: Io, who: Who, id: string, text: Partial<StatementText>): Promise<Outcome<StatementView>> {
  return step(io, id, (statement) => edit(statement, text, who.staffId, io.now()));
}

export async function submitStatement(io: Io, who: Who, id: string): Promise<Outcome<StatementView>> {
  const view = await statementView(io, id);
  if (!view.ok) return view;
  const blocks = view.value.lint.filter((row) => row.blocks);
  if (blocks.length > 0) return refuse('answer.lintBlocks', { rules: blocks.map((row) => row.rule).join(', ') });
  return step(io, id, submit, (statement) => [entry(io, who, 'answer.submitted', statement.issueId, { statementId: id })]);
}

export function reviewStatement(io: Io, who: Who, id: string): Promise<Outcome<StatementView>> {
  return step(
    io,
    id,
    (statement) => review(statement, who.staffId, io.now()),
    (statement) => [entry(io, who, 'answer.reviewed', statement.issueId, { statementId: id })],
  );
}

export function sendBackStatement(io: Io, who: Who, id: string, input: { readonly why: string }): Promise<Outcome<StatementView>> {
  return step(
    io,
    id,
    (statement) => sendBack(statement, input.why),
    (statement) => [entry(io, who, 'answer.sentBack', statement.issueId, { statementId: id })],
  );
}

/** Reading for signing: the person, their office, the claims, the version before. */
async function signKitOf(
  io: Io,
  who: Who,
  statement: Statement,
  why: string,
): Promise<Outcome<{ kit: SignKit; person: import('../model/office.ts').Staff }>> {
  const [organisation, claims, versions] = await Promise.all([
    organisationOf(io),
    io.store.many('claim', statement.claimIds),
    io.store.list('signed', { equal: { statementId: statement.id }, by: 'version', order: 'down', limit: 1 }),
  ]);
  if (organisation === null) return refuse('http.setupUnfinished');
  const person = organisation.staff.find((one) => one.id === who.staffId);
  const office = organisation.offices.find((one) => one.id === person?.officeId);
  if (person === undefined || office === undefined) return refuse('answer.signerNotSpokesperson');
  const reviewerNames = Object.fromEntries(organisation.staff.map((one) => [one.id, one.name]));
  return done({
    person,
    kit: { body: organisation.body, office, claims, reviewerNames, previous: versions[0] ?? null, why, signer: io.signer },
  });
}

/** Clocks that a publication meets: the first word at once, the full answer when no further update is announced. */
function metClocks(clocks: readonly Clock[], statement: Statement, actor: string, now: number): readonly Clock[] {
  const isLast = statement.nextUpdateAt === null;
  return clocks
    .filter((clock) => clock.part === 'firstWord' || clock.part === 'facts' || isLast)
    .map((clock) => ({ ...clock, metAt: now, metBy: actor }));
}

async function caseAfter(
  io: Io,
  who: Who,
  signed: SignedStatement,
): Promise<{ readonly before: Case | undefined; readonly after: Case | undefined }> {
  const before = await io.store.get('case', signed.issueId);
  if (before === undefined) return { before, after: undefined };
  const now = io.now();
  let kase = before;
  for (const to of ['answering', 'signed', 'published'] as const) {
    if (kase.state === to) continue;
    const next = move({ ...kase, fastTrack: true }, to, { now, byOfficeId: who.officeId, complainedOf: [] });
    if (next.ok) kase = { ...next.value, fastTrack: before.fastTrack };
  }
  return { before, after: { ...kase, firstWordAt: kase.firstWordAt ?? now } };
}

async function publication(io: Io, who: Who, statement: Statement, signed: SignedStatement): Promise<Deed<SignedStatement>> {
  const now = io.now();
  const { issueId } = signed;
  const memory = await judgeMemory(io);
  memory.answered.set(issueId, now);
  const promises = promisesOf(signed);
  const known = new Set(
    (
      await io.store.many(
        'promise',
        promises.map((one) => one.id),
      )
    ).map((one) => one.id),
  );
  const fresh = promises.filter((one) => !known.has(one.id));
  const running = await io.store.list('clock', { equal: { issueId, lane: 'answer', metAt: null, cancelled: false } });
  const met = metClocks(running, statement, who.actor, now);
  const kase = await caseAfter(io, who, signed);
  const issue = await io.store.get('issue', issueId);
  const data = {
    statementId: signed.statementId,
    version: signed.version,
    nCorrections: signed.corrections.length,
    last: statement.nextUpdateAt === null,
  };
  const journal = [
    entry(io, who, JOURNAL.published, issueId, data),
    ...fresh.map((one) => entry(io, who, JOURNAL.promised, issueId, { promiseId: one.id, officeId: one.officeId, dueAt: one.dueAt })),
    ...met.map((clock) => entry(io, who, JOURNAL.clockMet, issueId, { clockId: clock.id })),
  ];
  if (kase.before !== undefined && kase.after !== undefined && kase.before.state !== kase.after.state) {
    journal.push(entry(io, who, JOURNAL.caseMoved, issueId, { from: kase.before.state, to: kase.after.state }));
  }
  const rows = issue === undefined || kase.after === undefined ? [] : [await withState(io, issue, kase.after.state)];
  const after = (): void => {
    io.tell({ kind: 'statement', id: issueId });
    io.publisher
      .publish(signed)
      .catch((error: unknown) => io.log('the public copy could not be written', { statement: signed.id, error: String(error) }));
  };
  const put = {
    signed: [signed],
    statement: [{ ...statement, state: 'published' as const }],
    promise: fresh,
    clock: met,
    case: kase.after === undefined ? [] : [kase.after],
    issue: rows,
  };
  return { change: { put, journal, dropJobs: met.map((clock) => `runClock:${clock.id}`) }, value: signed, after, touchesJudge: true };
}

/** Signs and publishes in one commit. `why`: what changed, for a later version. */
export function signStatement(io: Io, who: Who, id: string, input: { readonly why: string }): Promise<Outcome<SignedStatement>> {
  return actOnIssues(io, async () => {
    const statement = await io.store.get('statement', id);
    if (statement === undefined) return refuse('http.notFound');
    const found = await issueOfOthers(io, who, statement.issueId);
    if (!found.ok) return found;
    const blocks = (await lintOf(io, statement)).filter((row) => row.blocks);
    if (blocks.length > 0) return refuse('answer.lintBlocks', { rules: blocks.map((row) => row.rule).join(', ') });
    const kit = await signKitOf(io, who, statement, input.why);
    if (!kit.ok) return kit;
    const signed = sign(statement, kit.value.person, kit.value.kit, io.now());
    if (!signed.ok) return signed;
    return done(await publication(io, who, statement, signed.value));
  });
}

/** Opens a draft of the next version of what was published; the old version stays visible. */
export function amendSigned(io: Io, who: Who, signedId: string): Promise<Outcome<StatementView>> {
  return act(io, async () => {
    const signed = await io.store.get('signed', signedId);
    const stored = signed === undefined ? undefined : await io.store.get('statement', signed.statementId);
    if (signed === undefined || stored === undefined) return refuse('http.notFound');
    const next = { ...amend(signed, {}, who.staffId, io.now()), rev: stored.rev };
    return done({
      change: { put: { statement: [next] } },
      value: await viewOf(io, { ...next, rev: next.rev + 1 }),
      after: () => io.tell({ kind: 'statement', id: signed.issueId }),
    });
  });
}
