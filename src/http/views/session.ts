/** GET /api/session: who is there, and the names that lists need. */
import type { SessionView, StaffView } from '../../model/desk.ts';
import type { Staff } from '../../model/office.ts';
import { isSetUp } from '../../work/setUp.ts';
import type { Door, Signed } from '../door.ts';

export function staffView(staff: Staff): StaffView {
  const { secret, ...shown } = staff;
  return { ...shown, invited: secret === '' };
}

async function modeOf(door: Door): Promise<SessionView['mode']> {
  if ((await door.io.store.count('staff')) === 0) return 'fresh';
  return (await isSetUp(door.io)) ? 'ready' : 'setup';
}

const NO_NAMES: SessionView['names'] = { offices: {}, topics: {}, sources: {}, staff: {} };

async function namesOf(door: Door): Promise<SessionView['names']> {
  const { store } = door.io;
  const [offices, topics, sources, staff] = await Promise.all([
    store.list('office'),
    store.list('topic'),
    store.list('source'),
    store.list('staff'),
  ]);
  return {
    offices: Object.fromEntries(offices.map((one) => [one.id, one.name])),
    topics: Object.fromEntries(topics.map((one) => [one.id, one.name])),
    sources: Object.fromEntries(sources.map(({ id, name, standing, kind }) => [id, { name, standing, kind }])),
    staff: Object.fromEntries(staff.map((one) => [one.id, one.name])),
  };
}

/** Before signing in it tells the state and the body's name, and no other name. */
export async function sessionView(door: Door, signed: Signed | null): Promise<SessionView> {
  const body = (await door.io.store.get('body', 'body')) ?? null;
  return {
    mode: await modeOf(door),
    demo: door.io.demo,
    staff: signed === null ? null : staffView(signed.staff),
    csrf: signed?.session.csrf ?? '',
    body: body === null ? null : { name: body.name, language: body.language },
    zone: body?.calendar.zone ?? 'UTC',
    now: door.io.now(),
    names: signed === null ? NO_NAMES : await namesOf(door),
  };
}
