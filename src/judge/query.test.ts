import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document } from '../model/document.ts';
import { compileQuery } from './match.ts';
import { type Facets, prepareDocument } from './preparedText.ts';
import { parseQuery, printQuery } from './query.ts';
import { joinAll, joinAny, negate, type QueryNode } from './queryTree.ts';

function documentOf(text: string, more: Partial<Document> = {}): Document {
  return {
    id: 'd',
    sourceId: 'bbs',
    key: 'k',
    address: 'https://bbs.town.example/t/1',
    kind: 'post',
    title: '',
    text,
    language: 'zh',
    pseudonym: null,
    publishedAt: Date.UTC(2026, 2, 10, 8),
    seenAt: 0,
    version: 1,
    previousId: null,
    thread: null,
    place: '东门街道',
    section: null,
    sure: null,
    reach: 0,
    nImages: 1,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
    ...more,
  };
}

function meets(query: string, text: string, more: Partial<Document> = {}, facets: Facets = {}): boolean {
  const parsed = parseQuery(query);
  if (parsed.error !== undefined) throw new Error(`${query}: ${parsed.error.message.en}`);
  return compileQuery(parsed.query).find(prepareDocument(documentOf(text, more), facets)) !== null;
}

const MATCHES: [query: string, text: string, expected: boolean, why: string][] = [
  ['停水', '东门停水了', true, 'a Han term is found inside a run'],
  ['停水', '停 水', false, 'a space parts Han characters'],
  ['停水', '停，水', false, 'a comma parts Han characters'],
  ['水', '停水', true, 'one Han character is a term'],
  ['自来水', '自來水發黃', true, 'traditional text is found by simplified query'],
  ['自來水', '自来水发黄', true, 'simplified text is found by traditional query'],
  ['water', 'Brown WATER again', true, 'case does not count'],
  ['water', 'waterway closed', false, 'a Latin term is a whole word'],
  ['ｗａｔｅｒ', 'tap water', true, 'full-width letters are folded'],
  ['water', 'ｗａｔｅｒ', true, 'also in the text'],
  ['café', 'the cafe\u0301 is shut', true, 'composed and decomposed letters are equal'],
  ['停水 东门', '东门今天停水', true, 'no operator means and'],
  ['停水 东门', '城关停水', false, 'both are needed'],
  ['停水 AND 东门', '东门停水', true, 'AND'],
  ['停水 与 东门', '东门停水', true, '与 is AND'],
  ['停水 OR 停电', '今天停电', true, 'OR'],
  ['停水 或 停电', '今天停电', true, '或 is OR'],
  ['停水 NOT 招聘', '停水招聘', false, 'NOT excludes'],
  ['停水 非 招聘', '停水通知', true, '非 is NOT'],
  ['停水 -招聘', '停水招聘', false, 'a minus excludes'],
  ['停水 !招聘', '停水招聘', false, 'an exclamation mark excludes'],
  ['停水 ！招聘', '停水通知', true, 'so does the full-width one'],
  ['停水 AND (东门 OR 城关)', '城关停水', true, 'a group'],
  ['停水 AND （东门 OR 城关）', '西门停水', false, 'full-width brackets'],
  ['停水 OR 停电 AND 东门', '停水', true, 'AND binds tighter than OR'],
  ['(停水 OR 停电) AND 东门', '停水', false, 'brackets change that'],
  ['"tap water"', 'the tap water is brown', true, 'a phrase'],
  ['"tap water"', 'water from the tap', false, 'in order'],
  ['"tap water"', 'tap-water', true, 'signs between words do not count'],
  ['“tap water”', 'tap water', true, 'curly quotes'],
  ['「停水通知」', '今日停水通知', true, 'corner quotes'],
  ['"停水通知"', '停水的通知', false, 'a Han phrase matches on characters'],
  ['"water pressure"~3', 'pressure of the water', true, 'slop: any order, up to three between'],
  ['"water pressure"~1', 'pressure of the hot water', false, 'too many between'],
  ['"东门停水"~2', '东门今天又停水', true, 'slop in Han: two characters are a word'],
  ['"东门停水"~1', '东门今天又停水', false, 'three characters are more than one word'],
  ['water NEAR/2 brown', 'brown and cloudy water', true, 'two words between'],
  ['water NEAR/1 brown', 'brown and cloudy water', false, 'more than one between'],
  ['水 NEAR/5 黄', '水龙头流出来的有点黄', true, 'eight characters are four words'],
  ['水 NEAR/2 黄', '水龙头流出来的有点黄', false, 'and more than two'],
  ['黄 NEAR/5f 水', '水龙头里黄', false, 'NEAR/nf wants that order'],
  ['水 NEAR/5f 黄', '水龙头里黄', true, 'this is that order'],
  ['停水 NEAR/3 (东门 OR 城关)', '城关又停水', true, 'groups beside NEAR'],
  ['停水 NEAR/3 停水', '停水', false, 'a find is not near itself'],
  ['停水 NEAR/3 停水', '停水又停水', true, 'but near another one'],
  ['东门 NEAR/9 停水', '停水', false, 'both sides are needed'],
  ['water* 东门', '东门 waterworks', true, 'a star at the end'],
  ['自来* AND 东门', '东门自来水', true, 'a star after Han'],
  ['wat?r 东门', '东门 water', true, 'a gap of one letter'],
  ['wat?r 东门', '东门 watter', false, 'exactly one'],
  ['水?黄 东门', '东门水变黄', true, 'a gap of one character'],
  ['title:停水', '停水', false, 'the title only'],
  ['标题：停水 OR 通知', '通知', true, 'Chinese field names and colon'],
  ['text:停水', '停水', true, 'the text only'],
  ['title:(停水 OR 停电) OR 通知', '通知', true, 'a group in a field'],
  ['停水 source:bbs', '停水', true, 'source by id'],
  ['停水 source:(bbs OR news)', '停水', true, 'several sources'],
  ['停水 source:news', '停水', false, 'another source'],
  ['停水 site:town.example', '停水', true, 'a site by its parent domain'],
  ['停水 site:own.example', '停水', false, 'not by a piece of it'],
  ['停水 kind:post', '停水', true, 'kind'],
  ['停水 lang:en', '停水', false, 'language'],
  ['停水 place:东门', '停水', true, 'place in part'],
  ['停水 has:image', '停水', true, 'has an image'],
  ['停水 -has:image', '停水', false, 'excluded field'],
  ['停水 after:2026-03-10', '停水', true, 'from that day on'],
  ['停水 before:2026-03-10', '停水', false, 'before that day'],
  ['停水 date:2026-03-10', '停水', true, 'on that day'],
  ['停水 date:[2026-03-09 TO 2026-03-10]', '停水', true, 'both days belong to the range'],
  ['停水 date:[2026-03-11 TO 2026-03-12]', '停水', false, 'outside the range'],
  ['停水 after:2026-03-10T08:01', '停水', false, 'to the minute'],
  ['停水，东门', '东门停水', true, 'a comma is read as and, with a hint'],
  ['停水？', '停水了', true, 'a pasted question mark is dropped'],
  ['!"NASA"', 'nasa', false, 'exact case'],
  ['!"NASA"', 'by NASA', true, 'exact case met'],
  ['NOT NOT 停水', '停水', true, 'NOT NOT q is q'],
  ['停水 NOT (招聘 OR 优惠)', '停水优惠', false, 'an excluded group'],
  ['7路', '坐7路公交', true, 'digits and Han together'],
  ['PM2.5', '今天 pm2.5 超标', true, 'a sign inside a term'],
  ['1,000 停水', '停水 1,000 户', true, 'a comma inside a number'],
  ['8:30 停水', '停水到8:30', true, 'a colon inside a time'],
  ['停\u200b水', '停水', true, 'invisible characters do not count'],
  ['covid-19', 'COVID 19 cases', true, 'a hyphen'],
  ['カタカナ', 'このカタカナ', true, 'kana like Han'],
];

