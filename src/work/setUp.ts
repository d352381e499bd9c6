/**
 * The body and its table of offices, edited row by row; every change is a journal line. A table without an overseer outside every
 * office cannot become the one in force: finishing is refused, and later edits that would undo it are refused as well.
 */
import type { Io } from '../io.ts';
import type { Plan } from '../model/alert.ts';
import type { Body, Channel, Duty, Office, Staff, Tier } from '../model/office.ts';
import { done, type Outcome, type Refusal, refuse } from '../model/outcome.ts';
import type { Words } from '../model/words.ts';
import type { Change } from '../ports.ts';
import { DEFAULT_PLANS } from '../warn/plan.ts';
import { checkSetup } from '../warn/route.ts';
import { act, entry } from './act.ts';
import { closeDayJob } from './closeDay.ts';
import { forget } from './memory.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import { ownSource } from './receive.ts';
import { tendJob } from './tendIssues.ts';
import type { Who } from './who.ts';

/** The set-up is finished: from then on no edit may break it. */
export async function isSetUp(io: Io): Promise<boolean> {
  return (await io.store.get('setting', 'setUp')) !== undefined;
}

/** The first account, made with the one-time code of the console. */
export async function firstAdmin(
  io: Io,
  input: { readonly name: string; readonly login: string; readonly secretHash: string; readonly language: 'zh' | 'en' },
): Promise<Outcome<Staff>> {
  if ((await io.store.count('staff')) > 0) return refuse('http.setupDone');
  const admin: Staff = {
    id: `s${io.token(48)}`,
    name: input.name,
    login: input.login,
    secret: input.secretHash,
    roles: ['admin'],
    officeId: '',
    title: { zh: '系统管理员', en: 'Administrator' },
    email: '',
    language: input.language,
    active: true,
    rev: 0,
  };
  const now = io.now();
  const sources = [ownSource('desk', now), ownSource('field', now)];
  return act(io, async () =>
    done({
      change: {
        put: { staff: [admin], plan: [...DEFAULT_PLANS], source: sources },
        jobs: [tendJob(now), closeDayJob('UTC', now)],
        journal: [{ at: now, kind: 'admin.firstAdmin', subject: admin.id, by: admin.id, data: {} }],
      },
      value: { ...admin, rev: 1 },
    }),
  );
}

async function refusals(io: Io, with_: Partial<Organisation>): Promise<readonly Refusal[]> {
  const organisation = await organisationOf(io);
  if (organisation === null) return [refuse('http.setupUnfinished').refusal];
  return checkSetup({ ...organisation, ...with_ });
}

/** What still keeps the set-up from being finished; empty when it can be. */
export async function missingForSetUp(io: Io): Promise<readonly Refusal[]> {
  return refusals(io, {});
}

/** Edits the table; when the set-up is finished, an edit that breaks it is refused with the first reason. */
function edit<T>(
  io: Io,
  who: Who,
  kind: string,
  subject: string,
  value: T,
  change: Change,
  with_: (now: Organisation) => Partial<Organisation>,
): Promise<Outcome<T>> {
  return act(io, async () => {
    if (await isSetUp(io)) {
      const organisation = await organisationOf(io);
      const broken = organisation === null ? undefined : (await refusals(io, with_(organisation)))[0];
      if (broken !== undefined) return { ok: false, refusal: broken };
    }
    const after = (): void => {
      forget(io, 'organisation');
    };
    return done({ change: { ...change, journal: [...(change.journal ?? []), entry(io, who, kind, subject)] }, value, after });
  });
}

function replaced<T extends { readonly id: string }>(rows: readonly T[], row: T): readonly T[] {
  return [...rows.filter((one) => one.id !== row.id), row];
}

/** The first account belongs to nobody until there is an operating body; from then on to it. */
export async function putBody(io: Io, who: Who, body: Body): Promise<Outcome<Body>> {
  const homeless = (await io.store.list('staff')).filter((staff) => staff.officeId === '');
  const staff = homeless.map((one) => ({ ...one, officeId: body.operatingId }));
  const jobs = [closeDayJob(body.calendar.zone, io.now())];
  return edit(io, who, 'admin.body', 'body', body, { put: { body: [body], staff }, dropJobs: ['closeDay'], jobs }, () => ({ body }));
}

export async function putTiers(io: Io, who: Who, tiers: readonly Tier[]): Promise<Outcome<readonly Tier[]>> {
  const kept = new Set(tiers.map((tier) => tier.id));
  const gone = (await io.store.list('tier')).map((tier) => tier.id).filter((id) => !kept.has(id));
  return edit(io, who, 'admin.tiers', 'tiers', tiers, { put: { tier: tiers }, remove: { tier: gone } }, () => ({ tiers }));
}

