/** The shelf of notifiers: what every member must be, the platforms' exact forms, and how each takes a bad answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeHands } from '../../src/edge/hands.ts';
import { makeMail } from '../../src/edge/mail.ts';
import { dingtalkAddress, dingtalkSign } from '../../src/edge/notifiers/dingtalk.ts';
import { feishuSign } from '../../src/edge/notifiers/feishu.ts';
import { named, readShelf } from '../../src/edge/shelf.ts';
import { signWebhook, webhookKey } from '../../src/edge/webhookSignature.ts';
import { makeOutbound } from '../../src/edge/get.ts';
import type { Hands, Message, Notifier } from '../../src/ports.ts';
import { type StubBot, startBot } from '../stubs/stubBot.ts';
import { type StubMail, startMail } from '../stubs/stubMail.ts';
import { type Answer, type StubSite, startSite } from '../stubs/stubSite.ts';

const NOW = 1_764_057_600_000;
const notifiers = await readShelf<Notifier>(new URL('../../src/edge/notifiers/', import.meta.url), named('kind'));
const byKind = new Map(notifiers.map((notifier) => [notifier.kind, notifier]));

const message: Message = {
  key: 'alert1:water:0:group',
  issueId: 'issue1',
  level: 'orange',
  subject: '【橙色】城东片区自来水异味 HD-2026-0031',
  text: '5 个来源 137 条（去重 61）\n主办：县水务公司　时限：14:40',
  link: 'https://heed.example/ack/abc',
  pageLink: 'https://heed.example/issues/issue1',
  ackBy: NOW + 900_000,
  threadKey: 'issue:issue1',
  demo: false,
};

const outbound = makeOutbound({ allowLoopback: true, userAgent: 'Heed/test', now: () => NOW });
const hands: Hands = makeHands({ post: outbound.post, mail: makeMail({ allowLoopback: true, now: () => NOW }) });
/** Short real time limits: a hanging receiver is cut after these milliseconds. */
const hasty = makeOutbound({
  allowLoopback: true,
  userAgent: 'Heed/test',
  now: () => NOW,
  limits: { post: 150, headers: 150, grace: 50 },
});
const hastyHands: Hands = makeHands({ post: hasty.post, mail: makeMail({ allowLoopback: true, now: () => NOW, timeout: 200 }) });

test('the shelf holds five notifiers, each of its own kind', () => {
  expect([...byKind.keys()].sort()).toEqual(['dingtalk', 'email', 'feishu', 'webhook', 'wecom']);
  expect(notifiers.length).toBe(5);
});

for (const notifier of notifiers) {
  describe(`every notifier: ${notifier.kind}`, () => {
    test('describes itself and its settings in both languages', () => {
      for (const words of [notifier.about, ...notifier.settings.flatMap((field) => [field.label, ...(field.help ? [field.help] : [])])]) {
        expect(words.zh).toMatch(/\p{Script=Han}|TLS/u);
        expect(words.en).toMatch(/[A-Za-z]/);
      }
      expect(notifier.perMinute).toBeGreaterThan(0);
    });
    test('does not throw when nothing is set, and sends nothing', async () => {
      expect((await notifier.send(message, {}, hands, NOW)).result).not.toBe('sent');
    });
    test('never asks an address inside', async () => {
      const settings = { address: 'http://169.254.169.254/x', host: '169.254.169.254', from: 'a@b.example', to: 'c@d.example' };
      const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
      expect((await notifier.send(message, { ...settings, secret }, hands, NOW)).result).toBe('never');
    });
  });
}

