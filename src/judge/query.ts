/**
 * The query language of topics, parsed and printed.
 *
 *   query := or
 *   or    := and (OR and)*
 *   and   := near ((AND | nothing) near)*
 *   near  := not (NEAR/n[f] not)*
 *   not   := (NOT | - | !) not | atom
 *   atom  := term | "phrase" | "phrase"~n | !"Exact Case" | term* | te?m | field:value | field:(group) | field:[a TO b] | ( query )
 *
 * Operators are upper-case; 与 或 非 mean the same. Full-width signs are folded first. Never throws: an error has a place, a
 * sentence, and where one can be guessed a fix. Linear in the length of the text; at most 4 KB and 200 terms.
 */
import type { RefusalCode } from '../model/outcome.ts';
import type { Words } from '../model/words.ts';
import { findPersonAim } from './queryAim.ts';
import { hintsOf } from './queryHints.ts';
import { printNode } from './queryPrint.ts';
import { readTokens, type Token } from './queryTokens.ts';
import {
  isPositive,
  joinAll,
  joinAny,
  negate,
  positiveTerms,
  type Query,
  type QueryError,
  type QueryHint,
  type QueryNode,
} from './queryTree.ts';
import { badToken, badWildcard, fieldValueError, nearError, sentence, wildcardAlone } from './queryErrors.ts';

export const MOST_BYTES = 4096;
export const MOST_TERMS = 200;
const MOST_DEPTH = 40;

export type Parsed =
  | { readonly query: Query; readonly error?: undefined; readonly hints: readonly QueryHint[] }
  | { readonly query?: undefined; readonly error: QueryError; readonly hints: readonly QueryHint[] };

interface Cursor {
  readonly source: string;
  readonly tokens: readonly Token[];
  i: number;
  depth: number;
  nTerms: number;
  error: QueryError | null;
}

export function parseQuery(text: string): Parsed {
  const size = utf8Length(text);
  if (size > MOST_BYTES)
    return {
      error: tooLarge(text, { zh: `查询式有 ${size} 字节，最多 ${MOST_BYTES}`, en: `The query has ${size} bytes; at most ${MOST_BYTES}` }),
      hints: [],
    };
  const tokens = readTokens(text);
  const hints = hintsOf(text, tokens);
  const cursor: Cursor = { source: text, tokens, i: 0, depth: 0, nTerms: 0, error: null };
  const node = parseOr(cursor);
  if (cursor.error === null && peek(cursor).kind !== 'end') fail(cursor, peek(cursor), badToken(peek(cursor), text));
  const aim = findPersonAim(text);
  if (aim !== null) return { error: aim, hints };
  if (cursor.error !== null) return { error: cursor.error, hints };
  if (cursor.nTerms > MOST_TERMS)
    return {
      error: tooLarge(text, {
        zh: `查询式有 ${cursor.nTerms} 个词，最多 ${MOST_TERMS}`,
        en: `The query has ${cursor.nTerms} terms; at most ${MOST_TERMS}`,
      }),
      hints,
    };
  const whole = checkWhole(text, node);
  return whole === null ? { query: { node, nTerms: cursor.nTerms }, hints } : { error: whole, hints };
}

/** Canonical text; parsing it gives an equal tree. */
export function printQuery(query: Query | QueryNode): string {
  return printNode('node' in query ? query.node : query);
}

function utf8Length(text: string): number {
  let n = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    n += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return n;
}

function tooLarge(text: string, message: Words): QueryError {
  return { at: 0, length: text.length, code: 'judge.queryTooLarge', message };
}

function checkWhole(text: string, node: QueryNode): QueryError | null {
  if (!isPositive(node)) {
    return {
      at: 0,
      length: text.length,
      code: 'judge.queryOnlyNot',
      message: {
        zh: '只有排除条件的查询式会命中几乎所有内容：请加上要找的词',
        en: 'A query of exclusions alone would match nearly everything: add what to look for',
      },
    };
  }
  return wildcardAlone(text, node, positiveTerms(node));
}

function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.i] ?? { kind: 'end', text: '', at: cursor.source.length, end: cursor.source.length };
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.i++;
  return token;
}

const NOTHING: QueryNode = { kind: 'all', of: [] };

/** The first error wins; parsing then runs out without looking further. */
function fail(
  cursor: Cursor,
  token: Pick<Token, 'at' | 'end'>,
  problem: { readonly message: Words; readonly fix?: string; readonly code?: RefusalCode },
): QueryNode {
  if (cursor.error === null) {
    const { message, fix, code = 'judge.queryWrong' } = problem;
    cursor.error = { at: token.at, length: Math.max(0, token.end - token.at), code, message, ...(fix === undefined ? {} : { fix }) };
  }
  cursor.i = cursor.tokens.length;
  return NOTHING;
}

