/**
 * One folding for queries and texts: NFKC, no invisible characters, optionally lower case, and Han characters through a
 * given map (traditional to simplified). Every folded character remembers where it came from, so that finds can be marked.
 */

/** Maps one Han character to the one it is compared as; must give exactly one UTF-16 unit. */
export type FoldHan = (char: string) => string;

export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where its source begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const INVISIBLE = /^(?:[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\u034f|\u200d|[\ufe00-\ufe0f])$/u;
const MARK = /^\p{M}$/u;

/** Plain ASCII and Han need no normalising: the cheap path for nearly every character. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || (code >= 0x4e00 && code <= 0x9fff);
}

export function isHan(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x20000 && code <= 0x323af) || code === 0x3007
  );
}

/** The end of the cluster that begins at `start`: one code point and the marks that follow it. */
function clusterEnd(text: string, start: number): number {
  let end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  while (end < text.length && text.charCodeAt(end) >= 0x300) {
    const next = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (!MARK.test(next)) break;
    end += next.length;
  }
  return end;
}

function foldCluster(cluster: string, lower: boolean): string {
  let folded = '';
  for (const char of cluster.normalize('NFKC')) if (!INVISIBLE.test(char)) folded += char;
  return lower ? folded.toLowerCase() : folded;
}

/** Linear in the length of the text. */
export function foldText(text: string, lower: boolean, han?: FoldHan): FoldedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let start = 0;
  while (start < text.length) {
    const code = text.charCodeAt(start);
    const next = text.charCodeAt(start + 1);
    const alone = isPlain(code) && !(next >= 0x300 && !isPlain(next));
    const end = alone ? start + 1 : clusterEnd(text, start);
    let folded = alone ? (text[start] ?? '') : foldCluster(text.slice(start, end), lower);
    if (alone && lower && code >= 0x41 && code <= 0x5a) folded = String.fromCharCode(code + 32);
    if (han !== undefined && folded.length === 1 && isHan(folded)) folded = han(folded);
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit++) {
      from.push(start);
      to.push(end);
    }
    start = end;
  }
  return { text: parts.join(''), from, to };
}
