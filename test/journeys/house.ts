/** A whole Heed in memory with a stepped clock: the real rooms, work and shelves; pretended are only the open world and the channels. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest } from '../../src/edge/chance.ts';
import { openSeal } from '../../src/edge/seal.ts';
import { named, readShelf } from '../../src/edge/shelf.ts';
import { openSigner } from '../../src/edge/signer.ts';
import { openStore } from '../../src/edge/store/sqlite.ts';
import type { Io, LiveEvent } from '../../src/io.ts';
import type { Body, Office, Role, Staff } from '../../src/model/office.ts';
import { type Instant, MINUTE } from '../../src/model/time.ts';
import type { Collector, Got, Mail, Notifier, NotGot, Store } from '../../src/ports.ts';
import type { LanguagePack } from '../../src/text/pack.ts';
import type { AlertRule } from '../../src/warn/evaluate.ts';
import { type SteppedClock, stepTo } from '../../src/work/runJob.ts';
import { finishSetUp, firstAdmin, putBody, putChannel, putDuty, putOffice, putStaff, putTiers } from '../../src/work/setUp.ts';
import { putSource } from '../../src/work/setUpSources.ts';
import { putTopic } from '../../src/work/setUpTopics.ts';
import type { Who } from '../../src/work/who.ts';

export const START: Instant = Date.parse('2026-05-12T06:00:00+08:00');

export interface House {
  readonly io: Io;
  readonly clock: SteppedClock;
  readonly posts: { readonly address: string; readonly body: string; readonly at: Instant }[];
  readonly mails: Mail[];
  readonly told: LiveEvent[];
  /** What an address answers from now on. */
  readonly site: (address: string, body: string, headers?: Readonly<Record<string, string>>) => void;
  readonly until: (instant: Instant) => Promise<void>;
  /** `07:30` of the first day, or `+1 07:30` of the next. */
  readonly at: (time: string) => Instant;
  readonly who: (name: string) => Who;
  readonly close: () => Promise<void>;
}

function atOf(time: string): Instant {
  const [, day = '0', hour = '0', minute = '0'] = /^(?:\+(\d+) )?(\d\d):(\d\d)$/.exec(time) ?? [];
  return Date.parse('2026-05-12T00:00:00+08:00') + Number(day) * 24 * 60 * MINUTE + (Number(hour) * 60 + Number(minute)) * MINUTE;
}

async function shelf<T>(folder: string, field: 'kind' | 'name' | 'code'): Promise<T[]> {
  return readShelf<T>(new URL(`../../src/${folder}/`, import.meta.url), named(field));
}

/** The store may be given, to go on after a kill. */
export async function openHouse(options: { readonly store?: Store; readonly folder?: string } = {}): Promise<House> {
  let now = START;
  const clock: SteppedClock = { now: () => now, set: (instant) => (now = instant) };
  const pages = new Map<string, { body: string; headers: Readonly<Record<string, string>> }>();
  const posts: House['posts'] = [];
  const mails: Mail[] = [];
  const told: LiveEvent[] = [];
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'heed-house-'));
  const get = async (address: string): Promise<Got | NotGot> => {
    const page = pages.get(address);
    if (page === undefined) return { kind: 'gone', status: 404 };
    return {
      kind: 'ok',
      status: 200,
      address,
      headers: { 'content-type': 'text/xml; charset=utf-8', ...page.headers },
      bytes: new TextEncoder().encode(page.body),
      validators: {},
    };
  };
  let nTokens = 0;
  const io: Io = {
    now: () => now,
    store: options.store ?? openStore({ folder: null }),
    get,
    hands: {
      post: async (address, body) => {
        posts.push({ address, body, at: now });
        return { status: 200, headers: {}, body: '{"errcode":0,"errmsg":"ok","code":0}' };
      },
      mail: async (_server, mail) => {
        mails.push(mail);
        return { result: 'sent', why: 'taken' };
      },
    },
    seal: openSeal({ folder, now: () => now }),
    signer: openSigner({ folder }),
    publisher: { publish: async () => undefined },
    digest,
    token: (nBits) => digest(`token ${++nTokens}`).slice(0, Math.ceil(nBits / 4)),
    collectors: new Map((await shelf<Collector>('edge/sources', 'kind')).map((one) => [one.kind, one])),
    notifiers: new Map((await shelf<Notifier>('edge/notifiers', 'kind')).map((one) => [one.kind, one])),
    rules: await shelf<AlertRule>('warn/rules', 'name'),
    packs: await shelf<LanguagePack>('text/lang', 'code'),
    tell: (event) => void told.push(event),
    demo: false,
    breathe: { isTime: () => false, now: async () => undefined },
    // Time is stepped: who waits at a form is there when it is over.
    wait: async (span) => {
      now += span;
    },
    publicAddress: 'http://heed.example',
    log: (line, data) => {
      if (process.env.HEED_TEST_LOG !== undefined) console.log(line, data);
    },
    memory: new Map(),
  };
  const people = new Map<string, Who>();
  const who = (name: string): Who => {
    const found = people.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  if (options.store === undefined) await setUp(io, people);
  else for (const staff of await io.store.list('staff')) people.set(staff.login, whoOf(staff));
  return {
    io,
    clock,
    posts,
    mails,
    told,
    site: (address, body, headers = {}) => void pages.set(address, { body, headers }),
    until: (instant) => stepTo(io, clock, instant),
    at: atOf,
    who,
    close: () => io.store.close(),
  };
}

