/**
 * The folding of `text/fold.ts` for texts in which finds are marked: every folded unit remembers where it came from. A query is
 * folded without `deep`: its signs and letters become half-width, its case and script stay as written.
 */
import { fold, foldHan, isHanCode, isKanaCode } from '../text/fold.ts';

export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where its source begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const MARK = /^\p{M}$/u;

/** Plain ASCII and Han need no normalising: the cheap path for nearly every character. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || (code >= 0x4e00 && code <= 0x9fff);
}

export function isHan(char: string): boolean {
  return isHanCode(char.codePointAt(0) ?? 0);
}

/** Written without spaces: Han and kana, one unit each. */
export function isUnspaced(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return isHanCode(code) || isKanaCode(code);
}

/** The end of the cluster that begins at `start`: one code point and the marks that follow it. */
function clusterEnd(text: string, start: number): number {
  let end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  while (end < text.length && text.charCodeAt(end) >= 0x300 && !isPlain(text.charCodeAt(end))) {
    const next = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (!MARK.test(next) && next.replace(INVISIBLE, '') !== '') break;
    end += next.length;
  }
  return end;
}

/** Linear in the length of the text. */
export function foldText(text: string, deep: boolean): FoldedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let start = 0;
  while (start < text.length) {
    const code = text.charCodeAt(start);
    const next = text.charCodeAt(start + 1);
    const isAlone = isPlain(code) && !(next >= 0x300 && !isPlain(next));
    const end = isAlone ? start + 1 : clusterEnd(text, start);
    let folded: string;
    if (!isAlone) folded = deep ? fold(text.slice(start, end)) : text.slice(start, end).replace(INVISIBLE, '').normalize('NFKC');
    else if (!deep) folded = text[start] ?? '';
    else
      folded =
        code >= 0x4e00 ? foldHan(text[start] ?? '') : code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : (text[start] ?? '');
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit++) {
      from.push(start);
      to.push(end);
    }
    start = end;
  }
  return { text: parts.join(''), from, to };
}
