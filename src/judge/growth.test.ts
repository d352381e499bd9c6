/** Hostile texts: the work grows with their length and not with its square. Work is compared with work, so that a slow machine changes nothing. */
import { describe, expect, test } from 'vitest';
import type { Document } from '../model/document.ts';
import zh from '../text/lang/zh.ts';
import { claimsOf } from './claim.ts';
import { complainedOf } from './complaint.ts';
import { readHarm } from './harm.ts';
import { compileTopics, matchTopics } from './match.ts';
import { parseQuery } from './query.ts';

const TIMES = 32;
/** Below this many CPU microseconds nothing can be told. */
const LEAST = 3000;

function cpuOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** One text of `TIMES` times the length against as many short ones: about 1 when the work is linear, about `TIMES` when it is quadratic. */
function growth(unit: string, most: number, read: (text: string) => void): number {
  const short = unit.repeat(Math.max(1, Math.floor(most / TIMES / unit.length)));
  const long = short.repeat(TIMES);
  const shorts = (): void => {
    for (let i = 0; i < TIMES; i++) read(short);
  };
  shorts();
  read(long);
  // The least of three: what else the process did in between is not ours.
  const least = (run: () => void): number => Math.min(cpuOf(run), cpuOf(run), cpuOf(run));
  return least(() => read(long)) / Math.max(LEAST, least(shorts));
}

function documentOf(text: string): Document {
  const none = { previousId: null, thread: null, place: null, section: null, sure: null, copyOf: null, copyHow: null, pseudonym: null };
  const fingerprint = { exact: '', minhash: '', nShingles: 0 };
  const counts = { publishedAt: 1, seenAt: 1, version: 1, reach: 0, nImages: 0, nRedactions: 0, marks: [] };
  return { id: 'd', sourceId: 's', key: 'd', address: '', kind: 'post', title: '', text, language: 'zh', fingerprint, ...none, ...counts };
}

const OFFICES = [{ id: 'water', names: ['水务公司', 'Water Co.'] }];
const QUERIES = ['自来水 OR 停水', '"水 黄" NOT 招聘', '水 NEAR/10 黄', 'water* AND tap', 'title:停水 OR 水管'];
const PURPOSE = { why: 'w', legalBasis: 'l', officeId: 'o', askedBy: 'a', approvedBy: 'b', use: 'u', reviewAt: 100, endsAt: 100 };
const TOPICS = compileTopics(
  QUERIES.map((query, i) => {
    const rest = { duty: 'x', purpose: PURPOSE, mustMatch: [], mustNotMatch: [], startsAt: 0, rev: 0 };
    return { id: `t${i}`, name: { zh: '题', en: 't' }, query, ...rest };
  }),
);

const READERS: Record<string, { readonly most: number; readonly units: readonly string[]; readonly read: (text: string) => void }> = {
  complainedOf: {
    most: 24_000,
    units: ['水务公司', '水务公司不管', '不管', 'water co. ', '水务公司没'],
    read: (text) => complainedOf([{ id: 'd', text }], OFFICES),
  },
  readHarm: { most: 24_000, units: ['没给', '工资都也还', '有股味', 'no ', '12', '，', '工资一直一直'], read: (text) => readHarm(text) },
  matchTopics: {
    most: 24_000,
    units: ['水', '停水黄', 'water ', 'a', '东门停水', '水 黄 '],
    read: (text) => matchTopics(documentOf(text), TOPICS, 10),
  },
  claimsOf: {
    most: 16_000,
    units: ['水黄，', '三个孩子送医院了，', '这水能喝吗', 'a, ', '有多少，'],
    read: (text) => claimsOf([documentOf(text)], () => zh),
  },
  parseQuery: {
    most: 4000,
    units: ['(', '"', 'a', 'NOT ', 'a NEAR/100 ', '138', '一', 'title:', '[ TO ', 'a@', '.a', '1 '],
    read: (text) => parseQuery(text),
  },
};

for (const [name, { most, units, read }] of Object.entries(READERS)) {
  describe(`${name} on a text of ${most} characters`, () => {
    for (const unit of units) test(`of ${JSON.stringify(unit)}`, () => expect(growth(unit, most, read)).toBeLessThan(12));
  });
}

test('the topics can match', () => {
  expect(TOPICS.broken).toEqual([]);
  expect(matchTopics(documentOf('东门停水，水管的水 黄'), TOPICS, 10).length).toBeGreaterThan(1);
});

test('a reader that looks at every pair would be found out', () => {
  const pairs = (text: string): void => {
    let n = 0;
    for (let i = 0; i < text.length; i++) for (let k = 0; k < text.length; k++) if (text.charCodeAt(i) === text.charCodeAt(k)) n++;
    if (n < 0) throw new Error('never');
  };
  expect(growth('ab', 6400, pairs)).toBeGreaterThan(12);
});
