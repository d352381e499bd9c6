/** A task's day has come: not done, it is overdue, watched from now on, and the tier above hears. */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import type { Job } from '../ports.ts';
import { organisationOf } from './organisation.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';
import { queueNotices } from './queueNotices.ts';

export async function checkTask(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const task = await io.store.get('task', textOf(job, 'taskId'));
  if (task === undefined || (task.state !== 'sent' && task.state !== 'signed')) return NOTHING;
  if (task.dueAt > now) return { change: { putBack: { jobId: job.id, due: task.dueAt } } };
  const [organisation, issue, alerts] = await Promise.all([
    organisationOf(io),
    io.store.get('issue', task.issueId),
    io.store.list('alert', { equal: { issueId: task.issueId }, by: 'at', order: 'down', limit: 1 }),
  ]);
  const alert = alerts[0];
  const late = { ...task, kind: 'supervise' as const, state: 'overdue' as const };
  const above = organisation?.offices.filter((office) => office.kind === 'upper').slice(0, 1) ?? [];
  const because = { zh: '交办逾期，转为督办并上报', en: 'a task is overdue: supervised from now on and reported upward' };
  const isTold = organisation !== null && issue !== undefined && alert !== undefined;
  const call = { offices: above, step: 3, staffId: null, because, ackBy: null };
  const queued = isTold
    ? await queueNotices(io, organisation, { ...call, issue, alert: { ...alert, id: `${alert.id}@${task.id}` } }, now)
    : { notices: [], jobs: [] };
  return {
    change: {
      put: { task: [late], notice: queued.notices.map((notice) => ({ ...notice, alertId: alert?.id ?? notice.alertId })) },
      jobs: queued.jobs,
      journal: [
        {
          at: now,
          kind: JOURNAL.escalated,
          subject: task.issueId,
          by: 'machine',
          data: { clockId: `task:${task.id}`, lane: 'tasks', step: 3, officeId: above[0]?.id ?? '' },
        },
      ],
    },
    after: () => io.tell({ kind: 'task', id: task.issueId }),
  };
}
