/** A clock ran out: whoever is next on the ladder hears (backup, head, next tier), and the clock waits for the step after. */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import type { Clock } from '../model/alert.ts';
import type { Job } from '../ports.ts';
import { nextStep, planOf, stepDueAt } from '../warn/plan.ts';
import { organisationOf } from './organisation.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';
import { queueNotices } from './queueNotices.ts';
import { clockJob } from './warnOffices.ts';

export async function runClock(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const clock = await io.store.get('clock', textOf(job, 'clockId'));
  if (clock === undefined || clock.metAt !== null || clock.cancelled) return NOTHING;
  const [organisation, issue] = await Promise.all([organisationOf(io), io.store.get('issue', clock.issueId)]);
  if (organisation === null || issue === undefined || issue.state === 'merged' || issue.state === 'dismissed') return NOTHING;
  const plan = planOf(clock.level, organisation.plans);
  const due = stepDueAt(clock, plan, organisation.body.calendar);
  // The clock may have been moved since the job was written.
  if (due > now) return { change: { putBack: { jobId: job.id, due } } };
  const next = nextStep(clock, { ...organisation, complainedOf: issue.complainedOf });
  if (next === null) return NOTHING;
  const stepped: Clock = { ...clock, step: next.step };
  const alerts = await io.store.list('alert', { equal: { issueId: issue.id }, by: 'at', order: 'down', limit: 1 });
  const offices = organisation.offices.filter((office) => office.id === next.officeId);
  const alert = alerts[0];
  const call = {
    issue,
    offices,
    step: next.step,
    staffId: next.staffId,
    because: next.because,
    ackBy: clock.lane === 'ack' ? clock.dueAt : null,
  };
  const queued =
    alert === undefined
      ? { notices: [], jobs: [] }
      : await queueNotices(io, organisation, { ...call, alert: { ...alert, id: `${alert.id}@${clock.id}` } }, now);
  const data = { clockId: clock.id, lane: clock.lane, step: next.step, officeId: next.officeId };
  return {
    change: {
      put: { clock: [stepped], notice: queued.notices.map((notice) => ({ ...notice, alertId: alert?.id ?? notice.alertId })) },
      jobs: [...queued.jobs, clockJob(stepped, stepDueAt(stepped, plan, organisation.body.calendar))],
      journal: [{ at: now, kind: JOURNAL.escalated, subject: issue.id, by: 'machine', data }],
    },
    after: () => io.tell({ kind: 'clock', id: issue.id }),
  };
}
