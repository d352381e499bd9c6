/** Sends mail through the office's own mail server (SMTP). One connection per mail: alerts are few, and a kept one goes stale. */
import { isIP } from 'node:net';
import { type Instant, MINUTE, SECOND } from '../model/time.ts';
import type { Hands, Mail, Sent } from '../ports.ts';
import { isLoopbackAddress, isPrivateAddress, isPublicAddress } from './addressGuard.ts';
import { type Resolve, resolveHost } from './resolveHost.ts';

export interface MailOptions {
  readonly allowLoopback: boolean;
  /** The demo: nothing but a loopback sink. */
  readonly onlyLoopback?: boolean;
  readonly now: () => Instant;
  /** Real ms for each step of the dialogue; an attempt to notify takes 15 s at most (REL-08). */
  readonly timeout?: number;
  readonly resolve?: Resolve;
}

/** A mail server is named by an admin and usually stands inside, so private-use ranges are allowed here; metadata and the rest are not. */
function mayMail(address: string, options: MailOptions): boolean {
  if (isLoopbackAddress(address)) return options.allowLoopback || options.onlyLoopback === true;
  return options.onlyLoopback !== true && (isPublicAddress(address) || isPrivateAddress(address));
}

/** Line breaks in a header field would begin another one. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ').trim();
}

function isAddress(text: string): boolean {
  return /^[^\s<>,;:"@]+@[^\s<>,;:"@]+$/.test(text);
}

function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}

/** A 5xx answer about sender, recipient or content will be the same next time; all else may pass. */
function judgeError(error: unknown): Sent {
  const code = fieldOf(error, 'code');
  const answer = fieldOf(error, 'responseCode');
  if (code === 'EAUTH') return { result: 'later', why: 'mail: the server refused the login', after: 2 * MINUTE };
  if (typeof answer === 'number' && answer >= 500) return { result: 'never', why: `mail: the server refused (${answer})` };
  if (typeof answer === 'number') return { result: 'later', why: `mail: the server is not ready (${answer})`, after: MINUTE };
  return { result: 'later', why: `mail: ${typeof code === 'string' ? code : 'no answer'}` };
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The library is loaded with the first letter. */
async function transportFor(server: Readonly<Record<string, string>>, number: string, timeout: number) {
  const { host = '', port = '25', user = '', password = '' } = server;
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host: number,
    port: Number(port),
    secure: server.secure === 'true',
    requireTLS: server.secure !== 'true' && server.startTls === 'true',
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function messageFor(from: string, listId: string, mail: Mail, now: Instant) {
  return {
    from,
    to: [...mail.to],
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: oneLine(mail.messageId),
    references: mail.references.map(oneLine),
    ...(mail.references[0] === undefined ? {} : { inReplyTo: oneLine(mail.references[mail.references.length - 1] ?? '') }),
    date: new Date(now),
    headers: { 'Auto-Submitted': 'auto-generated', ...(listId === '' ? {} : { 'List-Id': `<${oneLine(listId)}>` }) },
    attachments: (mail.attachments ?? []).map((part) => ({
      filename: oneLine(part.name),
      contentType: oneLine(part.type),
      content: Buffer.from(part.bytes),
    })),
  };
}

/** `server`: `host`, `port`, `from`, and as wanted `secure` (`true`: TLS at once), `startTls` (`true`: insist), `user`, `password`, `listId`. */
export function makeMail(options: MailOptions): Hands['mail'] {
  const timeout = options.timeout ?? 15 * SECOND;
  return async (server, mail) => {
    const host = oneLine(server.host ?? '');
    const from = oneLine(server.from ?? '');
    if (mail.to.length === 0 || !mail.to.every(isAddress)) return { result: 'never', why: 'mail: a recipient is not a mail address' };
    if (!isAddress(from) || host === '') return { result: 'never', why: 'mail: the mail server is not set up' };
    try {
      const numbers = await within((options.resolve ?? resolveHost)(host), timeout);
      const [number] = numbers;
      if (number === undefined) return { result: 'later', why: 'mail: the mail server has no address' };
      if (!numbers.every((each) => mayMail(each, options))) return { result: 'never', why: 'mail: this mail server may not be used' };
      const transport = await transportFor(server, number, timeout);
      const sending = transport.sendMail(messageFor(from, server.listId ?? '', mail, options.now()));
      const info = await within(sending, timeout).finally(() => transport.close());
      const refused = info.rejected ?? [];
      return refused.length > 0
        ? { result: 'sent', why: `mail: ${refused.length} of ${mail.to.length} recipients refused` }
        : { result: 'sent', why: '' };
    } catch (error) {
      return judgeError(error);
    }
  };
}
