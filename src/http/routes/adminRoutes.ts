/** The set-up and admin pages: the body, its offices, people, plans and channels. */
import { Type } from 'typebox';
import type { Plan } from '../../model/alert.ts';
import type { Level } from '../../model/assessment.ts';
import { LEVELS } from '../../model/assessment.ts';
import type { Body, Channel, Office, Staff } from '../../model/office.ts';
import { done, refuse } from '../../model/outcome.ts';
import { retryJob } from '../../work/runJob.ts';
import {
  dropChannel,
  dropDuty,
  dropOffice,
  finishSetUp,
  putBody,
  putChannel,
  putDuty,
  putOffice,
  putOversight,
  putPlaces,
  putPlan,
  putSpokespersons,
  putStaff,
  putTiers,
} from '../../work/setUp.ts';
import { testChannel } from '../../work/testChannel.ts';
import type { App, Door } from '../door.ts';
import { invite } from '../invitations.ts';
import { route } from '../route.ts';
import { bodyInput, channel, duty, line, office, plan, staff, tiers, words } from '../shapes.ts';
import { adminView } from '../views/admin.ts';
import { keepSecrets } from '../views/masks.ts';
import { sessionView, staffView } from '../views/session.ts';

/** Monday to Friday, 9 to 18; the admin page has the rest. The lists are known for the running year. */
function plainCalendar(zone: string, now: number): Body['calendar'] {
  const validThrough = `${new Date(now).getUTCFullYear()}-12-31`;
  return { zone, opens: 9 * 60, closes: 18 * 60, holidays: [], workedWeekends: [], validThrough };
}

function isZone(zone: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC' || /^[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.test(zone);
}

function bodyRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/admin', { says: 'Everything the set-up and admin pages edit' }, async () => done(await adminView(door)));
  route(app, 'PUT', '/api/admin/body', { says: 'The body that runs this Heed', body: bodyInput }, async ({ who, body }) => {
    const before = await io.store.get('body', 'body');
    const zone = body.zone ?? body.calendar?.zone ?? before?.calendar.zone ?? 'UTC';
    if (!isZone(zone)) return refuse('http.badRequest', { field: 'zone' });
    const calendar = { ...(body.calendar ?? before?.calendar ?? plainCalendar(zone, io.now())), zone };
    if (calendar.opens >= calendar.closes) return refuse('warn.calendarWrong');
    return putBody(io, who, {
      id: 'body',
      name: body.name,
      calendar,
      language: body.language,
      oversightId: body.oversightId ?? before?.oversightId ?? '',
      operatingId: body.operatingId ?? before?.operatingId ?? '',
      dutyOfficeId: body.dutyOfficeId ?? before?.dutyOfficeId ?? '',
      spokespersonIds: before?.spokespersonIds ?? [],
      contact: body.contact,
      rev: before?.rev ?? 0,
    });
  });
  route(app, 'PUT', '/api/admin/tiers', { says: 'The ladder of tiers', body: tiers }, ({ who, body }) => putTiers(io, who, body));
  const places = Type.Object({ places: Type.Array(words, { maxItems: 2000 }) });
  route(app, 'PUT', '/api/admin/places', { says: 'Names of places in both languages', body: places }, ({ who, body }) =>
    putPlaces(io, who, body.places),
  );
  const ids = Type.Object({ ids: Type.Array(line(), { maxItems: 100 }) });
  route(app, 'PUT', '/api/admin/spokespersons', { says: 'Who may sign', body: ids }, ({ who, body }) =>
    putSpokespersons(io, who, body.ids),
  );
  const one = Type.Object({ officeId: line() });
  route(app, 'PUT', '/api/admin/oversight', { says: 'Who oversees', body: one }, ({ who, body }) => putOversight(io, who, body.officeId));
  route(app, 'POST', '/api/admin/finish', { says: 'Finish the set-up' }, async ({ who, request }) => {
    const finished = await finishSetUp(io, who);
    return finished.ok ? done(await sessionView(door, request.signed)) : finished;
  });
  route(app, 'POST', '/api/admin/jobs/:id/retry', { says: 'Try a set-aside job again' }, async ({ who, params }) => {
    const jobId = Number(params.id);
    return Number.isSafeInteger(jobId) ? retryJob(io, who, jobId) : refuse('http.notFound');
  });
}

/** The office that operates is also the duty office until another one is chosen; the overseer likewise by its kind. */
async function adoptOffice(door: Door, asked: Parameters<typeof putBody>[1], saved: Office): Promise<void> {
  const body = await door.io.store.get('body', 'body');
  if (body === undefined) return;
  const isOperating = saved.kind === 'operating' && body.operatingId === '';
  const isOversight = saved.kind === 'oversight' && body.oversightId === '';
  if (!isOperating && !isOversight) return;
  const operating = isOperating ? { operatingId: saved.id, dutyOfficeId: body.dutyOfficeId || saved.id } : {};
  await putBody(door.io, asked, { ...body, ...operating, ...(isOversight ? { oversightId: saved.id } : {}) });
}

function officeRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'PUT', '/api/admin/offices/:id', { says: 'An office', body: office }, async ({ who, params, body }) => {
    const before = await io.store.get('office', params.id);
    const saved = await putOffice(io, who, {
      id: params.id,
      name: body.name,
      aliases: body.aliases ?? before?.aliases ?? [],
      kind: body.kind,
      tierId: body.tierId,
      parentId: body.parentId ?? null,
      headId: body.headId ?? null,
      deputyId: body.deputyId ?? null,
      hotline: body.hotline ?? before?.hotline ?? '',
      rev: body.rev ?? before?.rev ?? 0,
    });
    if (saved.ok) await adoptOffice(door, who, saved.value);
    return saved;
  });
  route(app, 'DELETE', '/api/admin/offices/:id', { says: 'Take an office out' }, ({ who, params }) => dropOffice(io, who, params.id));
  route(app, 'PUT', '/api/admin/duties/:id', { says: 'A duty and its office', body: duty }, ({ who, params, body }) =>
    putDuty(io, who, { id: params.id, name: body.name, officeId: body.officeId }),
  );
  route(app, 'DELETE', '/api/admin/duties/:id', { says: 'Take a duty out' }, ({ who, params }) => dropDuty(io, who, params.id));
  route(app, 'PUT', '/api/admin/plans/:level', { says: 'Clocks and steps of a colour', body: plan }, async ({ who, params, body }) => {
    const id = LEVELS.find((one) => one === params.level);
    if (id === undefined) return refuse('http.notFound');
    const before = await io.store.get('plan', id);
    return putPlan(io, who, { ...before, ...body, id: id satisfies Level, rev: body.rev ?? before?.rev ?? 0 } as Plan);
  });
}

function staffRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'POST', '/api/admin/staff', { says: 'Invite a member of staff', body: staff }, async ({ who, body }) => {
    const made: Staff = { ...body, active: body.active ?? true, id: `s${io.token(48)}`, secret: '', rev: 0 };
    const saved = await putStaff(io, who, made);
    if (!saved.ok) return saved;
    return done({ staff: staffView({ ...made, rev: 1 }), invitation: await invite(door, made, who.actor) });
  });
  route(app, 'PUT', '/api/admin/staff/:id', { says: 'A member of staff', body: staff }, async ({ who, params, body }) => {
    const before = await io.store.get('staff', params.id);
    if (before === undefined) return refuse('http.notFound');
    const after: Staff = { ...before, ...body, active: body.active ?? before.active, rev: body.rev ?? before.rev };
    const isLastAdmin = before.roles.includes('admin') && !(after.active && after.roles.includes('admin'));
    const admins = (await io.store.list('staff')).filter((one) => one.active && one.roles.includes('admin') && one.id !== before.id);
    if (isLastAdmin && admins.length === 0) return refuse('http.badRequest', { field: 'roles' });
    const saved = await putStaff(io, who, after);
    return saved.ok ? done(staffView({ ...saved.value, rev: after.rev + 1 })) : saved;
  });
  route(app, 'POST', '/api/admin/staff/:id/invite', { says: 'A new invitation' }, async ({ who, params }) => {
    const found = await io.store.get('staff', params.id);
    return found === undefined ? refuse('http.notFound') : done({ invitation: await invite(door, found, who.actor) });
  });
}

function channelRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'PUT', '/api/admin/channels/:id', { says: 'A way to reach people', body: channel }, async ({ who, params, body }) => {
    const before = await io.store.get('channel', params.id);
    const saved: Channel = {
      id: params.id,
      name: body.name,
      kind: body.kind,
      officeId: body.officeId ?? null,
      settings: keepSecrets(io.notifiers.get(body.kind)?.settings ?? [], body.settings, before?.settings ?? {}),
      active: body.active ?? true,
      rev: body.rev ?? before?.rev ?? 0,
    };
    const put = await putChannel(io, who, saved);
    return put.ok ? done({}) : put;
  });
  route(app, 'DELETE', '/api/admin/channels/:id', { says: 'Take a channel out' }, ({ who, params }) => dropChannel(io, who, params.id));
  route(app, 'POST', '/api/channels/:id/test', { says: 'Send a test message' }, ({ who, params }) => testChannel(io, who, params.id));
}

export function adminRoutes(app: App, door: Door): void {
  bodyRoutes(app, door);
  officeRoutes(app, door);
  staffRoutes(app, door);
  channelRoutes(app, door);
}
