/** A connection to the file, with its prepared statements; the place where durability is checked. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export interface Connection {
  readonly db: DatabaseSync;
  /** Prepared once per text and kept: the texts are few, since lists go in as one JSON parameter. */
  readonly prepare: (sql: string) => StatementSync;
  readonly all: <Row>(sql: string, ...values: SQLInputValue[]) => Row[];
  readonly one: <Row>(sql: string, ...values: SQLInputValue[]) => Row | undefined;
  readonly run: (sql: string, ...values: SQLInputValue[]) => { readonly changes: number; readonly lastRow: number };
}

function connect(db: DatabaseSync): Connection {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    db,
    prepare,
    all: <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).all(...values) as Row[],
    one: <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => {
      const result = prepare(sql).run(...values);
      return { changes: Number(result.changes), lastRow: Number(result.lastInsertRowid) };
    },
  };
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** Throws unless every commit of this connection is fsynced before it returns: write-ahead log and `synchronous` FULL or stricter. */
export function requireDurable(db: DatabaseSync): void {
  const mode = String(pragma(db, 'journal_mode'));
  const synchronous = Number(pragma(db, 'synchronous'));
  if (mode !== 'wal' || synchronous < 2) {
    throw new Error(
      `存储不能保证落盘（journal_mode=${mode}，synchronous=${synchronous}），闻应拒绝启动。 / ` +
        `The store cannot promise that what is saved stays saved (journal_mode=${mode}, synchronous=${synchronous}); Heed refuses to start.`,
    );
  }
}

/** The one connection that writes. `path` null is a database in memory. `maxPages`: pages of 4 KiB, beyond which the store is full. */
export function openForWriting(path: string | null, maxPages: number | null): Connection {
  const db = new DatabaseSync(path ?? ':memory:');
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA secure_delete = FAST');
    if (path !== null) {
      // The log is folded into the file every 16 MB: rarer, so that fewer commits wait for it.
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
      requireDurable(db);
    }
    if (maxPages !== null) db.exec(`PRAGMA max_page_count = ${Math.floor(maxPages)}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return connect(db);
}

export function openForReading(path: string): Connection {
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384; PRAGMA query_only = ON');
  return connect(db);
}
