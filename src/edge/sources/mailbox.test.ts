import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW, source } from '../../../test/stubs/sourceKit.ts';
import { startImap, type StubImap } from '../../../test/stubs/stubImap.ts';
import { mailboxPlace } from '../../collect/mailboxAddress.ts';
import type { Json } from '../../model/words.ts';
import type { Get } from '../../ports.ts';
import { makeMailboxGet, withMailboxes } from '../mailboxGet.ts';
import collector from './mailbox.ts';

let imap: StubImap;
beforeEach(async () => {
  imap = await startImap('geheim-1');
});
afterEach(() => imap.close());

const get = (options = {}) => makeMailboxGet({ allowLoopback: true, timeout: 3000, ...options });
const box = (over: { readonly [key: string]: Json } = {}, path = '/INBOX') =>
  source('mailbox', {
    address: `imap://127.0.0.1:${imap.port}${path}`,
    settings: { user: 'heed', password: 'geheim-1', senders: 'press@paper.example, @clips.example', ...over },
  });
const letter = (
  n: number,
  from = 'press@paper.example',
  more = 'Content-Type: text/plain; charset=utf-8\n\n第一段 https://paper.example/a/1 见报。\n',
) =>
  `Message-ID: <m${n}@paper.example>\nFrom: Paper <${from}>\nTo: heed@gov.example\nSubject: =?utf-8?B?${Buffer.from(`转发：停水见报第${n}号`).toString('base64')}?=\nDate: Tue, 10 Mar 2026 08:00:00 +0800\nMIME-Version: 1.0\n${more}`;
const pull = (cursor: Json = null, of = box(), by: Get = get()) => collector.pull(of, cursor, by, NOW);

test('letters of named senders become items; others are counted and not read; the next reading begins behind them', async () => {
  imap.put(3, letter(3));
  imap.put(5, letter(5, 'citizen@mail.example'));
  imap.put(
    6,
    letter(
      6,
      'daily@west.clips.example',
      'Content-Type: text/html; charset=utf-8\n\n<p>东门<b>停水</b></p><a href="https://clips.example/x">全文</a>\n',
    ),
  );
  const first = await pull();
  expect(first.items).toMatchObject([
    {
      title: '停水见报第3号',
      body: '第一段 https://paper.example/a/1 见报。',
      address: 'https://paper.example/a/1',
      kind: 'article',
      publishedAt: Date.parse('2026-03-10T08:00:00+08:00'),
    },
    { title: '停水见报第6号', address: 'https://clips.example/x' },
  ]);
  expect(first.items[1]!.body).toContain('东门停水');
  expect(first.items.every((item) => item.author === undefined)).toBe(true);
  expect([first.notes, first.cursor]).toEqual([['mailbox.otherSender 1'], { uid: 6, validity: '7' }]);
  expect((await pull(first.cursor)).items).toEqual([]);
  imap.put(9, letter(9));
  expect((await pull(first.cursor)).items.map((item) => item.title)).toEqual(['停水见报第9号']);
  imap.renumber(8);
  expect((await pull(first.cursor)).items.length).toBe(3);
});

test('nothing is changed in the mailbox', async () => {
  imap.put(1, letter(1));
  await pull();
  expect(imap.commands.some((one) => one.startsWith('EXAMINE'))).toBe(true);
  expect(
    imap.commands.filter((one) => /^(?:SELECT|STORE|UID STORE|APPEND|EXPUNGE|UID (?:COPY|MOVE)|DELETE|CREATE)|BODY\[\]/i.test(one)),
  ).toEqual([]);
});

test('without a sender named nothing is read', async () => {
  imap.put(1, letter(1));
  expect(await pull(null, box({ senders: ' , ' }))).toMatchObject({ items: [], notes: ['mailbox.noSenders', 'mailbox.otherSender 1'] });
});

test('more letters than one reading holds come in the next', async () => {
  for (let n = 1; n <= 31; n++) imap.put(n, letter(n));
  const first = await pull();
  expect([first.items.length, first.more]).toEqual([30, true]);
  const second = await pull(first.cursor);
  expect([second.items.length, second.more]).toEqual([1, undefined]);
});

describe('what goes wrong is told, and the place kept', () => {
  const kept = { uid: 4, validity: '7' };
  test('a wrong password, a missing folder, a silent server', async () => {
    expect((await pull(kept, box({ password: 'x' }))).stopped).toMatchObject({ code: 'mailboxLogin' });
    expect((await pull(kept, box({}, '/Elsewhere'))).stopped).toMatchObject({ code: 'mailboxFolder' });
    imap.answerWith('EXAMINE', null);
    const silent = await pull(kept, box(), get({ timeout: 300 }));
    expect([silent.stopped?.kind, silent.cursor]).toEqual(['failed', kept]);
  });
  test('a letter built to be heavy, an oversized one, no letter at all', async () => {
    imap.put(1, `${letter(1)}${'x'.repeat(2_200_000)}`);
    imap.put(2, `Content-Type: multipart/mixed; boundary=a\n\n${'--a\nContent-Type: multipart/mixed; boundary=a\n\n'.repeat(2000)}`);
    imap.put(3, letter(3));
    const { items, notes } = await pull();
    expect(items.map((item) => item.title)).toEqual(['停水见报第3号']);
    expect(notes[0]).toMatch(/^mailbox\./);
  });
});

describe('where it may go', () => {
  test.each([
    ['https://mail.example/INBOX', false],
    ['imaps://user:pw@mail.example/INBOX', false],
    ['imaps:///INBOX', false],
    ['imaps://mail.example/%0d%0aLOGOUT', false],
    ['imaps://mail.example', true],
    ['imaps://mail.example/%E5%89%AA%E6%8A%A5', true],
  ])('%s', (address, isPlace) => {
    expect(mailboxPlace(address).ok).toBe(isPlace);
  });
  test.each(['127.0.0.1', '169.254.169.254', '0.0.0.0', '::1'])('not to %s unless the setting says so', async (number) => {
    const refused = await get({ allowLoopback: false, resolve: async () => [number] })('imaps://mail.example/INBOX', {
      login: { user: 'a', password: 'b' },
    });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'collect.addressForbidden' } });
  });
  test('a name with a public and an inside number is refused as a whole, and nothing is connected', async () => {
    await get({ allowLoopback: false, resolve: async () => ['93.184.216.34', '127.0.0.1'] })(`imap://mail.example:${imap.port}/`, {
      login: { user: 'a', password: 'b' },
    });
    expect(imap.commands).toEqual([]);
  });
  test('a login never reaches the http client', async () => {
    const seen: unknown[] = [];
    const both = withMailboxes(async (_address, options) => {
      seen.push(options);
      return { kind: 'unchanged' };
    }, get());
    await both('https://site.example/', { login: { user: 'a', password: 'b' }, pause: 5 });
    expect(seen).toEqual([{ pause: 5 }]);
  });
});
