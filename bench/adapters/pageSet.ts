/** A set of stored pages with their gold, read from a folder with gold.jsonl. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { setRows } from './setRows.ts';

export interface GoldPage {
  readonly id: string;
  readonly url?: string;
  readonly file: string;
  readonly text?: string;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
  readonly date?: string;
}

/** Null when the folder is not there. */
export function readGold(folder: string): GoldPage[] | null {
  return setRows<GoldPage>(folder);
}

export function readBytes(folder: string, page: GoldPage): Buffer {
  const bytes = readFileSync(join(folder, page.file));
  return page.file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
