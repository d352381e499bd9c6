/** Sign for an alert: by the desk, or by the one-time link of a notice (GET shows, POST signs). Stops the ACK clock of the office. */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import type { Ack, Alert, Notice } from '../model/alert.ts';
import type { Level } from '../model/assessment.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Change } from '../ports.ts';
import { act } from './act.ts';
import type { Who } from './who.ts';

async function ackChange(io: Io, alert: Alert, ack: Ack, actor: string): Promise<Change> {
  const now = io.now();
  const clocks = await io.store.list('clock', { equal: { issueId: alert.issueId, lane: 'ack', metAt: null, cancelled: false } });
  const journal = [
    { at: now, kind: JOURNAL.acked, subject: alert.issueId, by: actor, data: { alertId: alert.id, officeId: ack.officeId, via: ack.via } },
  ];
  const met = clocks.map((clock) => ({ ...clock, metAt: now, metBy: actor }));
  return {
    put: { ack: [ack], alert: alert.ackedAt === null ? [{ ...alert, ackedAt: now }] : [], clock: met },
    dropJobs: met.map((clock) => `runClock:${clock.id}`),
    journal: [
      ...journal,
      ...met.map((clock) => ({ at: now, kind: JOURNAL.clockMet, subject: alert.issueId, by: actor, data: { clockId: clock.id } })),
    ],
  };
}

export async function signForAlert(io: Io, who: Who, alertId: string): Promise<Outcome<Ack>> {
  return act(io, async () => {
    const alert = await io.store.get('alert', alertId);
    if (alert === undefined) return refuse('http.notFound');
    const ack: Ack = {
      id: `${alert.id}:${who.officeId}`,
      alertId,
      issueId: alert.issueId,
      officeId: who.officeId,
      by: who.staffId,
      via: 'desk',
      at: io.now(),
    };
    const known = await io.store.get('ack', ack.id);
    if (known !== undefined) return done({ change: {}, value: known });
    return done({
      change: await ackChange(io, alert, ack, who.actor),
      value: ack,
      after: () => io.tell({ kind: 'alert', id: alert.issueId }),
    });
  });
}

export interface LinkView {
  readonly notice: Notice;
  readonly alert: Alert;
  readonly issueTitle: string;
  readonly level: Level;
  readonly signed: Ack | null;
  /** The link went to a group: whoever signs says who they are. */
  readonly needsName: boolean;
}

/** What the link's page shows. Reading it signs nothing. */
export async function linkView(io: Io, token: string): Promise<Outcome<LinkView>> {
  const notices = await io.store.list('notice', { equal: { linkHash: io.digest(token) }, limit: 1 });
  const notice = notices[0];
  const alert = notice === undefined ? undefined : await io.store.get('alert', notice.alertId);
  if (notice === undefined || alert === undefined) return refuse('warn.linkUnknown');
  const issue = await io.store.get('issue', notice.issueId);
  const signed = (await io.store.get('ack', `${alert.id}:${notice.officeId}`)) ?? null;
  return done({ notice, alert, issueTitle: issue?.title ?? '', level: alert.level, signed, needsName: notice.staffId === null });
}

/** `name`: who signs, asked on links that went to a group. A link signs once. */
export async function signByLink(io: Io, token: string, name: string | null): Promise<Outcome<Ack>> {
  const shown = await linkView(io, token);
  if (!shown.ok) return shown;
  const { notice, alert, signed, needsName } = shown.value;
  if (signed !== null) return refuse('warn.linkUsed');
  const given = name?.trim() ?? '';
  if (needsName && given === '') return refuse('warn.nameNeeded');
  return act(io, async () => {
    const by = notice.staffId ?? given.slice(0, 60);
    const ack: Ack = {
      id: `${alert.id}:${notice.officeId}`,
      alertId: alert.id,
      issueId: alert.issueId,
      officeId: notice.officeId,
      by,
      via: 'link',
      at: io.now(),
    };
    const actor = notice.staffId ?? `office:${notice.officeId}`;
    return done({
      change: await ackChange(io, alert, ack, io.demo ? `demo:${actor}` : actor),
      value: ack,
      after: () => io.tell({ kind: 'alert', id: alert.issueId }),
    });
  });
}
