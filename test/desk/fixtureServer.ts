/**
 * A small server for looking at the desk without Heed: the built app and canned answers in the shapes of `model/desk.ts`, under the
 * strict content security policy. Scenes: `ready`, `clerk`, `fresh`, `out` and `demoOut` (nobody signed in), `setup`, `demo`, `empty`, `broken`.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { AdminView, TodayBoard } from '../../src/model/desk.ts';
import { issuePage, rows, today } from './fixtureIssues.ts';
import { admin, session } from './fixtureOffices.ts';
import { account, bulletin, documentOf, journal, sources, stream } from './fixtureStream.ts';
import { ago, both, HOUR, NOW } from './fixtureTimes.ts';
import { topics } from './fixtureTopics.ts';
import { statement } from './fixtureWork.ts';

const DIST = join(import.meta.dirname, '../../web/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Stricter than the server's own: no inline style at all. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export type Scene = 'ready' | 'clerk' | 'fresh' | 'out' | 'demoOut' | 'setup' | 'demo' | 'empty' | 'broken';

const NOTHING: TodayBoard = {
  ...today,
  needs: [],
  issues: [],
  promises: [],
  changes: [],
  onDuty: [],
  bulletin: null,
  last24h: { nDocuments: 0, usual: 0, nIssues: 0, hourly: [], nOffTopic: 0 },
  answers: { nAnswered: 0, nDue: 0, medianToFirstWord: null },
  sources: { nOk: 0, nDark: 0, dark: [] },
};
const UNSET: AdminView = { ...admin, channels: [], body: admin.body === null ? null : { ...admin.body, spokespersonIds: [] } };

function sessionOf(scene: Scene) {
  if (scene === 'fresh') return session(null, 'fresh');
  if (scene === 'out' || scene === 'demoOut') return session(null, 'ready', scene === 'demoOut');
  if (scene === 'clerk') {
    const ready = session('s-zhou');
    return { ...ready, staff: ready.staff && { ...ready.staff, roles: ['clerk', 'reporter'] } };
  }
  return session('s-zhou', scene === 'setup' ? 'setup' : 'ready', scene === 'demo');
}

const STATEMENT = {
  statement,
  lint: [
    { rule: 5, blocks: true, message: both('公众问的“能不能喝”还没有回答。', 'The question “is it safe to drink” is not answered.') },
    { rule: 7, blocks: false, message: both('“相关部门”没有说明是哪个单位。', '“Departments concerned” names no office.') },
    { rule: 8, blocks: false, message: both('“尽快”没有给出时间。', '“Soon” gives no time.') },
  ],
  published: [],
};

const SOURCE_TEST = {
  kind: 'feed',
  address: 'https://gov.example/feed',
  charset: 'utf-8',
  language: 'zh',
  nItems: 20,
  first: [
    { title: '关于城东片区管网冲洗的公告', publishedAt: ago(900) },
    { title: '我县召开春季防汛会议', publishedAt: ago(1300) },
    { title: '便民服务热线汇总', publishedAt: null },
  ],
  notes: ['1 条没有链接'],
  robots: both('robots.txt 允许读取', 'robots.txt allows it'),
  nextAt: NOW + HOUR,
  found: ['https://gov.example/atom.xml'],
};

const PREVIEW = {
  ok: true,
  error: null,
  hints: [{ at: 3, message: both('“水厂”命中的多为招聘，可改用 NEAR/6', '“水厂” mostly finds recruitment: try NEAR/6') }],
  nHits: 212,
  daily: [9, 12, 8, 11, 14, 61, 97],
  perTerm: [
    { term: '自来水', n: 140 },
    { term: '水质', n: 33 },
    { term: 'tap water', n: 9 },
  ],
  sample: stream.slice(0, 4),
};
const MISTAKE = {
  ...PREVIEW,
  ok: false,
  error: { at: 4, length: 3, message: both('AND 后面缺少内容', 'Nothing follows AND'), fix: '自来水' },
};

function answerOf(scene: Scene, path: string, query: URLSearchParams, body: string): unknown {
  const none = scene === 'empty';
  if (path === '/api/session') return sessionOf(scene);
  if (path === '/api/admin') return scene === 'setup' ? UNSET : { ...admin, missing: [] };
  if (path === '/api/today') return none ? NOTHING : today;
  if (path === '/api/stream') return { rows: none ? [] : stream, next: null, counts: { all: 412, new: 84, loose: 31, sent: 24 } };
  if (path.startsWith('/api/documents/')) return documentOf(path.split('/').at(-1) ?? '');
  if (path === '/api/issues') return none ? [] : rows.filter((row) => (query.get('level') ?? row.level) === row.level);
  if (path.startsWith('/api/issues/')) return issuePage(rows.find((row) => path.endsWith(row.id)) ?? rows[0]!, stream);
  if (path === '/api/desk/similar') return rows.slice(0, 2);
  if (path.startsWith('/api/statements/')) return STATEMENT;
  if (path === '/api/sources') return none ? [] : sources;
  if (path === '/api/sources/test') return SOURCE_TEST;
  if (path === '/api/topics/preview') return body.includes('AND"') ? MISTAKE : PREVIEW;
  if (path === '/api/topics') return none ? [] : topics;
  if (path === '/api/bulletins')
    return none ? [] : [bulletin, { ...bulletin, id: '2026-03-09', number: '2026年第69期', state: 'sent', sentAt: ago(1600) }];
  if (path === '/api/bulletins/2026-03-09') return { ...bulletin, id: '2026-03-09', state: 'sent', sentAt: ago(1600) };
  if (path.startsWith('/api/bulletins/')) return bulletin;
  if (path === '/api/account') return account;
  if (path === '/api/journal/verify') return account.journal;
  if (path === '/api/journal') return journal;
  if (path === '/answers.json')
    return {
      version: 'https://jsonfeed.org/version/1.1',
      items: [
        { id: 'st-0', url: '/answers/st-0', title: '关于服务大厅办证排队的情况通报', date_published: new Date(ago(900)).toISOString() },
      ],
    };
  if (path === '/api/demo/chairs') return admin.staff;
  if (path === '/api/demo')
    return {
      speed: 1,
      paused: false,
      now: NOW,
      done: false,
      story: [{ at: ago(2), text: both('第五类来源出现，升为橙色。', 'A fifth kind of source: the level rises to orange.') }],
    };
  return undefined;
}

function changed(path: string): unknown {
  if (path === '/api/triage' || path.endsWith('/override')) return { undoId: 'u1', until: NOW + 30_000 };
  if (path === '/api/field' || path === '/api/desk') return { receipt: 'K7Q4-M2XD-9P', similar: [] };
  if (path === '/api/admin/staff') return { staff: admin.staff[5], invitation: '/desk/invitations/q8fh2kd0' };
  if (path.endsWith('/test') && path.startsWith('/api/channels')) return { result: 'sent', why: '' };
  return {};
}

async function file(response: ServerResponse, path: string): Promise<void> {
  const inside = normalize(path.replace(/^\/desk\/?/u, ''));
  const isFile = extname(inside) !== '' && !inside.startsWith('..');
  const name = isFile ? inside : 'index.html';
  response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
  response.end(await readFile(join(DIST, name)));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

export interface Fixture {
  readonly address: string;
  /** What the desk sent, oldest first. */
  readonly sent: { readonly verb: string; readonly path: string; readonly body: string; readonly token: string | undefined }[];
  scene: Scene;
  readonly close: () => Promise<void>;
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(JSON.stringify(value));
}

