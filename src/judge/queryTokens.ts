/**
 * Query text -> tokens. Folds full-width signs first, keeps the positions of the original, never fails: what cannot be a
 * token is reported as a `bad` token for the parser to name. Linear in the length of the text.
 */
import { foldText, isHan } from './foldText.ts';
import { QUERY_FIELDS, type QueryField } from './queryTree.ts';

export type TokenKind =
  | 'word'
  | 'phrase'
  | 'and'
  | 'or'
  | 'not'
  | 'near'
  | 'open'
  | 'close'
  | 'field'
  | 'range'
  | 'comma'
  | 'badField'
  | 'badQuote'
  | 'badRange'
  | 'badNear'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** UTF-16 units of the original text. */
  readonly at: number;
  readonly end: number;
  readonly field?: QueryField;
  readonly n?: number;
  readonly ordered?: boolean;
  readonly exactCase?: boolean;
  readonly to?: string;
}

/** The Chinese names of the fields, as an analyst would type them. */
export const FIELD_ALIASES: Readonly<Record<string, QueryField>> = {
  标题: 'title',
  正文: 'text',
  来源: 'source',
  信源: 'source',
  网站: 'site',
  类型: 'kind',
  语言: 'lang',
  地点: 'place',
  单位: 'org',
  专题: 'topic',
  事件: 'issue',
  等级: 'level',
  状态: 'status',
  之后: 'after',
  之前: 'before',
  日期: 'date',
  含有: 'has',
};

const QUOTES = new Set(['"', '“', '”', '「', '」', '『', '』', '‘', '’', '＂']);
const STOPS = new Set(['(', ')', '[', ']', '"', ',', '、', ';']);
const OPERATORS: Readonly<Record<string, TokenKind>> = {
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  与: 'and',
  或: 'or',
  非: 'not',
  '&&': 'and',
  '||': 'or',
};

/** The text with its signs folded, each character with its place in the original. */
interface Reader {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

function openReader(query: string): Reader {
  const folded = foldText(query, false);
  let text = '';
  for (const char of folded.text.split('')) text += QUOTES.has(char) && char !== '’' ? '"' : char;
  // An apostrophe inside a word (don’t) is not a quote.
  text = text
    .replace(/(\p{L})[’"](?=\p{Ll})/gu, (whole, letter: string) => (whole.endsWith('’') ? `${letter}'` : whole))
    .replaceAll('’', '"');
  return { text, from: folded.from, to: folded.to };
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/u.test(char);
}

export function readTokens(query: string): Token[] {
  const reader = openReader(query);
  const tokens: Token[] = [];
  let i = 0;
  while (i < reader.text.length) {
    if (isSpace(reader.text[i])) {
      i++;
      continue;
    }
    const [token, next] = readOne(reader, i);
    tokens.push(token);
    i = Math.max(next, i + 1);
  }
  tokens.push({ kind: 'end', text: '', at: query.length, end: query.length });
  return tokens;
}

function made(reader: Reader, kind: TokenKind, start: number, end: number, rest: Partial<Token> = {}): [Token, number] {
  const at = reader.from[start] ?? 0;
  return [{ kind, text: reader.text.slice(start, end), at, end: reader.to[end - 1] ?? at, ...rest }, end];
}

function readOne(reader: Reader, i: number): [Token, number] {
  const char = reader.text[i] ?? '';
  const next = reader.text[i + 1];
  if (char === '(') return made(reader, 'open', i, i + 1);
  if (char === ')') return made(reader, 'close', i, i + 1);
  if (char === ',' || char === '、' || char === ';') return made(reader, 'comma', i, i + 1);
  if (char === '[') return readRange(reader, i);
  if (char === ']') return made(reader, 'badRange', i, i + 1);
  if (char === '"') return readPhrase(reader, i, i, false);
  if (char === '!' && next === '"') return readPhrase(reader, i, i + 1, true);
  if ((char === '-' || char === '!') && next !== undefined && !isSpace(next) && next !== char) return made(reader, 'not', i, i + 1);
  return readWord(reader, i);
}

function readPhrase(reader: Reader, start: number, quote: number, exactCase: boolean): [Token, number] {
  const close = reader.text.indexOf('"', quote + 1);
  if (close === -1) return made(reader, 'badQuote', start, reader.text.length, { exactCase });
  const text = reader.text.slice(quote + 1, close);
  const slop = /^~(\d{1,3})/.exec(reader.text.slice(close + 1, close + 5));
  const end = close + 1 + (slop === null ? 0 : slop[0].length);
  return made(reader, 'phrase', start, end, { text, exactCase, ...(slop === null ? {} : { n: Number(slop[1]) }) });
}

function readRange(reader: Reader, start: number): [Token, number] {
  const close = reader.text.indexOf(']', start + 1);
  if (close === -1) return made(reader, 'badRange', start, reader.text.length);
  const words = reader.text
    .slice(start + 1, close)
    .trim()
    .split(/\s+/);
  const [from = '', word = '', to = ''] = words;
  if (words.length !== 3 || word !== 'TO') return made(reader, 'badRange', start, close + 1);
  return made(reader, 'range', start, close + 1, { text: from, to });
}

/** The word that begins at `start`, as far as it goes; a colon after a field name ends it. */
function readWord(reader: Reader, start: number): [Token, number] {
  let end = start;
  while (end < reader.text.length) {
    const char = reader.text[end] ?? '';
    if (isSpace(char) || (STOPS.has(char) && !isDigitComma(reader.text, end))) break;
    if (char === ':' && end > start) {
      const asField = readField(reader, start, end);
      if (asField !== null) return asField;
    }
    end++;
  }
  const text = reader.text.slice(start, end);
  const operator = OPERATORS[text];
  if (operator !== undefined) return made(reader, operator, start, end);
  if (text.startsWith('NEAR/') || text === 'NEAR') return readNear(reader, start, end, text);
  return made(reader, 'word', start, end);
}

/** 1,000 is one word. */
function isDigitComma(text: string, i: number): boolean {
  return text[i] === ',' && /\d/.test(text[i - 1] ?? '') && /^\d{3}(?!\d)/.test(text.slice(i + 1, i + 5));
}

function readField(reader: Reader, start: number, colon: number): [Token, number] | null {
  const name = reader.text.slice(start, colon);
  const after = reader.text.slice(colon + 1, colon + 3);
  if (after === '//' || /^\d/.test(name)) return null;
  const known = QUERY_FIELDS.find((field) => field === name.toLowerCase()) ?? FIELD_ALIASES[name];
  if (known !== undefined) return made(reader, 'field', start, colon + 1, { field: known });
  if (/^[a-z_]{1,20}$/i.test(name) || (name.length <= 6 && isHan(name[0] ?? ''))) return made(reader, 'badField', start, colon + 1);
  return null;
}

function readNear(reader: Reader, start: number, end: number, text: string): [Token, number] {
  const parts = /^NEAR\/(\d{1,3})(f?)$/.exec(text);
  const n = Number(parts?.[1] ?? 0);
  if (parts === null || n < 1 || n > 100) return made(reader, 'badNear', start, end);
  return made(reader, 'near', start, end, { n, ordered: parts[2] === 'f' });
}