describe('what a query meets', () => {
  for (const [query, text, expected, why] of MATCHES) {
    test(`${query} ${expected ? 'meets' : 'does not meet'} ${JSON.stringify(text)}: ${why}`, () =>
      expect(meets(query, text)).toBe(expected));
  }
  test('fields from outside the document come as facets', () => {
    const facets: Facets = {
      org: ['县水务公司'],
      topic: ['water'],
      issue: ['HD-2026-0031'],
      level: 'orange',
      status: 'open',
      source: ['湾里论坛'],
    };
    expect(meets('org:水务 topic:water issue:HD-2026-0031 level:[yellow TO red] status:open source:湾里论坛', '', {}, facets)).toBe(true);
    expect(meets('停水 level:[blue TO yellow]', '停水', {}, facets)).toBe(false);
  });
  test('dates are read in the zone told', () => {
    const late = { publishedAt: Date.UTC(2026, 2, 9, 17) };
    expect(meets('停水 date:2026-03-10', '停水', late, { zoneMinutes: 480 })).toBe(true);
    expect(meets('停水 date:2026-03-10', '停水', late)).toBe(false);
  });
  test('finds are marked where they stand, in title and text', () => {
    const parsed = parseQuery('自来水 (发黄 OR smell)');
    const document = documentOf('這裡的自來水發黃，Smell bad', { title: '自来水' });
    const find = compileQuery(parsed.query!).find(prepareDocument(document));
    expect(find?.terms).toEqual(['自来水', '发黄', 'smell']);
    const shown = find?.ranges.map((range) => (range.inTitle ? document.title : document.text).slice(range.from, range.to));
    expect(shown).toEqual(['自来水', '自來水', '發黃', 'Smell']);
  });
});

