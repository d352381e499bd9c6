/**
 * REL-04: no acknowledgement is given before the fsync of what it acknowledges. `kill -9` cannot show this, since the page
 * cache outlives a process; the order of system calls can. `strace` watches the real writer's thread: for each `ack` line,
 * whatever was written to the log file before it must have been followed by an fsync that had returned by then.
 * The rule is stricter than the promise: a group after this one may be on its way already, so a lone commit is in flight.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Drill } from './main.ts';

export interface Order {
  readonly nAcks: number;
  /** Acknowledgements with an unsynced write to the log before them. */
  readonly nEarly: number;
  readonly nSyncs: number;
  readonly nWrites: number;
}

const CALL = /^(?<pid>\d+)\s+(?<name>\w+)\((?<fd>\d+)<(?<path>[^>]*)>(?<rest>.*)$/;
const RESUMED = /^(?<pid>\d+)\s+<\.\.\. (?<name>\w+) resumed>(?<rest>.*)$/;

/** Reads the lines of `strace -f -y`. A sync counts from its return; a write from its call. */
export function readOrder(lines: Iterable<string>): Order {
  let [nAcks, nEarly, nSyncs, nWrites] = [0, 0, 0, 0];
  let dirty = false;
  /** Syncs under way, by thread: whether something was written since they began. */
  const syncing = new Map<string, { writtenSince: boolean }>();
  const synced = (writtenSince: boolean): void => {
    nSyncs += 1;
    dirty = writtenSince;
  };
  for (const line of lines) {
    const resumed = RESUMED.exec(line)?.groups;
    if (resumed !== undefined) {
      const sync = syncing.get(resumed.pid ?? '');
      if (sync !== undefined && /= 0\s*$/.test(resumed.rest ?? '')) synced(sync.writtenSince);
      syncing.delete(resumed.pid ?? '');
      continue;
    }
    const call = CALL.exec(line)?.groups;
    if (call === undefined) continue;
    const { pid = '', name = '', fd = '', path = '', rest = '' } = call;
    const isLog = path.endsWith('-wal');
    if (isLog && /^(fdatasync|fsync)$/.test(name)) {
      if (rest.includes('unfinished')) syncing.set(pid, { writtenSince: false });
      else if (/= 0\s*$/.test(rest)) synced(false);
    } else if (isLog && /^p?writev?(64)?$/.test(name)) {
      nWrites += 1;
      dirty = true;
      for (const sync of syncing.values()) sync.writtenSince = true;
    } else if (fd === '1' && name === 'write' && rest.includes('"ack ')) {
      nAcks += 1;
      if (dirty) nEarly += 1;
    }
  }
  return { nAcks, nEarly, nSyncs, nWrites };
}

const drill: Drill = {
  about: 'REL-04: 1,000 acknowledgements, each after the fsync of its write (needs strace)',
  run: async ({ rounds }) => {
    const wanted = rounds ?? 1000;
    if (spawnSync('strace', ['-V']).error !== undefined) return { ok: true, skipped: 'strace is not installed: apt-get install strace' };
    const folder = mkdtempSync(join(tmpdir(), 'heed-fsync-'));
    const trace = join(folder, 'trace');
    const child = join(import.meta.dirname, 'children', 'commitLoop.ts');
    const calls = 'trace=write,pwrite64,writev,pwritev,fsync,fdatasync';
    const strace = ['-f', '-y', '-s', '16', '-o', trace, '-e', calls, process.execPath, child, folder, '1', String(wanted), '1'];
    const done = spawnSync('strace', strace, { encoding: 'utf8', maxBuffer: 1e9 });
    if (done.status !== 0 || !existsSync(trace))
      return { ok: false, because: `the traced process ended with ${done.status}: ${done.stderr.slice(-500)}` };
    const order = readOrder(readFileSync(trace, 'utf8').split('\n'));
    rmSync(folder, { recursive: true });
    return { ok: order.nAcks === wanted && order.nEarly === 0 && order.nSyncs >= wanted, ...order };
  },
};
export default drill;
