import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, Item, Pseudonym } from '../model/document.ts';
import type { Source } from '../model/source.ts';
import { DAY, HOUR } from '../model/time.ts';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { admit, type AdmitKit, type Admitted, LONGEST_TEXT, LONGEST_TITLE, storedKey } from './admit.ts';
import { makeCopyIndex } from './copies.ts';

const NOW = 1_773_200_000_000;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const seal =
  (key: string) =>
  (sourceId: string, author: string): Pseudonym =>
    createHmac('sha256', key).update(`${sourceId}\n${author}`).digest('hex').slice(0, 16) as Pseudonym;

function source(more: Partial<Source> = {}): Source {
  const manners = { robots: true, pollAtLeast: HOUR, pollAtMost: DAY, pause: 1000 };
  const fixed = {
    id: 's1',
    name: { zh: '论坛', en: 'Forum' },
    kind: 'feed',
    address: 'https://bbs.example/feed',
    settings: {},
    family: 'f',
    audience: 0,
  };
  return { ...fixed, standing: 'community', manners, paused: false, addedBy: 'x', addedAt: 0, rev: 0, ...more } as Source;
}
function kit(more: Partial<AdmitKit> = {}): AdmitKit {
  return { source: source(), packs: [zh, en], seal: seal('k1'), digest, now: NOW, recent: makeCopyIndex(100), ...more };
}
function item(more: Partial<Item> = {}): Item {
  return {
    key: 'p1',
    address: 'https://bbs.example/t/100001',
    title: '停水',
    body: '城东花园三栋今天早上开始停水，物业说不知道。',
    kind: 'post',
    publishedAt: NOW - HOUR,
    ...more,
  };
}
function admitted(given: Item, using: AdmitKit): Admitted {
  const outcome = admit(given, using);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}
const documentOf = (given: Item, using = kit()): Document => admitted(given, using).document;

describe('numbers, times and lengths from outside', () => {
  const table: [more: Partial<Item>, expected: Partial<Document>, why: string][] = [
    [{ publishedAt: Number.NaN }, { publishedAt: NOW, marks: ['timeUnknown'] }, 'a time that is no number'],
    [{ publishedAt: undefined as never }, { publishedAt: NOW, marks: ['timeUnknown'] }, 'no time'],
    [{ publishedAt: 0 }, { publishedAt: NOW, marks: ['timeUnknown'] }, 'an unset clock'],
    [{ publishedAt: NOW + 5 * DAY }, { publishedAt: NOW, marks: ['timeAhead'] }, 'a time far ahead'],
    [{ publishedAt: NOW + 1000 }, { publishedAt: NOW, marks: [] }, 'a clock one second ahead'],
    [{ publishedAt: Number.POSITIVE_INFINITY }, { publishedAt: NOW, marks: ['timeUnknown'] }, 'an endless time'],
    [{ reach: Number.NaN, nImages: -3 }, { reach: 0, nImages: 0 }, 'counts that are no counts'],
    [{ reach: 12.7, nImages: 2 }, { reach: 12, nImages: 2 }, 'counts'],
    [{ kind: 'rant' as never }, { kind: 'post' }, 'an unknown kind'],
    [{ sure: 'maybe' }, { sure: null }, 'an unknown sureness'],
    [{ address: 'javascript:alert(1)' }, { address: '' }, 'no web address'],
    [{ title: 't'.repeat(400) }, { title: 't'.repeat(LONGEST_TITLE), marks: ['titleCut'] }, 'a long title'],
    [{ title: 7 as never }, { title: '' }, 'a title that is no text'],
    [{ body: 'a\u202eb\u0000c\r\nd' }, { text: 'abc\nd' }, 'control and direction characters'],
  ];
  for (const [more, expected, why] of table) test(why, () => expect(documentOf(item(more))).toMatchObject(expected));
  test('a long text is cut and marked, not inside a character', () => {
    const { text, marks } = documentOf(item({ body: '😀'.repeat(LONGEST_TEXT) }));
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.isWellFormed()).toBe(true);
    expect(marks).toContain('textCut');
  });
  for (const body of ['', ' \n ', '。。。', '\u200b'])
    test(`a text without a letter is refused: ${JSON.stringify(body)}`, () =>
      expect(admit(item({ title: '', body }), kit())).toEqual({ ok: false, refusal: { code: 'collect.noText' } }));
});