describe('published vectors', () => {
  test('Standard Webhooks', () => {
    const key = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!;
    expect(signWebhook(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
  test('DingTalk, in milliseconds and written for an address', () => {
    expect(dingtalkSign('SECheedtest0123456789', 1_764_057_600_000)).toBe('gRvPe63qnSKfpkW0BogVfKBpkpqvfziHy4qzcbQ9ZVE=');
    expect(dingtalkAddress('https://oapi.dingtalk.com/robot/send?access_token=T', 'SECheedtest0123456789', 1_764_057_600_000)).toBe(
      'https://oapi.dingtalk.com/robot/send?access_token=T&timestamp=1764057600000&sign=gRvPe63qnSKfpkW0BogVfKBpkpqvfziHy4qzcbQ9ZVE%3D',
    );
  });
  test('Feishu, in seconds', () => {
    expect(feishuSign('heedTestSecret', 1_764_057_600)).toBe('0NFc8aB1++9hdF9U+kOfEONlTqc3372r3tHaBBR7+jU=');
  });
});

const robots = ['wecom', 'dingtalk', 'feishu'] as const;
const FAILS = { wecom: { errcode: 93000 }, dingtalk: { errcode: 310000 }, feishu: { code: 19024 } };
const BUSY = { wecom: { errcode: 45009 }, dingtalk: { errcode: 130101 }, feishu: { code: 11232 } };
const hang: Answer = () => undefined;

for (const platform of robots) {
  describe(`robot of ${platform}`, () => {
    const notifier = byKind.get(platform)!;
    let bot: StubBot;
    beforeAll(async () => {
      bot = await startBot(platform, 'heedTestSecret');
    });
    afterAll(() => bot.close());
    const send = (extra = {}, by = hands) => notifier.send(message, { address: bot.robot, secret: 'heedTestSecret', ...extra }, by, NOW);

    test('a delivered notice is sent, in the exact form of the platform', async () => {
      expect(await send({ mentions: 'zhoumin' })).toEqual({ result: 'sent', why: '' });
      const seen = bot.seen.at(-1)!;
      expect(seen.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(JSON.parse(seen.body)).toEqual(FORMS[platform]);
    });
    const cases: [why: string, answer: Answer, result: string][] = [
      ['200 with an error in the body that no repetition heals', { body: JSON.stringify(FAILS[platform]) }, 'never'],
      ['200 with "too fast" in the body', { body: JSON.stringify(BUSY[platform]) }, 'later'],
      ['200 with an unknown code', { body: '{"errcode":77777,"code":77777}' }, 'later'],
      ['200 with a page instead of JSON', { body: '<html>' }, 'later'],
      ['200 with JSON that is no object', { body: 'null' }, 'later'],
      ['429', { status: 429 }, 'later'],
      ['500', { status: 500, body: '{"errcode":0,"code":0}' }, 'later'],
      ['410', { status: 410 }, 'never'],
      ['a receiver that hangs', hang, 'later'],
      ['a reset', (_request, _response, socket) => socket.resetAndDestroy(), 'later'],
    ];
    for (const [why, answer, result] of cases)
      test(`${why}: ${result}`, async () => {
        bot.answerWith(answer);
        expect((await send({}, answer === hang ? hastyHands : hands)).result).toBe(result);
      });
    test('the address, which is a secret, stands in no reason', async () => {
      bot.answerWith({ status: 404 });
      expect((await send()).why).not.toContain('http');
    });
    test('an endless text is cut, and the link stays whole', async () => {
      bot.answerWith({ body: '{"errcode":0,"code":0}' });
      await notifier.send({ ...message, text: '水'.repeat(30_000) }, { address: bot.robot }, hands, NOW);
      const { body } = bot.seen.at(-1)!;
      expect(Buffer.byteLength(body)).toBeLessThan(20_000);
      expect(body).toContain(message.link);
    });
    test('words of a title cannot become a link or a mention', async () => {
      await notifier.send({ ...message, subject: '[x](http://evil.example) <at id=all></at> <@all>' }, { address: bot.robot }, hands, NOW);
      const { body } = bot.seen.at(-1)!;
      if (platform !== 'feishu') expect(body).not.toContain('<@all>');
      if (platform === 'wecom') expect(body).not.toContain('[x]');
    });
  });
}

const FORMS = {
  wecom: {
    msgtype: 'markdown',
    markdown: {
      content: `${message.subject}\n> 5 个来源 137 条（去重 61）\n> 主办：县水务公司　时限：14:40\n[查看并签收](${message.link})\n<@zhoumin>`,
    },
  },
  dingtalk: {
    msgtype: 'actionCard',
    actionCard: {
      title: message.subject,
      text: `### ${message.subject}\n5 个来源 137 条（去重 61）  \n主办：县水务公司　时限：14:40`,
      btnOrientation: '0',
      btns: [{ title: '查看并签收', actionURL: message.link }],
    },
  },
  feishu: {
    timestamp: '1764057600',
    sign: '0NFc8aB1++9hdF9U+kOfEONlTqc3372r3tHaBBR7+jU=',
    msg_type: 'interactive',
    card: {
      header: { template: 'orange', title: { tag: 'plain_text', content: message.subject } },
      elements: [
        { tag: 'div', text: { tag: 'lark_md', content: message.text } },
        {
          tag: 'action',
          actions: [{ tag: 'button', text: { tag: 'plain_text', content: '查看并签收' }, url: message.link, type: 'primary' }],
        },
      ],
    },
  },
};

test('a wrong secret is refused by the robot and never sent again', async () => {
  for (const platform of ['dingtalk', 'feishu'] as const) {
    const bot = await startBot(platform, 'right');
    const sent = await byKind.get(platform)!.send(message, { address: bot.robot, secret: 'wrong' }, hands, NOW);
    await bot.close();
    expect(sent.result).toBe('never');
  }
});

describe('webhook', () => {
  const notifier = byKind.get('webhook')!;
  const keys = [Buffer.alloc(32, 7), Buffer.alloc(24, 9)];
  const secret = keys.map((key) => `whsec_${key.toString('base64')}`).join(' ');
  let site: StubSite;
  beforeAll(async () => {
    site = await startSite({ '/hook': { status: 204 } });
  });
  afterAll(() => site.close());
  const send = (now = NOW, by = hands) => notifier.send(message, { address: `${site.address}/hook`, secret }, by, now);

  test('is signed with every secret over the bytes that arrive, and keeps its id over tries', async () => {
    expect(await send()).toEqual({ result: 'sent', why: '' });
    await send(NOW + 5000);
    const [first, second] = site.seen.slice(-2);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.headers['webhook-timestamp']).toBe('1764057605');
    const id = String(first!.headers['webhook-id']);
    expect(first!.headers['webhook-signature']).toBe(keys.map((key) => signWebhook(key, id, NOW / 1000, first!.body)).join(' '));
    expect(id).not.toContain('.');
  });
  test('the body is thin: ids, colour and links, none of the text', async () => {
    await send();
    const { body } = site.seen.at(-1)!;
    expect(Object.keys(JSON.parse(body).data).sort()).toEqual(
      ['ackBy', 'demo', 'issueId', 'key', 'level', 'link', 'pageLink', 'subject', 'threadKey'].sort(),
    );
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
  });
  const cases: [why: string, answer: Answer, result: string, after?: number][] = [
    ['410 means gone for good', { status: 410 }, 'never'],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '120' } }, 'later', 120_000],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '30' } }, 'later', 30_000],
    ['Retry-After of a year is cut to a day', { status: 429, headers: { 'retry-after': '31536000' } }, 'later', 86_400_000],
    ['500', { status: 500 }, 'later'],
    ['404 may heal', { status: 404 }, 'later'],
    ['a receiver that hangs', hang, 'later'],
    ['an endless answer', (_request, response) => void response.writeHead(200).write('x'.repeat(1_000_000)), 'sent'],
  ];
  for (const [why, answer, result, after] of cases)
    test(`${why}: ${result}`, async () => {
      site.set('/hook', answer);
      const sent = await send(NOW, answer === hang ? hastyHands : hands);
      expect(sent.result).toBe(result);
      if (after !== undefined) expect(sent.after).toBe(after);
    });
  test('a redirect is not followed and not a success', async () => {
    site.set('/hook', { status: 302, headers: { location: `${site.address}/elsewhere` } });
    expect((await send()).result).toBe('later');
    expect(site.seen.some((request) => request.path === '/elsewhere')).toBe(false);
  });
  test('a short secret is not used', async () => {
    const sent = await notifier.send(message, { address: `${site.address}/hook`, secret: 'whsec_c2hvcnQ=' }, hands, NOW);
    expect(sent.result).toBe('never');
  });
});

