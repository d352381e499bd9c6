/** What every Store must hold; each member of the table runs every case. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/edge/store/sqlite.ts';
import type { NewEntry } from '../../src/model/journal.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'heed-store-'));
const members = [
  ['in memory', () => openStore({ folder: null })],
  ['in a file, with a writer thread', () => openStore({ folder: folder() })],
] as const;
const entry = (subject: string): NewEntry => ({ at: 1, kind: 'judge.issueOpened', subject, by: 'machine', data: {} });
const job = (key: string, lane: string, due: number) => ({ run: 'closeDay', key, payload: null, due, lane });

for (const [name, open] of members)
  describe(`store ${name}`, () => {
    test('what was committed is read back, and the journal is one chain', async () => {
      const store = await open();
      await Promise.all(['a', 'b', 'c'].map((id) => store.commit({ put: { setting: [{ id, value: id }] }, journal: [entry(id)] })));
      expect(await store.get('setting', 'b')).toEqual({ id: 'b', value: 'b' });
      const verified = await store.verifyJournal();
      expect([verified.nEntries, verified.brokenAt]).toEqual([3, null]);
      await store.close();
    });

    test('of two jobs in one lane only one is leased, the earlier; another lane goes on', async () => {
      const store = await open();
      await store.commit({ jobs: [job('late', 'x', 20), job('early', 'x', 10), job('other', 'y', 30), job('future', 'z', 99)] });
      const leased = await store.claim(50, 10);
      expect(leased.map((each) => each.key).sort()).toEqual(['early', 'other']);
      await store.close();
    });
  });
