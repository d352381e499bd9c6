/** Signing in and out, the first account, invitations, the own password, the live line. */
import { Type } from 'typebox';
import type { Staff } from '../../model/office.ts';
import { done, type Outcome, refuse } from '../../model/outcome.ts';
import { firstAdmin } from '../../work/setUp.ts';
import type { App, Door } from '../door.ts';
import { readInvitation } from '../invitations.ts';
import { hashPassword, isPassword, isWeak } from '../passwords.ts';
import { sendProblem } from '../problem.ts';
import { type Asked, route, schemaOf } from '../route.ts';
import { line, oneOf } from '../shapes.ts';
import { beginSession, endOthers, endSession } from '../sessions.ts';
import { sessionView } from '../views/session.ts';
import { sameSecret } from '../sameSecret.ts';

const login = Type.Object({ login: line(60), password: line(1000) });

function tooSoon(door: Door, account: string, address: string): Outcome<never> | null {
  const wait = door.throttle.begin(account, address, door.real());
  return wait === 0 ? null : refuse('http.tooMany', { seconds: Math.ceil(wait / 1000) });
}

/** The account, when the password is right. Unknown names and wrong passwords look and last alike (S-AUTH-3). */
async function checked(door: Door, name: string, password: string, address: string): Promise<Outcome<Staff>> {
  const account = name.trim().toLowerCase();
  const soon = tooSoon(door, account, address);
  if (soon !== null) return soon;
  const staff = (await door.io.store.list('staff', { equal: { login: name.trim() }, limit: 1 }))[0];
  const isRight = await isPassword(password, staff?.secret ?? null);
  if (staff === undefined || !isRight || !staff.active) return refuse('http.wrongLogin');
  door.throttle.succeeded(account, address, door.real());
  return done(staff);
}

/** The same check for somebody who is signed in already: before a signature, before a new password. */
export async function confirmed(
  door: Door,
  asked: Pick<Asked<never, never, ''>, 'request' | 'who'>,
  password: string,
): Promise<Outcome<Staff>> {
  const staff = await door.io.store.get('staff', asked.who.staffId);
  return staff === undefined ? refuse('http.wrongLogin') : checked(door, staff.login, password, asked.request.ip);
}

function sameCode(given: string, wanted: string): boolean {
  return sameSecret(given.trim().toUpperCase(), wanted.toUpperCase());
}

function signing(app: App, door: Door): void {
  route(app, 'GET', '/api/session', { says: 'Who is signed in, and in what state this Heed is' }, async ({ request }) =>
    done(await sessionView(door, request.signed)),
  );
  route(app, 'POST', '/api/session', { says: 'Sign in', body: login }, async ({ body, request, reply }) => {
    const staff = await checked(door, body.login, body.password, request.ip);
    if (!staff.ok) return staff;
    return done(await sessionView(door, await beginSession(door, request, reply, staff.value)));
  });
  route(app, 'DELETE', '/api/session', { says: 'Sign out' }, async ({ session, reply }) => {
    await endSession(door, reply, session);
    return done({});
  });
}

const setup = Type.Object({
  code: line(100),
  name: line(80, 1),
  login: Type.String({ minLength: 2, maxLength: 60, pattern: '^\\S+$' }),
  password: line(1000),
  language: oneOf(['zh', 'en']),
});

function beginnings(app: App, door: Door): void {
  route(app, 'POST', '/api/setup', { says: 'The first account, with the code of the console', body: setup }, async (asked) => {
    const { body, request, reply } = asked;
    if ((await door.io.store.count('staff')) > 0) return refuse('http.setupDone');
    const soon = tooSoon(door, 'set-up code', request.ip);
    if (soon !== null) return soon;
    if (!sameCode(body.code, door.setupCode)) return refuse('http.setupCode');
    door.throttle.succeeded('set-up code', request.ip, door.real());
    if (isWeak(body.password, [body.login, body.name])) return refuse('http.weakPassword');
    const secretHash = await hashPassword(body.password);
    const staff = await firstAdmin(door.io, { name: body.name, login: body.login, secretHash, language: body.language });
    if (!staff.ok) return staff;
    return done(await sessionView(door, await beginSession(door, request, reply, staff.value)));
  });
  const invited = Type.Object({ password: line(1000) });
  route(app, 'POST', '/api/invitations/:token', { says: 'Take up an invitation with a password', body: invited }, async (asked) => {
    const { body, params, request, reply } = asked;
    const soon = tooSoon(door, `invitation ${request.ip}`, request.ip);
    if (soon !== null) return soon;
    const invitation = await readInvitation(door, params.token);
    if (invitation === null) return refuse('http.notFound');
    door.throttle.succeeded(`invitation ${request.ip}`, request.ip, door.real());
    const { staff } = invitation;
    if (isWeak(body.password, [staff.login, staff.name])) return refuse('http.weakPassword');
    const taken: Staff = { ...staff, secret: await hashPassword(body.password) };
    const committed = await door.io.store.commit({
      put: { staff: [taken] },
      remove: { setting: [invitation.id] },
      journal: [{ at: door.io.now(), kind: 'http.invitationTaken', subject: staff.id, by: staff.id, data: {} }],
    });
    if (!committed.ok) return refuse('http.stale', { noun: 'staff' });
    return done(await sessionView(door, await beginSession(door, request, reply, taken)));
  });
}

function ownPassword(app: App, door: Door): void {
  const shape = Type.Object({ old: line(1000), new: line(1000) });
  route(app, 'POST', '/api/password', { says: 'A new password of one’s own; ends the other sessions', body: shape }, async (asked) => {
    const staff = await confirmed(door, asked, asked.body.old);
    if (!staff.ok) return staff;
    if (isWeak(asked.body.new, [staff.value.login, staff.value.name])) return refuse('http.weakPassword');
    const committed = await door.io.store.commit({
      put: { staff: [{ ...staff.value, secret: await hashPassword(asked.body.new) }] },
      journal: [{ at: door.io.now(), kind: 'http.passwordChanged', subject: staff.value.id, by: asked.who.actor, data: {} }],
    });
    if (!committed.ok) return refuse('http.stale', { noun: 'staff' });
    await endOthers(door, staff.value.id, asked.session.id);
    return done({});
  });
}

function liveLine(app: App, door: Door): void {
  app.route({
    method: 'GET',
    url: '/api/live',
    schema: schemaOf('/api/live', { says: 'Server-sent events: what changed, by name' }),
    handler: (request, reply) => {
      if (!door.live.open(request, reply)) sendProblem(reply, refuse('http.busy').refusal);
    },
  });
}

export function sessionRoutes(app: App, door: Door): void {
  signing(app, door);
  beginnings(app, door);
  ownPassword(app, door);
  liveLine(app, door);
}
