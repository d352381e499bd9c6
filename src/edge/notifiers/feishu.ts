/** Notifier: a group robot of Feishu 飞书, with its signature in the body. */
import { createHmac } from 'node:crypto';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Message, Notifier } from '../../ports.ts';
import { BOT_HEADERS, type BotCodes, judgeBotAnswer } from '../botAnswer.ts';
import { cutToBytes, faceOf, plainForMarkdown } from '../noticeFace.ts';

/** The platform's cap on a body is 20 KB; the card needs some of it, and JSON may lengthen the text. */
const TEXT_BYTES = 12_000;

/** 9499 and 11232 too fast, 11233 and 99991400 busy; 19001 address wrong, 19021 signature or time wrong, 19022 address list, 19024 keyword, 9497 body. */
const CODES: BotCodes = {
  channel: 'feishu',
  fields: ['code', 'StatusCode'],
  later: { 9499: MINUTE, 11232: 30 * SECOND, 11233: 30 * SECOND, 99991400: MINUTE },
  never: [19001, 19021, 19022, 19024, 9497],
};

/** `seconds` is the unix time as sent in the body. The text is empty and the key is `seconds\nsecret`: the platform's own order. */
export function feishuSign(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');
}

/** Card headers know these colours; Heed's levels carry the same words. */
const TEMPLATES: readonly string[] = ['blue', 'yellow', 'orange', 'red'];

export function feishuBody(message: Message, settings: Readonly<Record<string, string>>, seconds: number): string {
  const face = faceOf(message, settings);
  const secret = settings.secret ?? '';
  return JSON.stringify({
    ...(secret === '' ? {} : { timestamp: String(seconds), sign: feishuSign(secret, seconds) }),
    msg_type: 'interactive',
    card: {
      header: {
        template: TEMPLATES.includes(message.level) ? message.level : 'grey',
        title: { tag: 'plain_text', content: face.title },
      },
      elements: [
        { tag: 'div', text: { tag: 'lark_md', content: cutToBytes(plainForMarkdown(face.text), TEXT_BYTES) } },
        {
          tag: 'action',
          actions: [{ tag: 'button', text: { tag: 'plain_text', content: face.label }, url: face.address, type: 'primary' }],
        },
      ],
    },
  });
}

export default {
  kind: 'feishu',
  about: { zh: '飞书群机器人', en: 'Feishu group robot' },
  settings: [
    { name: 'address', label: { zh: '机器人地址（内含密钥）', en: 'Robot address (holds the key)' }, type: 'secret', required: true },
    { name: 'secret', label: { zh: '签名密钥', en: 'Signing secret' }, type: 'secret' },
    { name: 'language', label: { zh: '语言', en: 'Language' }, type: 'choice', choices: ['zh', 'en'], default: 'zh' },
  ],
  perMinute: 100,
  personal: false,
  async send(message, settings, hands, now) {
    const body = feishuBody(message, settings, Math.floor(now / 1000));
    return judgeBotAnswer(await hands.post(settings.address ?? '', body, BOT_HEADERS), CODES, now);
  },
} satisfies Notifier;
