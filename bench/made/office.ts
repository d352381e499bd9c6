/** A small office set up through Heed's own door, for figures and drills: six offices, four people, twenty topics, one webhook. */
import type { Client } from '../../demo/client.ts';
import type { Scenario, SourceSetting, TopicSetting } from '../../demo/scenarioShape.ts';
import { type Office, setUpOffice } from '../../demo/setUp.ts';
import type { Role } from '../../src/model/office.ts';
import { SUBJECTS } from './texts.ts';

export interface MadeSource {
  readonly id: string;
  readonly kind: string;
  readonly standing: SourceSetting['standing'];
  readonly address: string;
  readonly settings?: SourceSetting['settings'];
}

export interface MadeOfficeKit {
  readonly address: string;
  readonly setupCode: string;
  readonly now: () => number;
  /** Where notices go by signed webhook; null: nowhere. */
  readonly hookAddress: string | null;
  readonly sources: readonly MadeSource[];
}

export const HOOK_SECRET = 'whsec_ZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGwx';

const OFFICES = [
  ['gov', 'operating', '县政府办', 'County Office'],
  ['works', 'office', '公用事业局', 'Public Works'],
  ['social', 'office', '民生事务局', 'Social Affairs'],
  ['roads', 'office', '道路交通局', 'Roads and Transport'],
  ['audit', 'oversight', '监察专员', 'Overseer'],
  ['city', 'upper', '市值班室', 'City duty room'],
] as const;

const PEOPLE: readonly (readonly [key: string, officeId: string, roles: readonly Role[]])[] = [
  ['duty', 'gov', ['dutyOfficer', 'analyst']],
  ['leader', 'gov', ['leader']],
  ['speaker', 'gov', ['spokesperson']],
  ['overseer', 'audit', ['oversight']],
];

/** A zone in which it is the middle of the day now: yellow alerts keep quiet at night, and a figure must not depend on the hour. */
export function daytimeZone(now: number): string {
  const hourIn = (timeZone: string): number =>
    Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => /^[A-Z][A-Za-z_]+\/[A-Za-z_]+$/.test(zone));
  return zones.find((zone) => hourIn(zone) === 11) ?? 'UTC';
}

function topicOf([id, zh, en]: (typeof SUBJECTS)[number]): TopicSetting {
  return {
    name: { zh, en },
    query: `${zh} OR "${en}"`,
    duty: ['water', 'power', 'gas', 'heating', 'lift', 'waste', 'river'].includes(id)
      ? 'works'
      : id === 'bus' || id === 'road'
        ? 'roads'
        : 'social',
    purpose: {
      why: '处置与回应',
      legalBasis: '条例第三条',
      officeId: 'gov',
      askedBy: 'duty',
      approvedBy: 'leader',
      use: '处置与回应',
      days: 60,
    },
    mustMatch: [],
    mustNotMatch: [],
  };
}

function scenarioOf(kit: MadeOfficeKit): Scenario {
  const now = kit.now();
  const setting: Scenario['setting'] = {
    name: { zh: '演练县', en: 'Drill County' },
    zone: daytimeZone(now),
    language: 'zh',
    ...{ base: now, watch: now, end: now, pace: [] },
    admin: { name: '管理员', login: 'admin' },
    body: { name: { zh: '演练县', en: 'Drill County' }, contact: '12345' },
    tiers: [
      { id: 'county', name: { zh: '县', en: 'County' }, rank: 1, officeId: 'gov' },
      { id: 'city', name: { zh: '市', en: 'City' }, rank: 2, officeId: 'city' },
    ],
    offices: OFFICES.map(([id, kind, zh, en]) => ({
      ...{ id, kind, name: { zh, en }, aliases: [], parentId: null, hotline: '' },
      tierId: kind === 'upper' ? 'city' : 'county',
    })),
    duties: ['works', 'social', 'roads'].map((id) => ({ id, name: { zh: id, en: id }, officeId: id })),
    people: PEOPLE.map(([key, officeId, roles]) => ({
      ...{ key, name: key, login: key, roles, officeId, title: { zh: '工作人员', en: 'officer' }, email: '', language: 'zh' as const },
    })),
    spokespersons: ['speaker'],
    oversight: 'audit',
    channels:
      kit.hookAddress === null
        ? []
        : [{ id: 'hook', name: 'hook', kind: 'webhook', officeId: null, settings: { address: '{hook}', secret: '{hookSecret}' } }],
    topics: SUBJECTS.map(topicOf),
    sources: kit.sources.map(({ id, kind, standing, settings = {} }) => ({
      ...{ site: id, path: '', name: { zh: id, en: id }, kind, standing, family: id, audience: 0, settings },
    })),
    places: [],
    services: {},
    ...{ clerk: null, reporter: null, dutyOfficer: 'duty', answering: [], properNames: [] },
  };
  return { folder: '', setting, sites: [], beats: [], texts: [], textsById: new Map() };
}

export interface MadeOffice {
  readonly admin: Client;
  readonly duty: Client;
  readonly leader: Client;
  readonly speaker: Client;
  readonly speakerPassword: string;
}

function clientOf(office: Office, key: string): Client {
  const client = office.clients.get(key);
  if (client === undefined) throw new Error(`${key} has no session`);
  return client;
}

/** Throws when Heed refuses any step. */
export async function setUpMadeOffice(kit: MadeOfficeKit): Promise<MadeOffice> {
  const addresses = Object.fromEntries(kit.sources.map(({ id, address }) => [id, address]));
  const office = await setUpOffice({
    address: kit.address,
    scenario: scenarioOf(kit),
    sites: { addresses, pageOf: () => null, keyOf: () => null, requests: () => ({}), close: async () => undefined },
    stubs: {
      ...{ botAddress: '', hookAddress: kit.hookAddress ?? '', hookSecret: HOOK_SECRET, mailHost: '', mailPort: 0, pageAddress: '' },
      ...{ messages: [], close: async () => undefined },
    },
    setupCode: kit.setupCode,
    seed: 1,
    now: kit.now,
    log: () => undefined,
  });
  if (office.refused.length > 0) throw new Error(`the set-up was refused: ${office.refused.join('; ')}`);
  return {
    admin: office.admin,
    duty: clientOf(office, 'duty'),
    leader: clientOf(office, 'leader'),
    speaker: clientOf(office, 'speaker'),
    speakerPassword: office.accounts.speaker?.password ?? '',
  };
}
