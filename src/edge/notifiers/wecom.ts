/** Notifier: a group robot of WeCom 企业微信. The address holds the key and is the only secret. */
import { MINUTE } from '../../model/time.ts';
import type { Message, Notifier } from '../../ports.ts';
import { BOT_HEADERS, type BotCodes, judgeBotAnswer, listOf } from '../botAnswer.ts';
import { cutToBytes, faceOf, plainForMarkdown } from '../noticeFace.ts';

/** The platform's own cap on a markdown message. */
const MARKDOWN_BYTES = 4096;

/** -1 busy, 45009 and 45033 too fast; 93000 unknown robot, 40008 and 40058 malformed, 41001 and 40014 key wrong. */
const CODES: BotCodes = {
  channel: 'wecom',
  fields: ['errcode'],
  later: { [-1]: MINUTE, 45009: MINUTE, 45033: MINUTE },
  never: [93000, 40008, 40058, 41001, 40014],
};

/** Exported form: the body as posted. The link comes last and whole; the text before it is cut. */
export function wecomBody(message: Message, settings: Readonly<Record<string, string>>): string {
  const face = faceOf(message, settings);
  const mentions = listOf(settings.mentions)
    .map((id) => `<@${id}>`)
    .join(' ');
  const tail = `\n[${face.label}](${face.address})${mentions === '' ? '' : `\n${mentions}`}`;
  const quoted = face.text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `> ${plainForMarkdown(line)}`)
    .join('\n');
  const room = MARKDOWN_BYTES - new TextEncoder().encode(tail).length;
  return JSON.stringify({
    msgtype: 'markdown',
    markdown: { content: cutToBytes(`${plainForMarkdown(face.title)}\n${quoted}`, room) + tail },
  });
}

export default {
  kind: 'wecom',
  about: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  settings: [
    { name: 'address', label: { zh: '机器人地址（内含密钥）', en: 'Robot address (holds the key)' }, type: 'secret', required: true },
    { name: 'mentions', label: { zh: '提醒谁（成员 userid）', en: 'Whom to mention (user ids)' }, type: 'text' },
    { name: 'language', label: { zh: '语言', en: 'Language' }, type: 'choice', choices: ['zh', 'en'], default: 'zh' },
  ],
  perMinute: 20,
  personal: false,
  async send(message, settings, hands, now) {
    return judgeBotAnswer(await hands.post(settings.address ?? '', wecomBody(message, settings), BOT_HEADERS), CODES, now);
  },
} satisfies Notifier;
