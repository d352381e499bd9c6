import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint, fromBase64, jaccard, shingles, toBase64 } from './fingerprint.ts';
import { fold, foldHan, toSimplified } from './fold.ts';
import { HAN_PAIRS } from './hanPairs.ts';
import en from './lang/en.ts';
import zh from './lang/zh.ts';
import { pickPack } from './pack.ts';

describe('folding', () => {
  const table: [text: string, expected: string, why: string][] = [
    ['ＡＢＣ１２３，。', 'abc123,。', 'full width'],
    ['臺灣自來水廠發黃', '台湾自来水厂发黄', 'traditional'],
    ['ﬁne ① Ⅳ', 'fine 1 iv', 'compatibility forms'],
    ['wa\u200bter\ufe0f', 'water', 'invisible characters'],
    ['İstanbul', 'i̇stanbul', 'a letter whose small form is two'],
  ];
  for (const [text, expected, why] of table) test(why, () => expect(fold(text)).toBe(expected));
  test('folding twice is folding once', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
      { seed: 1, numRuns: 300 },
    ));
  test('simplifying keeps the length and every pair is settled', () => {
    expect(toSimplified('繁體與简体').length).toBe(5);
    for (const char of HAN_PAIRS) expect(foldHan(foldHan(char))).toBe(foldHan(char));
    expect(HAN_PAIRS.length % 2).toBe(0);
  });
});

describe('words and terms', () => {
  test('Han runs are pairs, one alone stays, other words are whole', () =>
    expect(zh.words('自來水 3栋，水。PM2.5')).toEqual(['自来', '来水', '3', '栋', '水', 'pm2', '5']));
  test('both packs split alike, so a query needs not know the language', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(zh.words(text)).toEqual(en.words(text));
      }),
      { seed: 8 },
    ));
  test('pairs of grammar are no terms', () => expect(zh.terms('这是我们的水')).toEqual(['的水']));
  test('forms of one word are one term', () => expect(new Set(en.terms('close closes closed closing')).size).toBe(1));
  test('stop words are left out, repeats are kept', () => expect(en.terms('The water and the water of it')).toEqual(['water', 'water']));
  const stems: [word: string, stem: string][] = [
    ['supplies', 'supply'],
    ['supplied', 'supply'],
    ['leaking', 'leak'],
    ['stopped', 'stop'],
    ['buses', 'bus'],
    ['gas', 'gas'],
    ['bring', 'bring'],
    ['water', 'water'],
    ['quickly', 'quick'],
  ];
  for (const [word, stem] of stems) test(`${word} is ${stem}`, () => expect(en.terms(word)).toEqual([stem]));
  const packs: [text: string, code: string][] = [
    ['城东花园停水了', 'zh'],
    ['The water is off', 'en'],
    ['iPhone 15 的水印怎么去掉', 'zh'],
    ['12345', 'zh'],
  ];
  for (const [text, code] of packs) test(`the pack of ${text} is ${code}`, () => expect(pickPack([zh, en], '', text).code).toBe(code));
});

describe('fingerprints', () => {
  const digest = (text: string): string => `${text}${'0'.repeat(64)}`;
  const long = '城东花园小区自本月八日起自来水发黄并有铁锈味，居民多次联系物业与水务公司，截至发稿尚未得到明确答复。';
  test('punctuation, width and script do not matter to the exact digest', () =>
    expect(fingerprint('停水了，ＡＢＣ！', digest).exact).toBe(fingerprint('停水了abc', digest).exact));
  test('a short text has no MinHash', () => expect(fingerprint('停水了', digest)).toMatchObject({ minhash: '', nShingles: 0 }));
  test('the stored numbers never change', () => {
    // Stored fingerprints of old documents are compared with new ones: a change here must come with a migration.
    const { minhash } = fingerprint(long, digest);
    expect(minhash.length).toBe(684);
    expect(minhash.slice(0, 16)).toBe('FzowAKBsDAEDnwMI');
  });
  test('base64 and back', () => {
    const values = Uint32Array.from({ length: 128 }, (_, at) => (at * 0x9e3779b9) >>> 0);
    expect(fromBase64(toBase64(values))).toEqual(values);
    expect(fromBase64('')).toBe(null);
  });
  test('the estimate is near the truth', () => {
    const other = `${long}社区已经安排送水车每天两次到小区门口。`;
    const [a, b] = [new Set(shingles(long)), new Set(shingles(other))];
    const truth = [...a].filter((shingle) => b.has(shingle)).length / new Set([...a, ...b]).size;
    const values = (text: string) => fromBase64(fingerprint(text, digest).minhash)!;
    expect(Math.abs(jaccard(values(long), values(other)) - truth)).toBeLessThan(0.13);
  });
});
