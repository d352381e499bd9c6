/**
 * robots.txt per site (scheme, host and port), read when first needed and kept at most a day of domain time (RFC 9309: 2.4).
 * 4xx: no rules. 5xx, 429 or no answer: nothing may be read, and it is asked again after ten minutes.
 */
import { allowed, crawlDelay, parseRobots, type Robots } from '../collect/robots.ts';
import type { Instant, Span } from '../model/time.ts';

const KEPT: Span = 24 * 3_600_000;
/** A robots.txt that could not be read is asked for again after this long. */
const RETRY: Span = 10 * 60_000;
/** RFC 9309 asks for at least 500 KiB; what lies behind is not read. */
export const ROBOTS_BYTES = 512 * 1024;

/** What the site answered: its rules as text, or null when it did not answer well enough to know. */
export type RobotsFetch = (address: URL) => Promise<{ readonly status: number; readonly text: string } | null>;

export type RobotsSay =
  | { readonly kind: 'allowed'; readonly delay: Span }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable' };

interface Kept {
  readonly robots: Robots | 'none' | 'unreachable';
  readonly until: Instant;
}

export interface RobotsCache {
  ask(url: URL, now: Instant, fetch: RobotsFetch): Promise<RobotsSay>;
}

/** `agent` is the product token, e.g. `Heed`. */
export function makeRobotsCache(agent: string): RobotsCache {
  const kept = new Map<string, Kept>();
  const running = new Map<string, Promise<Kept>>();

  async function read(url: URL, now: Instant, fetch: RobotsFetch): Promise<Kept> {
    const got = await fetch(new URL('/robots.txt', url));
    if (got === null || got.status >= 500 || got.status === 429) return { robots: 'unreachable', until: now + RETRY };
    if (got.status >= 400) return { robots: 'none', until: now + KEPT };
    return { robots: parseRobots(got.text), until: now + KEPT };
  }

  async function load(url: URL, now: Instant, fetch: RobotsFetch): Promise<Kept> {
    const site = url.origin;
    const known = kept.get(site);
    if (known !== undefined && known.until > now) return known;
    const already = running.get(site);
    if (already !== undefined) return already;
    const reading = read(url, now, fetch);
    running.set(site, reading);
    try {
      const fresh = await reading;
      if (kept.size >= 5000) kept.clear();
      kept.set(site, fresh);
      return fresh;
    } finally {
      running.delete(site);
    }
  }

  return {
    async ask(url, now, fetch) {
      const { robots } = await load(url, now, fetch);
      if (robots === 'unreachable') return { kind: 'unreachable' };
      if (robots === 'none') return { kind: 'allowed', delay: 0 };
      if (!allowed(robots, agent, url.pathname + url.search)) return { kind: 'forbidden' };
      return { kind: 'allowed', delay: crawlDelay(robots, agent) ?? 0 };
    },
  };
}
