/** The guard before every route: who is there, may they, and does the request come from our own page. */
import type { FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '../model/outcome.ts';
import type { Door } from './door.ts';
import { mayDo, type Recuse } from './roles.ts';
import { readSession } from './sessions.ts';

function no(...args: Parameters<typeof refuse>): Refusal {
  return refuse(...args).refusal;
}

/** False only when a browser itself says that another site sent this. */
function isOwnOrigin(door: Door, request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site') return false;
  const { origin } = request.headers;
  // Our own forms send `null`, because our pages send no referrer; then the browser's other word counts.
  if (origin === undefined || origin === 'null') return site === undefined || site !== 'same-site';
  const parsed = URL.parse(origin);
  return parsed !== null && (parsed.host === request.headers.host || parsed.origin === URL.parse(door.io.publicAddress)?.origin);
}

const CHECKED_BY_SIGNATURE = /^\/(?:intake|open311)\//;

/** Null: go on. Sets `request.signed`. */
export async function admit(door: Door, request: FastifyRequest): Promise<Refusal | null> {
  const row = request.roleRow;
  if (row === null) return null;
  request.signed = await readSession(door, request);
  if (row.who !== 'public' && request.signed === null) return no('http.notSignedIn');
  if (!mayDo(row, request.signed?.who.roles ?? [])) {
    request.log.warn({ route: `${row.method} ${row.path}`, staffId: request.signed?.who.staffId }, 'not allowed');
    return no('http.notAllowed');
  }
  if (row.method === 'GET' || CHECKED_BY_SIGNATURE.test(row.path)) return null;
  if (!isOwnOrigin(door, request)) return no('http.forgedRequest');
  const needsToken = row.path.startsWith('/api/') && row.who !== 'public';
  if (needsToken && request.headers['x-heed-csrf'] !== request.signed?.session.csrf) return no('http.forgedRequest');
  return null;
}

async function issueIdOf(door: Door, recuse: Recuse, id: string): Promise<string | undefined> {
  if (recuse === 'issue') return id;
  return (await door.io.store.get(recuse, id))?.issueId;
}

/** R-15, first form: nobody works on the answer to a complaint about their own office. */
export async function recuse(door: Door, request: FastifyRequest): Promise<Refusal | null> {
  const row = request.roleRow;
  const officeId = request.signed?.who.officeId;
  if (row?.recuse === undefined || officeId === undefined || officeId === '') return null;
  const { id = '' } = request.params as { readonly id?: string };
  const issueId = await issueIdOf(door, row.recuse, id);
  const issue = issueId === undefined ? undefined : await door.io.store.get('issue', issueId);
  return issue?.complainedOf.includes(officeId) === true ? no('answer.ownOffice') : null;
}
