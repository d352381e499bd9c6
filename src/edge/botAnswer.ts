/**
 * What a chat bot's answer means. These platforms answer 200 even when nothing was delivered: the truth is a number in the body.
 */
import { MINUTE, type Span } from '../model/time.ts';
import type { Post, Sent } from '../ports.ts';
import { notPosted } from './noticeFace.ts';

export interface BotCodes {
  readonly channel: string;
  /** Fields that hold the code, the first present one counts; 0 is success. */
  readonly fields: readonly string[];
  /** Codes that say "too fast" or "try later", with the pause. */
  readonly later: Readonly<Record<number, Span>>;
  /** Codes that no repetition will heal: wrong key, wrong signature, keyword missing. */
  readonly never: readonly number[];
}

function codeIn(body: string, fields: readonly string[]): number | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  for (const field of fields) {
    const code: unknown = Reflect.get(parsed, field);
    if (typeof code === 'number') return code;
  }
  return null;
}

/** An unknown code, or no code at all, is `later`: better once too often than never. */
export function judgeBotAnswer(answer: Awaited<ReturnType<Post>>, codes: BotCodes, now: number): Sent {
  const { channel } = codes;
  if ('kind' in answer) return notPosted(channel, answer, now);
  if (answer.status === 429) return { result: 'later', why: `${channel}: too many messages`, after: MINUTE };
  if (answer.status >= 500) return { result: 'later', why: `${channel}: status ${answer.status}` };
  if (answer.status < 200 || answer.status >= 300) return { result: 'never', why: `${channel}: status ${answer.status}` };
  const code = codeIn(answer.body, codes.fields);
  if (code === 0) return { result: 'sent', why: '' };
  if (code === null) return { result: 'later', why: `${channel}: the answer cannot be read` };
  const after = codes.later[code];
  if (after !== undefined) return { result: 'later', why: `${channel}: code ${code}`, after };
  if (codes.never.includes(code)) return { result: 'never', why: `${channel}: code ${code}` };
  return { result: 'later', why: `${channel}: code ${code}`, after: MINUTE };
}

/** `138…,139…` or by spaces; anything that is not a plain number or id is left out. */
export function listOf(setting: string | undefined): string[] {
  return (setting ?? '').split(/[\s,，;；]+/).filter((part) => /^[\w.@+-]{1,64}$/.test(part));
}

export const BOT_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;
