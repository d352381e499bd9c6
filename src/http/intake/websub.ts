/** Where WebSub hubs call: their question whether a subscription was meant, and what they deliver, signed. */
import { createHmac } from 'node:crypto';
import { refuse } from '../../model/outcome.ts';
import { answerHub, hubSecret, receiveHub } from '../../work/subscribeHub.ts';
import type { App, Door } from '../door.ts';
import { sendProblem } from '../problem.ts';
import { sameSecret } from '../sameSecret.ts';

const MOST_DELIVERY = 5_000_000;
const LONGEST = 4000;

/** `sha256=…`, or longer of the same family; SHA-1 is not believed any more. */
export function isHubSigned(secret: string, header: string, body: Uint8Array): boolean {
  const [, method = '', digest = ''] = /^(sha256|sha384|sha512)=([0-9a-f]{64,128})$/i.exec(header.trim()) ?? [];
  if (method === '') return false;
  const wanted = createHmac(method.toLowerCase(), secret).update(body).digest();
  return sameSecret(Buffer.from(digest, 'hex'), wanted);
}

function word(query: unknown, name: string): string {
  const value = typeof query === 'object' && query !== null ? (query as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value.slice(0, LONGEST) : '';
}

interface Where {
  readonly sourceId: string;
  readonly token: string;
}

export function websubRoutes(app: App, door: Door): void {
  const { io } = door;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_DELIVERY }, (_request, body, done) => done(null, body));
  const path = '/intake/websub/:sourceId/:token';
  app.get(path, { schema: { hide: true } }, async (request, reply) => {
    const { sourceId, token } = request.params as Where;
    const wait = door.lookUps.take(request.ip, door.real());
    if (wait > 0) return sendProblem(reply.header('retry-after', String(Math.ceil(wait / 1000))), refuse('http.tooMany').refusal);
    const { query } = request;
    const lease = word(query, 'hub.lease_seconds');
    const answer = await answerHub(io, sourceId, token, {
      mode: word(query, 'hub.mode'),
      topic: word(query, 'hub.topic'),
      challenge: word(query, 'hub.challenge'),
      lease: lease === '' ? Number.NaN : Number(lease),
    });
    if (answer === null) return sendProblem(reply, refuse('http.notFound').refusal);
    return reply.type('text/plain; charset=utf-8').send(answer);
  });
  app.post(path, { schema: { hide: true }, bodyLimit: MOST_DELIVERY }, async (request, reply) => {
    const { sourceId, token } = request.params as Where;
    const secret = await hubSecret(io, sourceId, token);
    if (secret === null) return sendProblem(reply, refuse('http.notFound').refusal);
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const signature = request.headers['x-hub-signature'];
    // A wrong signature is answered like a right one (WebSub, 8): whoever guesses learns nothing.
    if (typeof signature === 'string' && isHubSigned(secret, signature, body))
      await receiveHub(io, sourceId, body, request.headers['content-type'] ?? '');
    return reply.code(202).send();
  });
}
