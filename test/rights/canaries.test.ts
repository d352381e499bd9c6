/**
 * R-26 and R-01: who wrote or is named in a column about persons leaves no trace in the bytes of the store: not in rows, not in the
 * index, not in waiting jobs, not in the log that is written ahead. The bytes are searched, not the tables.
 */
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { runDue } from '../../src/work/runJob.ts';
import { putSource, type SourceInput } from '../../src/work/setUpSources.ts';
import { feedOf } from '../journeys/house.ts';
import { canariesIn, openRights, type Rights } from './world.ts';

let open: Rights | null = null;
afterEach(async () => {
  await open?.end();
  open = null;
});

async function start(): Promise<Rights> {
  open = await openRights({ onDisk: true });
  return open;
}

const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

async function source(rights: Rights, input: Partial<SourceInput> & { readonly id: string; readonly kind: string }): Promise<void> {
  const made = await putSource(rights.io, rights.house.who('analyst'), {
    name: { zh: input.id, en: input.id },
    address: '',
    settings: { webhookSecret: WEBHOOK_SECRET },
    standing: 'community',
    ...input,
  });
  if (!made.ok) throw new Error(made.refusal.code);
}

/** Runs all that is due, so that every kind of job writes what it writes. */
async function work(rights: Rights): Promise<void> {
  for (let i = 0; i < 400; i++) if ((await runDue(rights.io, 8)) === 0) break;
}

async function importFile(rights: Rights, sourceId: string, text: string, type: string, columns?: object): Promise<string> {
  const admin = await rights.as('admin');
  const told = columns === undefined ? '' : `&columns=${encodeURIComponent(JSON.stringify(columns))}`;
  const reply = await rights.world.app.inject({
    method: 'POST',
    url: `/api/import?sourceId=${sourceId}${told}`,
    payload: Buffer.from(text),
    headers: { 'content-type': type, cookie: admin.cookie, 'x-heed-csrf': admin.csrf },
  });
  return reply.body;
}