export function putOffice(io: Io, who: Who, office: Office): Promise<Outcome<Office>> {
  return edit(io, who, 'admin.office', office.id, office, { put: { office: [office] } }, (all) => ({
    offices: replaced(all.offices, office),
  }));
}

/** An office that still holds duties or people is kept: nothing may fall between. */
export async function dropOffice(io: Io, who: Who, id: string): Promise<Outcome<string>> {
  const [nDuties, staff] = await Promise.all([io.store.count('duty', { equal: { officeId: id } }), io.store.list('staff')]);
  if (nDuties > 0 || staff.some((one) => one.officeId === id && one.active)) return refuse('http.badRequest', { field: 'office' });
  return edit(io, who, 'admin.officeDropped', id, id, { remove: { office: [id] } }, (all) => ({
    offices: all.offices.filter((one) => one.id !== id),
  }));
}

export async function putDuty(io: Io, who: Who, duty: Duty): Promise<Outcome<Duty>> {
  if ((await io.store.get('office', duty.officeId)) === undefined) return refuse('warn.officeUnknown');
  return edit(io, who, 'admin.duty', duty.id, duty, { put: { duty: [duty] } }, (all) => ({ duties: replaced(all.duties, duty) }));
}

export function dropDuty(io: Io, who: Who, id: string): Promise<Outcome<string>> {
  return edit(io, who, 'admin.dutyDropped', id, id, { remove: { duty: [id] } }, (all) => ({
    duties: all.duties.filter((one) => one.id !== id),
  }));
}

/** A person of the staff. Who is switched off loses every session with it. */
export async function putStaff(io: Io, who: Who, staff: Staff): Promise<Outcome<Staff>> {
  const same = (await io.store.list('staff', { equal: { login: staff.login } })).find((one) => one.id !== staff.id);
  if (same !== undefined) return refuse('http.badRequest', { field: 'login' });
  const sessions = await io.store.list('session', { equal: { staffId: staff.id } });
  const before = await io.store.get('staff', staff.id);
  const isWeaker = before !== undefined && (!staff.active || before.roles.join() !== staff.roles.join());
  const gone = isWeaker ? sessions.map((session) => session.id) : [];
  return edit(io, who, 'admin.staff', staff.id, staff, { put: { staff: [staff] }, remove: { session: gone } }, (all) => ({
    staff: replaced(all.staff, staff),
  }));
}

export function putPlan(io: Io, who: Who, plan: Plan): Promise<Outcome<Plan>> {
  return edit(io, who, 'admin.plan', plan.id, plan, { put: { plan: [plan] } }, (all) => ({ plans: replaced(all.plans, plan) }));
}

export function putChannel(io: Io, who: Who, channel: Channel): Promise<Outcome<Channel>> {
  if (!io.notifiers.has(channel.kind)) return Promise.resolve(refuse('collect.unknownKind', { kind: channel.kind }));
  return edit(io, who, 'admin.channel', channel.id, channel, { put: { channel: [channel] } }, (all) => ({
    channels: replaced(all.channels, channel),
  }));
}

export function dropChannel(io: Io, who: Who, id: string): Promise<Outcome<string>> {
  return edit(io, who, 'admin.channelDropped', id, id, { remove: { channel: [id] } }, (all) => ({
    channels: all.channels.filter((one) => one.id !== id),
  }));
}

async function withBody(io: Io, change: (body: Body) => Body, who: Who): Promise<Outcome<Body>> {
  const body = await io.store.get('body', 'body');
  if (body === undefined) return refuse('http.setupUnfinished');
  return putBody(io, who, change(body));
}

export function putSpokespersons(io: Io, who: Who, ids: readonly string[]): Promise<Outcome<Body>> {
  return withBody(io, (body) => ({ ...body, spokespersonIds: ids }), who);
}

export function putOversight(io: Io, who: Who, officeId: string): Promise<Outcome<Body>> {
  return withBody(io, (body) => ({ ...body, oversightId: officeId }), who);
}

/** Names of places in both languages: reports of one event join across languages by them. */
export function putPlaces(io: Io, who: Who, places: readonly Words[]): Promise<Outcome<readonly Words[]>> {
  const value = places.map((place) => ({ zh: place.zh, en: place.en }));
  return edit(io, who, 'admin.places', 'places', places, { put: { setting: [{ id: 'places', value }] } }, () => ({}));
}

export function finishSetUp(io: Io, who: Who): Promise<Outcome<null>> {
  return act(io, async () => {
    const missing = (await missingForSetUp(io))[0];
    if (missing !== undefined) return { ok: false, refusal: missing };
    return done({
      change: { put: { setting: [{ id: 'setUp', value: io.now() }] }, journal: [entry(io, who, 'admin.setUp', 'body')] },
      value: null,
    });
  });
}
