/** Standard Webhooks 1.0.0: the signature of `id.timestamp.body`. */
import { createHmac } from 'node:crypto';

/** The key of a secret: base64 after `whsec_`, 24 to 64 bytes; null when it is not one. */
export function webhookKey(secret: string): Buffer | null {
  const text = secret.startsWith('whsec_') ? secret.slice(6) : secret;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : null;
}

/** The value of `webhook-signature`: `v1,` and base64. `seconds` is the unix time sent in `webhook-timestamp`. */
export function signWebhook(key: Buffer, id: string, seconds: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`, 'utf8').digest('base64')}`;
}
