/**
 * The tables, as numbered migrations: applied in order, each in a transaction, never edited once released.
 * One table per noun: `row` (the number full-text search knows it by), `id`, `rev`, the fields lists may ask for, and the
 * whole value as JSON. Fields stand before the value, so that reading one never touches the pages of a long text.
 * A new field is a new migration and a new line in the merged table, never a change of `FIELDS_1`.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Noun, Nouns } from '../../ports.ts';

/** A field of the noun itself, or a path into it such as `fingerprint.exact`. */
type Field<N extends Noun> = Exclude<keyof Nouns[N] & string, 'id' | 'rev'> | `${string}.${string}`;
type Fields = { readonly [N in Noun]: readonly Field<N>[] };

/** Nothing here may name an author mark: there is no way to list texts by the person who wrote them. */
const FIELDS_1 = {
  source: ['kind', 'standing', 'family', 'address', 'paused'],
  sourceState: ['health', 'nextAt'],
  topic: ['duty', 'startsAt'],
  document: [
    ...(['sourceId', 'key', 'address', 'kind', 'language', 'publishedAt', 'seenAt', 'version', 'previousId'] as const),
    ...(['thread', 'section', 'place', 'copyOf', 'fingerprint.exact'] as const),
  ],
  triage: ['state', 'by', 'at'],
  issue: [
    ...(['state', 'level', 'phase', 'nature', 'total', 'language', 'openedAt', 'lastAt', 'firstSeenAt'] as const),
    ...(['firstPublishedAt', 'mergedInto', 'earlierIssueId'] as const),
  ],
  mention: ['issueId', 'at', 'sourceId', 'eventId', 'isCopy', 'pinned', 'seq'],
  merge: ['kind', 'from', 'into', 'at', 'by', 'seq'],
  assessment: ['issueId', 'at', 'level', 'computed', 'overrideId'],
  override: ['issueId', 'at', 'by', 'level', 'until', 'lifted'],
  tier: ['rank', 'officeId'],
  office: ['kind', 'tierId', 'parentId', 'headId'],
  duty: ['officeId'],
  staff: ['login', 'officeId', 'email', 'active'],
  channel: ['kind', 'officeId', 'active'],
  body: [],
  plan: [],
  alert: ['issueId', 'rule', 'level', 'at', 'ackedAt'],
  notice: [
    ...(['alertId', 'issueId', 'officeId', 'channelId', 'staffId', 'step', 'level', 'state', 'createdAt', 'sentAt'] as const),
    ...(['ackBy', 'linkHash'] as const),
  ],
  ack: ['alertId', 'issueId', 'officeId', 'by', 'at'],
  clock: ['issueId', 'lane', 'level', 'officeId', 'startedAt', 'dueAt', 'metAt', 'step', 'cancelled', 'part'],
  task: ['issueId', 'kind', 'officeId', 'isLead', 'state', 'dueAt', 'createdAt', 'doneAt'],
  case: ['issueId', 'state', 'leadOfficeId', 'fastTrack', 'openedAt', 'firstWordAt', 'closedAt'],
  claim: ['issueId', 'verdict', 'firstDocumentId', 'openedAt', 'decidedAt'],
  statement: ['issueId', 'number', 'state', 'language', 'draftedBy', 'draftedAt', 'reviewedBy', 'reviewedAt', 'nextUpdateAt'],
  signed: ['statementId', 'issueId', 'version', 'signedAt', 'publishedAt'],
  promise: ['issueId', 'statementId', 'officeId', 'dueAt', 'keptAt', 'broken'],
  receipt: ['documentId', 'officeId', 'givenAt', 'reopened', 'withdrawn'],
  instruction: ['issueId', 'by', 'at'],
  bulletin: ['number', 'language', 'from', 'to', 'state', 'sentAt'],
  session: ['staffId', 'startedAt', 'seenAt'],
  undo: ['staffId', 'at', 'until'],
  setting: [],
} as const satisfies Fields;

/** The fields a `Where` may name, besides `id`; columns of the noun's table. */
export const NOUN_FIELDS: Fields = FIELDS_1;
export const NOUNS = Object.keys(NOUN_FIELDS) as readonly Noun[];

/** Small tables (offices, plans, staff) are read whole and need no index. */
const INDEXES_1: { readonly [N in Noun]?: readonly (readonly Field<N>[])[] } = {
  document: [
    ['sourceId', 'key'],
    ['sourceId', 'publishedAt'],
    ['publishedAt'],
    ['seenAt'],
    ['address'],
    ['thread'],
    ['copyOf'],
    ['previousId'],
    ['fingerprint.exact'],
  ],
  triage: [['state', 'at'], ['at']],
  issue: [['state', 'lastAt'], ['level', 'lastAt'], ['lastAt'], ['openedAt'], ['mergedInto'], ['earlierIssueId']],
  mention: [['issueId', 'at'], ['at'], ['eventId'], ['seq']],
  merge: [['from'], ['into'], ['at']],
  assessment: [['issueId', 'at'], ['at']],
  override: [['issueId', 'at'], ['at']],
  staff: [['login']],
  alert: [['issueId', 'at'], ['at'], ['ackedAt']],
  notice: [['alertId'], ['issueId', 'createdAt'], ['officeId', 'createdAt'], ['state', 'createdAt'], ['createdAt'], ['linkHash']],
  ack: [['alertId'], ['issueId', 'at'], ['officeId', 'at']],
  clock: [['issueId', 'dueAt'], ['metAt', 'cancelled', 'dueAt'], ['officeId', 'dueAt'], ['dueAt']],
  task: [['issueId'], ['officeId', 'state'], ['state', 'dueAt'], ['dueAt']],
  case: [['state', 'openedAt'], ['openedAt']],
  claim: [['issueId'], ['verdict', 'openedAt']],
  statement: [
    ['issueId', 'number'],
    ['state', 'draftedAt'],
  ],
  signed: [['statementId', 'version'], ['issueId'], ['publishedAt']],
  promise: [['issueId'], ['officeId', 'dueAt'], ['dueAt']],
  receipt: [['documentId'], ['givenAt']],
  instruction: [['issueId'], ['at']],
  bulletin: [['from']],
  session: [['staffId'], ['seenAt']],
  undo: [['staffId', 'until'], ['until']],
};

