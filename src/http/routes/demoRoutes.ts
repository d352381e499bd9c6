/** The demo: its story, its chairs, and the way to it from an empty installation. Outside the demo these routes find nothing. */
import { Type } from 'typebox';
import type { Role, Staff } from '../../model/office.ts';
import { done, refuse } from '../../model/outcome.ts';
import type { Words } from '../../model/words.ts';
import type { App, Door } from '../door.ts';
import { route } from '../route.ts';
import { line } from '../shapes.ts';
import { beginSession } from '../sessions.ts';
import { sessionView } from '../views/session.ts';

const SEATS: readonly Role[] = ['dutyOfficer', 'analyst', 'spokesperson', 'leader', 'clerk', 'liaison', 'reporter', 'oversight', 'admin'];

interface Chair {
  readonly staff: Staff;
  readonly office: Words;
}

/** Who can be sat in for: one person per role and office of the body's own tier, the duty officer first. */
async function chairsOf(door: Door): Promise<readonly Chair[]> {
  const offices = new Map((await door.io.store.list('office')).map((office) => [office.id, office]));
  const staff = (await door.io.store.list('staff')).filter(
    (one) => one.active && one.secret !== '' && offices.get(one.officeId)?.kind !== 'upper',
  );
  const rank = (one: Staff): number => Math.min(...one.roles.map((role) => SEATS.indexOf(role)));
  return staff
    .map((one) => ({ staff: one, office: offices.get(one.officeId)?.name ?? { zh: '', en: '' } }))
    .sort((a, b) => rank(a.staff) - rank(b.staff) || a.staff.name.localeCompare(b.staff.name));
}

function story(app: App, door: Door): void {
  const change = Type.Object({ paused: Type.Optional(Type.Boolean()), speed: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })) });
  route(app, 'GET', '/api/demo', { says: 'The demo’s story' }, async () =>
    door.demo === null ? refuse('http.notFound') : done(door.demo.view()),
  );
  route(app, 'POST', '/api/demo', { says: 'Pause the demo’s story or change its speed', body: change }, async ({ body }) => {
    if (door.demo === null) return refuse('http.notFound');
    await door.demo.change(body);
    return done(door.demo.view());
  });
}

function chairs(app: App, door: Door): void {
  route(app, 'GET', '/api/demo/chairs', { says: 'The people of the demo whose place a visitor can take' }, async () => {
    if (door.demo === null) return refuse('http.notFound');
    return done(
      (await chairsOf(door)).map(({ staff: { id, name, title, roles, officeId }, office }) => ({
        id,
        name,
        title,
        roles,
        officeId,
        office,
      })),
    );
  });
  const chosen = Type.Object({ staffId: Type.Optional(line(80)) });
  route(
    app,
    'POST',
    '/api/demo/chair',
    { says: 'Take somebody’s place in the demo; the duty officer’s when none is named', body: chosen },
    async (asked) => {
      if (door.demo === null) return refuse('http.notFound');
      const all = (await chairsOf(door)).map((chair) => chair.staff);
      const staff = asked.body.staffId === undefined ? all[0] : all.find((one) => one.id === asked.body.staffId);
      if (staff === undefined) return refuse('http.notFound');
      return done(await sessionView(door, await beginSession(door, asked.request, asked.reply, staff)));
    },
  );
}

export function demoRoutes(app: App, door: Door): void {
  story(app, door);
  chairs(app, door);
  route(
    app,
    'POST',
    '/api/watch',
    { says: 'Start the demo county beside an installation that is not set up; answers its address' },
    async () => {
      if (door.watch === null || (await door.io.store.count('staff')) > 0) return refuse('http.notFound');
      return done({ address: await door.watch() });
    },
  );
}
