/** Notifier: a signed JSON post (Standard Webhooks 1.0.0). Thin: ids, colour and links; the receiver drops repeats by `webhook-id`. */
import { createHash } from 'node:crypto';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { Message, Notifier, Sent } from '../../ports.ts';
import { notPosted } from '../noticeFace.ts';
import { signWebhook, webhookKey } from '../webhookSignature.ts';

/** The id must be the same over all tries and hold no dot, because the signature joins by dots. */
function idOf(key: string): string {
  return `msg_${createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 32)}`;
}

function bodyOf(message: Message, now: number): string {
  return JSON.stringify({
    type: 'notice.sent',
    timestamp: new Date(now).toISOString(),
    data: {
      key: message.key,
      issueId: message.issueId,
      level: message.level,
      subject: message.subject,
      ackBy: message.ackBy === null ? null : new Date(message.ackBy).toISOString(),
      link: message.link,
      pageLink: message.pageLink,
      threadKey: message.threadKey,
      demo: message.demo,
    },
  });
}

/** 2xx is success and nothing else; 410 means the receiver is gone for good. */
function judgeStatus(status: number): Sent {
  if (status >= 200 && status < 300) return { result: 'sent', why: '' };
  if (status === 410) return { result: 'never', why: 'webhook: status 410, the receiver is gone' };
  if (status === 429) return { result: 'later', why: 'webhook: status 429', after: MINUTE };
  if (status >= 300 && status < 400) return { result: 'later', why: `webhook: status ${status}, redirects are not followed`, after: HOUR };
  return { result: 'later', why: `webhook: status ${status}` };
}

export default {
  kind: 'webhook',
  about: { zh: '签名的网络回调，发给别的系统', en: 'A signed webhook to another system' },
  settings: [
    { name: 'address', label: { zh: '接收地址', en: 'Address' }, type: 'address', required: true },
    {
      name: 'secret',
      label: { zh: '签名密钥', en: 'Signing secret' },
      help: {
        zh: 'whsec_ 开头，每个接收方一把；轮换期间可写两把，用空格分开',
        en: 'Begins with whsec_, one per receiver; two, parted by a space, while rotating',
      },
      type: 'secret',
      required: true,
    },
  ],
  perMinute: 600,
  personal: false,
  async send(message, settings, hands, now) {
    const keys = (settings.secret ?? '').split(/\s+/).map(webhookKey);
    if (!keys.every((key) => key !== null)) return { result: 'never', why: 'webhook: the secret is not 24 to 64 bytes of base64' };
    const id = idOf(message.key);
    const seconds = Math.floor(now / 1000);
    const body = bodyOf(message, now);
    const answer = await hands.post(settings.address ?? '', body, {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': keys.map((key) => signWebhook(key, id, seconds, body)).join(' '),
    });
    return 'kind' in answer ? notPosted('webhook', answer, now) : judgeStatus(answer.status);
  },
} satisfies Notifier;
