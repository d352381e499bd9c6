/** Tasks asked of offices, promises kept, instructions of a leader, the express report upward. */
import { JOURNAL } from '../account/journalKinds.ts';
import { keepPromise } from '../answer/promise.ts';
import type { Io } from '../io.ts';
import type { Clock, Task } from '../model/alert.ts';
import type { Instruction, PromiseMade } from '../model/case.ts';
import type { Issue } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { NewJob } from '../ports.ts';
import { planOf, stepDueAt, taskClock } from '../warn/plan.ts';
import { act, type Deed, entry } from './act.ts';
import { issueFor } from './guards.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import { queueNotices } from './queueNotices.ts';
import { clockJob } from './warnOffices.ts';
import type { Who } from './who.ts';

export interface TaskInput {
  readonly officeId: string;
  readonly what: string;
  readonly dueAt?: Instant;
  readonly isLead: boolean;
  readonly kind?: Task['kind'];
}

function taskOf(io: Io, who: Who, issue: Issue, input: TaskInput): Task {
  return {
    id: `${issue.id}:t${io.token(40)}`,
    issueId: issue.id,
    kind: input.kind ?? 'assign',
    officeId: input.officeId,
    isLead: input.isLead,
    what: input.what.trim(),
    dueAt: input.dueAt ?? io.now() + DAY,
    state: 'sent',
    createdBy: who.staffId,
    createdAt: io.now(),
    signedBy: null,
    signedAt: null,
    finding: '',
    returnReason: '',
    doneAt: null,
    nReturns: 0,
    rev: 0,
  };
}

function clockOfTask(
  organisation: Organisation,
  issue: Issue,
  task: Task,
): { readonly clocks: readonly Clock[]; readonly jobs: readonly NewJob[] } {
  const plan = planOf(issue.level, organisation.plans);
  const clock = taskClock(plan, task, issue.level, organisation.body.calendar, task.createdAt);
  if (clock === null) return { clocks: [], jobs: [] };
  return { clocks: [clock], jobs: [clockJob(clock, stepDueAt(clock, plan, organisation.body.calendar))] };
}

/**
 * A task to an office. A report about an office is never worked on by it alone: a lead that is complained of is refused unless another
 * office holds a task of the issue already.
 */
async function sending(io: Io, who: Who, issueId: string, input: TaskInput): Promise<Outcome<Deed<Task>>> {
  const found = await issueFor(io, issueId);
  if (!found.ok) return found;
  const organisation = await organisationOf(io);
  if (organisation === null) return refuse('http.setupUnfinished');
  if (!organisation.offices.some((office) => office.id === input.officeId)) return refuse('warn.officeUnknown');
  if (input.what.trim() === '') return refuse('answer.fieldMissing', { field: 'what' });
  const tasks = await io.store.list('task', { equal: { issueId } });
  const accused = found.value.complainedOf;
  if (accused.includes(input.officeId) && !tasks.some((one) => !accused.includes(one.officeId) && one.state !== 'cancelled'))
    return refuse('answer.ownOffice');
  const task = taskOf(io, who, found.value, input);
  const { clocks, jobs } = clockOfTask(organisation, found.value, task);
  const journal = [
    entry(io, who, JOURNAL.taskSent, issueId, { taskId: task.id, officeId: task.officeId, kind: task.kind, dueAt: task.dueAt }),
  ];
  for (const clock of clocks) {
    const { id: clockId, lane, level, startedAt, dueAt } = clock;
    journal.push(entry(io, who, JOURNAL.clockStarted, issueId, { clockId, lane, level, startedAt, dueAt }));
  }
  const late: NewJob = {
    run: 'checkTask',
    key: `checkTask:${task.id}`,
    payload: { taskId: task.id },
    due: task.dueAt,
    lane: `clock:${issueId}`,
  };
  return done({
    change: { put: { task: [task], clock: clocks }, jobs: [...jobs, late], journal },
    value: { ...task, rev: 1 },
    after: () => io.tell({ kind: 'task', id: issueId }),
  });
}

export function sendTask(io: Io, who: Who, issueId: string, input: TaskInput): Promise<Outcome<Task>> {
  return act(io, () => sending(io, who, issueId, input));
}

function step(io: Io, who: Who, taskId: string, kind: string, think: (task: Task) => Outcome<Task>): Promise<Outcome<Task>> {
  return act(io, async () => {
    const task = await io.store.get('task', taskId);
    if (task === undefined) return refuse('http.notFound');
    if (task.officeId !== who.officeId && !who.roles.includes('dutyOfficer')) return refuse('http.notAllowed');
    const after = think(task);
    if (!after.ok) return after;
    const clocks = await io.store.list('clock', { equal: { issueId: task.issueId, lane: 'tasks', metAt: null, cancelled: false } });
    const met = clocks
      .filter((clock) => clock.id === `${task.issueId}:tasks:${task.id}` || clock.id.endsWith(task.id))
      .map((clock) => ({ ...clock, metAt: io.now(), metBy: who.actor }));
    return done({
      change: {
        put: { task: [after.value], clock: met },
        dropJobs: [...met.map((clock) => `runClock:${clock.id}`), ...(after.value.state === 'done' ? [`checkTask:${taskId}`] : [])],
        journal: [
          entry(io, who, kind, task.issueId, { taskId }),
          ...met.map((clock) => entry(io, who, JOURNAL.clockMet, task.issueId, { clockId: clock.id })),
        ],
      },
      value: { ...after.value, rev: after.value.rev + 1 },
      after: () => io.tell({ kind: 'task', id: task.issueId }),
    });
  });
}

