/** A small world for the server: a store in memory, a clock that stands, nobody to send to. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { openStore } from '../../src/edge/store/sqlite.ts';
import { PAPER_CSS, renderHtml } from '../../src/edge/papers/html.ts';
import open311 from '../../src/edge/sources/open311.ts';
import field from '../../src/edge/sources/field.ts';
import lines from '../../src/edge/sources/lines.ts';
import email from '../../src/edge/notifiers/email.ts';
import { hashPassword } from '../../src/http/passwords.ts';
import { buildServer, type ServerOptions } from '../../src/http/server.ts';
import type { Io, LiveEvent } from '../../src/io.ts';
import type { Pseudonym } from '../../src/model/document.ts';
import type { Role, Staff } from '../../src/model/office.ts';
import type { Change, Store } from '../../src/ports.ts';
import en from '../../src/text/lang/en.ts';
import zh from '../../src/text/lang/zh.ts';

export const NOW = Date.UTC(2026, 2, 10, 4, 0);
export const REAL = Date.UTC(2026, 5, 1);
export const PASSWORD = 'correct horse 9 staple';
/** Hashing takes its time on purpose: once for all tests of a file. */
const SECRET = hashPassword(PASSWORD);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface World {
  readonly io: Io;
  readonly store: Store;
  readonly app: FastifyInstance;
  readonly told: LiveEvent[];
  readonly logged: string[];
  readonly time: { now: number; real: number };
  readonly put: (put: Change['put']) => Promise<void>;
  readonly end: () => Promise<void>;
}

function makeIo(store: Store, told: LiveEvent[], time: World['time'], demo: boolean): Io {
  const pair = generateKeyPairSync('ed25519');
  return {
    now: () => time.now,
    store,
    get: async () => ({ kind: 'failed', because: { zh: '无', en: 'none' }, code: 'dns' }),
    hands: { post: async () => ({ status: 200, headers: {}, body: '' }), mail: async () => ({ result: 'sent', why: '' }) },
    seal: { mark: (sourceId, author) => digest(`${sourceId} ${author}`).slice(0, 16) as Pseudonym },
    signer: {
      keyId: 'test',
      sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('base64'),
      publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    publisher: { publish: async () => undefined },
    digest,
    token: (nBits) => randomBytes(Math.ceil(nBits / 8)).toString('base64url'),
    collectors: new Map([open311, field, lines].map((one) => [one.kind, one])),
    notifiers: new Map([[email.kind, email]]),
    rules: [],
    packs: [zh, en],
    tell: (event) => told.push(event),
    demo,
    breathe: { isTime: () => false, now: async () => undefined },
    wait: async () => undefined,
    publicAddress: 'http://heed.test',
    log: () => undefined,
    memory: new Map(),
  };
}

export interface WorldOptions extends Partial<ServerOptions> {
  readonly demoMode?: boolean;
  /** Default: one in memory. */
  readonly store?: Store;
}

export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const store = options.store ?? openStore({ folder: null, inThread: true });
  const [told, logged]: [LiveEvent[], string[]] = [[], []];
  const time = { now: NOW, real: REAL };
  const io = makeIo(store, told, time, options.demoMode ?? false);
  const app = await buildServer({
    io,
    real: () => time.real,
    webFolder: null,
    setupCode: 'ABCD-1234',
    render: { html: (paper) => renderHtml(paper, '/paper.css'), docx: async () => new Uint8Array([80, 75]), css: PAPER_CSS },
    log: { write: (line) => logged.push(line) },
    ...options,
  });
  const put = async (rows: Change['put']): Promise<void> => {
    const committed = await store.commit({ put: rows ?? {} });
    if (!committed.ok) throw new Error(`stale ${committed.stale.noun}`);
  };
  const end = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  return { io, store, app, told, logged, time, put, end };
}

export async function addStaff(world: World, id: string, roles: readonly Role[], officeId = 'county'): Promise<Staff> {
  const staff: Staff = {
    id,
    name: `Name ${id}`,
    login: id,
    secret: await SECRET,
    roles,
    officeId,
    title: { zh: '职员', en: 'Officer' },
    email: `${id}@heed.test`,
    language: 'en',
    active: true,
    rev: 0,
  };
  await world.put({ staff: [staff] });
  return staff;
}

export interface Browser {
  readonly send: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    more?: InjectOptions['headers'],
  ) => Promise<LightMyRequestResponse>;
  readonly cookie: string;
  readonly csrf: string;
}

function browserOf(app: FastifyInstance, cookie: string, csrf: string): Browser {
  return {
    cookie,
    csrf,
    send: (method, url, body, more = {}) =>
      app.inject({
        method,
        url,
        ...(method === 'GET' ? {} : { payload: JSON.stringify(body ?? {}) }),
        headers: {
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
          ...(cookie === '' ? {} : { cookie }),
          ...(csrf === '' ? {} : { 'x-heed-csrf': csrf }),
          ...more,
        },
      }),
  };
}

export const nobody = (world: World): Browser => browserOf(world.app, '', '');

/** Straight into the store, for tests that are not about signing in. */
export async function browserFor(world: World, staffId: string): Promise<Browser> {
  const token = randomBytes(16).toString('base64url');
  const csrf = `csrf-${staffId}`;
  const at = world.time.real;
  await world.put({ session: [{ id: digest(token), staffId, csrf, startedAt: at, seenAt: at, confirmedAt: at }] });
  return browserOf(world.app, `heed=${token}`, csrf);
}

export async function signIn(
  world: World,
  login: string,
  password = PASSWORD,
): Promise<{ reply: LightMyRequestResponse; browser: Browser }> {
  const reply = await nobody(world).send('POST', '/api/session', { login, password });
  const cookie = String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const csrf = reply.statusCode === 200 ? (reply.json() as { csrf: string }).csrf : '';
  return { reply, browser: browserOf(world.app, cookie, csrf) };
}
