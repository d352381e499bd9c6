/** Chance and digests, which rooms may not make themselves. */
import { createHash, randomBytes } from 'node:crypto';

/** Unguessable and URL-safe, from at least `nBits` random bits. */
export function token(nBits: number): string {
  return randomBytes(Math.ceil(nBits / 8)).toString('base64url');
}

/** SHA-256 of the UTF-8 of a text, hexadecimal. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
