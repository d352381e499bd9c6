/** Notifier: a group robot of DingTalk 钉钉, with its signature in the address. */
import { createHmac } from 'node:crypto';
import { type Instant, MINUTE } from '../../model/time.ts';
import type { Message, Notifier } from '../../ports.ts';
import { BOT_HEADERS, type BotCodes, judgeBotAnswer } from '../botAnswer.ts';
import { cutToBytes, faceOf, plainForMarkdown } from '../noticeFace.ts';

/** The platform's cap on a body is 20 000 bytes; the card needs some of it. */
const TEXT_BYTES = 16_000;

/** 130101 too fast, and then blocked for ten minutes; 310000 a gate (keyword, signature, address list) refused; 300001 and 300005 token wrong. */
const CODES: BotCodes = {
  channel: 'dingtalk',
  fields: ['errcode'],
  later: { [-1]: MINUTE, 130101: 10 * MINUTE, 130102: 10 * MINUTE },
  never: [310000, 300001, 300005, 400101, 400102],
};

/** `timestamp` is in milliseconds. Base64, not yet written for an address. */
export function dingtalkSign(secret: string, timestamp: Instant): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`, 'utf8').digest('base64');
}

export function dingtalkAddress(address: string, secret: string, timestamp: Instant): string {
  if (secret === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}timestamp=${timestamp}&sign=${encodeURIComponent(dingtalkSign(secret, timestamp))}`;
}

export function dingtalkBody(message: Message, settings: Readonly<Record<string, string>>): string {
  const face = faceOf(message, settings);
  const text = face.text.split('\n').map(plainForMarkdown).join('  \n');
  return JSON.stringify({
    msgtype: 'actionCard',
    actionCard: {
      title: plainForMarkdown(face.title),
      text: cutToBytes(`### ${plainForMarkdown(face.title)}\n${text}`, TEXT_BYTES),
      btnOrientation: '0',
      btns: [{ title: face.label, actionURL: face.address }],
    },
  });
}

export default {
  kind: 'dingtalk',
  about: { zh: '钉钉群机器人', en: 'DingTalk group robot' },
  settings: [
    { name: 'address', label: { zh: '机器人地址（内含令牌）', en: 'Robot address (holds the token)' }, type: 'secret', required: true },
    { name: 'secret', label: { zh: '加签密钥', en: 'Signing secret' }, help: { zh: 'SEC 开头', en: 'Begins with SEC' }, type: 'secret' },
    { name: 'language', label: { zh: '语言', en: 'Language' }, type: 'choice', choices: ['zh', 'en'], default: 'zh' },
  ],
  perMinute: 20,
  personal: false,
  async send(message, settings, hands, now) {
    const address = dingtalkAddress(settings.address ?? '', settings.secret ?? '', now);
    return judgeBotAnswer(await hands.post(address, dingtalkBody(message, settings), BOT_HEADERS), CODES, now);
  },
} satisfies Notifier;
