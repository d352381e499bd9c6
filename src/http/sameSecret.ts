/** Compares what somebody showed with what is right, in a time that tells nothing of how much of it was right. */
import { timingSafeEqual } from 'node:crypto';

/** Lengths are no secret. An empty one is never right. */
export function sameSecret(given: string | Uint8Array, wanted: string | Uint8Array): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