describe('versions', () => {
  test('admitting twice gives the same id and nothing new', () => {
    const first = admitted(item(), kit());
    const again = admitted(item(), kit({ now: NOW + DAY, earlier: () => [{ id: first.document.id, version: 1 }] }));
    expect(first.isNew).toBe(true);
    expect(again).toMatchObject({ isNew: false, document: { id: first.document.id, version: 1, previousId: null } });
  });
  test('an edit is a new version that knows the one before', () => {
    const first = documentOf(item());
    const edited = admitted(item({ body: '已经恢复供水，谢谢大家关心。' }), kit({ earlier: () => [{ id: first.id, version: 1 }] }));
    expect(edited).toMatchObject({ isNew: true, document: { version: 2, previousId: first.id } });
  });
  test('white space and width of letters are no edit', () =>
    expect(documentOf(item({ body: '城东花园三栋今天早上开始停水,物业说 不知道。' })).id).toBe(documentOf(item()).id));
  test('going back to an earlier wording adds nothing', () => {
    const first = documentOf(item());
    const earlier = () => [
      { id: 'b', version: 2 },
      { id: first.id, version: 1 },
    ];
    expect(admitted(item(), kit({ earlier }))).toMatchObject({ isNew: false, document: { version: 1, previousId: null } });
  });
});

describe('copies', () => {
  const long = '城东花园小区自本月八日起自来水发黄并有铁锈味，居民多次联系物业与水务公司，截至发稿尚未得到明确答复，社区已安排送水车。';
  const seen = (body: string, at: number, id: string): Document =>
    documentOf(item({ body, key: id }), kit({ now: at, source: source({ id }) }));
  const table: [first: string, second: string, how: string | null, why: string][] = [
    [long, long, 'exact', 'the same text'],
    [long, `${long}（来源：网络）`, 'near', 'a source line added'],
    ['顶', '顶', null, 'a reply of one character'],
    ['+1', '+1', null, 'a reply of one number'],
    ['同意楼上的说法', '同意楼上的说法', null, 'a reply of few words'],
    ['城东花园三栋今天早上停水了', '城东花园三栋今天早上停水了', 'exact', 'a short sentence'],
    ['城东花园三栋今天早上停水了', '城东花园五栋今天晚上停水了', null, 'a short sentence that differs'],
  ];
  for (const [first, second, how, why] of table)
    test(why, () => {
      const recent = makeCopyIndex(100);
      const one = seen(first, NOW, 'a');
      recent.add(one);
      const two = documentOf(item({ body: second, key: 'b' }), kit({ recent, source: source({ id: 'b' }) }));
      expect([two.copyOf, two.copyHow]).toEqual(how === null ? [null, null] : [one.id, how]);
    });
  test('a new version is no copy of its old one; a copy of a copy names the first', () => {
    const recent = makeCopyIndex(100);
    const one = documentOf(item({ body: long }));
    recent.add(one);
    expect(documentOf(item({ body: `${long}完` }), kit({ recent })).copyOf).toBe(null);
    const two = documentOf(item({ body: `转发：${long}`, key: 'b' }), kit({ recent }));
    recent.add(two);
    expect(two.copyOf).toBe(one.id);
    expect(documentOf(item({ body: `再转发：${long}！！`, key: 'c' }), kit({ recent })).copyOf).toBe(one.id);
  });
  test('what is older than the memory, or pushed out of it, is forgotten', () => {
    const recent = makeCopyIndex(3, DAY);
    recent.add(seen(long, NOW, 'a'));
    const find = (now: number) => documentOf(item({ body: long, key: 'z' }), kit({ recent, now })).copyHow;
    expect(find(NOW + HOUR)).toBe('exact');
    expect(find(NOW + 2 * DAY)).toBe(null);
    for (const id of ['b', 'c', 'd'])
      recent.add(seen(`${id}${id} 另一件完全不同的事情发生在${id}地的街道上面，大家都在说`.repeat(2), NOW + HOUR, id));
    expect([find(NOW + HOUR), recent.size()]).toEqual([null, 3]);
  });
  test('the index grows past its first size and still finds', () => {
    const recent = makeCopyIndex(3000);
    const text = (n: number) => `${digest(String(n)).replaceAll(/(..)/g, '$1 ')} ${digest(`x${n}`).replaceAll(/(..)/g, '$1 ')}`;
    for (let n = 0; n < 1500; n++) recent.add(seen(text(n), NOW + n, `s${n}`));
    for (const n of [0, 1023, 1024, 1499])
      expect(documentOf(item({ body: `${text(n)} ff`, key: 'z' }), kit({ recent, now: NOW + 9999 })).copyHow).toBe('near');
  });
});

