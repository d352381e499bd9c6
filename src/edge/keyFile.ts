/** Files that hold keys: readable by their owner only, replaced as a whole, and checked for both when opened. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** The text of the file, or null when there is none. A file others may read is made private again before it is used. */
export function readKeyFile(path: string): string | null {
  if (!existsSync(path)) return null;
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY);
  return readFileSync(path, 'utf8');
}

/**
 * Replaces the file in one step, durable when it returns. The old bytes are first overwritten in place, so that a destroyed key does
 * not lie in the old blocks of an ordinary disk; on copy-on-write and flash media only encryption of the disk can promise that.
 */
export function writeKeyFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  writeAll(next, 'w', text);
  if (existsSync(path)) writeAll(path, 'r+', '0'.repeat(statSync(path).size));
  renameSync(next, path);
}

function writeAll(path: string, flag: 'w' | 'r+', text: string): void {
  const file = openSync(path, flag, OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
