import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS, type Migration, migrate, NOUN_FIELDS, NOUNS, quoted } from './schema.ts';

/** A released migration is never edited: a new digest is added here, none is changed. */
const DIGESTS = ['13ab2c47ad296e8cc0611f5ab7df9a0c7ab640bd10215e3289be6922150b3daf'];

describe('migrations', () => {
  test('none was edited', () => {
    const digests = MIGRATIONS.map(({ statements }) => createHash('sha256').update(statements.join(';\n')).digest('hex'));
    expect(digests).toEqual(DIGESTS);
  });

  test('the tables have exactly the fields that lists may name', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, 0);
    for (const noun of NOUNS) {
      const columns = db
        .prepare(`PRAGMA table_info(${quoted(noun)})`)
        .all()
        .map(({ name }) => name);
      expect(columns, noun).toEqual(['row', 'id', 'rev', ...NOUN_FIELDS[noun], 'data']);
    }
    db.close();
  });

  test('no field names an author mark', () => {
    expect(
      Object.values(NOUN_FIELDS)
        .flat()
        .filter((field) => /pseudonym|author/i.test(field)),
    ).toEqual([]);
  });

  test('each is applied once, in order', () => {
    const db = new DatabaseSync(':memory:');
    const two: Migration[] = [
      { name: 'one', statements: ['CREATE TABLE a (x)'] },
      { name: 'two', statements: ['ALTER TABLE a ADD COLUMN y'] },
    ];
    migrate(db, 5, two.slice(0, 1));
    migrate(db, 6, two);
    migrate(db, 7, two);
    expect(
      db
        .prepare('SELECT * FROM migration')
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([
      { number: 1, name: 'one', at: 5 },
      { number: 2, name: 'two', at: 6 },
    ]);
    db.close();
  });

  test('one that fails leaves the data as before it', () => {
    const db = new DatabaseSync(':memory:');
    const bad: Migration[] = [{ name: 'bad', statements: ['CREATE TABLE a (x)', 'CREATE TABLE a (x)'] }];
    expect(() => migrate(db, 0, bad)).toThrow('migration 1 (bad)');
    expect(db.isTransaction).toBe(false);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'a'").get()?.n).toBe(0);
    db.close();
  });

  test('data of a newer Heed is refused in both languages', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, 0);
    db.exec("INSERT INTO migration VALUES (99, 'future', 0)");
    expect(() => migrate(db, 0)).toThrow(/更新版本.*newer Heed/s);
    db.close();
  });

  const plans: [sql: string, index: string][] = [
    ['SELECT data FROM mention WHERE "issueId" = ? AND "at" >= ? ORDER BY "at", id', 'mention_issueId_at'],
    ['SELECT data FROM document WHERE "sourceId" = ? AND "key" = ?', 'document_sourceId_key'],
    ['SELECT data FROM document WHERE "copyOf" = ?', 'document_copyOf'],
    ['SELECT data FROM document WHERE "thread" IN (SELECT value FROM json_each(?))', 'document_thread'],
    ['SELECT data FROM document WHERE "fingerprint.exact" = ?', 'document_fingerprint.exact'],
    ['SELECT data FROM document ORDER BY "publishedAt" DESC, id DESC LIMIT 9', 'document_publishedAt'],
    ['SELECT data FROM clock WHERE "metAt" IS NULL AND "cancelled" = ? AND "dueAt" < ?', 'clock_metAt_cancelled_dueAt'],
  ];
  for (const [sql, index] of plans) {
    test(`is read by its index: ${sql}`, () => {
      const db = new DatabaseSync(':memory:');
      migrate(db, 0);
      const plan = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...Array(sql.split('?').length - 1).fill(1))
        .map(({ detail }) => detail)
        .join('; ');
      expect(plan).toContain(`USING INDEX ${index} `.trim());
      db.close();
    });
  }
});
