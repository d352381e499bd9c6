/** The journal: one line of the append-only, hash-chained account. It holds no text and no personal data: references only. */
import type { Instant } from './time.ts';
import type { Json } from './words.ts';

/** Who did it: a staff id, `machine`, `public` (a raiser or an intake), with `demo:` before a demo actor. */
export type Actor = string;

export interface NewEntry {
  readonly at: Instant;
  /** `room.event`, e.g. `judge.levelChanged`. */
  readonly kind: string;
  readonly subject: string;
  readonly by: Actor;
  readonly data: { readonly [key: string]: Json };
}

export interface Entry extends NewEntry {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** SHA-256, hexadecimal, of the entry before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 over the canonical form of this entry with `previous`. */
  readonly hash: string;
}
