/**
 * Search over index terms. Terms are opaque strings (pairs of Han characters, words); they are written to FTS5 in an
 * encoding under which its `ascii` tokenizer keeps each term whole and tells all of them apart:
 *   small letters, digits and everything beyond ASCII stand for themselves;
 *   every other character, a lone surrogate and the mark itself are written `¤hex¤`; the empty term is `¤¤`.
 * The encoding works character by character and each piece ends itself, so a prefix of a term is a prefix of its encoding.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { SearchNode, SearchQuery } from '../../ports.ts';
import type { Connection } from './connection.ts';

const MARK = '¤';
const UNSAFE = /[^a-z0-9\u0080-\u{10ffff}]|¤|[\ud800-\udfff]/gu;

export function encodeTerm(term: string): string {
  if (term === '') return MARK + MARK;
  return term.replace(UNSAFE, (character) => MARK + (character.codePointAt(0) ?? 0).toString(16) + MARK);
}

/** True when nothing is to be escaped: small letters, digits, beyond ASCII (without the mark, halves of pairs), and a space only between two terms. */
function isPlain(joined: string, nTerms: number): boolean {
  let nSpaces = 0;
  let before = 0x20;
  for (let at = 0; at < joined.length; at += 1) {
    const code = joined.charCodeAt(at);
    if (code === 0x20) {
      if (before === 0x20) return false;
      nSpaces += 1;
    } else if (code < 0x80) {
      if (!((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39))) return false;
    } else if (code === 0xa4 || (code >= 0xd800 && code <= 0xdfff)) return false;
    before = code;
  }
  return before !== 0x20 && nSpaces === nTerms - 1;
}

/** The terms as one text for FTS5. The common case, nothing to escape, is one pass over the joined text. */
export function encodeTerms(terms: readonly string[]): string {
  const joined = terms.join(' ');
  return isPlain(joined, terms.length) ? joined : terms.map(encodeTerm).join(' ');
}

/** What a node comes to: every document, none, those that match, or all but those. FTS5 itself has no bare NOT. */
type Selection = { readonly is: 'all' | 'none' } | { readonly is: 'in' | 'notIn'; readonly match: string };

function complement(of: Selection): Selection {
  if (of.is === 'in') return { is: 'notIn', match: of.match };
  if (of.is === 'notIn') return { is: 'in', match: of.match };
  return { is: of.is === 'all' ? 'none' : 'all' };
}