async function serve(fixture: Fixture, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fixture');
  const path = decodeURIComponent(url.pathname);
  if (path.startsWith('/desk')) return file(response, url.pathname);
  if (path === '/api/live') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': beat\n\n');
    return;
  }
  const verb = request.method ?? 'GET';
  const body = await textOf(request);
  if (verb !== 'GET') fixture.sent.push({ verb, path, body, token: request.headers['x-heed-csrf'] as string | undefined });
  if (fixture.scene === 'broken' && path !== '/api/session')
    return reply(response, 500, {
      status: 500,
      code: 'http.fault',
      title: 'Fault',
      message: both('服务器出了故障。', 'The server had a fault.'),
      faultId: 'f-2041',
    });
  const reading = answerOf(fixture.scene, path, url.searchParams, body);
  const answer = verb === 'GET' || path === '/api/sources/test' || path === '/api/topics/preview' ? reading : changed(path);
  if (answer === undefined)
    return reply(response, 404, { status: 404, code: 'http.notFound', title: 'Not found', message: both('没有。', 'There is none.') });
  return reply(response, 200, answer);
}

export async function startFixture(scene: Scene = 'ready', port = 0): Promise<Fixture> {
  const server: Server = createServer((request, response) => {
    serve(fixture, request, response).catch((cause: unknown) =>
      reply(response, 500, { status: 500, code: 'fixture', title: String(cause), message: both('夹具', 'fixture') }),
    );
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = server.address();
  const fixture: Fixture = {
    address: typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '',
    sent: [],
    scene,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return fixture;
}