function whoOf(staff: Staff): Who {
  return { staffId: staff.id, actor: staff.id, officeId: staff.officeId, roles: staff.roles, name: staff.name };
}

function value<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}

const OFFICES: readonly [id: string, zh: string, en: string, kind: Office['kind'], tier: string][] = [
  ['gov', '柳溪县政府办', 'Liuxi County Office', 'operating', 'county'],
  ['water', '柳溪县供水公司', 'Liuxi Water', 'office', 'county'],
  ['edu', '柳溪县教育局', 'Liuxi Education Bureau', 'office', 'county'],
  ['audit', '柳溪县监察专员', 'Liuxi Overseer', 'oversight', 'county'],
  ['city', '云安市值班室', 'Yunan City duty room', 'upper', 'city'],
];
const PEOPLE: readonly [login: string, name: string, office: string, roles: readonly Role[]][] = [
  ['duty', '周值班', 'gov', ['dutyOfficer']],
  ['analyst', '林分析', 'gov', ['analyst']],
  ['speaker', '陈发言', 'gov', ['spokesperson']],
  ['leader', '罗领导', 'gov', ['leader']],
  ['water', '高联络', 'water', ['liaison']],
  ['clerk', '孙受理', 'gov', ['clerk']],
  ['overseer', '何监察', 'audit', ['oversight']],
];

async function setUp(io: Io, people: Map<string, Who>): Promise<void> {
  const admin = whoOf(value(await firstAdmin(io, { name: '管理员', login: 'admin', secretHash: 'x', language: 'zh' })));
  people.set('admin', admin);
  value(
    await putTiers(io, admin, [
      { id: 'county', name: { zh: '县', en: 'county' }, rank: 1, officeId: null },
      { id: 'city', name: { zh: '市', en: 'city' }, rank: 2, officeId: 'city' },
    ]),
  );
  const bare = { aliases: [], parentId: null, headId: null, deputyId: null, hotline: '', rev: 0 };
  for (const [id, zh, en, kind, tierId] of OFFICES) value(await putOffice(io, admin, { ...bare, id, name: { zh, en }, kind, tierId }));
  for (const [login, name, officeId, roles] of PEOPLE) {
    const staff: Staff = {
      id: login,
      name,
      login,
      secret: 'x',
      roles,
      officeId,
      title: { zh: '工作人员', en: 'officer' },
      email: '',
      language: 'zh',
      active: true,
      rev: 0,
    };
    people.set(login, whoOf(value(await putStaff(io, admin, staff))));
  }
  for (const [id, officeId] of [
    ['water', 'water'],
    ['school', 'edu'],
  ] as const)
    value(await putDuty(io, admin, { id, name: { zh: id, en: id }, officeId }));
  const calendar = { zone: 'Asia/Shanghai', opens: 510, closes: 1050, holidays: [], workedWeekends: [], validThrough: '2026-12-31' };
  const body: Body = {
    id: 'body',
    name: { zh: '柳溪县', en: 'Liuxi County' },
    calendar,
    language: 'zh',
    oversightId: 'audit',
    operatingId: 'gov',
    dutyOfficeId: 'gov',
    spokespersonIds: ['speaker'],
    contact: '12345',
    rev: 0,
  };
  value(await putBody(io, admin, body));
  value(
    await putChannel(io, admin, {
      id: 'hook',
      name: 'hook',
      kind: 'webhook',
      officeId: null,
      settings: { address: 'http://hook.example/', url: 'http://hook.example/', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      active: true,
      rev: 0,
    }),
  );
  value(await finishSetUp(io, admin));
  const purpose = {
    why: '供水安全',
    legalBasis: '条例第三条',
    officeId: 'gov',
    askedBy: 'analyst',
    approvedBy: 'leader',
    use: '处置与回应',
    reviewAt: START + 1,
    endsAt: START + 60 * 24 * 60 * MINUTE,
  };
  value(
    await putTopic(io, admin, {
      id: 'water',
      name: { zh: '供水', en: 'Water' },
      query: '自来水 OR 停水 OR "tap water"',
      duty: 'water',
      purpose,
      mustMatch: [],
      mustNotMatch: [],
    }),
  );
  for (const [id, standing, kind] of [
    ['press', 'press', 'feed'],
    ['board', 'community', 'feed'],
    ['fedi', 'community', 'feed'],
  ] as const) {
    value(
      await putSource(io, admin, {
        id,
        name: { zh: id, en: id },
        kind,
        address: `http://${id}.example/feed.xml`,
        settings: { fullText: 'feed' },
        standing,
        family: id,
      }),
    );
  }
}

/** An RSS feed of the given texts. */
export function feedOf(
  items: readonly { readonly id: string; readonly title: string; readonly body: string; readonly at: Instant; readonly author?: string }[],
): string {
  const entries = items.map((item) => {
    const author = item.author === undefined ? '' : `<dc:creator>${item.author}</dc:creator>`;
    return `<item><guid>${item.id}</guid><link>http://site.example/${item.id}</link><title>${item.title}</title><description>${item.body}</description><pubDate>${new Date(item.at).toUTCString()}</pubDate>${author}</item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title><link>http://site.example/</link>${entries.join('')}</channel></rss>`;
}
