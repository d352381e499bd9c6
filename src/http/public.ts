/** The public pages: server-rendered, no script, no account, no third party, and no level of an issue anywhere. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '../model/case.ts';
import { type Outcome, refuse } from '../model/outcome.ts';
import { sayRefusal } from '../text/say.ts';
import { receiptMessage, receiptReopen, receiptView, receiptWithdraw, receiveReport } from '../work/receive.ts';
import { linkView, signByLink } from '../work/signFor.ts';
import { KEPT_DAYS, signedText } from '../work/viewSigned.ts';
import type { App, Door } from './door.ts';
import { fieldOf, takeForms } from './formBody.ts';
import { statusOf } from './problem.ts';
import { aboutPage } from './publicPages/about.ts';
import { answerPage, answersPage } from './publicPages/answers.ts';
import { PUBLIC_CSS } from './publicPages/css.ts';
import { MARK } from './publicPages/mark.ts';
import { atomFeed, type FeedKit, jsonFeed, updatedAt } from './publicPages/feeds.ts';
import { ackPage, receiptForm, receiptPage, reportDone, reportForm } from './publicPages/forms.ts';
import { sceneOf, type Scene, sendPage, sendRefused } from './publicPages/page.ts';
import { publishedBy, publishedList } from './publicPages/published.ts';
import type { PageWord } from './publicPages/words.ts';

const HIDE = { schema: { hide: true } };

type Refused = { readonly ok: false; readonly refusal: Parameters<typeof sayRefusal>[0] };

function refused(reply: FastifyReply, scene: Scene, outcome: Refused, back: string): FastifyReply {
  const { seconds } = outcome.refusal.details ?? {};
  if (typeof seconds === 'number') reply.header('retry-after', String(seconds));
  return sendRefused(reply, scene, sayRefusal(outcome.refusal), back, statusOf(outcome.refusal));
}

/** Null when the address may go on. Addresses are counted by digest, in memory, for minutes. */
function tooMany(door: Door, request: FastifyRequest, kind: 'reports' | 'lookUps'): Refused | null {
  const wait = door[kind].take(request.ip, door.real());
  return wait === 0 ? null : refuse('http.tooMany', { seconds: Math.ceil(wait / 1000) });
}

/** Sends with an ETag; 304 when the reader has it. */
function sendTagged(
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  text: string,
  changedAt: number | null,
): FastifyReply {
  const tag = `"${door.io.digest(text).slice(0, 32)}"`;
  reply.header('etag', tag).header('cache-control', 'public, max-age=60');
  if (changedAt !== null) reply.header('last-modified', new Date(changedAt).toUTCString());
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(tag) ? reply.code(304).send() : reply.type(type).send(text);
}

function files(app: App, door: Door): void {
  // The public's answers, except where the visitor has come to see the desk: signed in, in the demo, or before anything is set up.
  app.get('/', HIDE, async (request, reply) => {
    const isForDesk = request.signed !== null || door.io.demo || (await door.io.store.count('staff')) === 0;
    return reply.redirect(isForDesk ? '/desk/' : '/answers', 302);
  });
  app.get('/mark.svg', HIDE, async (request, reply) => sendTagged(door, request, reply, 'image/svg+xml', MARK, null));
  app.get('/public.css', HIDE, async (request, reply) => sendTagged(door, request, reply, 'text/css; charset=utf-8', PUBLIC_CSS, null));
  app.get('/paper.css', HIDE, async (request, reply) => sendTagged(door, request, reply, 'text/css; charset=utf-8', door.render.css, null));
  app.get('/key.pem', HIDE, async (_request, reply) => reply.type('application/x-pem-file').send(door.io.signer.publicKeyPem));
  app.get('/about', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    return sendPage(reply, scene, await aboutPage(door.io, scene, KEPT_DAYS));
  });
}

function answers(app: App, door: Door): void {
  const { io } = door;
  app.get('/answers', HIDE, async (request, reply) => {
    const now = io.now();
    const [scene, published, promises, offices] = await Promise.all([
      sceneOf(door, request),
      publishedList(io),
      io.store.list('promise', { by: 'dueAt', order: 'down', limit: 50 }),
      io.store.list('office'),
    ]);
    return sendPage(reply, scene, answersPage(scene, published, promises, offices, now));
  });
  app.get('/answers/:id', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    const { id } = request.params as { readonly id: string };
    const found = await publishedBy(io, id);
    if (found === null) return refused(reply, scene, refuse('http.notFound'), '/answers');
    if ((request.query as { readonly form?: string }).form === 'signed')
      return reply.type('text/plain; charset=utf-8').send(signedText(found.shown));
    const [promises, offices] = await Promise.all([
      io.store.list('promise', { equal: { statementId: found.shown.statementId }, by: 'dueAt', order: 'up' }),
      io.store.list('office'),
    ]);
    return sendPage(reply, scene, answerPage(scene, { ...found, promises, offices, now: io.now(), address: io.publicAddress }));
  });
}