const ERRORS: [query: string, code: string, at: number, length: number, fix: string | undefined, why: string][] = [
  ['', 'judge.queryWrong', 0, 0, undefined, 'empty'],
  ['停水 AND', 'judge.queryWrong', 6, 0, '停水', 'nothing after AND'],
  ['OR 停水', 'judge.queryWrong', 0, 2, '停水', 'nothing before OR'],
  ['(停水', 'judge.queryWrong', 0, 1, '(停水)', 'an open bracket'],
  ['停水)', 'judge.queryWrong', 2, 1, '停水', 'a bracket too many'],
  ['停水 ()', 'judge.queryWrong', 3, 2, undefined, 'an empty group'],
  ['"停水', 'judge.queryWrong', 0, 3, '"停水"', 'an open quote'],
  ['水 NEAR 黄', 'judge.queryWrong', 2, 4, '水 NEAR/5 黄', 'NEAR without a number'],
  ['水 NEAR/5 (NOT 黄)', 'judge.queryWrong', 2, 6, undefined, 'an exclusion beside NEAR'],
  ['*水', 'judge.queryWrong', 0, 2, '水', 'a star in front'],
  ['停水 wa*', 'judge.queryWrong', 3, 3, undefined, 'too short for a star'],
  ['停水 水*', 'judge.queryWrong', 3, 2, undefined, 'one Han character is too short'],
  ['water*', 'judge.queryWrong', 0, 6, undefined, 'a wildcard alone'],
  ['NOT 停水', 'judge.queryOnlyNot', 0, 6, undefined, 'only exclusions'],
  ['停水 OR NOT 东门', 'judge.queryOnlyNot', 0, 12, undefined, 'a branch of only exclusions'],
  ['sorce:bbs 停水', 'judge.queryWrong', 0, 6, undefined, 'an unknown field'],
  ['停水 after:yesterday', 'judge.queryWrong', 3, 15, undefined, 'not a date'],
  ['停水 level:purple', 'judge.queryWrong', 3, 12, undefined, 'not a level'],
  ['停水 source:[a TO b]', 'judge.queryWrong', 10, 8, undefined, 'a range where none can be'],
  ['author:zhang 停水', 'judge.queryAimsAtPerson', 0, 7, undefined, 'no author field, by design'],
  ['作者：张三 停水', 'judge.queryAimsAtPerson', 0, 3, undefined, 'not in Chinese either'],
];

describe('what is wrong with a query', () => {
  for (const [query, code, at, length, fix, why] of ERRORS) {
    test(`${JSON.stringify(query)}: ${why}`, () => {
      const { error } = parseQuery(query);
      expect(error).toMatchObject({ code, at, length });
      if (fix !== undefined) {
        expect(error?.fix).toBe(fix);
        expect(parseQuery(fix).error).toBeUndefined();
      }
      expect(error?.message.zh).not.toBe('');
    });
  }
  test('more than 4 KB or 200 terms is refused', () => {
    expect(parseQuery('水'.repeat(1500)).error?.code).toBe('judge.queryTooLarge');
    expect(parseQuery(Array.from({ length: 201 }, (_, i) => `a${i}`).join(' OR ')).error?.code).toBe('judge.queryTooLarge');
    expect(parseQuery(Array.from({ length: 200 }, (_, i) => `a${i}`).join(' OR ')).error).toBeUndefined();
    expect(parseQuery(`${'('.repeat(900)}水${')'.repeat(900)}`).error?.code).toBe('judge.queryTooLarge');
  });
});

const HINTS: [query: string, fix: string][] = [
  ['停水 and 东门', '停水 AND 东门'],
  ['water or power', 'water OR power'],
  ['东门，停水', '东门 OR 停水'],
  ['东门、停水', '东门 OR 停水'],
];
for (const [query, fix] of HINTS)
  test(`${query} is read, with a hint to write ${fix}`, () => {
    const parsed = parseQuery(query);
    expect(parsed.error).toBeUndefined();
    expect(parsed.hints[0]?.fix).toBe(fix);
  });

