/** Chinese, simplified and traditional: character pairs, no dictionary (measured better than word segmenters). */
import type { LanguagePack } from '../pack.ts';
import { isStopWord, stripSuffix } from '../englishWords.ts';
import { fold, isHanCode, isKanaCode } from '../fold.ts';
import { splitWords } from '../split.ts';

/** Characters that carry grammar only; a pair made of two of them says nothing. */
const EMPTY_CHARS = '的了着过们吗呢吧啊呀嘛么是在和与及或也都就还又这那之其此而但因为所以被把让给对从向于我你他她它';
const IS_EMPTY = new Uint8Array(0x10000);
for (let at = 0; at < EMPTY_CHARS.length; at++) IS_EMPTY[EMPTY_CHARS.charCodeAt(at)] = 1;

function isEmptyPair(word: string): boolean {
  return IS_EMPTY[word.charCodeAt(0)] === 1 && (word.length === 1 || IS_EMPTY[word.charCodeAt(1)] === 1);
}

function terms(text: string): string[] {
  const kept: string[] = [];
  for (const word of splitWords(fold(text))) {
    if (isHanCode(word.codePointAt(0) ?? 0)) {
      if (!isEmptyPair(word)) kept.push(word);
    } else if (!isStopWord(word)) kept.push(stripSuffix(word));
  }
  return kept;
}

/** Share of Han among the letters of the first 600 characters; kana and Hangul count against it. */
function looksLike(text: string): number {
  let nHan = 0;
  let nOther = 0;
  let nKana = 0;
  for (const char of text.slice(0, 600)) {
    const code = char.codePointAt(0) ?? 0;
    if (isHanCode(code)) nHan++;
    else if (isKanaCode(code) || (code >= 0xac00 && code <= 0xd7a3)) nKana++;
    else if (code > 0x40 && /\p{L}/u.test(char)) nOther++;
  }
  if (nHan === 0 || nKana * 10 > nHan) return 0;
  // One Han character says about as much as four Latin letters.
  return (nHan * 4) / (nHan * 4 + nOther + nKana);
}

const zh: LanguagePack = { code: 'zh', looksLike, terms, words: (text) => splitWords(fold(text)) };
export default zh;