function join(operator: 'AND' | 'OR' | 'NOT', parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(` ${operator} `)})`;
}

function both(sets: readonly Selection[]): Selection {
  if (sets.some((set) => set.is === 'none')) return { is: 'none' };
  const wanted = sets.flatMap((set) => (set.is === 'in' ? [set.match] : []));
  const unwanted = sets.flatMap((set) => (set.is === 'notIn' ? [set.match] : []));
  if (wanted.length === 0) return unwanted.length === 0 ? { is: 'all' } : { is: 'notIn', match: join('OR', unwanted) };
  if (unwanted.length === 0) return { is: 'in', match: join('AND', wanted) };
  return { is: 'in', match: join('NOT', [join('AND', wanted), join('OR', unwanted)]) };
}

function either(sets: readonly Selection[]): Selection {
  return sets.every((set) => set.is === 'in') && sets.length > 0
    ? {
        is: 'in',
        match: join(
          'OR',
          sets.map((set) => (set.is === 'in' ? set.match : '')),
        ),
      }
    : complement(both(sets.map(complement)));
}

/** An empty phrase says nothing and keeps every document: a search gives candidates, never too few. */
export function toSelection(node: SearchNode): Selection {
  if ('everything' in node) return { is: 'all' };
  if ('all' in node) return both(node.all.map(toSelection));
  if ('any' in node) return either(node.any.map(toSelection));
  if ('without' in node) return both([toSelection(node.from), complement(toSelection(node.without))]);
  if (node.phrase.length === 0) return { is: 'all' };
  const column = node.column === undefined ? '' : `${node.column} : `;
  return { is: 'in', match: `${column}"${node.phrase.map(encodeTerm).join(' ')}"${node.prefix === true ? ' *' : ''}` };
}

/** A range of `document.row`, both ends included. */
interface Rows {
  readonly first: number;
  readonly last: number;
}

/**
 * Rows and their order are settled on the narrow columns first; only the `limit` values asked for are then read.
 * `rows` spares the index all others. Null: no document can match.
 */
export function searchSql(query: SearchQuery, rows?: Rows): { readonly sql: string; readonly values: SQLInputValue[] } | null {
  const set = toSelection(query.node);
  if (set.is === 'none' || query.limit <= 0) return null;
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const within = rows === undefined ? '' : ' AND terms.rowid BETWEEN ? AND ?';
  if (set.is === 'in') conditions.push(`terms MATCH ?${within}`);
  if (set.is === 'notIn') conditions.push(`d.row NOT IN (SELECT rowid FROM terms WHERE terms MATCH ?${within})`);
  if (set.is === 'in' || set.is === 'notIn') values.push(set.match, ...(rows === undefined ? [] : [rows.first, rows.last]));
  const bound = (condition: string, value: SQLInputValue | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  bound('d.publishedAt >= ?', query.from);
  bound('d.publishedAt < ?', query.to);
  bound('d.publishedAt < ?', query.before);
  bound('d.sourceId IN (SELECT value FROM json_each(?))', query.sourceIds && JSON.stringify(query.sourceIds));
  // A cross join keeps the order: the index first.
  const from = set.is === 'in' ? 'terms CROSS JOIN document d ON d.row = terms.rowid' : 'document d';
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const inner = `SELECT d.row AS row, d.publishedAt AS at, d.id AS id FROM ${from}${where} ORDER BY d.publishedAt DESC, d.id DESC LIMIT ?`;
  values.push(query.limit);
  return {
    sql: `SELECT document.data AS data FROM (${inner}) found JOIN document ON document.row = found.row ORDER BY found.at DESC, found.id DESC`,
    values,
  };
}

/**
 * Documents looked through before those that are older: a word that stands in every text is met in the first few, a rare one costs
 * little in all of them. Two steps, since each begins at the index's root again.
 */
const NEWEST_FIRST = [2_000, 16_000] as const;

/** How far back the newest `n` documents of a query's time go; null when there are no more than that. */
function edgeOf(connection: Connection, from: number, to: number, n: number): number | null {
  const sql =
    'SELECT publishedAt AS at FROM document WHERE publishedAt >= ? AND publishedAt < ? ORDER BY publishedAt DESC LIMIT 1 OFFSET ?';
  return connection.one<{ at: number }>(sql, from, to, n)?.at ?? null;
}

/** Documents as JSON text, newest first; by way of the newest parts of the time asked for, until `limit` is reached. */
export function search(connection: Connection, query: SearchQuery, parts: readonly number[] = NEWEST_FIRST): string[] {
  const found: string[] = [];
  const from = query.from ?? Number.MIN_SAFE_INTEGER;
  let to = Math.min(query.to ?? Number.MAX_SAFE_INTEGER, query.before ?? Number.MAX_SAFE_INTEGER);
  for (const size of [...parts, null]) {
    const edge = size === null ? null : edgeOf(connection, from, to, size);
    const part = { ...query, from: edge ?? from, to, limit: query.limit - found.length };
    const sql = 'SELECT min(row) AS first, max(row) AS last FROM document WHERE publishedAt >= ? AND publishedAt < ?';
    const rows = size === null ? undefined : connection.one<{ first: number | null; last: number | null }>(sql, part.from, part.to);
    const isEmpty = rows !== undefined && rows.first === null;
    const asked = isEmpty ? null : searchSql(part, rows === undefined ? undefined : { first: rows.first ?? 0, last: rows.last ?? 0 });
    if (asked !== null) found.push(...connection.all<{ data: string }>(asked.sql, ...asked.values).map(({ data }) => data));
    if (edge === null || found.length >= query.limit) break;
    to = edge;
  }
  return found;
}
