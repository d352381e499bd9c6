/** there is no key, column, field, header or page by which a person who wrote something can be asked for or described. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { named, readShelf } from '../../src/edge/shelf.ts';
import { MIGRATIONS, NOUN_FIELDS } from '../../src/edge/store/schema.ts';
import { ROLE_ROWS } from '../../src/http/roles.ts';
import { FIELD_ALIASES } from '../../src/judge/queryTokens.ts';
import { parseQuery } from '../../src/judge/query.ts';
import { QUERY_FIELDS } from '../../src/judge/queryTree.ts';
import { FACTOR_NAMES, NATURES } from '../../src/model/assessment.ts';
import type { Collector } from '../../src/ports.ts';
import { runDue } from '../../src/work/runJob.ts';
import { feedOf } from '../journeys/house.ts';
import { membersOf, namesOfApi, namingPersons, namingTraits, textsOf } from './planted.ts';
import { openRights, type Rights } from './world.ts';

let rights: Rights;
let marks: readonly string[];
/** Twelve texts of three people, in an issue and out of one. */
beforeAll(async () => {
  rights = await openRights();
  const items = Array.from({ length: 12 }, (_, i) => ({
    id: `http://board.example/t/${1000 + i}`,
    title: i % 2 === 0 ? `自来水停水 ${i}` : `广场活动 ${i}`,
    body: i % 2 === 0 ? `停水第${i}天，家里没有水用。` : `周末有活动 ${i}。`,
    at: rights.io.now() - i * 60_000,
    author: ['Ann Sparrow', 'Bea Sparrow', 'Cem Sparrow'][i % 3]!,
  }));
  rights.house.site('http://board.example/feed.xml', feedOf(items));
  for (let i = 0; i < 60; i++) if ((await runDue(rights.io, 8)) === 0) break;
  marks = [...new Set((await rights.store.list('document')).flatMap((one) => one.pseudonym ?? []))];
});
afterAll(() => rights.end());

