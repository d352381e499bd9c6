/** The rows of a data set: every `*.jsonl` and `*.jsonl.gz` of its folder, in the order of their names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Null when the folder is not there or holds no such file. */
export function setRows<T>(folder: string): T[] | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((file) => /\.jsonl(?:\.gz)?$/.test(file));
  if (files.length === 0) return null;
  return files.toSorted().flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  });
}

/** Where the sets lie; a bench over sets cannot do without. */
export function dataFolder(data: string | null, bench: string): string {
  if (data === null) throw new Error(`${bench} needs --data DIR`);
  return data;
}

export function printRows(rows: readonly object[]): void {
  for (const row of rows) console.log(JSON.stringify(row));
}
