/**
 * The one file that knows the IMAP library: reads letters of a mailbox, and changes nothing there (the folder is opened read-only, no
 * letter is marked as seen). The host is resolved and judged like every other; what is connected is the judged number, under the name
 * its certificate must have. Never throws for what a server does.
 */
import { isIP } from 'node:net';
import type { ImapFlow } from 'imapflow';
import { mailboxPlace, type MailboxPlace } from '../collect/mailboxAddress.ts';
import { refuse } from '../model/outcome.ts';
import { SECOND } from '../model/time.ts';
import type { Get, Got, NotGot } from '../ports.ts';
import { isLoopbackAddress, isPrivateAddress, isPublicAddress } from './addressGuard.ts';
import { failed, faultCode } from './outboundFault.ts';
import { type Resolve, resolveHost } from './resolveHost.ts';

export interface MailboxOptions {
  readonly allowLoopback: boolean;
  readonly onlyLoopback?: boolean;
  readonly resolve?: Resolve;
  /** Real ms for the whole reading. */
  readonly timeout?: number;
}

/** What `get` of a mailbox gives as JSON. */
export interface Letters {
  /** UIDVALIDITY: when it differs, all uids mean other letters. */
  readonly validity: string;
  readonly letters: readonly {
    readonly uid: number;
    readonly size: number /** base64; empty: larger than is read. */;
    readonly source: string;
  }[];
  readonly hasMore: boolean;
}

/** Letters of one reading, and bytes of one letter: press clippings are text. */
const MOST_LETTERS = 30;
export const LETTER_BYTES = 2 * 1024 * 1024;
/** Server lines and literals beyond it end the connection. */
const TIMEOUT = 40 * SECOND;

/** A mailbox is the body's own and usually stands inside: private-use ranges are allowed, as for sending mail; metadata and the rest are not. */
function mayOpen(address: string, options: MailboxOptions): boolean {
  if (isLoopbackAddress(address)) return options.allowLoopback || options.onlyLoopback === true;
  return options.onlyLoopback !== true && (isPublicAddress(address) || isPrivateAddress(address));
}

async function judgedNumber(host: string, options: MailboxOptions): Promise<string | NotGot> {
  let numbers: readonly string[];
  try {
    numbers = await (options.resolve ?? resolveHost)(host);
  } catch {
    return failed('dns');
  }
  if (numbers.length === 0) return failed('dns');
  // One inside number condemns the name: it may answer with another one next time.
  if (!numbers.every((number) => mayOpen(number, options))) return { kind: 'refused', refusal: refuse('collect.addressForbidden').refusal };
  return numbers[0]!;
}

const WRONG_LOGIN: NotGot = {
  kind: 'failed',
  code: 'mailboxLogin',
  because: { zh: '邮箱服务器不接受这个用户名和密码', en: 'The mail server does not accept this name and password' },
};
const NO_FOLDER: NotGot = {
  kind: 'failed',
  code: 'mailboxFolder',
  because: { zh: '邮箱里没有这个文件夹', en: 'The mailbox has no such folder' },
};

/** The library is loaded when the first mailbox is read: it costs a start half a second. */
async function clientFor(
  place: MailboxPlace,
  number: string,
  login: { readonly user: string; readonly password: string },
  timeout: number,
): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow');
  const isLocal = isLoopbackAddress(number);
  return new ImapFlow({
    host: number,
    port: place.port,
    secure: place.secure,
    // A password goes over a plain connection to this machine alone.
    ...(place.secure || isLocal ? {} : { doSTARTTLS: true }),
    ...(isIP(place.host) === 0 ? { servername: place.host } : {}),
    auth: { user: login.user, pass: login.password },
    tls: { minVersion: 'TLSv1.2' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  });
}

async function lettersAfter(client: ImapFlow, folder: string, after: number, validity: string): Promise<Letters | NotGot> {
  const box = await client.mailboxOpen(folder, { readOnly: true }).catch(() => null);
  if (box === null) return client.usable ? NO_FOLDER : failed('connection');
  const now = String(box.uidValidity);
  const from = now === validity ? after + 1 : 1;
  const found = box.exists === 0 ? [] : (await client.search({ uid: `${from}:*` }, { uid: true })) || [];
  // `n:*` names the last letter even when it is before n.
  const fresh = found.filter((uid) => uid >= from).sort((a, b) => a - b);
  const some = fresh.slice(0, MOST_LETTERS);
  const letters: Letters['letters'][number][] = [];
  for (const uid of some) {
    const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
    const size = head === false ? 0 : (head.size ?? 0);
    const whole =
      size > 0 && size <= LETTER_BYTES ? await client.fetchOne(String(uid), { source: { maxLength: LETTER_BYTES } }, { uid: true }) : false;
    letters.push({ uid, size, source: whole === false ? '' : (whole.source?.toString('base64') ?? '') });
  }
  return { validity: now, letters, hasMore: fresh.length > some.length };
}

function faultOf(error: unknown): NotGot {
  const isRefused = typeof error === 'object' && error !== null && Reflect.get(error, 'authenticationFailed') === true;
  return isRefused ? WRONG_LOGIN : failed(faultCode(error));
}

async function inTime<T>(client: ImapFlow, work: Promise<T>, ms: number): Promise<T | NotGot> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<NotGot>((resolve) => {
    timer = setTimeout(() => resolve(failed('timeout')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    client.close();
  }
}

/** Reads `imaps://host/FOLDER?after=UID&validity=V` as JSON (`Letters`), for a `get` that holds a login. */
export function makeMailboxGet(options: MailboxOptions): Get {
  return async (address, { login } = {}): Promise<Got | NotGot> => {
    const place = mailboxPlace(address);
    if (!place.ok) return { kind: 'refused', refusal: place.refusal };
    if (login === undefined || login.user === '') return WRONG_LOGIN;
    const number = await judgedNumber(place.value.host, options);
    if (typeof number !== 'string') return number;
    const timeout = options.timeout ?? TIMEOUT;
    const asked = new URL(address).searchParams;
    const client = await clientFor(place.value, number, login, timeout);
    // An error without a listener would end the process; whoever waits for an answer is told by its rejection.
    client.on('error', () => undefined);
    const work = (async (): Promise<Letters | NotGot> => {
      await client.connect();
      return lettersAfter(client, place.value.folder, Number(asked.get('after') ?? 0), asked.get('validity') ?? '');
    })().catch(faultOf);
    const read = await inTime(client, work, timeout);
    if ('kind' in read) return read;
    const bytes = new TextEncoder().encode(JSON.stringify(read));
    return { kind: 'ok', status: 200, address, headers: { 'content-type': 'application/json' }, bytes, validators: {} };
  };
}

/** One `get` for both: mailboxes by their scheme, all else by http. A login never reaches the http client. */
export function withMailboxes(http: Get, mailbox: Get): Get {
  return (address, options = {}) => {
    if (/^imaps?:/i.test(address)) return mailbox(address, options);
    const { login: _, ...plain } = options;
    return http(address, plain);
  };
}
