import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForReading, openForWriting, requireDurable } from './connection.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-connection-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings: [journal: string, synchronous: string, allowed: boolean][] = [
  ['WAL', 'FULL', true],
  ['WAL', 'EXTRA', true],
  ['WAL', 'NORMAL', false],
  ['WAL', 'OFF', false],
  ['DELETE', 'FULL', false],
];
for (const [journal, synchronous, allowed] of settings) {
  test(`journal_mode ${journal} with synchronous ${synchronous} is ${allowed ? 'durable' : 'refused'}`, () => {
    const db = new DatabaseSync(join(folder, `${journal}-${synchronous}.db`));
    db.exec(`PRAGMA journal_mode = ${journal}; PRAGMA synchronous = ${synchronous}`);
    if (allowed) expect(() => requireDurable(db)).not.toThrow();
    else expect(() => requireDurable(db)).toThrow(`journal_mode=${journal.toLowerCase()}`);
    db.close();
  });
}

test('the writing connection is durable, and a reading one cannot write', () => {
  const path = join(folder, 'both.db');
  const writing = openForWriting(path, null);
  requireDurable(writing.db);
  writing.db.exec('CREATE TABLE a (x)');
  const reading = openForReading(path);
  expect(() => reading.db.exec('INSERT INTO a VALUES (1)')).toThrow('readonly');
  reading.db.close();
  writing.db.close();
});