const AIMED = [
  '13800001234',
  '１３８００００１２３４',
  '138 0000 1234',
  '138-0000-1234',
  '一三八零零零零一二三四',
  '幺三八零零零零幺二三四',
  '138 OR 0000 OR 1234',
  '1380000*  停水',
  '110101199003070011',
  '11010119900307001X 上访',
  '1101 0119 9003 0700 11',
  'zhang.san@mail.example',
  '@zhangsan',
  '停水 @张三丰',
  'weibo.com/zhangsan',
  'https://weibo.com/u/1234567890',
  'x.com/someone',
  'https://mastodon.example/@alice',
  '@alice@mastodon.example',
  'forum.example/user/alice',
  'zhihu.com/people/abc',
  '微信号 abc12345',
  'QQ号: 12345678',
  'wechat: tom_2020',
  'user:alice 停水',
  '昵称:abcde',
  'space.bilibili.com/123456',
  'site:weibo.com/zhangsan',
  '138\u200b0000\u200b1234',
  '"138 0000 1234"',
  '010-66668888',
  't.me/someone_here',
  '138(0000)1234',
];
const PROPER = [
  '县医院 急诊 等待',
  'county hospital emergency wait',
  '12345 停水',
  '110 报警',
  '95598 停电',
  '400-800-1234 热线',
  '停水 after:2026-03-10',
  '停水 date:[2026-03-01 TO 2026-03-10]',
  '2024 OR 2025 OR 2026 水费',
  '停水 site:weibo.com',
  '7路 公交',
  'PM2.5 OR PM10',
  '3月10日 停水',
  '1000 户 停水',
  '水 NEAR/5 黄',
  '0.42 NEAR/3 铁',
  '200000 元 补偿',
  '老师傅 茶',
  '20260310 通报',
  '水务公司 收费 3.5元',
  '招聘 2025-2026',
];
describe('queries that aim at a person (first form)', () => {
  for (const query of AIMED) test(`refused: ${query}`, () => expect(parseQuery(query).error?.code).toBe('judge.queryAimsAtPerson'));
  for (const query of PROPER) test(`let through: ${query}`, () => expect(parseQuery(query).error).toBeUndefined());
  test('the caret stands at the number', () => expect(parseQuery('停水 138 0000 1234').error).toMatchObject({ at: 3, length: 13 }));
});

const word = fc.constantFrom('停水', '东门', '自来水', 'water', 'tap', 'PM2.5', '水', 'covid-19', '7路');
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  word.map((text): QueryNode => ({ kind: 'word', text, prefix: false })),
  fc.constant<QueryNode>({ kind: 'word', text: 'wate', prefix: true }),
  fc.constant<QueryNode>({ kind: 'word', text: 'wa?er', prefix: false }),
  fc
    .tuple(word, word, fc.option(fc.nat(9)))
    .map(([a, b, slop]): QueryNode => ({ kind: 'phrase', text: `${a} ${b}`, slop, exactCase: false })),
  word.map((text): QueryNode => ({ kind: 'phrase', text, slop: null, exactCase: true })),
  word.map((text): QueryNode => ({ kind: 'field', field: 'title', of: { kind: 'word', text, prefix: false } })),
  fc.constant<QueryNode>({
    kind: 'field',
    field: 'source',
    of: {
      kind: 'any',
      of: [
        { kind: 'word', text: 'bbs', prefix: false },
        { kind: 'word', text: 'news', prefix: false },
      ],
    },
  }),
  fc.constant<QueryNode>({ kind: 'range', field: 'date', from: '2026-03-01', to: '2026-03-10' }),
);
const near: fc.Arbitrary<QueryNode> = fc.tuple(word, word, fc.integer({ min: 1, max: 100 }), fc.boolean()).map(([a, b, n, ordered]) => ({
  kind: 'near',
  n,
  ordered,
  left: { kind: 'word', text: a, prefix: false },
  right: { kind: 'word', text: b, prefix: false },
}));
const tree = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    near,
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(joinAll),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(joinAny),
    tie('node').map(negate),
  ),
})).node;

test('what is printed parses to an equal tree', () => {
  fc.assert(
    fc.property(tree, (node) => {
      const text = printQuery(joinAll([{ kind: 'word', text: '通知', prefix: false }, node]));
      const parsed = parseQuery(text);
      expect(parsed.error, text).toBeUndefined();
      expect(parsed.query?.node, text).toEqual(joinAll([{ kind: 'word', text: '通知', prefix: false }, node]));
      expect(printQuery(parsed.query!)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('any text gives a query or an error inside it, never a throw', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '(',
      ')',
      '"',
      '[',
      ']',
      ':',
      '*',
      '?',
      '-',
      '!',
      'AND',
      'OR',
      'NOT',
      'NEAR/3',
      '与',
      '，',
      '停水',
      'title:',
      'date:[',
      ' TO ',
      '“',
      '’',
      '\u200b',
      '𠀀',
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join(' ');
      const { error, query } = parseQuery(text);
      if (error !== undefined) {
        expect(error.at).toBeGreaterThanOrEqual(0);
        expect(error.at + error.length).toBeLessThanOrEqual(text.length);
      } else compileQuery(query).find(prepareDocument(documentOf('东门停水 tap water')));
    }),
    { numRuns: 1000 },
  );
});
