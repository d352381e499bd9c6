/** Invitations: a one-time link with which a member of staff chooses a password. Only the token's digest is stored. */
import type { Staff } from '../model/office.ts';
import { DAY } from '../model/time.ts';
import type { Door } from './door.ts';

const VALID = 7 * DAY;

function settingId(door: Door, token: string): string {
  return `invitation:${door.io.digest(token)}`;
}

/** The path of the link. Valid for seven days of real time; a newer one does not end an older one. */
export async function invite(door: Door, staff: Staff, actor: string): Promise<string> {
  const token = door.io.token(128);
  await door.io.store.commit({
    put: { setting: [{ id: settingId(door, token), value: { staffId: staff.id, until: door.real() + VALID } }] },
    journal: [{ at: door.io.now(), kind: 'http.invited', subject: staff.id, by: actor, data: {} }],
  });
  return `/desk/invitations/${token}`;
}

export async function readInvitation(door: Door, token: string): Promise<{ readonly id: string; readonly staff: Staff } | null> {
  const id = settingId(door, token);
  const value = (await door.io.store.get('setting', id))?.value as { staffId?: unknown; until?: unknown } | undefined;
  if (typeof value?.staffId !== 'string' || typeof value.until !== 'number' || door.real() > value.until) return null;
  const staff = await door.io.store.get('staff', value.staffId);
  return staff === undefined || !staff.active ? null : { id, staff };
}
