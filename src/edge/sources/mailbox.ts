/**
 * Collector: a mailbox of the body's own for press clippings and newsletters. Only letters of named senders are read: what a citizen
 * writes to it in confidence is no open source. Nothing is changed in the mailbox.
 */
import { createHash } from 'node:crypto';
import { mailboxPlace } from '../../collect/mailboxAddress.ts';
import type { Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Get, NotGot, Pulled } from '../../ports.ts';
import { type Letter, readLetter } from '../letter.ts';
import { fieldOf, listOfValues, numberOf, parseJson, recordOf, textOf } from '../looseValues.ts';

const NO_MAILBOX: NotGot = {
  kind: 'failed',
  code: 'notAMailbox',
  because: { zh: '邮箱服务器的答复不合规范', en: 'The answer of the mail server is malformed' },
};

/** Addresses and whole domains (`@paper.example` or `paper.example`), parted by commas or blanks. */
function sendersOf(source: Source): readonly string[] {
  return textOf(source.settings.senders)
    .toLowerCase()
    .split(/[\s,;，；]+/)
    .filter((one) => one !== '');
}

function isNamed(from: string, senders: readonly string[]): boolean {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return senders.some((one) =>
    /^[^@]+@/.test(one) ? from === one : domain === one.replace(/^@/, '') || domain.endsWith(`.${one.replace(/^@/, '')}`),
  );
}

/** A clipping is the paper's, not the sending person's: no author is taken from the letter. */
function itemOf(letter: Letter, source: Source): Item {
  const content = createHash('sha256').update(`${letter.subject}\n${letter.text}`, 'utf8').digest('hex').slice(0, 24);
  const at = Date.parse(letter.date);
  return {
    key: `mail-${letter.id === '' ? content : createHash('sha256').update(letter.id, 'utf8').digest('hex').slice(0, 24)}`,
    address: letter.link === '' ? source.address : letter.link,
    title: letter.subject.replace(/^(?:\s*(?:re|fwd?|转发|回复|答复)\s*[:：])+\s*/i, ''),
    body: letter.text,
    kind: 'article',
    nImages: letter.nImages,
    ...(Number.isNaN(at) ? {} : { publishedAt: at }),
  };
}

interface Read {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
}

async function readAll(source: Source, letters: readonly unknown[]): Promise<Read> {
  const senders = sendersOf(source);
  const left = { otherSender: 0, notRead: 0, empty: 0 };
  const items: Item[] = [];
  for (const raw of letters) {
    const bytes = Buffer.from(textOf(recordOf(raw).source), 'base64');
    const letter = bytes.length === 0 ? null : await readLetter(bytes);
    if (letter === null) left.notRead++;
    else if (!isNamed(letter.from, senders)) left.otherSender++;
    else if (letter.subject === '' && letter.text === '') left.empty++;
    else items.push(itemOf(letter, source));
  }
  return { items, notes: Object.entries(left).flatMap(([why, n]) => (n === 0 ? [] : [`mailbox.${why} ${n}`])) };
}

/** The address without a query of its own, with where the last reading ended. */
function askedAddress(source: Source, kept: Json): string {
  const url = URL.parse(source.address);
  if (url === null || !mailboxPlace(source.address).ok) return source.address;
  url.search = '';
  url.searchParams.set('after', String(Math.max(0, numberOf(fieldOf(kept, 'uid')) ?? 0)));
  url.searchParams.set('validity', textOf(fieldOf(kept, 'validity')));
  return url.href;
}

export default {
  kind: 'mailbox',
  about: { zh: '专用邮箱（IMAP）：剪报、简报、新闻邮件', en: 'Dedicated mailbox (IMAP): press clippings and newsletters' },
  settings: [
    { name: 'user', label: { zh: '邮箱用户名', en: 'Name of the mailbox' }, type: 'text', required: true },
    { name: 'password', label: { zh: '密码或授权码', en: 'Password' }, type: 'secret', required: true },
    {
      name: 'senders',
      label: { zh: '只读这些发件人', en: 'Senders that are read' },
      help: { zh: '地址或域名，用逗号分开；其他来信一概不读', en: 'Addresses or domains, parted by commas; no other letter is read' },
      type: 'text',
      required: true,
    },
  ],
  standing: 'press',
  manners: { robots: true, pollAtLeast: 5 * MINUTE, pollAtMost: HOUR, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, _now: Instant): Promise<Pulled> {
    const { robots, pause } = source.manners;
    const login = { user: textOf(source.settings.user), password: textOf(source.settings.password) };
    const got = await get(askedAddress(source, kept), { robots, pause, login });
    if (got.kind !== 'ok') return { items: [], notes: [], cursor: kept, stopped: got };
    const answer = recordOf(parseJson(new TextDecoder().decode(got.bytes)));
    if (!Array.isArray(answer.letters)) return { items: [], notes: [], cursor: kept, stopped: NO_MAILBOX };
    const letters = listOfValues(answer.letters);
    const { items, notes } = await readAll(source, letters);
    const before = textOf(fieldOf(kept, 'validity')) === textOf(answer.validity) ? (numberOf(fieldOf(kept, 'uid')) ?? 0) : 0;
    const uid = letters.reduce<number>((most, one) => Math.max(most, numberOf(recordOf(one).uid) ?? 0), before);
    return {
      items,
      notes: sendersOf(source).length === 0 ? ['mailbox.noSenders', ...notes] : notes,
      cursor: { uid, validity: textOf(answer.validity) },
      ...(answer.hasMore === true && letters.length > 0 ? { more: true } : {}),
    };
  },
} satisfies Collector;
