/** Checking a Standard Webhooks signature: `id.timestamp.body`, HMAC-SHA256, five minutes of real time. */
import { createHmac } from 'node:crypto';
import { type Instant, MINUTE, SECOND } from '../../model/time.ts';
import { sameSecret } from '../sameSecret.ts';

const TOLERANCE = 5 * MINUTE;

function keyOf(secret: string): Buffer | null {
  const text = secret.startsWith('whsec_') ? secret.slice(6) : secret;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : null;
}

export interface Signature {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: string;
  /** `v1,…` one or several with spaces. */
  readonly signature: string;
}

/** False for a wrong, an old and a missing signature alike. */
export function isSigned(secret: string, signed: Signature, body: Uint8Array, real: Instant): boolean {
  const key = keyOf(secret);
  if (key === null || signed.id === '' || !/^\d{1,12}$/.test(signed.timestamp)) return false;
  if (Math.abs(real - Number(signed.timestamp) * SECOND) > TOLERANCE) return false;
  const wanted = createHmac('sha256', key).update(`${signed.id}.${signed.timestamp}.`).update(body).digest();
  return signed.signature.split(' ').some((one) => {
    const [version, text = ''] = one.split(',');
    return version === 'v1' && sameSecret(Buffer.from(text, 'base64'), wanted);
  });
}
