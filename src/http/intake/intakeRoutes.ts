/** What machines send in: Open311, signed webhooks, and the import of files by an admin. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { refuse } from '../../model/outcome.ts';
import { MINUTE } from '../../model/time.ts';
import { receiveFor } from '../../work/receive.ts';
import type { App, Door } from '../door.ts';
import { takeForms } from '../formBody.ts';
import { sendProblem } from '../problem.ts';
import { schemaOf } from '../route.ts';
import { open311Routes } from './open311.ts';
import { isSigned } from './webhook.ts';
import { websubRoutes } from './websub.ts';

/** 50 MB: about 100,000 short texts. */
const MOST_IMPORT = 50_000_000;
const MOST_PUSH = 5_000_000;

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Bytes as they came, whatever they call themselves: signatures and collectors need nothing else. */
function takeBytes(app: App, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}

/** Ids of pushes seen in the last minutes: a repeat is answered and not read again. */
function makeSeen(): (id: string, now: number) => boolean {
  const seen = new Map<string, number>();
  return (id, now) => {
    for (const [one, at] of seen) if (now - at > 10 * MINUTE || seen.size > 100_000) seen.delete(one);
    if (seen.has(id)) return true;
    seen.set(id, now);
    return false;
  };
}

function pushes(app: App, door: Door): void {
  takeBytes(app, MOST_PUSH);
  const isRepeat = makeSeen();
  app.post('/intake/:sourceId', { schema: { hide: true }, bodyLimit: MOST_PUSH }, async (request, reply) => {
    const { sourceId } = request.params as { readonly sourceId: string };
    const source = await door.io.store.get('source', sourceId);
    const secret = source?.settings.webhookSecret;
    const signed = {
      id: headerOf(request, 'webhook-id'),
      timestamp: headerOf(request, 'webhook-timestamp'),
      signature: headerOf(request, 'webhook-signature'),
    };
    const bytes = bytesOf(request);
    // An unknown source and a wrong signature look alike.
    if (typeof secret !== 'string' || !isSigned(secret, signed, bytes, door.real()))
      return sendProblem(reply, refuse('http.notAllowed').refusal, 401);
    if (isRepeat(`${sourceId} ${signed.id}`, door.real())) return reply.send({ repeated: true });
    const taken = await receiveFor(door.io, sourceId, { bytes, contentType: headerOf(request, 'content-type') });
    return taken.ok ? reply.send(taken.value) : sendProblem(reply, taken.refusal);
  });
}

const importQuery = Type.Object({
  sourceId: Type.String({ minLength: 1, maxLength: 200 }),
  columns: Type.Optional(Type.String({ maxLength: 5000 })),
});

/** `columns`: which column is what, as JSON; null when it is not one. */
function columnsOf(text: string | undefined): Readonly<Record<string, string>> | undefined | null {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isTable = typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
    return isTable ? (value as Readonly<Record<string, string>>) : null;
  } catch {
    // Not JSON: refused as a bad request.
    return null;
  }
}

function imports(app: App, door: Door): void {
  takeBytes(app, MOST_IMPORT);
  const schema = schemaOf('/api/import', { says: 'Import a file (JSON lines or CSV) into a source', query: importQuery });
  app.post('/api/import', { schema, bodyLimit: MOST_IMPORT }, async (request, reply) => {
    const query = request.query as { readonly sourceId: string; readonly columns?: string };
    const columns = columnsOf(query.columns);
    if (columns === null) return sendProblem(reply, refuse('http.badRequest', { field: 'columns' }).refusal);
    const received = { bytes: bytesOf(request), contentType: headerOf(request, 'content-type') };
    const taken = await receiveFor(door.io, query.sourceId, columns === undefined ? received : { ...received, columns });
    return taken.ok ? reply.send(taken.value) : sendProblem(reply, taken.refusal);
  });
}

export async function intakeRoutes(app: App, door: Door): Promise<void> {
  await app.register(async (scope) => {
    takeForms(scope);
    open311Routes(scope, door);
  });
  await app.register(async (scope) => pushes(scope, door));
  await app.register(async (scope) => imports(scope, door));
  await app.register(async (scope) => websubRoutes(scope, door));
}