describe('email', () => {
  const notifier = byKind.get('email')!;
  let server: StubMail;
  beforeAll(async () => {
    server = await startMail();
  });
  afterAll(() => server.close());
  const send = (extra = {}, over: Partial<Message> = {}, by = hands) =>
    notifier.send(
      { ...message, ...over },
      { host: '127.0.0.1', port: String(server.port), from: 'duty@county.example', to: 'zhou@county.example', ...extra },
      by,
      NOW,
    );

  test('arrives with a Chinese subject, marked as automatic, in the thread of its issue', async () => {
    expect(await send()).toEqual({ result: 'sent', why: '' });
    await send({}, { key: 'alert1:water:1:group' });
    const [first, second] = server.mails.map((mail) => mail.source);
    expect(first).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(first).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(first).toMatch(/^List-ID: <notices\.county\.example>$/im);
    expect(/^References:\s*(\S+)/m.exec(first!)![1]).toBe(/^References:\s*(\S+)/m.exec(second!)![1]);
    expect(/^Message-ID: (\S+)/im.exec(first!)![1]).not.toBe(/^Message-ID: (\S+)/im.exec(second!)![1]);
    expect(server.mails[0]!.to).toEqual(['zhou@county.example']);
  });
  test('line breaks in a subject or recipient begin no header of their own', async () => {
    const before = server.mails.length;
    await send({}, { subject: 'x\r\nBcc: evil@evil.example' });
    await send({ to: 'zhou@county.example\r\nRCPT TO:<evil@evil.example>' });
    for (const mail of server.mails.slice(before)) {
      expect(mail.to).toEqual(['zhou@county.example']);
      expect(mail.source.split('\n\n')[0]).not.toMatch(/^Bcc:/im);
    }
  });
  test('the reader is shown the text and the link in both forms', async () => {
    await send({ language: 'en' }, { subject: 'Orange: <b>water</b>', text: 'ask & see', link: null });
    const source = server.mails.at(-1)!.source.replace(/=\n/g, '');
    expect(source).toContain('View: https://heed.example/issues/issue1');
    expect(source).toContain('&#60;b&#62;water');
  });
  const cases: [why: string, command: string, line: string | null, result: string][] = [
    ['an unknown recipient', 'RCPT', '550 no such user', 'never'],
    ['a full mailbox for now', 'RCPT', '452 try later', 'later'],
    ['the content refused', '.', '554 no', 'never'],
    ['the server is busy', 'CONNECT', '421 busy', 'later'],
    ['the server never greets', 'CONNECT', null, 'later'],
    ['the server falls silent', 'DATA', null, 'later'],
  ];
  for (const [why, command, line, result] of cases)
    test(`${why}: ${result}`, async () => {
      const bad = await startMail();
      bad.answerWith(command, line);
      const sent = await send({ port: String(bad.port) }, {}, line === null ? hastyHands : hands);
      await bad.close();
      expect(sent.result).toBe(result);
    });
  test('nobody listens: later', async () => {
    const gone = await startMail();
    await gone.close();
    expect((await send({ port: String(gone.port) })).result).toBe('later');
  });
});
