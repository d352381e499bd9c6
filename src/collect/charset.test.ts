import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from './charset.ts';
import { languageOf } from './language.ts';

const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
/** 发黄 and 停水: the bytes of 停水 in GBK are UTF-8 too. */
const GB = [0xb7, 0xa2, 0xbb, 0xc6];
const BIG5 = [0xb0, 0xb1, 0xa4, 0xf4];

describe('which hint wins', () => {
  const utf8 = Array.from(new TextEncoder().encode('停水'));
  const table: [bytes: number[], contentType: string | undefined, text: string, charset: string, how: string, why: string][] = [
    [[0xef, 0xbb, 0xbf, ...utf8], 'text/html; charset=gbk', '停水', 'utf-8', 'mark', 'the mark before everything'],
    [[0xff, 0xfe, 0x5c, 0x50], undefined, '停', 'utf-16le', 'mark', 'UTF-16'],
    [[0, 0, 0xfe, 0xff, 0, 0, 0x50, 0x5c], undefined, '停', 'utf-32be', 'mark', 'UTF-32'],
    [utf8, 'text/html; charset=gb2312', '停水', 'utf-8', 'utf8', 'strict UTF-8 before a wrong label'],
    [GB, 'text/html; charset=gb2312', '发黄', 'gb18030', 'label', 'the label of HTTP'],
    [[...ascii('<meta charset="GBK">'), ...GB], undefined, '<meta charset="GBK">发黄', 'gb18030', 'label', 'the label of the page'],
    [
      [...ascii('<?xml version="1.0" encoding="big5"?>'), ...BIG5],
      undefined,
      '<?xml version="1.0" encoding="big5"?>停水',
      'big5',
      'label',
      'the label of XML',
    ],
    [
      [...ascii('<meta charset="nonsense">'), 0xe9],
      undefined,
      '<meta charset="nonsense">é',
      'windows-1252',
      'fallback',
      'an unknown label',
    ],
    [ascii('plain'), undefined, 'plain', 'utf-8', 'utf8', 'ASCII'],
    [[], undefined, '', 'utf-8', 'utf8', 'nothing'],
  ];
  for (const [bytes, contentType, text, charset, how, why] of table)
    test(why, () =>
      expect(decode(Uint8Array.from(bytes), contentType === undefined ? {} : { contentType })).toEqual({ text, charset, how }),
    );
});

test('any bytes give well-formed text', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => decode(bytes).text.isWellFormed()),
    { seed: 5, numRuns: 300 },
  ));

describe('language', () => {
  const table: [text: string, expected: string][] = [
    ['城东花园三栋停水了', 'zh'],
    ['自來水廠今日停水', 'zh'],
    ['iPhone 15 Pro Max 発売日はいつですか', 'ja'],
    ['오늘 물이 나오지 않습니다', 'ko'],
    ['The water in our street has been brown since this morning.', 'en'],
    ['Das Wasser in unserer Straße ist seit heute Morgen braun.', 'de'],
    ['A new report about the water by 张', 'en'],
    ['12345 !!! 😀', 'und'],
    ['', 'und'],
  ];
  for (const [text, expected] of table) test(`${text} is ${expected}`, () => expect(languageOf(text)).toBe(expected));
});