async function push(rights: Rights, sourceId: string, text: string, type: string, id: string): Promise<number> {
  const timestamp = String(Math.floor(rights.world.time.real / 1000));
  const key = Buffer.from(WEBHOOK_SECRET.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(text).digest('base64');
  const reply = await rights.world.app.inject({
    method: 'POST',
    url: `/intake/${sourceId}`,
    payload: Buffer.from(text),
    headers: { 'content-type': type, 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
  });
  return reply.statusCode;
}

/** Made-up values, each different per file, that must be found nowhere. */
function person(n: number) {
  return {
    name: `欧阳灰雀${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'子丑寅卯辰巳午未申酉戌亥'[Math.floor(n / 10) % 12]}`,
    idCard: `11010119900${String(307 + n).padStart(4, '0')}001X`.slice(0, 18),
    mobile: `1391234${String(5000 + n)}`,
    wechat: `wxcanary_${n}_zq`,
    remark: `住三号楼东门的那位灰雀第${n}号来电`,
    mail: `canary${n}@mailcanary.example`,
  };
}

/** What the row says openly repeats some of it, as callers do. */
function said(n: number): string {
  const { name, mobile, wechat } = person(n);
  return `自来水发黄已经第${n + 3}天，我叫${name}，电话${mobile}，微信${wechat}，请尽快处理。`;
}

const HEADINGS: readonly (readonly [name: string, id: string, mobile: string, wechat: string, remark: string, mail: string])[] = [
  ['姓名', '身份证', '手机', 'wechat', 'remark', '邮箱'],
  ['来电人姓名', '身份证号码', '联系电话', '微信号', '备注', 'e-mail'],
  ['name', 'id_number', 'mobile', 'WeChat ID', 'Remark', 'email'],
  ['Full Name', 'ID Card No', 'Phone Number', 'weixin', '备注信息', 'Email Address'],
  ['投诉人', '证件号', '手机号', '微信', '客服备注', '电子邮箱'],
  ['举报人', '居民身份证', '电话', '微信/QQ', 'remarks', 'mail/邮箱'],
];

type Form = 'jsonl' | 'csv' | 'semicolons' | 'list' | 'webhook' | 'open311';

function fileOf(form: Form, n: number): { readonly text: string; readonly type: string } {
  const p = person(n);
  const heads = HEADINGS[n % HEADINGS.length]!;
  const values = [p.name, p.idCard, p.mobile, p.wechat, p.remark, p.mail];
  const record = { 标题: `自来水发黄 ${n}`, 内容: said(n), ...Object.fromEntries(heads.map((head, at) => [head, values[at]!])) };
  if (form === 'open311') {
    const request = {
      service_code: 'water',
      description: said(n),
      first_name: p.name,
      last_name: p.wechat,
      phone: p.mobile,
      email: p.mail,
      device_id: p.idCard,
      remark: p.remark,
      account_id: p.wechat,
      address_string: '东街',
    };
    return { text: JSON.stringify([request]), type: 'application/json' };
  }
  if (form === 'csv' || form === 'semicolons') {
    const mark = form === 'csv' ? ',' : ';';
    const quote = (cell: string): string => `"${cell}"`;
    const rows = [Object.keys(record), Object.values(record)].map((cells) => cells.map(quote).join(mark));
    return { text: rows.join('\r\n'), type: 'text/csv' };
  }
  return { text: form === 'list' ? JSON.stringify([record]) : `${JSON.stringify(record)}\n`, type: 'application/json' };
}

describe('import is no back door (R-26)', () => {
  test('thirty files with columns about persons leave nothing in the bytes of the store', async () => {
    const rights = await start();
    await source(rights, { id: 'table', kind: 'lines', standing: 'import' });
    await source(rights, { id: 'hook', kind: 'lines', standing: 'import' });
    await source(rights, { id: 'hotline', kind: 'open311', standing: 'desk' });
    const forms: readonly Form[] = ['jsonl', 'csv', 'semicolons', 'list', 'webhook', 'open311'];
    const canaries: string[] = [];
    let nTaken = 0;
    for (let n = 0; n < 30; n++) {
      const form = forms[n % forms.length]!;
      const { text, type } = fileOf(form, n);
      canaries.push(...Object.values(person(n)));
      if (form === 'webhook') nTaken += (await push(rights, 'hook', text, type, `msg-${n}`)) === 200 ? 1 : 0;
      else nTaken += (await importFile(rights, form === 'open311' ? 'hotline' : 'table', text, type)).includes('"nNew":1') ? 1 : 0;
    }
    expect(nTaken).toBe(30);
    expect(canariesIn(rights.bytes(), canaries)).toEqual([]);
    await work(rights);
    expect(canariesIn(rights.bytes(), canaries)).toEqual([]);
    // The search bites: what the rows say openly is in the bytes.
    expect(canariesIn(rights.bytes(), ['请尽快处理'])).toEqual(['请尽快处理']);
  });

  const DOORS: readonly [why: string, row: Record<string, string>, columns: object | undefined, canaries: readonly string[]][] = [
    ['a telephone number as the record’s number', { 编号: '13912347788', 内容: '停水三天了' }, undefined, ['13912347788']],
    [
      'an identity number told to be the key',
      { 身份证: '11010119900307881X', 内容: '停水三天了' },
      { key: '身份证' },
      ['11010119900307881X'],
    ],
    ['a mail address as the key', { id: 'keycanary@mailcanary.example', 内容: 'No water for days' }, undefined, ['keycanary@mail']],
    ['whom a text answers', { 回复对象: '欧阳灰雀回', 内容: '停水三天了' }, undefined, ['欧阳灰雀回']],
    ['an account as the thread', { in_reply_to: 'https://social.example/@greysparrow', 内容: 'No water' }, undefined, ['greysparrow']],
    ['a telephone number as the thread', { thread: '13912347799', 内容: 'No water here' }, undefined, ['13912347799']],
    ['a name column told to be the place', { 姓名: '欧阳灰雀地', 内容: '停水三天了' }, { place: '姓名' }, ['欧阳灰雀地']],
    ['a name column told to be the section', { 姓名: '欧阳灰雀类', 内容: '停水三天了' }, { section: '姓名' }, ['欧阳灰雀类']],
    ['a name column told to be the title', { 姓名: '欧阳灰雀题', 内容: '停水三天了' }, { title: '姓名' }, ['欧阳灰雀题']],
    ['a telephone number as the place', { 地点: '13912347700', 内容: '停水三天了' }, undefined, ['13912347700']],
    ['a telephone number as the section', { 标签: '13912347711', 内容: '停水三天了' }, undefined, ['13912347711']],
    ['an account in the address', { url: 'https://social.example/@greysparrow2/1', 内容: 'No water' }, undefined, ['greysparrow2']],
    ['a telephone number in the address', { url: 'https://a.example/p?phone=13912347722', 内容: 'No water' }, undefined, ['13912347722']],
    ['a mail address in the address', { url: 'https://a.example/p?m=urlcanary@mail.example', 内容: 'No water' }, undefined, ['urlcanary']],
    ['a long remark', { remark: `灰雀备注${'很长'.repeat(60)}`, 内容: '停水三天了' }, undefined, ['灰雀备注']],
    ['an unknown column', { 神秘列: '欧阳灰雀秘', 内容: '停水三天了' }, undefined, ['欧阳灰雀秘']],
    ['a nested object', { meta: '{"n":"欧阳灰雀嵌"}', 内容: '停水三天了' }, undefined, ['欧阳灰雀嵌']],
    ['an author column', { 作者: '欧阳灰雀作', 内容: '停水三天了，欧阳灰雀作说的' }, undefined, ['欧阳灰雀作']],
  ];
  test('nor do persons by any other door of a table', async () => {
    const rights = await start();
    await source(rights, { id: 'table', kind: 'lines', standing: 'import' });
    for (const [at, [why, row, columns]] of DOORS.entries()) {
      const answer = await importFile(
        rights,
        'table',
        JSON.stringify({ ...row, 内容: `${row.内容 ?? row.content ?? ''} ${at} 号` }),
        'application/json',
        columns,
      );
      expect([why, answer]).toEqual([why, expect.stringContaining('"nNew":1')]);
    }
    await work(rights);
    const bytes = rights.bytes();
    expect(DOORS.flatMap(([why, , , canaries]) => canariesIn(bytes, canaries).map((canary) => `${why}: ${canary}`))).toEqual([]);
  });
});

/** An author who signs in every place a text has. */
function author(n: number): string {
  return `greysparrow${String.fromCharCode(97 + (n % 26))}${n}`;
}

interface Page {
  readonly address: string;
  readonly body: string;
  readonly type: string;
}
interface Form01 {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly settings?: SourceInput['settings'];
  readonly pages: (authors: readonly string[], at: number) => readonly Page[];
}

const XML = 'text/xml; charset=utf-8';
const stamp = (at: number): string => new Date(at).toUTCString();

/** Six forms: a feed, a feed whose texts are followed to pages, Atom, JSON Feed, a fediverse timeline, a list of pages. */
const FORMS: readonly Form01[] = [
  {
    id: 'f1',
    kind: 'feed',
    address: 'http://f1.example/feed.xml',
    settings: { fullText: 'feed' },
    pages: (authors, at) => [
      {
        address: 'http://f1.example/feed.xml',
        type: XML,
        body: feedOf(
          authors.map((name, i) => ({
            id: `g${i}`,
            title: `停水 ${i} ${name}`,
            body: `自来水停了 ${i}。—— ${name}，@${name}`,
            at: at - i,
            author: name,
          })),
        ),
      },
    ],
  },
  {
    id: 'f2',
    kind: 'feed',
    address: 'http://f2.example/feed.xml',
    settings: { fullText: 'page' },
    pages: (authors, at) => [
      {
        address: 'http://f2.example/feed.xml',
        type: XML,
        body: `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title>${authors
          .map(
            (name, i) =>
              `<item><guid>http://f2.example/@${name}/${1000 + i}</guid><link>http://f2.example/@${name}/${1000 + i}</link><title>停水 ${i}</title><description>自来水停了 by ${name}</description><dc:creator>${name}</dc:creator><pubDate>${stamp(at - i)}</pubDate></item>`,
          )
          .join('')}</channel></rss>`,
      },
      ...authors.map((name, i) => ({
        address: `http://f2.example/@${name}/${1000 + i}`,
        type: 'text/html; charset=utf-8',
        body: `<html><head><title>停水 ${i}</title><meta name="author" content="${name}"></head><body><article><h1>停水 ${i}</h1><p class="author">${name}</p><p>东街的自来水已经停了${i + 2}天，没有通知，家家户户都在提水，希望尽快恢复供水，给大家一个说法。</p><p>${'供水恢复的时间一直没有公布。'.repeat(12)}</p></article></body></html>`,
      })),
    ],
  },
  {
    id: 'f3',
    kind: 'feed',
    address: 'http://f3.example/atom.xml',
    settings: { fullText: 'feed' },
    pages: (authors, at) => [
      {
        address: 'http://f3.example/atom.xml',
        type: XML,
        body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${authors
          .map(
            (name, i) =>
              `<entry><id>http://f3.example/u/${name}/p/${i}</id><link href="http://f3.example/u/${name}/p/${i}"/><title>停水 ${i}</title><author><name>${name}</name><uri>http://f3.example/u/${name}</uri><email>${name}@mail.example</email></author><updated>${new Date(at - i).toISOString()}</updated><content>自来水停了 ${i}，联系 ${name}@mail.example</content></entry>`,
          )
          .join('')}</feed>`,
      },
    ],
  },
  {
    id: 'f4',
    kind: 'feed',
    address: 'http://f4.example/feed.json',
    settings: { fullText: 'feed' },
    pages: (authors, at) => [
      {
        address: 'http://f4.example/feed.json',
        type: 'application/feed+json',
        body: JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: 't',
          items: authors.map((name, i) => ({
            id: `http://f4.example/${name}?p=${i}`,
            url: `http://f4.example/posts?author=${name}&p=${i}`,
            title: `停水 ${i}`,
            content_text: `自来水停了 ${i}。转自 @${name}`,
            authors: [{ name, url: `http://f4.example/@${name}`, avatar: `http://f4.example/avatars/${name}.png` }],
            date_published: new Date(at - i).toISOString(),
          })),
        }),
      },
    ],
  },
  {
    id: 'f5',
    kind: 'fediverse',
    address: 'http://f5.example/',
    settings: { tag: '停水' },
    pages: (authors, at) => [
      {
        address: `http://f5.example/api/v1/timelines/tag/${encodeURIComponent('停水')}?local=true&limit=40`,
        type: 'application/json',
        body: JSON.stringify(
          authors.slice(0, 39).map((name, i) => ({
            id: String(9000 - i),
            created_at: new Date(at - i).toISOString(),
            url: `http://f5.example/@${name}/${9000 - i}`,
            uri: `http://f5.example/users/${name}/statuses/${9000 - i}`,
            visibility: 'public',
            language: 'zh',
            content: `<p>自来水停了 ${i} <a href="http://f5.example/@${name}" class="u-url mention">@<span>${name}</span></a></p>`,
            account: { acct: name, username: name, display_name: name, url: `http://f5.example/@${name}` },
            media_attachments: [{ type: 'image', description: `照片 ${name}` }],
          })),
        ),
      },
    ],
  },
  {
    id: 'f6',
    kind: 'page',
    address: 'http://f6.example/list.html',
    pages: (authors, at) => [
      {
        address: 'http://f6.example/list.html',
        type: 'text/html; charset=utf-8',
        body: `<html><body><ul class="list">${authors
          .slice(0, 20)
          .map(
            (name, i) =>
              `<li><a href="/news/2026/${i}-${name}.html">东街自来水停水情况反映第${i}期 ${name}</a><span>${new Date(at).toISOString().slice(0, 10)}</span></li>`,
          )
          .join('')}</ul></body></html>`,
      },
      ...authors.slice(0, 20).map((name, i) => ({
        address: `http://f6.example/news/2026/${i}-${name}.html`,
        type: 'text/html; charset=utf-8',
        body: `<html><head><title>东街自来水停水情况反映第${i}期</title><meta name="author" content="${name}"></head><body><article><h1>东街自来水停水情况反映第${i}期</h1><p>${'东街的自来水已经停了，没有通知，希望尽快恢复供水。'.repeat(8)}</p></article></body></html>`,
      })),
    ],
  },
];

