/** Sources in and out as OPML, the file every feed reader knows. */
import { importSources, exportSources } from '../../work/subscriptions.ts';
import { type App, type Door, signedOf } from '../door.ts';
import { sendProblem } from '../problem.ts';
import { schemaOf } from '../route.ts';

/** 5 MB: some 20,000 outlines. */
const MOST_OPML = 5_000_000;

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

export async function subscriptionRoutes(app: App, door: Door): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_OPML }, (_request, body, done) => done(null, body));
    const schema = schemaOf('/api/sources/opml', { says: 'Add many sources from OPML; a report for every line' });
    scope.post('/api/sources/opml', { schema, bodyLimit: MOST_OPML }, async (request, reply) => {
      const text = new TextDecoder().decode(bytesOf(request.body));
      const imported = await importSources(door.io, signedOf(request).who, text);
      return imported.ok ? reply.send(imported.value) : sendProblem(reply, imported.refusal);
    });
  });
  app.get('/api/sources/opml', { schema: schemaOf('/api/sources/opml', { says: 'All sources as OPML' }) }, async (_request, reply) => {
    const text = await exportSources(door.io);
    return reply.type('text/x-opml; charset=utf-8').header('content-disposition', 'attachment; filename="heed-sources.opml"').send(text);
  });
}
