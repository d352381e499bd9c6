/** A source's subscription at a WebSub hub, kept as a setting: what was asked, the secret its deliveries are signed with, until when it holds. */
import type { Io } from '../io.ts';
import type { Source } from '../model/source.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import type { Setting, NewJob, Pulled } from '../ports.ts';

export interface HubState {
  readonly hub: string;
  readonly topic: string;
  /** Part of the address the hub calls: whoever does not know it does not find the door. */
  readonly token: string;
  readonly secret: string;
  readonly askedAt: Instant;
  /** Null: not confirmed by the hub yet, or denied. */
  readonly until: Instant | null;
}

/** A subscription that was not confirmed is asked for again, not sooner. */
const ASK_AGAIN = 12 * HOUR;

function settingId(sourceId: string): string {
  return `websub:${sourceId}`;
}

export async function hubState(io: Io, sourceId: string): Promise<HubState | null> {
  const value = (await io.store.get('setting', settingId(sourceId)))?.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as unknown as HubState) : null;
}

export function hubSetting(sourceId: string, state: HubState): Setting {
  return { id: settingId(sourceId), value: { ...state } };
}

export function isLive(state: HubState | null, now: Instant): boolean {
  return state?.until !== null && state !== null && state.until > now;
}

export function subscribeJob(sourceId: string, hub: string, topic: string, due: Instant): NewJob {
  return { run: 'subscribeHub', key: `subscribeHub:${sourceId}`, payload: { sourceId, hub, topic }, due, lane: `hub:${sourceId}` };
}

/** When to renew: a tenth of the lease before its end. */
export function renewAt(now: Instant, until: Instant): Instant {
  return until - Math.max(5 * MINUTE, (until - now) / 10);
}

/**
 * What follows from a reading that named a hub: a subscription is asked for, unless one is; while one holds, the source itself is asked
 * once a day only, as a check that nothing was missed.
 */
export async function hubNews(
  io: Io,
  source: Source,
  pulled: Pulled,
  now: Instant,
): Promise<{ readonly jobs: readonly NewJob[]; readonly pollAt: Instant | null }> {
  if (pulled.hub === undefined || pulled.stopped !== undefined) return { jobs: [], pollAt: null };
  const { hub, topic } = pulled.hub;
  const state = await hubState(io, source.id);
  const isSame = state !== null && state.hub === hub && state.topic === topic;
  if (isSame && isLive(state, now)) return { jobs: [], pollAt: now + DAY };
  if (isSame && now - state.askedAt < ASK_AGAIN) return { jobs: [], pollAt: null };
  return { jobs: [subscribeJob(source.id, hub, topic, now)], pollAt: null };
}
