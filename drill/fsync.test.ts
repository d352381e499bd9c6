import { expect, test } from 'vitest';
import { readOrder } from './fsync.ts';

const W = '7 pwrite64(20</d/heed.db-wal>, "x"..., 4096, 32) = 4096';
const S = '7 fdatasync(20</d/heed.db-wal>) = 0';
const A = '5 write(1</p>, "ack 1\\n", 6) = 6';

const cases: [name: string, lines: string[], nEarly: number][] = [
  ['write, sync, acknowledge', [W, S, A], 0],
  ['acknowledged before the sync', [W, A, S], 1],
  ['acknowledged without a sync', [W, A], 1],
  ['a write after the sync', [W, S, W, A], 1],
  ['the sync failed', [W, '7 fdatasync(20</d/heed.db-wal>) = -1 EIO (Input/output error)', A], 1],
  ['the sync had not returned', [W, '7 fdatasync(20</d/heed.db-wal> <unfinished ...>', A, '7 <... fdatasync resumed>) = 0'], 1],
  ['the sync had returned', [W, '7 fdatasync(20</d/heed.db-wal> <unfinished ...>', '7 <... fdatasync resumed>) = 0', A], 0],
  ['another file was synced', [W, '7 fdatasync(21</d/heed.db>) = 0', A], 1],
];
for (const [name, lines, nEarly] of cases) test(name, () => expect(readOrder(lines)).toMatchObject({ nAcks: 1, nEarly }));
