/** The synchronous core that reads. Values come as JSON text, so that a thread can hand them on cheaply. */
import type { SQLInputValue } from 'node:sqlite';
import type { Entry } from '../../model/journal.ts';
import type { Instant } from '../../model/time.ts';
import type { HourRow, Noun, SearchQuery, Store, Where } from '../../ports.ts';
import { verifyChain } from './chain.ts';
import type { Connection } from './connection.ts';
import { NOUN_FIELDS, quoted } from './schema.ts';
import { search } from './search.ts';
import type { Fault } from './writeCore.ts';

export type JournalWhere = Parameters<Store['journal']>[0];

interface EntryRow extends Omit<Entry, 'data'> {
  readonly data: string;
}

function toEntry(row: EntryRow): Entry {
  const { seq, at, kind, subject, by, data, previous, hash } = row;
  return { at, kind, subject, by, data: JSON.parse(data), seq, previous, hash };
}

/** A line somebody wrote over may hold anything; the chain must say so and go on. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export type Question =
  | { readonly kind: 'list'; readonly noun: Noun; readonly where: Where }
  | { readonly kind: 'count'; readonly noun: Noun; readonly where: Where }
  | { readonly kind: 'search'; readonly query: SearchQuery }
  | { readonly kind: 'hours'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'journal'; readonly where: JournalWhere }
  | { readonly kind: 'verify' };

export interface Found {
  list: string[];
  search: string[];
  count: number;
  hours: HourRow[];
  journal: Entry[];
  verify: { readonly nEntries: number; readonly head: string; readonly brokenAt: number | null };
}

/** The last piece of an answer has `more: false`; only lists come in several. */
export type Piece =
  | { readonly n: number; readonly more: boolean; readonly value: Found[keyof Found] }
  | { readonly n: number; readonly more: false; readonly fault: Fault };

/** Collects conditions and their values side by side. */
class Conditions {
  readonly #parts: string[] = [];
  readonly values: SQLInputValue[] = [];

  add(part: string, ...values: SQLInputValue[]): void {
    this.#parts.push(part);
    this.values.push(...values);
  }

  addIf(part: string, value: SQLInputValue | undefined): void {
    if (value !== undefined) this.add(part, value);
  }

  get sql(): string {
    return this.#parts.length === 0 ? '' : ` WHERE ${this.#parts.join(' AND ')}`;
  }
}

function column(noun: Noun, field: string): string {
  if (field !== 'id' && !(NOUN_FIELDS[noun] as readonly string[]).includes(field)) {
    throw new Error(`${noun} cannot be listed by '${field}': schema.ts does not index it`);
  }
  return quoted(field);
}

function conditions(noun: Noun, where: Where): Conditions {
  const found = new Conditions();
  for (const [field, value] of Object.entries(where.equal ?? {})) {
    if (value === undefined) throw new Error(`${noun} is asked for by '${field}' without a value`);
    const name = column(noun, field);
    if (value === null) found.add(`${name} IS NULL`);
    else if (typeof value === 'object') found.add(`${name} IN (SELECT value FROM json_each(?))`, JSON.stringify(value));
    else found.add(`${name} = ?`, typeof value === 'boolean' ? Number(value) : value);
  }
  if (where.by === undefined) {
    if (where.from !== undefined || where.to !== undefined) throw new Error(`${noun} is bounded by from or to, but 'by' names no field`);
    return found;
  }
  const by = column(noun, where.by);
  found.addIf(`${by} >= ?`, where.from);
  found.addIf(`${by} < ?`, where.to);
  return found;
}

export class ReadCore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(noun: Noun, id: string): string | undefined {
    return this.#connection.one<{ data: string }>(`SELECT data FROM ${quoted(noun)} WHERE id = ?`, id)?.data;
  }

  many(noun: Noun, ids: readonly string[]): string[] {
    const sql = `SELECT t.data AS data FROM json_each(?) wanted JOIN ${quoted(noun)} t ON t.id = wanted.value ORDER BY wanted.key`;
    return this.#connection.all<{ data: string }>(sql, JSON.stringify(ids)).map(({ data }) => data);
  }

  /** Ordered by the field named by `by`, nulls lowest, and then by id; by id alone when none is named. */
  list(noun: Noun, where: Where): string[] {
    const found = conditions(noun, where);
    const direction = where.order === 'down' ? 'DESC' : 'ASC';
    const order = where.by === undefined || where.by === 'id' ? `id ${direction}` : `${quoted(where.by)} ${direction}, id ${direction}`;
    const sql = `SELECT data FROM ${quoted(noun)}${found.sql} ORDER BY ${order} LIMIT ? OFFSET ?`;
    const limit = where.limit === undefined ? -1 : Math.max(0, where.limit);
    return this.#connection.all<{ data: string }>(sql, ...found.values, limit, where.skip ?? 0).map(({ data }) => data);
  }

  /** How many there are on all pages: `limit` and `skip` are not looked at. */
  count(noun: Noun, where: Where): number {
    const found = conditions(noun, where);
    return this.#connection.one<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(noun)}${found.sql}`, ...found.values)?.n ?? 0;
  }

  search(query: SearchQuery): string[] {
    return search(this.#connection, query);
  }

  /** Hours that begin in [from, to). */
  hours(from: Instant, to: Instant): HourRow[] {
    const sql = 'SELECT hour, sourceId, "all", "unique" FROM hourCount WHERE hour >= ? AND hour < ? ORDER BY hour, sourceId';
    return this.#connection.all<HourRow>(sql, from, to).map((row) => ({ ...row }));
  }

  journal(where: JournalWhere): Entry[] {
    const found = new Conditions();
    found.addIf('seq > ?', where.after);
    found.addIf('subject = ?', where.subject);
    found.addIf('kind = ?', where.kind);
    found.addIf('at >= ?', where.from);
    found.addIf('at < ?', where.to);
    const sql = `SELECT * FROM journal${found.sql} ORDER BY seq ${where.newestFirst === true ? 'DESC' : 'ASC'} LIMIT ?`;
    return this.#connection.all<EntryRow>(sql, ...found.values, where.limit === undefined ? -1 : Math.max(0, where.limit)).map(toEntry);
  }

  /** One entry in memory at a time, whatever the length of the chain. */
  verify(): ReturnType<typeof verifyChain> {
    const rows = this.#connection.db.prepare('SELECT * FROM journal ORDER BY seq').iterate() as Iterable<unknown> as Iterable<EntryRow>;
    return verifyChain(
      (function* () {
        for (const row of rows) yield isJson(row.data) ? toEntry(row) : { ...toEntry({ ...row, data: '{}' }), hash: 'unreadable' };
      })(),
    );
  }
}

export function find(core: ReadCore, question: Question): Found[keyof Found] {
  switch (question.kind) {
    case 'list':
      return core.list(question.noun, question.where);
    case 'count':
      return core.count(question.noun, question.where);
    case 'search':
      return core.search(question.query);
    case 'hours':
      return core.hours(question.from, question.to);
    case 'journal':
      return core.journal(question.where);
    case 'verify':
      return core.verify();
  }
}
