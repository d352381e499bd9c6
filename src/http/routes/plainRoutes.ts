/** Routes that are neither JSON for the desk nor pages for the public: health, metrics, the API description, the desk's own files. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../model/outcome.ts';
import type { App, Door } from '../door.ts';
import { sendProblem } from '../problem.ts';
import { sameSecret } from '../sameSecret.ts';

const HIDE = { schema: { hide: true } };

/** This machine itself (not through a proxy), the scraper's token, or a signed-in admin or overseer. */
function mayScrape(door: Door, request: FastifyRequest): boolean {
  const isHere = /^(?:::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const hasToken = door.metricsToken !== null && bearer !== undefined && sameSecret(bearer, door.metricsToken);
  const roles = request.signed?.who.roles ?? [];
  return isHere || hasToken || roles.includes('admin') || roles.includes('oversight');
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Not there: the desk's own page answers instead.
    return false;
  }
}

const NOT_BUILT = `工作台尚未构建。请停止服务，改用 npm start 启动（会自动构建），或运行：node node_modules/vite/bin/vite.js build
The desk is not built. Stop the server and start it with: npm start (it builds the desk), or run: node node_modules/vite/bin/vite.js build
采集、研判、预警和公开页面照常工作。 Collecting, judging, warning and the public pages work all the same: /answers
`;

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
}

/** A file of the built desk; any other path is a page of the desk, which draws itself. */
async function sendDesk(door: Door, reply: FastifyReply, wanted: string): Promise<FastifyReply> {
  const folder = door.webFolder;
  if (folder === null) return sendNotBuilt(reply);
  const inside = normalize(`/${wanted}`).replace(/^\/+/, '');
  const type = TYPES[extname(inside)];
  const path = join(folder, inside);
  if (type !== undefined && !wanted.includes('\0') && path.startsWith(folder) && (await isFile(path))) {
    if (inside.startsWith('assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable');
    return reply.type(type).send(createReadStream(path));
  }
  if (inside.startsWith('assets/')) return sendProblem(reply, refuse('http.notFound').refusal);
  const index = join(folder, 'index.html');
  if (!(await isFile(index))) return sendNotBuilt(reply);
  return reply.type('text/html; charset=utf-8').send(createReadStream(index));
}

export function plainRoutes(app: App, door: Door): void {
  app.get('/healthz', HIDE, async (_request, reply) => {
    await door.io.store.get('setting', 'setUp');
    return reply.type('text/plain; charset=utf-8').send('ok\n');
  });
  app.get('/metrics', HIDE, async (request, reply) => {
    if (!mayScrape(door, request))
      return sendProblem(reply, refuse(request.signed === null ? 'http.notSignedIn' : 'http.notAllowed').refusal);
    return reply.type(door.metrics.contentType).send(await door.metrics.text(door.io, door.real()));
  });
  app.get('/openapi.json', HIDE, async (_request, reply) => reply.type('application/json').send(JSON.stringify(app.swagger())));
  app.get('/desk', HIDE, async (_request, reply) => sendDesk(door, reply, 'index.html'));
  app.get('/desk/*', HIDE, async (request, reply) => sendDesk(door, reply, (request.params as { readonly '*': string })['*']));
}
