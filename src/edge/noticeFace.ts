/** What of a message every channel shows, in the language of the channel. Holds only what the message holds. */
import type { Message, NotGot, Sent } from '../ports.ts';

export interface Face {
  readonly title: string;
  readonly text: string;
  /** The button: sign for it, or only look. */
  readonly label: string;
  readonly address: string;
}

const WORDS = {
  zh: { sign: '查看并签收', look: '查看', demo: '【演示】' },
  en: { sign: 'View and sign for it', look: 'View', demo: '[DEMO] ' },
} as const;

export function faceOf(message: Message, settings: Readonly<Record<string, string>>): Face {
  const words = settings.language === 'en' ? WORDS.en : WORDS.zh;
  const title = message.demo && !message.subject.startsWith(words.demo.trim()) ? words.demo + message.subject : message.subject;
  return {
    title,
    text: message.text,
    label: message.link === null ? words.look : words.sign,
    address: message.link ?? message.pageLink,
  };
}

const encoder = new TextEncoder();

/** Cuts at whole characters so that the UTF-8 of the text is at most `maxBytes`; an ellipsis says that it was cut. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (encoder.encode(text).length <= maxBytes) return text;
  let size = 3;
  let kept = '';
  for (const char of text) {
    size += encoder.encode(char).length;
    if (size > maxBytes) break;
    kept += char;
  }
  return `${kept}…`;
}

const WIDE: Readonly<Record<string, string>> = { '[': '［', ']': '］', '<': '＜', '>': '＞', '*': '＊', '`': '｀', '~': '～', '#': '＃' };

/**
 * Marks that a bot's markdown would read as a link, picture, mention or heading, made wide: these dialects know no escape character,
 * and a title may hold words of the public.
 */
export function plainForMarkdown(text: string): string {
  return text.replace(/[[\]<>*`~#]/g, (mark) => WIDE[mark] ?? mark);
}

/** No answer: everything but a refused address may pass by itself. */
export function notPosted(channel: string, got: NotGot, now: number): Sent {
  switch (got.kind) {
    case 'refused':
      return { result: 'never', why: `${channel}: this address may not be used` };
    case 'later':
      return { result: 'later', why: `${channel}: asked to wait`, after: Math.max(0, got.at - now) };
    case 'failed':
      return { result: 'later', why: `${channel}: ${got.code}` };
    default:
      return { result: 'later', why: `${channel}: ${got.kind}` };
  }
}