export function signTask(io: Io, who: Who, taskId: string): Promise<Outcome<Task>> {
  return step(io, who, taskId, JOURNAL.taskSigned, (task) =>
    task.state === 'sent' || task.state === 'overdue'
      ? done({ ...task, state: 'signed', signedBy: who.staffId, signedAt: io.now() })
      : refuse('answer.wrongStep', { from: task.state, to: 'signed' }),
  );
}

/** Not ours: back to who sent it, with a reason. */
export function returnTask(io: Io, who: Who, taskId: string, input: { readonly reason: string }): Promise<Outcome<Task>> {
  return step(io, who, taskId, JOURNAL.taskReturned, (task) => {
    if (input.reason.trim() === '') return refuse('answer.reasonMissing');
    if (task.state !== 'sent' && task.state !== 'signed' && task.state !== 'overdue')
      return refuse('answer.wrongStep', { from: task.state, to: 'returned' });
    return done({ ...task, state: 'returned', returnReason: input.reason.trim(), nReturns: task.nReturns + 1 });
  });
}

export function finishTask(io: Io, who: Who, taskId: string, input: { readonly finding: string }): Promise<Outcome<Task>> {
  return step(io, who, taskId, JOURNAL.taskDone, (task) => {
    if (input.finding.trim() === '') return refuse('answer.fieldMissing', { field: 'finding' });
    if (task.state === 'done' || task.state === 'cancelled' || task.state === 'returned')
      return refuse('answer.wrongStep', { from: task.state, to: 'done' });
    return done({ ...task, state: 'done', finding: input.finding.trim(), doneAt: io.now() });
  });
}

export function keepPromiseMade(io: Io, who: Who, promiseId: string, input: { readonly proof: string }): Promise<Outcome<PromiseMade>> {
  return act(io, async () => {
    const promise = await io.store.get('promise', promiseId);
    if (promise === undefined) return refuse('http.notFound');
    const after = keepPromise(promise, input.proof, io.now());
    if (!after.ok) return after;
    const journal = [entry(io, who, JOURNAL.promiseKept, promise.issueId, { promiseId })];
    return done({
      change: { put: { promise: [after.value] }, journal },
      value: { ...after.value, rev: after.value.rev + 1 },
      after: () => io.tell({ kind: 'statement', id: promise.issueId }),
    });
  });
}

/** A leader's written word. With an office it becomes a supervised task in the same commit. */
export function instruct(
  io: Io,
  who: Who,
  issueId: string,
  input: { readonly text: string; readonly officeId?: string; readonly dueAt?: Instant },
): Promise<Outcome<Instruction>> {
  return act(io, async () => {
    if (input.text.trim() === '') return refuse('answer.fieldMissing', { field: 'text' });
    const { officeId, dueAt } = input;
    const wanted =
      officeId === undefined
        ? null
        : { officeId, what: input.text, isLead: true, kind: 'supervise' as const, ...(dueAt === undefined ? {} : { dueAt }) };
    const found = wanted === null ? await issueFor(io, issueId) : null;
    if (found !== null && !found.ok) return found;
    const task = wanted === null ? null : await sending(io, who, issueId, wanted);
    if (task !== null && !task.ok) return task;
    const change = task?.value.change ?? {};
    const taskIds = task === null ? [] : [task.value.value.id];
    const instruction: Instruction = {
      id: `${issueId}:i${io.token(40)}`,
      issueId,
      by: who.staffId,
      text: input.text.trim(),
      at: io.now(),
      taskIds,
    };
    const journal = [...(change.journal ?? []), entry(io, who, 'answer.instructed', issueId, { instructionId: instruction.id, taskIds })];
    return done({
      change: { ...change, put: { ...change.put, instruction: [instruction] }, journal },
      value: instruction,
      after: () => io.tell({ kind: 'task', id: issueId }),
    });
  });
}

/** The short report to the tier above: a notice to it, and the UPWARD clock is met. */
export function expressReport(io: Io, who: Who, issueId: string): Promise<Outcome<{ readonly nNotices: number }>> {
  return act(io, async () => {
    const found = await issueFor(io, issueId);
    if (!found.ok) return found;
    const organisation = await organisationOf(io);
    const alerts = await io.store.list('alert', { equal: { issueId }, by: 'at', order: 'down', limit: 1 });
    const alert = alerts[0];
    if (organisation === null || alert === undefined) return refuse('http.notFound');
    const upper = organisation.offices.filter((office) => office.kind === 'upper').slice(0, 1);
    const nBefore = (await io.store.journal({ subject: issueId, kind: 'warn.reportedUp' })).length;
    const because = { zh: nBefore === 0 ? '快报' : `续报${nBefore}`, en: nBefore === 0 ? 'express report' : `follow-up ${nBefore}` };
    const call = {
      alert: { ...alert, id: `${alert.id}@up${nBefore}` },
      issue: found.value,
      offices: upper,
      step: 3,
      staffId: null,
      because,
      ackBy: null,
    };
    const queued = await queueNotices(io, organisation, call, io.now());
    const clocks = await io.store.list('clock', { equal: { issueId, lane: 'upward', metAt: null, cancelled: false } });
    const met = clocks.map((clock) => ({ ...clock, metAt: io.now(), metBy: who.actor }));
    return done({
      change: {
        put: { notice: queued.notices.map((notice) => ({ ...notice, alertId: alert.id })), clock: met },
        jobs: queued.jobs,
        dropJobs: met.map((clock) => `runClock:${clock.id}`),
        journal: [
          entry(io, who, 'warn.reportedUp', issueId, { n: nBefore }),
          ...met.map((clock) => entry(io, who, JOURNAL.clockMet, issueId, { clockId: clock.id })),
        ],
      },
      value: { nNotices: queued.notices.length },
      after: () => io.tell({ kind: 'clock', id: issueId }),
    });
  });
}