describe('authors', () => {
  const NAME = 'WaterFan_1987';
  const forms: [more: Partial<Item>, why: string][] = [
    [{ author: NAME }, 'plain'],
    [{ author: `@${NAME}` }, 'handle'],
    [{ author: `${NAME}@social.example`, body: `回复 @${NAME}@social.example 停水了` }, 'fediverse'],
    [{ author: `${NAME} <${NAME}@mail.example>` }, 'mail header'],
    [{ author: `${NAME}@mail.example (Some Body)` }, 'dc:creator mail'],
    [{ author: `https://social.example/@${NAME}` }, 'address of the profile'],
    [{ author: `/u/${NAME}` }, 'forum form'],
    [{ author: NAME, title: `${NAME}: 停水了` }, 'in the title'],
    [{ author: NAME, body: `“${NAME} 写道：没水”` }, 'in a quoted reply'],
    [{ author: NAME, key: `https://social.example/@${NAME}/109876543` }, 'in the key'],
    [{ author: NAME, address: `https://social.example/users/${NAME}/statuses/109876543` }, 'in the address'],
    [{ author: NAME, address: `https://${NAME}.wordpress.com/2026/03/post` }, 'in the host'],
    [{ author: NAME, address: `https://bbs.example/t/${NAME}-says-no-water` }, 'in a step of the path'],
    [{ author: NAME, address: `https://bbs.example/t?author=${NAME}&id=3` }, 'in the query'],
    [{ author: NAME, thread: `https://social.example/@${NAME}/1` }, 'in the thread'],
    [{ author: NAME, place: `${NAME} 家`, section: NAME }, 'in place and section'],
  ];
  for (const [more, why] of forms)
    test(`no form of the name is left: ${why}`, () => {
      const { document, terms } = admitted(item(more), kit());
      expect(JSON.stringify([document, terms]).toLowerCase()).not.toContain(NAME.toLowerCase());
      expect(document.pseudonym).toMatch(/^[0-9a-f]{16}$/);
    });
  test('one author has one mark in a period, another in the next', () => {
    const mark = (author: string, key: string) => documentOf(item({ author }), kit({ seal: seal(key) })).pseudonym;
    for (const form of [`@${NAME}`, NAME.toUpperCase(), `/u/${NAME}`, `https://x.com/${NAME}`])
      expect(mark(form, 'k1')).toBe(mark(NAME, 'k1'));
    expect(mark(NAME, 'k2')).not.toBe(mark(NAME, 'k1'));
  });
  test('nobody is nobody, and an organisation’s own channel has no author', () => {
    expect(documentOf(item({ author: '匿名网友' })).pseudonym).toBe(null);
    expect(documentOf(item({ author: '澄湾发布', kind: 'article' }), kit({ source: source({ standing: 'official' }) })).pseudonym).toBe(
      null,
    );
    const answer = documentOf(item({ author: '灰雀', kind: 'reply' }), kit({ source: source({ standing: 'official' }) }));
    expect(answer.pseudonym).not.toBe(null);
  });
  test('two writers under one numbering keep two keys', () => {
    const key = (name: string) =>
      storedKey(source(), { key: `https://blog.example/users/${name}/1`, address: '', author: name }, { seal: seal('k'), digest });
    expect(key('anna')).not.toBe(key('bertha'));
    expect(key('anna')).not.toContain('anna');
  });
});

test('whatever comes in, the door answers and nothing personal goes through', () => {
  const anything = fc.record({
    key: fc.string(),
    address: fc.oneof(fc.webUrl(), fc.string()),
    title: fc.string({ unit: 'binary' }),
    body: fc.string({ unit: 'grapheme' }),
    kind: fc.constant('post'),
    author: fc.option(fc.string(), { nil: undefined }),
    publishedAt: fc.option(fc.double(), { nil: undefined }),
    reach: fc.double(),
  });
  fc.assert(
    fc.property(anything, (given) => {
      const outcome = admit({ ...given, body: `${given.body} 电话13800138000` } as Item, kit());
      if (!outcome.ok) return;
      const { document } = outcome.value;
      expect(document.text).not.toContain('13800138000');
      expect(document.text.isWellFormed()).toBe(true);
      expect(Number.isSafeInteger(document.publishedAt) && document.publishedAt <= NOW).toBe(true);
    }),
    { seed: 7, numRuns: 300 },
  );
});
