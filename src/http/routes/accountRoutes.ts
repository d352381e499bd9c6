/** Bulletins, figures, the journal, papers. */
import { Type } from 'typebox';
import { done, type Outcome } from '../../model/outcome.ts';
import type { Paper } from '../../model/paper.ts';
import { bulletinOf, editBulletin, sendBulletin } from '../../work/closeDay.ts';
import { bulletinPaper, reportPaper } from '../../work/papers.ts';
import type { App, Door } from '../door.ts';
import { sendProblem } from '../problem.ts';
import { route, schemaOf } from '../route.ts';
import { bulletin, line, oneOf } from '../shapes.ts';
import { accountView, verifiedJournal } from '../views/account.ts';

function bulletins(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/bulletins', { says: 'Bulletins, newest first' }, async () =>
    done(await io.store.list('bulletin', { by: 'from', order: 'down', limit: 100 })),
  );
  route(app, 'GET', '/api/bulletins/:day', { says: 'The bulletin of a day' }, ({ params }) => bulletinOf(io, params.day));
  route(app, 'PUT', '/api/bulletins/:day', { says: 'Edit a bulletin', body: bulletin }, ({ who, params, body }) =>
    editBulletin(io, who, params.day, body),
  );
  route(app, 'POST', '/api/bulletins/:day/send', { says: 'Send a bulletin' }, ({ who, params }) => sendBulletin(io, who, params.day));
}

function figures(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/account', { says: 'Times, promises and offices in figures' }, async () => done(await accountView(door)));
  const query = Type.Object({
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    subject: Type.Optional(line()),
    kind: Type.Optional(line()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
  });
  route(app, 'GET', '/api/journal', { says: 'The journal; without `after`, the newest entries first', query }, async ({ query: asked }) => {
    const { after, subject, kind, limit = 200 } = asked;
    const where = { ...(subject === undefined ? {} : { subject }), ...(kind === undefined ? {} : { kind }), limit };
    return done(await io.store.journal(after === undefined ? { ...where, newestFirst: true } : { ...where, after }));
  });
  route(app, 'GET', '/api/journal/verify', { says: 'Whether the chain fits together' }, async () => done(await verifiedJournal(door)));
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** One paper as a page to print and as a Word file. */
function paper<U extends '/bulletins/:day' | '/issues/:id/report'>(
  app: App,
  door: Door,
  path: U,
  make: (params: { readonly day?: string; readonly id?: string }, language: 'zh' | 'en' | undefined) => Promise<Outcome<Paper>>,
): void {
  const query = Type.Object({ lang: Type.Optional(oneOf(['zh', 'en'])) });
  for (const form of ['html', 'docx'] as const) {
    app.route({
      method: 'GET',
      url: `${path}.${form}`,
      schema: schemaOf(path, { says: `A paper as ${form}`, query }),
      handler: async (request, reply) => {
        const params = request.params as { readonly day?: string; readonly id?: string };
        const made = await make(params, (request.query as { readonly lang?: 'zh' | 'en' }).lang);
        if (!made.ok) return sendProblem(reply, made.refusal);
        if (form === 'html') return reply.type('text/html; charset=utf-8').send(door.render.html(made.value));
        const name = (params.day ?? params.id ?? 'paper').replace(/[^\w-]/gu, '');
        reply.header('content-disposition', `attachment; filename="${name}.docx"`);
        return reply.type(WORD).send(Buffer.from(await door.render.docx(made.value)));
      },
    });
  }
}

export function accountRoutes(app: App, door: Door): void {
  bulletins(app, door);
  figures(app, door);
  paper(app, door, '/bulletins/:day', ({ day = '' }) => bulletinPaper(door.io, day));
  paper(app, door, '/issues/:id/report', async ({ id = '' }, language) => {
    const body = await door.io.store.get('body', 'body');
    return reportPaper(door.io, id, language ?? body?.language ?? 'zh');
  });
}
