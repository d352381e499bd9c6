/**
 * One process per data folder. The lock is an exclusive SQLite transaction kept open on a file of its own: the operating
 * system frees it the moment the process ends, however it ends, so that no stale lock can exist and no process number is believed.
 * The number written beside it is only for the message.
 */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  /** The folder's real path. */
  readonly folder: string;
  readonly release: () => void;
}

/** The second process's plain message, in both languages. `pid` is null when it could not be read. */
export class FolderInUse extends Error {
  readonly pid: number | null;
  constructor(folder: string, pid: number | null) {
    const zh = pid === null ? '另一个进程' : `进程 ${pid} `;
    const en = pid === null ? 'another process' : `process ${pid}`;
    super(
      `数据文件夹 ${folder} 正由${zh}使用，请先停止它，或换一个文件夹。 / The data folder ${folder} is in use by ${en}. Stop it first, or use another folder.`,
    );
    this.name = 'FolderInUse';
    this.pid = pid;
  }
}

const SQLITE_BUSY = 5;

/** Kept here as well, lest a lock its owner forgot about be collected and so given up. */
const held = new Map<string, DatabaseSync>();

function readPid(file: string): number | null {
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return Number.isNaN(pid) ? null : pid;
}

/** Takes the folder, which must exist, until `release` or the end of the process. Throws `FolderInUse` when it is taken, even by ourselves. */
export function lockFolder(folder: string): FolderLock {
  const real = realpathSync(folder);
  const pidFile = join(real, 'heed.pid');
  if (held.has(real)) throw new FolderInUse(real, process.pid);
  const db = new DatabaseSync(join(real, 'heed.lock'));
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if ((((cause as { errcode?: number }).errcode ?? 0) & 0xff) !== SQLITE_BUSY) throw cause;
    throw new FolderInUse(real, readPid(pidFile));
  }
  held.set(real, db);
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    folder: real,
    release: () => {
      if (held.get(real) !== db) return;
      held.delete(real);
      db.close();
    },
  };
}
