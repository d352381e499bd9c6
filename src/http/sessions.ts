/** Sessions: a random reference in a cookie, of which only the digest is stored. Real time. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Staff } from '../model/office.ts';
import { HOUR, MINUTE, SECOND } from '../model/time.ts';
import type { Session } from '../ports.ts';
import type { Door, Signed } from './door.ts';

export const IDLE = 30 * MINUTE;
export const ABSOLUTE = 12 * HOUR;
/** How old `seenAt` may grow before it is written again: not every request is a write. */
const STEP = MINUTE;

export function cookieName(secure: boolean): string {
  return secure ? '__Host-heed' : 'heed';
}

/** The value of the session cookie, or null. */
function tokenOf(door: Door, request: FastifyRequest): string | null {
  const wanted = `${cookieName(door.secure)}=`;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const text = pair.trim();
    if (text.startsWith(wanted)) return text.slice(wanted.length);
  }
  return null;
}

function setCookie(door: Door, reply: FastifyReply, value: string, seconds: number): void {
  const secure = door.secure ? '; Secure' : '';
  reply.header('set-cookie', `${cookieName(door.secure)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`);
}

function isOver(session: Session, now: number): boolean {
  return now - session.seenAt > IDLE || now - session.startedAt > ABSOLUTE;
}

export function signedAs(door: Door, session: Session, staff: Staff): Signed {
  const actor = door.io.demo ? `demo:${staff.id}` : staff.id;
  return { session, staff, who: { staffId: staff.id, actor, officeId: staff.officeId, roles: staff.roles, name: staff.name } };
}

/** Who is behind a session's id now: null when it is over, or its person was switched off. */
async function signedBy(door: Door, id: string): Promise<Signed | null> {
  const session = await door.io.store.get('session', id);
  if (session === undefined || isOver(session, door.real())) return null;
  const staff = await door.io.store.get('staff', session.staffId);
  return staff === undefined || !staff.active ? null : signedAs(door, session, staff);
}

export async function readSession(door: Door, request: FastifyRequest): Promise<Signed | null> {
  const token = tokenOf(door, request);
  if (token === null || !/^[\w-]{20,64}$/.test(token)) return null;
  const signed = await signedBy(door, door.io.digest(token));
  const now = door.real();
  if (signed !== null && now - signed.session.seenAt > STEP)
    await door.io.store.commit({ put: { session: [{ ...signed.session, seenAt: now }] } });
  return signed;
}

/** Asked by an open live line between heartbeats; it does not keep the session awake. */
export async function isAlive(door: Door, id: string): Promise<boolean> {
  return (await signedBy(door, id)) !== null;
}

/** A new session at every sign-in; an older one of the same browser is ended. */
export async function beginSession(door: Door, request: FastifyRequest, reply: FastifyReply, staff: Staff): Promise<Signed> {
  const token = door.io.token(128);
  const now = door.real();
  const session: Session = {
    id: door.io.digest(token),
    staffId: staff.id,
    csrf: door.io.token(128),
    startedAt: now,
    seenAt: now,
    confirmedAt: now,
  };
  const [old, over] = [tokenOf(door, request), await door.io.store.list('session', { by: 'seenAt', to: now - IDLE, limit: 100 })];
  const gone = [...over.map((one) => one.id), ...(old === null ? [] : [door.io.digest(old)])];
  await door.io.store.commit({ put: { session: [session] }, remove: { session: gone } });
  setCookie(door, reply, token, ABSOLUTE / SECOND);
  return signedAs(door, session, staff);
}

export async function endSession(door: Door, reply: FastifyReply, session: Session): Promise<void> {
  await door.io.store.commit({ remove: { session: [session.id] } });
  door.live.closeSession(session.id);
  setCookie(door, reply, '', 0);
}

/** All sessions of a person but the given one, e.g. after a new password. */
export async function endOthers(door: Door, staffId: string, keptId: string): Promise<void> {
  const others = (await door.io.store.list('session', { equal: { staffId } })).filter((one) => one.id !== keptId);
  await door.io.store.commit({ remove: { session: others.map((one) => one.id) } });
  for (const one of others) door.live.closeSession(one.id);
}
