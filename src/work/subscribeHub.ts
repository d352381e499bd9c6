/** WebSub, the subscriber's side (W3C): asking a hub, answering its question, taking in what it delivers, renewing before the lease ends. */
import { admitSource } from '../collect/sourceAdmission.ts';
import type { Io } from '../io.ts';
import { DAY, type Instant, MINUTE, SECOND } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import type { Got, Job, Validators } from '../ports.ts';
import { collectSource, pollJob } from './collectSource.ts';
import { type HubState, hubSetting, hubState, isLive, renewAt, subscribeJob } from './hubState.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';

/** Asked for; the hub decides. */
const LEASE = 10 * DAY;
const SHORTEST = 10 * MINUTE;
const LONGEST = 30 * DAY;

const LOCAL = /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/;

/** A hub outside cannot call a machine that is known by a local name only. */
function canBeCalled(io: Io, hub: string): boolean {
  const own = URL.parse(io.publicAddress)?.hostname ?? '';
  const other = URL.parse(hub)?.hostname ?? '';
  return own !== '' && (!LOCAL.test(own) || LOCAL.test(other));
}

/** The door is stored before the hub is asked: some hubs call back before they answer. */
export async function subscribeHub(io: Io, job: Job): Promise<Piece> {
  const sourceId = textOf(job, 'sourceId');
  const [hub, topic] = [textOf(job, 'hub'), textOf(job, 'topic')];
  const source = await io.store.get('source', sourceId);
  if (source === undefined || source.paused || !canBeCalled(io, hub)) return NOTHING;
  // The topic is what would be followed: it stands before the same door as the source's own address.
  if (!admitSource({ ...source, address: topic }).ok) return NOTHING;
  const before = await hubState(io, sourceId);
  const isSame = before !== null && before.hub === hub && before.topic === topic;
  const state: HubState = {
    hub,
    topic,
    token: isSame ? before.token : io.token(160),
    secret: isSame ? before.secret : io.token(256),
    askedAt: io.now(),
    until: isSame ? before.until : null,
  };
  await io.store.commit({ put: { setting: [hubSetting(sourceId, state)] } });
  const body = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${io.publicAddress}/intake/websub/${encodeURIComponent(sourceId)}/${state.token}`,
    'hub.secret': state.secret,
    'hub.lease_seconds': String(LEASE / SECOND),
  });
  const answer = await io.hands.post(hub, body.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  const isTaken = !('kind' in answer) && answer.status >= 200 && answer.status < 300;
  if (!isTaken) io.log('the hub took no subscription', { sourceId, status: 'kind' in answer ? answer.kind : answer.status });
  return NOTHING;
}

/** The state of a door that was opened under this token, or null. Tokens are compared as digests, which take the same time for all. */
async function doorOf(io: Io, sourceId: string, token: string): Promise<HubState | null> {
  const state = await hubState(io, sourceId);
  return state !== null && io.digest(state.token) === io.digest(token) ? state : null;
}

export interface HubQuestion {
  readonly mode: string;
  readonly topic: string;
  readonly challenge: string;
  /** Seconds; NaN when not told. */
  readonly lease: number;
}

/** Gives the challenge to send back; null: the question is answered with “not found”. Only what was asked for is confirmed. */
export async function answerHub(io: Io, sourceId: string, token: string, question: HubQuestion): Promise<string | null> {
  const state = await doorOf(io, sourceId, token);
  if (state === null || question.topic !== state.topic) return null;
  const source = await io.store.get('source', sourceId);
  const isWanted = source !== undefined && !source.paused;
  const now = io.now();
  if (question.mode === 'denied') {
    await io.store.commit({ put: { setting: [hubSetting(sourceId, { ...state, until: null })] } });
    return '';
  }
  if (question.mode === 'unsubscribe') return isWanted ? null : question.challenge;
  if (question.mode !== 'subscribe' || !isWanted) return null;
  const lease = Number.isFinite(question.lease) && question.lease > 0 ? question.lease * SECOND : LEASE;
  const until = now + Math.min(LONGEST, Math.max(SHORTEST, lease));
  await io.store.commit({
    put: { setting: [hubSetting(sourceId, { ...state, until })] },
    jobs: [subscribeJob(sourceId, state.hub, state.topic, renewAt(now, until))],
  });
  return question.challenge;
}

/** The secret that deliveries at this door are signed with; null: there is no such door, or its lease is over. */
export async function hubSecret(io: Io, sourceId: string, token: string): Promise<string | null> {
  const state = await doorOf(io, sourceId, token);
  return state !== null && isLive(state, io.now()) ? state.secret : null;
}

function keptValidators(cursor: Json | undefined): Validators {
  const kept = typeof cursor === 'object' && cursor !== null && 'validators' in cursor ? cursor.validators : {};
  return typeof kept === 'object' && kept !== null ? (kept as Validators) : {};
}

/**
 * Takes in what a hub delivered, its signature checked by the caller: read by the source's own reader as if it had been asked for. What
 * cannot be read so is asked for at the source instead.
 */
export async function receiveHub(io: Io, sourceId: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const source = await io.store.get('source', sourceId);
  if (source === undefined || source.paused) return;
  const validators = keptValidators((await io.store.get('sourceState', sourceId))?.cursor);
  const headers = { 'content-type': contentType };
  const pushed: Got = { kind: 'ok', status: 200, address: source.address, headers, bytes, validators };
  const now: Instant = io.now();
  const job: Job = { ...pollJob(sourceId, now), id: -1, nTries: 0, lastError: null, setAsideAt: null };
  const collector = io.collectors.get(source.kind);
  const tried = await collector?.pull?.(source, null, async () => pushed, now);
  if (tried === undefined || tried.stopped !== undefined) {
    await io.store.commit({ jobs: [pollJob(sourceId, now)] });
    return;
  }
  const piece = await collectSource({ ...io, get: async () => pushed }, job);
  const committed = await io.store.commit(piece.change);
  if (committed.ok) piece.after?.(committed.entries);
  else piece.lost?.();
}
