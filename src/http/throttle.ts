/**
 * Slowing down guesses, per account and per address, without locking anybody out: a wrong guess makes the next one wait, and a place
 * from which the account has signed in before has a count of its own. Kept in memory only, by digests, for an hour.
 */
import { HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';

interface Guesses {
  n: number;
  lastAt: Instant;
}

/** Free guesses, and the wait after each further one: at most 5 + 15 = 20 an hour for one account. */
const ACCOUNT = { free: 5, wait: 4 * MINUTE };
const ADDRESS = { free: 30, wait: 30_000 };
const MOST = 50_000;

export interface Throttle {
  /** Milliseconds to wait before a guess may be made; 0 when it may. Counts the guess as wrong until `succeeded`. */
  begin(account: string, address: string, now: Instant): Span;
  succeeded(account: string, address: string, now: Instant): void;
}

function waitOf(guesses: Guesses | undefined, limit: typeof ACCOUNT, now: Instant): Span {
  if (guesses === undefined || guesses.n < limit.free) return 0;
  return Math.max(0, guesses.lastAt + limit.wait - now);
}

export function makeThrottle(digest: (text: string) => string): Throttle {
  const counts = new Map<string, Guesses>();
  const trusted = new Set<string>();
  const keysOf = (account: string, address: string): { account: string; address: string; pair: string } => {
    const pair = digest(`pair ${account} ${address}`);
    return { account: trusted.has(pair) ? pair : digest(`account ${account}`), address: digest(`address ${address}`), pair };
  };
  const drop = (now: Instant): void => {
    for (const [key, guesses] of counts) if (now - guesses.lastAt > HOUR || counts.size > MOST) counts.delete(key);
  };
  const add = (key: string, now: Instant): void => {
    const guesses = counts.get(key);
    counts.set(key, { n: (guesses !== undefined && now - guesses.lastAt < HOUR ? guesses.n : 0) + 1, lastAt: now });
  };
  return {
    begin(account, address, now) {
      const keys = keysOf(account, address);
      const wait = Math.max(waitOf(counts.get(keys.account), ACCOUNT, now), waitOf(counts.get(keys.address), ADDRESS, now));
      if (wait > 0) return wait;
      if (counts.size > 1000) drop(now);
      add(keys.account, now);
      add(keys.address, now);
      return 0;
    },
    succeeded(account, address, now) {
      const keys = keysOf(account, address);
      counts.delete(keys.account);
      const own = counts.get(keys.address);
      if (own !== undefined) counts.set(keys.address, { n: Math.max(0, own.n - 1), lastAt: now });
      if (trusted.size > MOST) trusted.clear();
      trusted.add(keys.pair);
    },
  };
}

export interface Allowance {
  /** Milliseconds to wait; 0 when the request may be made now. */
  take(address: string, now: Instant): Span;
}

/** So many requests of one address in a window. For forms without a login. */
export function makeAllowance(most: number, window: Span, digest: (text: string) => string): Allowance {
  const taken = new Map<string, { n: number; since: Instant }>();
  return {
    take(address, now) {
      if (taken.size > 1000) for (const [key, { since }] of taken) if (now - since > window || taken.size > MOST) taken.delete(key);
      const key = digest(`form ${address}`);
      const own = taken.get(key);
      if (own === undefined || now - own.since > window) {
        taken.set(key, { n: 1, since: now });
        return 0;
      }
      own.n += 1;
      return own.n <= most ? 0 : own.since + window - now;
    },
  };
}
