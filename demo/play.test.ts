import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { makeClient } from './client.ts';
import { makePace, secondsAt } from './pace.ts';
import { readMail } from './stubs/smtpSink.ts';
import { startStubs } from './stubs.ts';

const HOUR = 3_600_000;
const setting = {
  watch: 0,
  pace: [
    { until: 0, seconds: 8 },
    { until: 6 * HOUR, seconds: 14 },
    { until: 18 * HOUR, seconds: 38 },
  ],
};

test.each([
  [0, 8],
  [3 * HOUR, 11],
  [6 * HOUR, 14],
  [12 * HOUR, 26],
  [18 * HOUR, 38],
  [66 * HOUR, 98],
])('at %i ms the story stands at second %i', (at, seconds) => {
  expect(secondsAt(setting, at)).toBeCloseTo(seconds, 6);
});

/** A real clock that moves only when somebody sleeps. */
function pretend(speed: number) {
  let real = 0;
  const pace = makePace({
    speed,
    secondsAt: (at) => at / 1000,
    realNow: () => real,
    sleep: async (ms) => {
      real += ms;
    },
  });
  return { pace, real: () => real, pass: (ms: number) => (real += ms) };
}

test('the pace waits by the speed, and not at all without one', async () => {
  const slow = pretend(2);
  expect(await slow.pace.wait(10_000)).toBe(true);
  expect(slow.real()).toBeCloseTo(5000, -1);
  const fast = pretend(Number.POSITIVE_INFINITY);
  await fast.pace.wait(10_000_000);
  expect(fast.real()).toBe(0);
});

test('time that passes in a pause does not count', async () => {
  const { pace, real, pass } = pretend(1);
  await pace.wait(1000);
  pace.change({ paused: true });
  pass(60_000);
  pace.change({ paused: false });
  await pace.wait(2000);
  expect(real()).toBeCloseTo(62_000, -1);
});

test('the speed can be changed on the way', async () => {
  const { pace, real } = pretend(1);
  await pace.wait(1000);
  pace.change({ speed: 10 });
  await pace.wait(11_000);
  expect(real()).toBeCloseTo(2000, -1);
});

test('the robot and the webhook keep what they get and find the links', async () => {
  const stubs = await startStubs({ now: () => 77, host: '127.0.0.1', basePort: 0 });
  try {
    const post = async (address: string, body: string): Promise<unknown> => (await fetch(address, { method: 'POST', body })).json();
    const content = '【黄色】水黄\n> 4 个来源\n[查看并签收](http://127.0.0.1:4173/ack/abc_DEF-1)';
    expect(await post(stubs.botAddress, JSON.stringify({ msgtype: 'markdown', markdown: { content } }))).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(await post(stubs.botAddress, 'no json')).toMatchObject({ errcode: 40008 });
    await post(
      stubs.hookAddress,
      JSON.stringify({ type: 'notice.sent', data: { subject: 'S', link: 'http://127.0.0.1/ack/q', pageLink: 'http://127.0.0.1/desk' } }),
    );
    expect(stubs.messages.map(({ channel, at, links }) => ({ channel, at, links }))).toEqual([
      { channel: 'bot', at: 77, links: ['http://127.0.0.1:4173/ack/abc_DEF-1'] },
      { channel: 'hook', at: 77, links: ['http://127.0.0.1/ack/q', 'http://127.0.0.1/desk'] },
    ]);
    expect(await (await fetch(stubs.pageAddress)).text()).toContain('水黄');
  } finally {
    await stubs.close();
  }
});

test('the mail sink speaks enough SMTP to be sent to', async () => {
  const stubs = await startStubs({ now: () => 5, host: '127.0.0.1', basePort: 0 });
  try {
    await new Promise<void>((resolve, reject) => {
      const lines = [
        'EHLO x',
        'MAIL FROM:<a@b.example>',
        'RCPT TO:<c@d.example>',
        'DATA',
        'Subject: =?UTF-8?B?5rC0?=\r\n\r\nhttp://127.0.0.1/ack/1\r\n.',
        'QUIT',
      ];
      const socket = connect(stubs.mailPort, stubs.mailHost);
      socket.on('data', () => {
        const line = lines.shift();
        if (line !== undefined) socket.write(`${line}\r\n`);
      });
      socket.on('close', () => resolve()).on('error', reject);
    });
    expect(stubs.messages).toEqual([
      { channel: 'mail', at: 5, to: 'c@d.example', title: '水', text: 'http://127.0.0.1/ack/1', links: ['http://127.0.0.1/ack/1'] },
    ]);
  } finally {
    await stubs.close();
  }
});

test.each([
  ['plain', 'Subject: Hi\n\nbody', 'Hi', 'body'],
  ['quoted words side by side', 'Subject: =?UTF-8?Q?=E6=B0=B4_?= =?UTF-8?Q?=E9=BB=84?=\n\nx', '水 黄', 'x'],
  ['quoted-printable', 'Subject: s\nContent-Transfer-Encoding: quoted-printable\n\n=E6=B0=B4 =\nb', 's', '水 b'],
  [
    'the plain part of several',
    'Subject: s\nContent-Type: multipart/alternative;\n boundary="q"\n\n--q\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n5rC0\n--q\nContent-Type: text/html\n\n<b>\n--q--',
    's',
    '水',
  ],
])('a mail %s', (_, source, subject, text) => {
  expect(readMail(source)).toEqual({ subject, text });
});

test('a client keeps its cookie and sends the token with each change', async () => {
  const seen: (string | undefined)[][] = [];
  const server = createServer((request, response) => {
    seen.push([request.method, request.headers.cookie, request.headers['x-heed-csrf'] as string | undefined]);
    response.setHeader('set-cookie', 'heed=abc; Path=/; HttpOnly');
    response.setHeader('content-type', 'application/json');
    response.end('{"csrf":"tok"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const client = makeClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.adopt(await client.send('POST', '/api/session', {}));
    await client.send('POST', '/api/x', {});
    expect(seen).toEqual([
      ['POST', undefined, undefined],
      ['POST', 'heed=abc', 'tok'],
    ]);
  } finally {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});
