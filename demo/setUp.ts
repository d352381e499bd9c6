/**
 * Sets up the office of a scenario through the API, in the order a person would: administrator, body, tiers, offices, duties, people,
 * heads, spokespersons, oversight, channels, topics, sources. What Heed refuses is written down and the rest goes on.
 */
import type { Instant } from '../src/model/time.ts';
import { type Client, makeClient, type Reply } from './client.ts';
import { asList, asRaw, asText } from './scenario.ts';
import type { Person, Scenario, TopicSetting } from './scenarioShape.ts';
import type { Sites } from './sites.ts';
import type { Stubs } from './stubs.ts';

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** What stands after the set-up. */
export interface Office {
  readonly admin: Client;
  /** By key of the person. */
  readonly clients: ReadonlyMap<string, Client>;
  readonly staffIds: ReadonlyMap<string, string>;
  readonly accounts: Readonly<Record<string, Credentials>>;
  /** Heed's source id by site id. */
  readonly sourceIds: ReadonlyMap<string, string>;
  readonly refused: readonly string[];
}

export interface SetUpKit {
  readonly address: string;
  readonly scenario: Scenario;
  readonly sites: Sites;
  readonly stubs: Stubs;
  readonly setupCode: string;
  readonly seed: number;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
}

/** Long enough for any rule, and the same for the same seed: the demo's people keep no secret. */
export function passwordOf(login: string, seed: number): string {
  return `demo-${login}-${seed}-Chair.Lamp.River`;
}

interface Work {
  readonly kit: SetUpKit;
  readonly admin: Client;
  readonly refused: string[];
}

function note(work: Work, what: string, reply: Reply): boolean {
  if (reply.ok) return true;
  const line = `${what}: ${reply.status} ${reply.code} ${JSON.stringify(asRaw(reply.body).message ?? reply.body ?? '').slice(0, 300)}`;
  work.refused.push(line);
  work.kit.log(line);
  return false;
}

async function firstAdmin(kit: SetUpKit): Promise<Client> {
  const { name, login } = kit.scenario.setting.admin;
  const client = makeClient(kit.address);
  client.adopt(await client.get('/api/session'));
  const password = passwordOf(login, kit.seed);
  const reply = await client.send('POST', '/api/setup', {
    code: kit.setupCode,
    name,
    login,
    password,
    language: kit.scenario.setting.language,
  });
  if (!reply.ok) throw new Error(`the first administrator was refused: ${reply.status} ${reply.code} ${JSON.stringify(reply.body)}`);
  client.adopt(reply);
  return client;
}

async function putBody(work: Work): Promise<void> {
  const { body, zone, language, tiers } = work.kit.scenario.setting;
  const calendar = body.calendar === undefined ? {} : { calendar: body.calendar };
  note(
    work,
    'body',
    await work.admin.send('PUT', '/api/admin/body', { name: body.name, zone, language, contact: body.contact, ...calendar }),
  );
  // Tiers name the offices that stand for them, and those do not exist yet.
  const bare = tiers.map((tier) => ({ ...tier, officeId: null }));
  note(work, 'tiers', await work.admin.send('PUT', '/api/admin/tiers', bare));
}

async function putOffices(work: Work, staffIds: ReadonlyMap<string, string>): Promise<void> {
  for (const { head, deputy, ...office } of work.kit.scenario.setting.offices) {
    const people = { headId: staffIds.get(head ?? '') ?? null, deputyId: staffIds.get(deputy ?? '') ?? null };
    const path = `/api/admin/offices/${encodeURIComponent(office.id)}`;
    note(work, `office ${office.id}`, await work.admin.send('PUT', path, { ...office, ...people }));
  }
}

async function putDuties(work: Work): Promise<void> {
  const { duties, tiers } = work.kit.scenario.setting;
  for (const duty of duties)
    note(work, `duty ${duty.id}`, await work.admin.send('PUT', `/api/admin/duties/${encodeURIComponent(duty.id)}`, duty));
  note(work, 'tiers', await work.admin.send('PUT', '/api/admin/tiers', tiers));
}

interface Invited {
  readonly person: Person;
  readonly staffId: string;
  readonly client: Client;
}

/** Each person is invited, takes the invitation and so has a session of their own. */
async function invite(work: Work, person: Person): Promise<Invited | null> {
  const { key: _, ...row } = person;
  const reply = await work.admin.send('POST', '/api/admin/staff', row);
  if (!note(work, `staff ${person.login}`, reply)) return null;
  const staffId = asText(asRaw(asRaw(reply.body).staff).id);
  const token = asText(asRaw(reply.body).invitation).split('/').pop() ?? '';
  const client = makeClient(work.kit.address);
  const password = passwordOf(person.login, work.kit.seed);
  client.adopt(await client.get('/api/session'));
  const taken = await client.send('POST', `/api/invitations/${encodeURIComponent(token)}`, { password });
  if (note(work, `invitation ${person.login}`, taken)) client.adopt(taken);
  return { person, staffId, client };
}

