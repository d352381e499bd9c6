/**
 * The pace of requests per host, in domain time: one request at a time, and a pause between the starts of two. Domain time stands
 * still while jobs run, so an asker that must wait is given an instant of its own: N waiting askers get N successive slots, and an
 * asker that comes back at its slot finds it kept. A slot nobody came for is forgotten.
 */
import type { Instant, Span } from '../model/time.ts';

/** How long a kept slot waits for its asker before it is given up. */
export const SLOT_KEPT: Span = 60_000;

interface Slot {
  readonly asker: string;
  readonly at: Instant;
}

interface HostState {
  busy: boolean;
  /** Earliest instant of the next request. */
  freeAt: Instant;
  /** The host itself asked for silence until then (Retry-After). */
  silentUntil: Instant;
  /** By time, earliest first. */
  slots: Slot[];
}

export type Turn = { readonly kind: 'go' } | { readonly kind: 'wait'; readonly at: Instant; readonly because: 'pace' | 'retryAfter' };

export interface HostPace {
  /** `asker` names the request (its address), so that the same request finds its own slot again. */
  ask(host: string, asker: string, pause: Span, now: Instant): Turn;
  /** The request ended. Must be called once after each `go`. */
  finish(host: string): void;
  /** Nothing may be asked of the host before `until`. */
  silence(host: string, until: Instant): void;
  /** Hosts remembered; for a metric. */
  size(): number;
}

/** After the silence askers come one by one as well. */
function silentTurn(state: HostState, asker: string, pause: Span): Turn {
  const own = state.slots.find((slot) => slot.asker === asker && slot.at >= state.silentUntil);
  if (own !== undefined) return { kind: 'wait', at: own.at, because: 'retryAfter' };
  state.slots = state.slots.filter((slot) => slot.asker !== asker && slot.at >= state.silentUntil);
  const tail = state.slots.at(-1);
  const at = tail === undefined ? state.silentUntil : tail.at + pause;
  state.slots.push({ asker, at });
  return { kind: 'wait', at, because: 'retryAfter' };
}

/** Earliest instant at which the next request may be tried; always later than now. How long a running one takes nobody knows. */
function earliest(state: HostState, pause: Span, now: Instant): Instant {
  return Math.max(state.freeAt, now + (state.busy ? pause : 1));
}

/** A new asker comes after all that wait. */
function newSlot(state: HostState, asker: string, pause: Span, now: Instant): Instant {
  const tail = state.slots.at(-1);
  const at = Math.max(earliest(state, pause, now), tail === undefined ? 0 : tail.at + pause);
  state.slots.push({ asker, at });
  return at;
}

/**
 * The asker came at its slot, but the one before it came late or still runs: it keeps its place, and those behind it move on by as much
 * as is needed. They learn of it when they come.
 */
function movedSlot(state: HostState, own: Slot, pause: Span, now: Instant): Instant {
  const at = earliest(state, pause, now);
  let last = at;
  state.slots = state.slots.map((slot) => {
    if (slot === own) return { ...slot, at };
    if (slot.at <= now) return slot;
    last = Math.max(slot.at, last + pause);
    return { ...slot, at: last };
  });
  state.slots.sort((a, b) => a.at - b.at);
  return at;
}

export function makeHostPace(): HostPace {
  const hosts = new Map<string, HostState>();

  function ask(host: string, asker: string, pause: Span, now: Instant): Turn {
    const state = hosts.get(host) ?? { busy: false, freeAt: now, silentUntil: now, slots: [] };
    if (!hosts.has(host)) {
      forget(now);
      hosts.set(host, state);
    }
    state.slots = state.slots.filter((slot) => slot.at > now - SLOT_KEPT);
    if (state.silentUntil > now) return silentTurn(state, asker, pause);
    const own = state.slots.find((slot) => slot.asker === asker);
    if (own !== undefined && own.at > now) return { kind: 'wait', at: own.at, because: 'pace' };
    const free = !state.busy && state.freeAt <= now;
    const others = state.slots.some((slot) => slot.asker !== asker);
    if (free && (own !== undefined || !others)) {
      state.slots = state.slots.filter((slot) => slot !== own);
      state.busy = true;
      state.freeAt = now + pause;
      return { kind: 'go' };
    }
    const at = own === undefined ? newSlot(state, asker, pause, now) : movedSlot(state, own, pause, now);
    return { kind: 'wait', at, because: 'pace' };
  }

  /** Hosts without business are dropped now and then, so that the table does not grow for ever. */
  function forget(now: Instant): void {
    if (hosts.size < 5000) return;
    for (const [host, state] of hosts) {
      if (!state.busy && state.freeAt <= now && state.silentUntil <= now && state.slots.every((slot) => slot.at <= now - SLOT_KEPT)) {
        hosts.delete(host);
      }
    }
  }

  return {
    ask,
    finish(host) {
      const state = hosts.get(host);
      if (state !== undefined) state.busy = false;
    },
    silence(host, until) {
      const state = hosts.get(host);
      if (state !== undefined && until > state.silentUntil) state.silentUntil = until;
    },
    size: () => hosts.size,
  };
}
