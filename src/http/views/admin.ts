/** GET /api/admin. Secrets of channels are masked. */
import type { AdminView } from '../../model/desk.ts';
import type { Channel } from '../../model/office.ts';
import type { Json } from '../../model/words.ts';
import { sayRefusal } from '../../text/say.ts';
import { missingForSetUp } from '../../work/setUp.ts';
import type { Door } from '../door.ts';
import { maskSecrets } from './masks.ts';
import { staffView } from './session.ts';

export async function adminView(door: Door): Promise<AdminView> {
  const { io } = door;
  const { store } = io;
  const [body, tiers, offices, duties, staff, channels, topics, plans, missing, jobs] = await Promise.all([
    store.get('body', 'body'),
    store.list('tier', { by: 'rank', order: 'up' }),
    store.list('office'),
    store.list('duty'),
    store.list('staff'),
    store.list('channel'),
    store.list('topic'),
    store.list('plan'),
    missingForSetUp(io),
    store.jobsSetAside(),
  ]);
  const masked = (channel: Channel): Channel => ({
    ...channel,
    settings: maskSecrets(io.notifiers.get(channel.kind)?.settings ?? [], channel.settings),
  });
  return {
    body: body ?? null,
    tiers,
    offices,
    duties,
    staff: staff.map(staffView),
    channels: channels.map(masked),
    topics,
    plans,
    collectors: [...io.collectors.values()].map((one) => ({
      kind: one.kind,
      about: one.about,
      settings: one.settings as unknown as readonly Json[],
      pulls: one.pull !== undefined,
    })),
    notifiers: [...io.notifiers.values()].map((one) => ({
      kind: one.kind,
      about: one.about,
      settings: one.settings as unknown as readonly Json[],
      personal: one.personal,
    })),
    missing: missing.map(sayRefusal),
    jobsSetAside: jobs.map(({ id, run, key, lastError, setAsideAt }) => ({ id, run, key, lastError, at: setAsideAt })),
    version: door.version,
  };
}
