/** nothing here can post as another, comment, like, take down, report a post or hand over persons. Nothing may be added that can. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { named, readShelf } from '../../src/edge/shelf.ts';
import { ROLE_ROWS } from '../../src/http/roles.ts';
import type { Collector, Message, Notifier } from '../../src/ports.ts';
import { hostsIn, namingDeeds, ROOT, textsOf, wrongPackages } from './planted.ts';
import { COLLECTOR_KINDS } from '../stubs/shelfKinds.ts';
import { shownWords } from './textWords.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('packages', () => {
  const own = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'optionalDependencies' | 'devDependencies',
    Record<string, string>
  >;
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
  test('a planted one is found', () => {
    const planted = ['fastify', 'twitter-api-v2', 'masto', 'telegraf', 'sentiment', 'puppeteer-extra', 'wechaty', '@atproto/api'];
    expect(wrongPackages(planted)).toEqual(planted.slice(1));
  });
  test('none that runs speaks to a network of people, drives a browser, or guesses what somebody is', () => {
    const running = Object.entries(lock.packages).flatMap(([path, { dev }]) =>
      dev === true ? [] : [path.replace(/^.*node_modules\//, '')],
    );
    expect(running.length).toBeGreaterThan(100);
    expect(wrongPackages([...running, ...Object.keys(own.dependencies), ...Object.keys(own.optionalDependencies)])).toEqual([]);
  });
  test('a browser is driven in tests alone', () => {
    expect(wrongPackages(Object.keys(own.devDependencies))).toEqual(['playwright-core']);
    const loads = [...textsOf('src'), ...textsOf('web')].filter(([, text]) => /playwright|axe-core/.test(text));
    expect(loads.map(([path]) => path)).toEqual([]);
  });
});

describe('routes, collectors, notifiers', () => {
  test('a planted one is found', () => {
    const planted = [
      'POST /api/takedown',
      'POST /api/documents/:id/report-post',
      'POST /api/comment',
      'POST /api/post-as',
      'GET /api/persons.csv',
    ];
    expect(namingDeeds(planted)).toEqual(planted);
    expect(namingDeeds(['POST /api/import', 'GET /api/issues/:id'])).toEqual([]);
  });
  test('no route is named after a deed', () => {
    expect(namingDeeds(ROLE_ROWS.map((row) => `${row.method} ${row.path}`))).toEqual([]);
  });

  const shelf = <T>(folder: string): Promise<T[]> => readShelf<T>(new URL(`../../src/edge/${folder}/`, import.meta.url), named('kind'));
  /** Kinds are listed, so that a new one is looked at by somebody who reads this. */
  test('collectors read, and there are those we know', async () => {
    const collectors = await shelf<Collector>('sources');
    expect(collectors.map((one) => one.kind).sort()).toEqual(COLLECTOR_KINDS);
    const keys = new Set(['kind', 'about', 'settings', 'standing', 'manners', 'pull', 'read', 'receive']);
    for (const one of collectors) {
      expect([one.kind, Object.keys(one).filter((key) => !keys.has(key))]).toEqual([one.kind, []]);
      expect([one.kind, namingDeeds(one.settings.map((field) => field.name))]).toEqual([one.kind, []]);
      // The body's own mailbox is opened with its own password; nothing else that reads may log in anywhere.
      const secrets = one.settings.filter((field) => field.type === 'secret').map((field) => field.name);
      expect([one.kind, secrets]).toEqual([one.kind, one.kind === 'mailbox' ? ['password'] : []]);
    }
  });
  test('what reads knows no method but GET; the one client posts only through the hand that notifiers hold', () => {
    const other = /method:\s*['"](?!GET)([A-Z]+)['"]/g;
    for (const [path, text] of textsOf('src/edge/sources')) expect([path, other.test(text)]).toEqual([path, false]);
    const client = read('src/edge/get.ts');
    expect([...client.matchAll(other)].map((match) => match[1])).toEqual(['POST']);
    const post = client.slice(client.indexOf('function makePost'));
    expect(post.slice(0, post.indexOf('\n}\n'))).toMatch(/method: 'POST'/);
  });
  test('notifiers are those we know, and send where their channel says and nowhere else', async () => {
    const notifiers = await shelf<Notifier>('notifiers');
    expect(notifiers.map((one) => one.kind).sort()).toEqual(['dingtalk', 'email', 'feishu', 'webhook', 'wecom']);
    const message: Message = {
      key: 'a:b:0:c',
      issueId: 'HD-2026-0001',
      level: 'red',
      subject: 's',
      text: 't',
      link: 'https://heed.test/ack/x',
      pageLink: 'https://heed.test/desk',
      ackBy: null,
      threadKey: 'issue:1',
      demo: false,
    };
    for (const one of notifiers) {
      const sentTo: string[] = [];
      const hands = {
        post: async (address: string) => {
          sentTo.push(new URL(address).host);
          return { status: 200, headers: {}, body: '{"errcode":0,"code":0}' };
        },
        mail: async (server: Readonly<Record<string, string>>) => {
          sentTo.push(String(server.host ?? server.server ?? 'mine.example'));
          return { result: 'sent' as const, why: '' };
        },
      };
      const settings = {
        address: 'https://mine.example/robot',
        url: 'https://mine.example/robot',
        host: 'mine.example',
        server: 'mine.example',
        secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        to: 'a@mine.example',
        from: 'b@mine.example',
      };
      await one.send(message, settings, hands, 0);
      expect([one.kind, [...new Set(sentTo)].filter((host) => host !== 'mine.example')]).toEqual([one.kind, []]);
    }
  });
  test('no address of a host is written into what reaches outside', () => {
    expect(hostsIn("post('https://api.weibo.com/2/statuses/update.json')")).toEqual(['api.weibo.com']);
    const found = [...textsOf('src/edge'), ...textsOf('src/work'), ...textsOf('src/http')].flatMap(([path, text]) =>
      hostsIn(text).map((host) => `${path}: ${host}`),
    );
    // A vocabulary's name (schema.org, OOXML) is no place that is called.
    expect(found.filter((one) => !/schema\.org$|openxmlformats\.org$|purl\.org$|jsonfeed\.org$/.test(one))).toEqual([]);
  });
  test('only the edge holds a way out', () => {
    const out = /(?<![.\w])fetch\(|from 'node:(?:https?|net|tls|dgram)'|from 'undici'|from 'nodemailer'/;
    expect(out.test("await fetch('https://x.test')")).toBe(true);
    const outside = [...textsOf('src')].filter(([path, text]) => !path.startsWith('src/edge/') && out.test(text)).map(([path]) => path);
    expect(outside).toEqual([]);
  });
});

