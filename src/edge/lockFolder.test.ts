import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUse, lockFolder } from './lockFolder.ts';

const HOLD = `const { lockFolder } = await import(process.argv[1]); lockFolder(process.argv[2]); console.log('held'); process.stdin.resume();`;
const TRY = `const { lockFolder } = await import(process.argv[1]); try { lockFolder(process.argv[2]); console.log('free'); } catch (error) { console.log(error.message); }`;
const MODULE = new URL('./lockFolder.ts', import.meta.url).href;
const args = (script: string, folder: string): string[] => ['--input-type=module', '-e', script, MODULE, folder];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function holder(): Promise<ChildProcess> {
  const child = spawn(process.execPath, args(HOLD, folder), { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

test('a second process is told, in both languages, whose folder it is; after kill -9 the folder is free at once', async () => {
  const child = await holder();
  try {
    const message = spawnSync(process.execPath, args(TRY, folder), { encoding: 'utf8' }).stdout;
    expect(message).toContain(`正由进程 ${child.pid} 使用`);
    expect(message).toContain(`in use by process ${child.pid}`);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
  } finally {
    await end(child, 'SIGKILL');
  }
  const lock = lockFolder(folder);
  lock.release();
});

test('a number left behind, even of a living process, locks nothing', () => {
  writeFileSync(join(folder, 'heed.pid'), `${process.pid}\n`);
  expect(spawnSync(process.execPath, args(TRY, folder), { encoding: 'utf8' }).stdout.trim()).toBe('free');
});

test('within one process it is taken once, and free after release', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(join(folder, '.'))).toThrow(FolderInUse);
  lock.release();
  const again = lockFolder(folder);
  lock.release();
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  again.release();
});

test('a folder that is not there is a fault', () => {
  expect(() => lockFolder(join(folder, 'nowhere'))).toThrow('ENOENT');
});
