/** The office table as one value, read once per piece of work. */
import type { Io } from '../io.ts';
import type { Plan } from '../model/alert.ts';
import type { Body, Channel, Duty, Office, Staff, Tier } from '../model/office.ts';

export interface Organisation {
  readonly body: Body;
  readonly tiers: readonly Tier[];
  readonly offices: readonly Office[];
  readonly duties: readonly Duty[];
  readonly staff: readonly Staff[];
  readonly channels: readonly Channel[];
  readonly plans: readonly Plan[];
}

/** Null before the set-up is finished: then there is nobody to tell. */
export async function organisationOf(io: Io): Promise<Organisation | null> {
  const body = await io.store.get('body', 'body');
  if (body === undefined) return null;
  const [tiers, offices, duties, staff, channels, plans] = await Promise.all([
    io.store.list('tier'),
    io.store.list('office'),
    io.store.list('duty'),
    io.store.list('staff'),
    io.store.list('channel'),
    io.store.list('plan'),
  ]);
  return { body, tiers, offices, duties, staff, channels, plans };
}

/** The duties of an issue's topics, each once. */
export async function dutiesOf(io: Io, topicIds: readonly string[]): Promise<readonly string[]> {
  const topics = await io.store.many('topic', topicIds);
  return [...new Set(topics.map((topic) => topic.duty))];
}
