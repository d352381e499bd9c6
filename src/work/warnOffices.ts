/** An issue's assessment changed: evaluate the rules, find the offices, start the clocks, queue the notices. All in one change. */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import type { Alert, Clock } from '../model/alert.ts';
import type { Issue } from '../model/issue.ts';
import type { NewEntry } from '../model/journal.ts';
import type { Office } from '../model/office.ts';
import type { Instant } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import type { Job, NewJob } from '../ports.ts';
import { evaluate } from '../warn/evaluate.ts';
import { clocksFor, newClocks, planOf, stepDueAt } from '../warn/plan.ts';
import { route } from '../warn/route.ts';
import { dutiesOf, type Organisation, organisationOf } from './organisation.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';
import { queueNotices } from './queueNotices.ts';

export function clockJob(clock: Clock, due: Instant): NewJob {
  return { run: 'runClock', key: `runClock:${clock.id}`, payload: { clockId: clock.id }, due, lane: `clock:${clock.issueId}` };
}

/** Who hears of an issue: those in charge first, and the duty office, unless it is complained of. */
export async function recipientsOf(io: Io, organisation: Organisation, issue: Issue): Promise<readonly Office[]> {
  const recipients = route({ ...organisation, topicDuties: await dutiesOf(io, issue.topicIds), complainedOf: issue.complainedOf });
  const dutyOffice = organisation.offices.find((office) => office.id === organisation.body.dutyOfficeId);
  const hears = dutyOffice !== undefined && !issue.complainedOf.includes(dutyOffice.id) && !recipients.includes(dutyOffice);
  return hears ? [...recipients, dutyOffice] : recipients;
}

interface Warned {
  readonly alerts: Alert[];
  readonly clocks: Clock[];
  readonly journal: NewEntry[];
}

function clocksOf(warned: Warned, organisation: Organisation, issue: Issue, alert: Alert, existing: readonly Clock[], now: Instant): void {
  const plan = planOf(alert.level, organisation.plans);
  const wanted = clocksFor(plan, issue, alert, alert.officeIds, organisation.body.calendar, now);
  for (const clock of newClocks([...existing, ...warned.clocks], wanted)) {
    warned.clocks.push(clock);
    const { id: clockId, lane, level, startedAt, dueAt } = clock;
    const data: Record<string, Json> = { clockId, lane, level, startedAt, dueAt };
    if (clock.part !== undefined) data.part = clock.part;
    warned.journal.push({
      at: now,
      kind: JOURNAL.clockStarted,
      subject: issue.id,
      by: 'machine',
      data,
    });
  }
}

export async function warnOffices(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const organisation = await organisationOf(io);
  const [issue, after] = await Promise.all([
    io.store.get('issue', textOf(job, 'issueId')),
    io.store.get('assessment', textOf(job, 'after')),
  ]);
  if (organisation === null || issue === undefined || after === undefined || issue.state === 'merged' || issue.state === 'dismissed')
    return NOTHING;
  const before = (await io.store.get('assessment', textOf(job, 'before'))) ?? null;
  const fired = evaluate(io.rules, before, after, issue, now);
  const known = new Set(
    (
      await io.store.many(
        'alert',
        fired.map((alert) => alert.id),
      )
    ).map((alert) => alert.id),
  );
  const fresh = fired.filter((alert) => !known.has(alert.id));
  if (fresh.length === 0) return NOTHING;
  const offices = await recipientsOf(io, organisation, issue);
  const existing = await io.store.list('clock', { equal: { issueId: issue.id } });
  const warned: Warned = { alerts: [], clocks: [], journal: [] };
  const jobs: NewJob[] = [];
  const queued = [];
  for (const bare of fresh) {
    const alert = { ...bare, officeIds: offices.map((office) => office.id) };
    warned.alerts.push(alert);
    const { id: alertId, rule, level } = alert;
    warned.journal.push({
      at: now,
      kind: JOURNAL.alerted,
      subject: issue.id,
      by: 'machine',
      data: { alertId, rule, level, officeIds: alert.officeIds },
    });
    clocksOf(warned, organisation, issue, alert, existing, now);
    const ack = [...existing, ...warned.clocks].find((clock) => clock.lane === 'ack' && clock.level === alert.level);
    const some = await queueNotices(
      io,
      organisation,
      { alert, issue, offices, step: 0, staffId: null, because: null, ackBy: ack?.dueAt ?? null },
      now,
    );
    queued.push(...some.notices);
    jobs.push(...some.jobs);
  }
  for (const clock of warned.clocks)
    jobs.push(clockJob(clock, stepDueAt(clock, planOf(clock.level, organisation.plans), organisation.body.calendar)));
  return {
    change: { put: { alert: warned.alerts, clock: warned.clocks, notice: queued }, journal: warned.journal, jobs },
    after: () => {
      for (const alert of warned.alerts) io.tell({ kind: 'alert', id: alert.issueId });
    },
  };
}