describe('words of the interface', () => {
  const ZH =
    /代发|代评|点赞|转发本帖|控评|跟评|水军|刷量|删帖|删除帖子|下架|封号|封禁|禁言|举报(?:该)?(?:帖|账号|用户)|屏蔽用户|关注用户|粉丝|黑名单|人员名单|重点人员|落地|查人|人物画像|用户画像|网评员|引导评论|导出人员/;
  const EN =
    /take ?down|delete (?:the |this )?post|remove (?:the |this )?post|report (?:this|the) (?:post|account|user)|post as|comment as|\bupvote|\blike this|follow (?:this )?(?:user|person)|followers?\b|block (?:this )?(?:user|account)|blacklist|watch ?list|persons? of interest|user profile|person profile|sock ?puppet|export (?:people|persons|users)/i;
  test('a planted one is found', () => {
    expect(['一键删帖', '举报该账号', '重点人员'].every((text) => ZH.test(text))).toBe(true);
    expect(['Report this post', 'Take down', 'Export people'].every((text) => EN.test(text))).toBe(true);
  });
  test('none offers a deed against a text or a person', () => {
    // Two sentences say that Heed does none of it; each was read.
    const refusing = ['server.collect.personalSource', 'desk.door.never'];
    const words = shownWords().filter((word) => !refusing.includes(`${word.list}.${word.key}`));
    expect(words.length).toBeGreaterThan(1500);
    expect(
      words.filter((word) => (word.language === 'zh' ? ZH : EN).test(word.text)).map((word) => `${word.list}.${word.key}: ${word.text}`),
    ).toEqual([]);
  });
});

/** The messages that TypeScript has about a file whose text may be replaced. */
function complaints(file: string, text?: string): readonly string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const plain = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    text !== undefined && name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) : plain(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return program.getSemanticDiagnostics(program.getSourceFile(file)).map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '));
}

test('only a signed statement can be published: the compiler says so, and would say otherwise', () => {
  const file = join(ROOT, 'test/rights/onlySigned.types.ts');
  expect(complaints(file)).toEqual([]);
  const planted = read('test/rights/onlySigned.types.ts')
    .replace("'publish'> = true", "'publish' | 'postAs'> = true")
    .replace(/ {2}\/\/ @ts-expect-error: a draft is not signed\n/, '');
  expect(complaints(file, planted)).toHaveLength(2);
});
