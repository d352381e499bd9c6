/** The case of an issue: opened, moved along its table, closed with a reason. The issue's own state follows. */
import { JOURNAL } from '../account/journalKinds.ts';
import { move, openCase, takesFastTrack } from '../answer/caseFlow.ts';
import type { Io } from '../io.ts';
import { adopt } from '../judge/cluster.ts';
import type { Case, CaseState } from '../model/case.ts';
import type { Issue, IssueState } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Change } from '../ports.ts';
import { actOnIssues, type Deed, entry } from './act.ts';
import { issueFor } from './guards.ts';
import { judgeMemory } from './memory.ts';
import { organisationOf } from './organisation.ts';
import { recipientsOf } from './warnOffices.ts';
import type { Who } from './who.ts';

const ISSUE_STATE: Readonly<Record<CaseState, IssueState>> = {
  open: 'open',
  verifying: 'open',
  answering: 'verified',
  signed: 'verified',
  published: 'answered',
  closed: 'closed',
  reopened: 'open',
};

/** The issue's row in its new state, known to the judge at once. */
export async function withState(io: Io, issue: Issue, to: CaseState): Promise<Issue> {
  const row = { ...issue, state: ISSUE_STATE[to] };
  const memory = await judgeMemory(io);
  adopt(memory.state, { ...row, rev: row.rev + 1 });
  return row;
}

export function openCaseFor(io: Io, who: Who, issueId: string): Promise<Outcome<Case>> {
  return actOnIssues(io, async () => {
    const found = await issueFor(io, issueId);
    if (!found.ok) return found;
    const known = await io.store.get('case', issueId);
    if (known !== undefined) return done({ change: {}, value: known });
    const organisation = await organisationOf(io);
    if (organisation === null) return refuse('http.setupUnfinished');
    const issue = found.value;
    const recipients = await recipientsOf(io, organisation, issue);
    const assessment = issue.assessmentId === null ? undefined : await io.store.get('assessment', issue.assessmentId);
    const harm = assessment?.factors.find((factor) => factor.name === 'harm')?.score ?? 0;
    const lead = recipients.find((office) => !issue.complainedOf.includes(office.id)) ?? recipients[0];
    const kase = openCase(issueId, lead?.id ?? organisation.body.dutyOfficeId, takesFastTrack(issue.level, harm), who.staffId, io.now());
    return done({
      change: {
        put: { case: [kase], issue: [await withState(io, issue, 'open')] },
        journal: [entry(io, who, JOURNAL.caseOpened, issueId, { fastTrack: kase.fastTrack })],
      },
      value: kase,
      after: () => io.tell({ kind: 'case', id: issueId }),
      touchesJudge: true,
    });
  });
}

/** Closing stops the clocks that still run: what was late stays late, what was not due is cancelled. */
async function closing(io: Io, who: Who, issueId: string): Promise<Change> {
  const clocks = await io.store.list('clock', { equal: { issueId, metAt: null, cancelled: false } });
  return {
    put: { clock: clocks.map((clock) => ({ ...clock, cancelled: true })) },
    dropJobs: clocks.map((clock) => `runClock:${clock.id}`),
    journal: clocks.map((clock) => entry(io, who, JOURNAL.clockCancelled, issueId, { clockId: clock.id })),
  };
}

async function moved(io: Io, who: Who, issue: Issue, before: Case, after: Case): Promise<Deed<Case>> {
  const issueId = issue.id;
  const stop = after.state === 'closed' ? await closing(io, who, issueId) : {};
  const journal = [entry(io, who, JOURNAL.caseMoved, issueId, { from: before.state, to: after.state })];
  if (after.state === 'closed') journal.push(entry(io, who, JOURNAL.caseClosed, issueId, { answered: after.firstWordAt !== null }));
  if (after.state === 'reopened') journal.push(entry(io, who, JOURNAL.caseReopened, issueId, { officeId: after.leadOfficeId }));
  const verify =
    before.state === 'open' ? await io.store.list('clock', { equal: { issueId, lane: 'verify', metAt: null, cancelled: false } }) : [];
  const now = io.now();
  const met = after.state === 'closed' ? [] : verify.map((clock) => ({ ...clock, metAt: now, metBy: who.actor }));
  return {
    change: {
      put: { case: [after], issue: [await withState(io, issue, after.state)], clock: [...(stop.put?.clock ?? []), ...met] },
      dropJobs: [...(stop.dropJobs ?? []), ...met.map((clock) => `runClock:${clock.id}`)],
      journal: [
        ...journal,
        ...(stop.journal ?? []),
        ...met.map((clock) => entry(io, who, JOURNAL.clockMet, issueId, { clockId: clock.id })),
      ],
    },
    value: after,
    after: () => io.tell({ kind: 'case', id: issueId }),
    touchesJudge: true,
  };
}

export function moveCase(
  io: Io,
  who: Who,
  issueId: string,
  input: { readonly to: CaseState; readonly because: string },
): Promise<Outcome<Case>> {
  return actOnIssues(io, async () => {
    const found = await issueFor(io, issueId);
    if (!found.ok) return found;
    const kase = await io.store.get('case', issueId);
    if (kase === undefined) return refuse('http.notFound');
    // Signing and publishing are done by the spokesperson's signature alone.
    if (input.to === 'signed' || input.to === 'published') return refuse('answer.wrongStep', { from: kase.state, to: input.to });
    const organisation = await organisationOf(io);
    const act = { now: io.now(), because: input.because, byOfficeId: who.officeId, complainedOf: found.value.complainedOf };
    const after = move(kase, input.to, organisation === null ? act : { ...act, leadOfficeId: organisation.body.operatingId });
    if (!after.ok) return after;
    return done(await moved(io, who, found.value, kase, after.value));
  });
}