function skipCommas(cursor: Cursor): void {
  while (peek(cursor).kind === 'comma') cursor.i++;
}

function parseOr(cursor: Cursor): QueryNode {
  const parts = [parseAnd(cursor)];
  while (peek(cursor).kind === 'or') {
    cursor.i++;
    parts.push(parseAnd(cursor));
  }
  return joinAny(parts);
}

const STARTS = new Set(['word', 'phrase', 'not', 'open', 'field', 'badField', 'badQuote', 'badNear']);

function parseAnd(cursor: Cursor): QueryNode {
  skipCommas(cursor);
  const parts = [parseNear(cursor)];
  for (;;) {
    skipCommas(cursor);
    if (peek(cursor).kind === 'and') {
      cursor.i++;
      skipCommas(cursor);
    } else if (!STARTS.has(peek(cursor).kind)) break;
    parts.push(parseNear(cursor));
  }
  return joinAll(parts);
}

function parseNear(cursor: Cursor): QueryNode {
  let left = parseNot(cursor);
  while (peek(cursor).kind === 'near') {
    const token = take(cursor);
    const right = parseNot(cursor);
    const problem = cursor.error === null ? nearError([left, right]) : null;
    if (problem !== null) return fail(cursor, token, problem);
    left = { kind: 'near', n: token.n ?? 1, ordered: token.ordered ?? false, left, right };
  }
  return left;
}

function parseNot(cursor: Cursor): QueryNode {
  let isNegated = false;
  while (peek(cursor).kind === 'not') {
    cursor.i++;
    isNegated = !isNegated;
  }
  const atom = parseAtom(cursor);
  return isNegated ? negate(atom) : atom;
}

function parseAtom(cursor: Cursor): QueryNode {
  const token = take(cursor);
  if (token.kind === 'open') return parseGroup(cursor, token);
  if (token.kind === 'field') return parseField(cursor, token);
  if (token.kind === 'phrase') return phraseNode(cursor, token);
  if (token.kind === 'word') return wordNode(cursor, token);
  cursor.i--;
  return fail(cursor, token, badToken(token, cursor.source));
}

function parseGroup(cursor: Cursor, open: Token): QueryNode {
  if (++cursor.depth > MOST_DEPTH)
    return fail(cursor, open, { message: sentence('括号层次太多', 'Too many brackets inside each other'), code: 'judge.queryTooLarge' });
  if (peek(cursor).kind === 'close')
    return fail(
      cursor,
      { at: open.at, end: peek(cursor).end },
      { message: sentence('括号里没有内容', 'There is nothing between the brackets') },
    );
  const node = parseOr(cursor);
  if (cursor.error !== null) return NOTHING;
  if (peek(cursor).kind !== 'close') {
    if (peek(cursor).kind !== 'end') return fail(cursor, peek(cursor), badToken(peek(cursor), cursor.source));
    return fail(cursor, open, { message: sentence('这个括号没有闭合', 'This bracket is never closed'), fix: `${cursor.source})` });
  }
  cursor.i++;
  cursor.depth--;
  return node;
}

function phraseNode(cursor: Cursor, token: Token): QueryNode {
  cursor.nTerms++;
  const text = token.text.replace(/\s+/gu, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(text))
    return fail(cursor, token, { message: sentence('引号里没有文字', 'There are no words between the quotes') });
  return { kind: 'phrase', text, slop: token.n ?? null, exactCase: token.exactCase ?? false };
}

function wordNode(cursor: Cursor, token: Token): QueryNode {
  cursor.nTerms++;
  // A question mark at the end was pasted with the sentence.
  const text = token.text.replace(/[?。.!…]+$/u, '');
  const problem = badWildcard(text, token, cursor.source);
  if (problem !== null) return fail(cursor, token, problem);
  if (!/[\p{L}\p{N}]/u.test(text)) return fail(cursor, token, badToken(token, cursor.source));
  return text.endsWith('*') ? { kind: 'word', text: text.slice(0, -1), prefix: true } : { kind: 'word', text, prefix: false };
}

function parseField(cursor: Cursor, token: Token): QueryNode {
  const field = token.field ?? 'text';
  const next = peek(cursor);
  if (next.kind === 'range') {
    cursor.i++;
    cursor.nTerms++;
    const problem = fieldValueError(field, next);
    return problem === null ? { kind: 'range', field, from: next.text, to: next.to ?? '' } : fail(cursor, next, problem);
  }
  if (!['word', 'phrase', 'open'].includes(next.kind))
    return fail(cursor, token, { message: sentence('字段后面要有值', 'A field needs a value') });
  const of = parseAtom(cursor);
  const problem = cursor.error === null ? fieldValueError(field, { ...next, node: of }) : null;
  return problem === null ? { kind: 'field', field, of } : fail(cursor, { at: token.at, end: next.end }, problem);
}