describe('an author’s name leaves no bytes (R-01)', () => {
  test.each(FORMS.map((form) => [form.id, form] as const))('form %s, fifty authors', async (_id, form) => {
    const rights = await start();
    const authors = Array.from({ length: 50 }, (_, n) => author(n));
    for (const page of form.pages(authors, rights.io.now() - 60_000))
      rights.house.site(page.address, page.body, { 'content-type': page.type });
    await source(rights, { id: form.id, kind: form.kind, address: form.address, settings: form.settings ?? {} });
    await work(rights);
    await rights.house.until(rights.io.now() + 1000);
    rights.house.clock.set(rights.io.now() + 120_000);
    await work(rights);
    const stored = await rights.store.list('document', { equal: { sourceId: form.id } });
    expect(stored.length).toBeGreaterThanOrEqual(form.id === 'f6' ? 18 : 39);
    const found = canariesIn(rights.bytes(), ['greysparrow', ...authors]);
    expect(found.slice(0, 3)).toEqual([]);
  });
});

describe('a reader on a public body’s site is a reader (R-01)', () => {
  test('whatever standing the source is given, posts and answers there are sealed', async () => {
    const rights = await start();
    for (const [id, kind] of [
      ['mayor', 'open311'],
      ['posts', 'field'],
    ] as const)
      await source(rights, { id, kind, standing: 'official' });
    const said = (n: number): string => `自来水停了 ${n} 天，greysparrowq${n} 报上`;
    await importFile(
      rights,
      'mayor',
      JSON.stringify([{ description: said(1), account_id: 'greysparrowq1', service_request_id: 'greysparrowq1/7' }]),
      'application/json',
    );
    await importFile(
      rights,
      'posts',
      JSON.stringify([{ text: said(2), author: 'greysparrowq2', key: 'http://a.example/@greysparrowq2/12' }]),
      'application/json',
    );
    await work(rights);
    const stored = [...(await rights.store.list('document'))];
    expect(stored.map((one) => one.pseudonym !== null)).toEqual([true, true]);
    expect(canariesIn(rights.bytes(), ['greysparrow'])).toEqual([]);
  });
});