async function putPeople(work: Work, staffIds: ReadonlyMap<string, string>): Promise<void> {
  const { spokespersons, oversight } = work.kit.scenario.setting;
  const ids = spokespersons.map((key) => staffIds.get(key)).filter((id) => id !== undefined);
  if (ids.length > 0) note(work, 'spokespersons', await work.admin.send('PUT', '/api/admin/spokespersons', { ids }));
  note(work, 'oversight', await work.admin.send('PUT', '/api/admin/oversight', { officeId: oversight }));
}

async function putChannels(work: Work): Promise<void> {
  const { stubs, scenario } = work.kit;
  const values: Readonly<Record<string, string>> = {
    bot: stubs.botAddress,
    hook: stubs.hookAddress,
    hookSecret: stubs.hookSecret,
    mailHost: stubs.mailHost,
    mailPort: String(stubs.mailPort),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  for (const channel of scenario.setting.channels) {
    const settings = Object.fromEntries(Object.entries(channel.settings).map(([name, value]) => [name, fill(value)]));
    const path = `/api/admin/channels/${encodeURIComponent(channel.id)}`;
    note(work, `channel ${channel.id}`, await work.admin.send('PUT', path, { ...channel, settings, active: true }));
  }
}

const DAY = 86_400_000;

function topicRow(topic: TopicSetting, staffIds: ReadonlyMap<string, string>, now: Instant): object {
  const { days, askedBy, approvedBy, ...purpose } = topic.purpose;
  const endsAt = now + days * DAY;
  const people = { askedBy: staffIds.get(askedBy) ?? askedBy, approvedBy: staffIds.get(approvedBy) ?? approvedBy };
  return { ...topic, purpose: { ...purpose, ...people, reviewAt: now + Math.floor(days / 2) * DAY, endsAt } };
}

/** Ids are chosen, not drawn: two runs of one scenario must name the same things alike. */
async function putTopics(work: Work, staffIds: ReadonlyMap<string, string>): Promise<void> {
  for (const [n, topic] of work.kit.scenario.setting.topics.entries()) {
    const path = `/api/topics/topic-${String(n + 1).padStart(2, '0')}`;
    note(work, `topic ${topic.name.en}`, await work.admin.send('PUT', path, topicRow(topic, staffIds, work.kit.now())));
  }
}

async function makeSources(work: Work): Promise<ReadonlyMap<string, string>> {
  const { scenario, sites, log } = work.kit;
  const ids = new Map<string, string>();
  const known = asList((await work.admin.get('/api/sources')).body).map((row) => asRaw(asRaw(row).source));
  for (const { site, path, ...source } of scenario.setting.sources) {
    const base = sites.addresses[site];
    const own = base === undefined ? known.find((row) => row.kind === source.kind) : undefined;
    if (own !== undefined) {
      ids.set(site, asText(own.id));
      continue;
    }
    const address = base === undefined ? '' : `${base}${path}`;
    const reply = await work.admin.send('PUT', `/api/sources/${encodeURIComponent(site)}`, { ...source, address });
    if (!note(work, `source ${site}`, reply)) continue;
    ids.set(site, asText(asRaw(asRaw(reply.body).source).id));
    log(`source ${site}: ${address}`);
  }
  return ids;
}

export async function setUpOffice(kit: SetUpKit): Promise<Office> {
  const { setting } = kit.scenario;
  const work: Work = { kit, admin: await firstAdmin(kit), refused: [] };
  await putBody(work);
  await putOffices(work, new Map());
  await putDuties(work);
  const clients = new Map<string, Client>();
  const staffIds = new Map<string, string>();
  for (const person of setting.people) {
    const invited = await invite(work, person);
    if (invited === null) continue;
    clients.set(person.key, invited.client);
    staffIds.set(person.key, invited.staffId);
  }
  await putOffices(work, staffIds);
  await putPeople(work, staffIds);
  await putChannels(work);
  if (setting.places.length > 0) note(work, 'places', await work.admin.send('PUT', '/api/admin/places', { places: setting.places }));
  const finished = await work.admin.send('POST', '/api/admin/finish');
  if (note(work, 'finish', finished)) work.admin.adopt(finished);
  await putTopics(work, staffIds);
  const sourceIds = await makeSources(work);
  const accounts = Object.fromEntries(
    setting.people.map((person) => [person.key, { login: person.login, password: passwordOf(person.login, kit.seed) }]),
  );
  const adminAccount = { login: setting.admin.login, password: passwordOf(setting.admin.login, kit.seed) };
  return { admin: work.admin, clients, staffIds, accounts: { ...accounts, admin: adminAccount }, sourceIds, refused: work.refused };
}