describe('names', () => {
  test('planted ones are found', () => {
    expect(
      namingPersons(['author', 'userId', 'screen_name'.replace('_n', 'N'), 'handle', 'byPerson', 'pseudonym', 'title', 'sourceId']),
    ).toEqual(['author', 'userId', 'screenName', 'handle', 'byPerson', 'pseudonym']);
    expect(namingTraits(['sentiment', 'religion', 'ethnicity', 'ageGroup', 'politicalStance', 'harm', 'language', 'stage'])).toEqual([
      'sentiment',
      'religion',
      'ethnicity',
      'ageGroup',
      'politicalStance',
    ]);
    const planted = membersOf('interface Voice { readonly author: string; readonly byAuthor: Record<Pseudonym, number> }');
    expect(namingPersons(planted.flatMap((one) => [one.name, one.key]))).toEqual(['author', 'byAuthor', 'byAuthor', 'Pseudonym']);
  });

  test('no column or index of the store', () => {
    const columns = Object.entries(NOUN_FIELDS).flatMap(([noun, fields]) => fields.map((field) => `${noun}.${field}`));
    expect(columns.length).toBeGreaterThan(120);
    expect(namingPersons(columns.map((one) => one.split('.').slice(1).join('.')))).toEqual([]);
    expect(namingTraits(columns)).toEqual([]);
    const statements = MIGRATIONS.flatMap((migration) => migration.statements).flatMap(
      (statement) => statement.match(/"?\b[a-z]\w*\b"?/gi) ?? [],
    );
    expect(namingPersons([...new Set(statements.map((word) => word.replaceAll('"', '')))])).toEqual([]);
  });

  test('no field of the query language, by any of its names', () => {
    expect(namingPersons([...QUERY_FIELDS])).toEqual([]);
    const aliases = Object.keys(FIELD_ALIASES);
    expect(aliases.filter((alias) => /作者|用户|网友|博主|楼主|昵称|账号|姓名|发帖|发布者|粉丝|人$/.test(alias))).toEqual([]);
  });

  test('no name in the description of the API', async () => {
    const names = [...namesOfApi((await rights.outside.send('GET', '/openapi.json')).json())];
    expect(names.length).toBeGreaterThan(100);
    expect([namingPersons(names), namingTraits(names)]).toEqual([[], []]);
    expect([...namesOfApi({ parameters: [{ in: 'query', name: 'author' }], x: { properties: { userId: {} } } })]).toEqual([
      'author',
      'userId',
    ]);
  });

  test('no type of the model is keyed by a writer, and the mark stands in one place', () => {
    const members = textsOf('src/model').flatMap(([path, text]) =>
      membersOf(text).map((one) => ({ ...one, at: `${path.split('/').at(-1)}:${one.path}` })),
    );
    expect(members.length).toBeGreaterThan(400);
    // The item before the door, and the sealed mark on the document behind it. A notifier's `personal` says that it writes to one colleague.
    const named_ = members.filter((one) => one.name !== 'personal' && namingPersons([one.name]).length > 0).map((one) => one.at);
    expect(named_.sort()).toEqual(['document.ts:Document.pseudonym', 'document.ts:Item.author']);
    expect(members.filter((one) => namingPersons([one.key]).length > 0).map((one) => one.at)).toEqual([]);
    expect(members.filter((one) => namingTraits([one.name]).length > 0).map((one) => one.at)).toEqual([]);
  });

  test('no factor or nature describes anybody', () => {
    expect(namingTraits([...FACTOR_NAMES, ...NATURES])).toEqual([]);
    expect([...FACTOR_NAMES]).toEqual(['reach', 'speed', 'harm', 'scope', 'independence', 'credibility', 'persistence', 'unanswered']);
  });

  test('no setting of a collector asks whom to read', async () => {
    const collectors = await readShelf<Collector>(new URL('../../src/edge/sources/', import.meta.url), named('kind'));
    // Where a JSON text says who wrote it, so that it is sealed; and the body's own login to its own mailbox. Neither asks whom to read.
    const looked = ['jsonApi.author', 'mailbox.user'];
    const settings = collectors.flatMap((one) =>
      one.settings.filter((field) => !looked.includes(`${one.kind}.${field.name}`)).map((field) => field.name),
    );
    expect(settings.length).toBeGreaterThan(5);
    expect(namingPersons(settings)).toEqual([]);
  });

  test('only two folders know the word for a writer: what reads it, and what seals it', () => {
    const word = /\b(?:author|pseudonym)s?\b/i;
    const knowing = (['model', 'text', 'judge', 'warn', 'answer', 'account', 'work', 'http'] as const).flatMap((room) =>
      textsOf(`src/${room}`).flatMap(([path, text]) => (word.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')) ? [path] : [])),
    );
    // Counting voices (tally, views, claims), receiving a report, hiding what waits, a blank document, and the public pages, where the
    // author is the office that answers: each looked at by hand.
    const known =
      /^src\/(?:model\/document|judge\/|account\/views|work\/(?:receive|collectSource|setUpTopics|takeIn)|http\/routes\/collectRoutes|http\/intake\/open311|http\/public(?:\.ts|Pages\/)|text\/words)/;
    expect(knowing.filter((path) => !known.test(path))).toEqual([]);
  });
});

/** Ways to ask for one person’s texts, in words. */
const QUERIES = [
  ...[
    'author',
    'Author',
    'ａｕｔｈｏｒ',
    'au\u200bthor',
    'user',
    'username',
    'user_name',
    'from',
    'by',
    'handle',
    'account',
    'poster',
    'nick',
    'nickname',
    'uid',
    'pseudonym',
    'mark',
    'voice',
    'creator',
    'writer',
    'speaker',
    'person',
    'name',
    'who',
    'profile',
  ].map((field) => `${field}:sparrow`),
  ...['作者', '用户', '用户名', '发布者', '发帖人', '网友', '网名', '楼主', '博主', '昵称', '账号', '姓名', '化名'].map(
    (field) => `${field}：麻雀`,
  ),
  '@sparrow',
  '"@sparrow" OR 停水',
  'source:@sparrow',
  'site:weibo.com/u/12345678',
  'site:x.com/sparrow',
  'has:author',
  'NOT author:sparrow',
  '(停水 AND author:sparrow)',
];

describe('asking', () => {
  test.each(QUERIES)('%s is no query', (text) => {
    expect(parseQuery(text).error?.code).toMatch(/^judge\.query/);
  });

  test('what the query language takes for plain words finds nobody’s texts', async () => {
    const duty = await rights.as('duty');
    for (const q of [
      ...QUERIES,
      ...marks,
      'Ann Sparrow',
      'Sparrow',
      'dc.creator:Sparrow',
      'author-id:1',
      'author :Sparrow',
      'author.name:Sparrow',
      ...marks.map((mark) => `title:${mark}`),
    ]) {
      const reply = await duty.send('GET', `/api/stream?q=${encodeURIComponent(q)}`);
      const rows = reply.statusCode === 200 ? (reply.json() as { rows: unknown[] }).rows : [];
      expect([q, rows.length]).toEqual([q, 0]);
    }
  });

  const PARAMETERS = [
    'author',
    'user',
    'userId',
    'pseudonym',
    'by',
    'from',
    'voice',
    'sort',
    'orderBy',
    'order',
    'groupBy',
    'group',
    'include',
    'expand',
    'fields',
    'select',
    'filter[author]',
    'where',
    'having',
    'similarTo',
    'style',
    'pivot',
    'distinct',
    'facet',
    'aggregate',
    'columns',
    'format',
    'q[author]',
    '__proto__[author]',
    'embed',
  ];
  test.each(PARAMETERS)('a parameter %s changes no list', async (name) => {
    const duty = await rights.as('duty');
    for (const path of ['/api/stream', '/api/issues', '/api/topics', '/api/sources'])
      for (const value of [marks[0]!, 'author', 'pseudonym', 'csv']) {
        const [plain, asked] = [await duty.send('GET', path), await duty.send('GET', `${path}?${encodeURIComponent(name)}=${value}`)];
        expect(asked.body).toBe(plain.body);
      }
  });

  test('no filter of the stream sorts people apart', async () => {
    const duty = await rights.as('duty');
    for (const filter of ['author', 'user', 'voice', 'person', 'byAuthor', 'same', marks[0]!])
      expect((await duty.send('GET', `/api/stream?filter=${filter}`)).statusCode).toBe(400);
  });

  test('no page about a person is there to be guessed', async () => {
    const duty = await rights.as('duty');
    for (const path of [
      'authors',
      'users',
      'people',
      'persons',
      'voices',
      'profiles',
      'accounts',
      'pseudonyms',
      'writers',
      'export',
      'export.csv',
      'graphql',
      'stream.csv',
      'documents.csv',
      'issues/HD-2026-0001/voices',
      'issues/HD-2026-0001/authors',
      'sources/board/authors',
      `voices/${marks[0]}`,
      `authors/${marks[0]}`,
      `documents?pseudonym=${marks[0]}`,
    ])
      expect([path, (await duty.send('GET', `/api/${path}`)).statusCode]).toEqual([path, 404]);
  });

  test('the store itself refuses to list by a mark', async () => {
    await expect(rights.store.list('document', { equal: { pseudonym: marks[0]! } })).rejects.toThrow();
    await expect(rights.store.list('document', { by: 'pseudonym', order: 'up' })).rejects.toThrow();
  });
});

test('no mark leaves through any reading, for any role, with real texts in the store', async () => {
  expect(marks).toHaveLength(3);
  const documents = await rights.store.list('document');
  const issues = await rights.store.list('issue');
  expect([documents.length, issues.length > 0]).toEqual([12, true]);
  const ids = [documents[0]!.id, issues[0]!.id, 'board', 'water', '2026-05-12'];
  await rights.house.until(rights.house.at('07:31'));
  const readings = ROLE_ROWS.filter((row) => row.method === 'GET' && row.path !== '/api/live' && !row.path.startsWith('/desk'));
  const leaks: string[] = [];
  let nFilled = 0;
  for (const login of ['admin', 'duty', 'overseer', 'water']) {
    const browser = await rights.as(login);
    for (const row of readings)
      for (const id of row.path.includes(':') ? ids : ['']) {
        const url = row.path.replace(':form', 'json').replace(/:\w+/g, id);
        const reply = await browser.send('GET', row.path === '/api/desk/similar' ? `${url}?q=停水` : url);
        const text = `${reply.body}${JSON.stringify(reply.headers)}`;
        if (marks.some((mark) => text.includes(mark)) || /pseudonym|Sparrow|author_?name|x-author/i.test(text))
          leaks.push(`${login} ${url}`);
        if (reply.statusCode === 200 && reply.body.length > 200) nFilled++;
      }
  }
  expect(leaks).toEqual([]);
  expect(nFilled).toBeGreaterThan(60);
});
