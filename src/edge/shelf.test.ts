import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { named, readShelf } from './shelf.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-shelf-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);

test('a new file is on the shelf the moment it exists; tests and other files are not', async () => {
  put('b.ts', `export default { kind: 'b' };`);
  put('a.ts', `export default { kind: 'a' };`);
  put('a.test.ts', `throw new Error('a test is no member');`);
  put('notes.md', 'x');
  expect(await readShelf<{ kind: string }>(pathToFileURL(folder), named('kind'))).toEqual([{ kind: 'a' }, { kind: 'b' }]);
});

test('a file without a fitting default export stops the start, by its name', async () => {
  put('odd.ts', `export const kind = 'x';`);
  await expect(readShelf(pathToFileURL(folder), named('kind'))).rejects.toThrow('odd.ts');
});
