/** Sources, topics, the stream, and what clerks and reporters type in. */
import { Type } from 'typebox';
import { done } from '../../model/outcome.ts';
import { receiveReport } from '../../work/receive.ts';
import { pauseSource, putSource, readSourceNow, resumeSource } from '../../work/setUpSources.ts';
import { previewTopic, putTopic } from '../../work/setUpTopics.ts';
import { testSource } from '../../work/trySource.ts';
import { triage, undo } from '../../work/triage.ts';
import { documentView } from '../../work/viewDocument.ts';
import { streamPage } from '../../work/viewStream.ts';
import type { App, Door } from '../door.ts';
import { route } from '../route.ts';
import { because, line, oneOf, source, text, topic, triage as triageShape } from '../shapes.ts';
import { keepSecrets } from '../views/masks.ts';
import { similarRows } from '../views/similar.ts';
import { sourceRow, sourceRows } from '../views/sources.ts';

function sourceRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/sources', { says: 'Sources and how well they read' }, async () => done(await sourceRows(io)));
  const test = Type.Object({ address: line(2000, 1), kind: Type.Optional(line(60)) });
  route(app, 'POST', '/api/sources/test', { says: 'What an address gives, before it is saved', body: test }, ({ body }) =>
    testSource(io, body),
  );
  route(app, 'POST', '/api/sources', { says: 'A new source', body: source }, async ({ who, body }) => {
    const saved = await putSource(io, who, { ...body, settings: body.settings ?? {} });
    return saved.ok ? done(await sourceRow(io, saved.value.id)) : saved;
  });
  route(app, 'PUT', '/api/sources/:id', { says: 'Change a source', body: source }, async ({ who, params, body }) => {
    const before = await io.store.get('source', params.id);
    const fields = io.collectors.get(body.kind)?.settings ?? [];
    const settings = keepSecrets(fields, body.settings ?? {}, before?.settings ?? {});
    const saved = await putSource(io, who, { ...body, settings, id: params.id });
    return saved.ok ? done(await sourceRow(io, saved.value.id)) : saved;
  });
  route(app, 'POST', '/api/sources/:id/pause', { says: 'Stop reading for a reason', body: because }, ({ who, params, body }) =>
    pauseSource(io, who, params.id, body),
  );
  route(app, 'POST', '/api/sources/:id/resume', { says: 'Read again' }, ({ who, params }) => resumeSource(io, who, params.id));
  route(app, 'POST', '/api/sources/:id/read', { says: 'Read now' }, ({ who, params }) => readSourceNow(io, who, params.id));
}

function topicRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/topics', { says: 'What is watched, and why' }, async () => done(await io.store.list('topic')));
  const preview = Type.Object({ query: text(10_000) });
  route(app, 'POST', '/api/topics/preview', { says: 'What a query would have found', body: preview }, async ({ body }) =>
    done(await previewTopic(io, body)),
  );
  route(app, 'POST', '/api/topics', { says: 'A new topic', body: topic }, ({ who, body }) => putTopic(io, who, body));
  route(app, 'PUT', '/api/topics/:id', { says: 'Change a topic', body: topic }, ({ who, params, body }) =>
    putTopic(io, who, { ...body, id: params.id }),
  );
}

const streamQuery = Type.Object({
  filter: Type.Optional(oneOf(['all', 'new', 'loose', 'sent', 'mine'])),
  q: Type.Optional(line(2000)),
  before: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

function streamRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/stream', { says: 'Documents, newest first', query: streamQuery }, ({ who, query }) =>
    streamPage(io, who, { filter: query.filter ?? 'all', q: query.q ?? '', before: query.before ?? null, limit: query.limit ?? 60 }),
  );
  route(app, 'GET', '/api/documents/:id', { says: 'One document, and why it stands where it does' }, ({ params }) =>
    documentView(io, params.id),
  );
  route(app, 'POST', '/api/triage', { says: 'Decide about documents', body: triageShape }, ({ who, body }) => triage(io, who, body));
  route(app, 'POST', '/api/undo/:id', { says: 'Take an action back, within its time' }, ({ who, params }) => undo(io, who, params.id));
}

const field = Type.Object({
  title: Type.Optional(line(200)),
  text: text(10_000),
  place: Type.Optional(line(200)),
  sure: oneOf(['seen', 'told', 'confirmed']),
});
const desk = Type.Object({
  title: Type.Optional(line(200)),
  text: text(10_000),
  place: Type.Optional(line(200)),
  service: Type.Optional(line(200)),
});

function typedIn(app: App, door: Door): void {
  const { io } = door;
  route(app, 'POST', '/api/field', { says: 'A field report', body: field }, async ({ who, body }) => {
    const { title = '', text: said, place = null, sure } = body;
    const taken = await receiveReport(io, { kind: 'field', title, text: said, place, service: null, sure, author: who.staffId });
    return taken.ok ? done({ receipt: taken.value.receipt }) : taken;
  });
  route(app, 'POST', '/api/desk', { says: 'What somebody told the complaint desk', body: desk }, async ({ body }) => {
    const { title = '', text: said, place = null, service = null } = body;
    const taken = await receiveReport(io, { kind: 'desk', title, text: said, place, service, sure: null, author: null });
    if (!taken.ok) return taken;
    return done({ receipt: taken.value.receipt, similar: await similarRows(io, `${title}\n${said}`) });
  });
  const asked = Type.Object({ q: line(2000) });
  route(app, 'GET', '/api/desk/similar', { says: 'Issues that sound alike', query: asked }, async ({ query }) =>
    done(await similarRows(io, query.q)),
  );
}

export function collectRoutes(app: App, door: Door): void {
  sourceRoutes(app, door);
  topicRoutes(app, door);
  streamRoutes(app, door);
  typedIn(app, door);
}