/** Mostly null in documents: their indexes leave nulls out, which spares every plain document three writes. */
const SPARSE = new Set(['thread', 'copyOf', 'previousId', 'mergedInto', 'earlierIssueId']);

/** Column and table names are ours, never a caller's; some are words of SQL, hence the quotes. */
export function quoted(name: string): string {
  return `"${name}"`;
}

function nounTables(): string[] {
  const lines: string[] = [];
  for (const noun of Object.keys(FIELDS_1) as Noun[]) {
    const columns = [
      'row INTEGER PRIMARY KEY',
      'id TEXT NOT NULL UNIQUE',
      'rev INTEGER',
      ...FIELDS_1[noun].map(quoted),
      'data TEXT NOT NULL',
    ];
    lines.push(`CREATE TABLE ${quoted(noun)} (${columns.join(', ')})`);
    for (const fields of INDEXES_1[noun] ?? []) {
      const only = fields.length === 1 && SPARSE.has(fields[0] ?? '') ? ` WHERE ${quoted(fields[0] ?? '')} IS NOT NULL` : '';
      lines.push(`CREATE INDEX ${quoted([noun, ...fields].join('_'))} ON ${quoted(noun)} (${fields.map(quoted).join(', ')})${only}`);
    }
  }
  return lines;
}

/**
 * `terms` keeps no text of its own and is searched by `document.row`. Its tokenizer cuts at ASCII signs alone, and the terms
 * written to it hold none (see search.ts), so a term is never cut.
 */
const OTHER_TABLES_1 = [
  "CREATE VIRTUAL TABLE terms USING fts5(title, text, content='', contentless_delete=1, detail=full, tokenize='ascii')",
  // Segments are joined 12 at a time and never all at once in a commit: with FTS5's own numbers a commit now and then waits 200 ms (bench/store.ts).
  "INSERT INTO terms (terms, rank) VALUES ('automerge', 12)",
  "INSERT INTO terms (terms, rank) VALUES ('crisismerge', 64)",
  'CREATE TABLE hourCount (hour INTEGER NOT NULL, sourceId TEXT NOT NULL, "all" INTEGER NOT NULL, "unique" INTEGER NOT NULL, PRIMARY KEY (hour, sourceId)) WITHOUT ROWID',
  `CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, key TEXT NOT NULL, lane TEXT NOT NULL, due INTEGER NOT NULL,
    nTries INTEGER NOT NULL DEFAULT 0, lastError TEXT, setAsideAt INTEGER, payload TEXT NOT NULL)`,
  'CREATE INDEX job_key ON job (key)',
  'CREATE INDEX job_due ON job (due, id) WHERE setAsideAt IS NULL',
  'CREATE INDEX job_lane ON job (lane, due, id) WHERE setAsideAt IS NULL',
  `CREATE TABLE journal (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, "by" TEXT NOT NULL,
    data TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)`,
  'CREATE INDEX journal_subject ON journal (subject, seq)',
  'CREATE INDEX journal_kind ON journal (kind, seq)',
  'CREATE INDEX journal_at ON journal (at)',
];

export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Number 1 is the first. A released one is never edited; a test holds the digest of each. */
export const MIGRATIONS: readonly Migration[] = [{ name: 'first tables', statements: [...nounTables(), ...OTHER_TABLES_1] }];

/** Brings the file to the newest form; refuses one written by a newer Heed. `now` is real time, for the record only. */
export function migrate(db: DatabaseSync, now: number, migrations: readonly Migration[] = MIGRATIONS): void {
  db.exec('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)');
  const done = Number(db.prepare('SELECT max(number) AS number FROM migration').get()?.number ?? 0);
  if (done > migrations.length) {
    throw new Error(
      `数据由更新版本的闻应写成（第 ${done} 版数据格式，本程序只认识到第 ${migrations.length} 版），请用新版本打开。 / ` +
        `The data was written by a newer Heed (form ${done}; this program knows ${migrations.length}). Open it with the newer version.`,
    );
  }
  for (const [n, migration] of migrations.entries()) {
    if (n < done) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const statement of migration.statements) db.exec(statement);
      db.prepare('INSERT INTO migration (number, name, at) VALUES (?, ?, ?)').run(n + 1, migration.name, now);
      db.exec('COMMIT');
    } catch (cause) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw new Error(`migration ${n + 1} (${migration.name}) failed; the data is as it was before it`, { cause });
    }
  }
}