function feeds(app: App, door: Door): void {
  const { io } = door;
  const kitOf = async (): Promise<FeedKit> => {
    const [body, published] = await Promise.all([io.store.get('body', 'body'), publishedList(io)]);
    const language = body?.language ?? 'zh';
    const title = `${body?.name[language] ?? 'Heed'} · ${language === 'zh' ? '公开答复' : 'Answers'}`;
    return { address: io.publicAddress, title, language, published, startedAt: 0, mark: io.demo ? 'DEMO' : null };
  };
  app.get('/answers.atom', HIDE, async (request, reply) => {
    const kit = await kitOf();
    return sendTagged(door, request, reply, 'application/atom+xml; charset=utf-8', atomFeed(kit), updatedAt(kit));
  });
  app.get('/answers.json', HIDE, async (request, reply) => {
    const kit = await kitOf();
    return sendTagged(door, request, reply, 'application/feed+json; charset=utf-8', jsonFeed(kit), updatedAt(kit));
  });
}

function wantsJson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').split(',')[0]?.trim() === 'application/json';
}

function reports(app: App, door: Door): void {
  const { io } = door;
  app.get('/report', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    return sendPage(reply, scene, reportForm(scene, await io.store.list('duty')));
  });
  app.post('/report', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    const soon = tooMany(door, request, 'reports');
    if (soon !== null) return refused(reply, scene, soon, '/report');
    const { body } = request;
    const place = fieldOf(body, 'place', 200);
    const service = fieldOf(body, 'service', 200);
    const taken = await receiveReport(io, {
      kind: 'desk',
      title: fieldOf(body, 'title', 200),
      text: fieldOf(body, 'text', 4000),
      place: place === '' ? null : place,
      service: service === '' ? null : service,
      sure: null,
      author: null,
    });
    if (!taken.ok) return refused(reply, scene, taken, '/report');
    if (wantsJson(request)) return reply.type('application/json').send(JSON.stringify({ receipt: taken.value.receipt }));
    return sendPage(reply, scene, reportDone(scene, taken.value.receipt));
  });
}

function receipts(app: App, door: Door): void {
  const { io } = door;
  const show = async (request: FastifyRequest, reply: FastifyReply, scene: Scene, note: PageWord | null): Promise<FastifyReply> => {
    const code = fieldOf(request.body, 'code', 60);
    const view = await receiptView(io, code);
    if (!view.ok) return refused(reply, scene, view, '/receipt');
    if (wantsJson(request)) return reply.type('application/json').send(JSON.stringify(view.value));
    return sendPage(reply, scene, receiptPage(scene, code, view.value, note === null ? null : scene.t(note)));
  };
  const step = (
    path: string,
    note: PageWord | null,
    run: (code: string, request: FastifyRequest) => Promise<Outcome<Receipt>> | null,
  ): void => {
    app.post(path, HIDE, async (request, reply) => {
      const scene = await sceneOf(door, request);
      const soon = tooMany(door, request, 'lookUps');
      if (soon !== null) return refused(reply, scene, soon, '/receipt');
      const done = await run(fieldOf(request.body, 'code', 60), request);
      if (done !== null && !done.ok) return refused(reply, scene, done, '/receipt');
      return show(request, reply, scene, note);
    });
  };
  app.get('/receipt', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    return sendPage(reply, scene, receiptForm(scene));
  });
  step('/receipt', null, () => null);
  step('/receipt/message', 'messageSent', (code, request) => receiptMessage(io, code, fieldOf(request.body, 'text', 4000)));
  step('/receipt/reopen', 'reopened', (code, request) =>
    receiptReopen(io, code, fieldOf(request.body, 'because', 4000) || fieldOf(request.body, 'text', 4000)),
  );
  step('/receipt/withdraw', 'withdrawn', (code) => receiptWithdraw(io, code));
}

/** GET shows and signs nothing, so that no preview of a chat program signs; POST signs. */
function links(app: App, door: Door): void {
  const { io } = door;
  const show = async (request: FastifyRequest, reply: FastifyReply, justSigned: boolean): Promise<FastifyReply> => {
    const scene = await sceneOf(door, request);
    const { token } = request.params as { readonly token: string };
    const view = await linkView(io, token);
    if (!view.ok) return refused(reply, scene, view, '/answers');
    return sendPage(reply, scene, ackPage(scene, token, view.value, justSigned));
  };
  app.get('/ack/:token', HIDE, async (request, reply) => {
    const soon = tooMany(door, request, 'lookUps');
    return soon === null ? show(request, reply, false) : refused(reply, await sceneOf(door, request), soon, '/answers');
  });
  app.post('/ack/:token', HIDE, async (request, reply) => {
    const scene = await sceneOf(door, request);
    const soon = tooMany(door, request, 'lookUps');
    if (soon !== null) return refused(reply, scene, soon, '/answers');
    const { token } = request.params as { readonly token: string };
    const name = fieldOf(request.body, 'name', 60);
    const signed = await signByLink(io, token, name === '' ? null : name);
    if (!signed.ok) return refused(reply, scene, signed, `/ack/${encodeURIComponent(token)}`);
    return show(request, reply, true);
  });
}

export function publicRoutes(app: App, door: Door): void {
  takeForms(app);
  files(app, door);
  answers(app, door);
  feeds(app, door);
  reports(app, door);
  receipts(app, door);
  links(app, door);
}
