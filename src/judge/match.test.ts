import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Document } from '../model/document.ts';
import type { Topic } from '../model/issue.ts';
import { DAY } from '../model/time.ts';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { compileTopics, compileQuery, matchTopics } from './match.ts';
import { prepareDocument } from './preparedText.ts';
import { parseQuery } from './query.ts';
import { type SearchNode, toSearch } from './search.ts';

const NOW = Date.UTC(2026, 2, 10);

function documentOf(title: string, text: string): Document {
  return {
    id: 'd',
    sourceId: 'bbs',
    key: 'k',
    address: 'https://bbs.example/1',
    kind: 'post',
    title,
    text,
    language: 'zh',
    pseudonym: null,
    publishedAt: NOW,
    seenAt: NOW,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
  };
}

function topicOf(id: string, query: string, more: Partial<Topic> = {}): Topic {
  const purpose = {
    why: 'w',
    legalBasis: 'l',
    officeId: 'o',
    askedBy: 'a',
    approvedBy: 'b',
    use: 'u',
    reviewAt: NOW + DAY,
    endsAt: NOW + 30 * DAY,
  };
  return { id, name: { zh: id, en: id }, query, duty: 'x', purpose, mustMatch: [], mustNotMatch: [], startsAt: NOW - DAY, rev: 0, ...more };
}

const QUERIES = [
  '停水',
  '水',
  '停水 OR 停电',
  '自来水 AND (东门 OR 城关) NOT 招聘',
  '"tap water"',
  'water pressure',
  'wate* AND 东门',
  '水 NEAR/3 黄',
  '(水 OR 电) NEAR/2f 停',
  'title:停水',
  'text:(东门 OR water)',
  '"东门 停水"~4',
  '"东门停水"~4',
  'source:bbs',
  '停水 OR source:news',
  'brown NEAR/2 water',
  '东门 OR "7路"',
  'wa?er 东门',
  '水?黄 东门',
  '自来* 东门',
  '!"Water" OR 停电',
  'PM2.5',
  '自来水 -title:通知',
  '7路公交',
  '东',
];
const piece = fc.constantFrom(
  '停水',
  '停',
  '水',
  '东门',
  '自来水',
  '自來水',
  '发黄',
  '黃',
  '黄',
  '停电',
  '城关',
  '招聘',
  '通知',
  'tap',
  'water',
  'Water',
  'brown',
  'pressure',
  'pm2.5',
  '7路',
  '公交',
  '，',
  ' ',
  '。',
  'waterworks',
  '路',
  '7',
);
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const spaced = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(' '));
const document = fc.tuple(fc.oneof(text, spaced), fc.oneof(text, spaced)).map(([title, body]) => documentOf(title, body));

test('the pre-search never loses or adds a match', () => {
  const set = compileTopics(QUERIES.map((query, i) => topicOf(`t${i}`, query)));
  expect(set.broken).toEqual([]);
  fc.assert(
    fc.property(document, (one) => {
      expect(matchTopics(one, set, NOW)).toEqual(matchTopics(one, set, NOW, { presearch: false }));
    }),
    { numRuns: 800 },
  );
});

/** The index as a store keeps it: words in order, per column. */
function holds(node: SearchNode, columns: { title: string[]; text: string[] }): boolean {
  if ('everything' in node) return true;
  if ('all' in node) return node.all.every((part) => holds(part, columns));
  if ('any' in node) return node.any.some((part) => holds(part, columns));
  if ('without' in node) return holds(node.from, columns) && !holds(node.without, columns);
  const lists = node.column === undefined ? [columns.title, columns.text] : [columns[node.column]];
  return lists.some((words) =>
    words.some((_, start) =>
      node.phrase.every((word, k) =>
        node.prefix === true && k === node.phrase.length - 1 ? words[start + k]?.startsWith(word) : words[start + k] === word,
      ),
    ),
  );
}

test('the search over index words finds whatever matches', () => {
  const compiled = QUERIES.map((query) => parseQuery(query).query!).map((query) => ({
    matcher: compileQuery(query),
    node: toSearch(query.node),
  }));
  fc.assert(
    fc.property(document, fc.constantFrom(zh, en), (one, pack) => {
      const columns = { title: pack.words(one.title), text: pack.words(one.text) };
      const prepared = prepareDocument(one);
      for (const { matcher, node } of compiled) if (matcher.find(prepared) !== null) expect(holds(node, columns)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('the search leaves something out', () => {
  const narrow = toSearch(parseQuery('自来水 AND (东门 OR 城关) NOT 招聘').query!.node);
  expect(narrow).toEqual({ all: [{ phrase: ['自来', '来水'] }, { any: [{ phrase: ['东门'] }, { phrase: ['城关'] }] }] });
});

test('a topic matches from its start until its end, and never after', () => {
  const one = documentOf('', '东门停水');
  const set = compileTopics([topicOf('t', '停水', { startsAt: NOW })]);
  const ends = NOW + 30 * DAY;
  expect(matchTopics(one, set, NOW - 1)).toEqual([]);
  expect(matchTopics(one, set, NOW)).toEqual([{ topicId: 't', terms: ['停水'] }]);
  expect(matchTopics(one, set, ends - 1)).toHaveLength(1);
  expect(matchTopics(one, set, ends)).toEqual([]);
});

test('a topic whose query cannot be read is told, and the others go on', () => {
  const set = compileTopics([topicOf('bad', '(停水'), topicOf('good', '停水')]);
  expect(set.broken.map((one) => one.topicId)).toEqual(['bad']);
  expect(matchTopics(documentOf('', '停水'), set, NOW).map((match) => match.topicId)).toEqual(['good']);
});
