/**
 * How long a start takes on a folder that is set up, through the launcher that npm calls, until the door answers; and whether the
 * launcher's end leaves a process behind. Bar: 2 s, no orphan.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { freePort } from '../drill/world/heedProcess.ts';
import type { Bench } from './main.ts';
import { setUpMadeOffice } from './made/office.ts';
import { quantile } from './made/running.ts';

/** Milliseconds. */
const LONGEST = 2000;
const ROOT = join(import.meta.dirname, '..');
const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

interface Started {
  readonly child: ChildProcess;
  readonly ms: number;
  /** User and system time of the server process until it listened; null where the platform does not tell. */
  readonly cpuMs: number | null;
  readonly setupCode: string;
  readonly serverPid: number | null;
}

/** Processes whose parent is `pid`; empty where there is no /proc. */
function childrenOf(pid: number): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = statOf(Number(name));
    return stat !== null && Number(stat[1]) === pid ? [Number(name)] : [];
  });
}

/** The fields after the command's name: state, parent, … */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended while we looked.
    return null;
  }
}

/** A tick is 10 ms on every Linux that node runs on. */
function cpuOf(pid: number | null): number | null {
  const stat = pid === null ? null : statOf(pid);
  return stat === null ? null : (Number(stat[11]) + Number(stat[12])) * 10;
}

async function start(folder: string, port: number, command: readonly [string, ...string[]]): Promise<Started> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:HEED|npm)_/i.test(name)));
  const env = { ...own, HEED_DATA: folder, HEED_PORT: String(port), HEED_ALLOW_LOOPBACK: 'yes', HEED_LOG: 'error' };
  const begun = performance.now();
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  while (!/^Heed .*\n/m.test(out)) {
    if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`);
    await pause(5);
  }
  await fetch(`http://127.0.0.1:${port}/healthz`);
  const ms = performance.now() - begun;
  const serverPid = await serverOf(child.pid ?? 0);
  const cpuMs = cpuOf(serverPid);
  await pause(50);
  return { child, ms, cpuMs, setupCode: /code: (\d+)/.exec(out)?.[1] ?? '', serverPid };
}

/** The last process of the chain launcher, npm, shell, node. */
async function serverOf(pid: number): Promise<number | null> {
  let at = pid;
  for (let deep = 0; deep < 6; deep++) {
    const next = childrenOf(at).at(-1);
    if (next === undefined) return at === pid ? null : at;
    at = next;
  }
  return at;
}

async function end(started: Started): Promise<{ readonly code: number | null; readonly leftBehind: boolean; readonly ms: number }> {
  const begun = performance.now();
  const gone = new Promise<number | null>((resolve) => started.child.once('exit', (code) => resolve(code)));
  started.child.kill('SIGTERM');
  const code = await gone;
  const ms = Math.round(performance.now() - begun);
  // The launcher looks after its parent twice a second.
  let leftBehind = true;
  for (let n = 0; n < 60 && leftBehind; n++) {
    const state = started.serverPid === null ? null : statOf(started.serverPid);
    leftBehind = state !== null && state[0] !== 'Z';
    if (leftBehind) await pause(50);
  }
  return { code, leftBehind, ms };
}

async function measure(
  set: string,
  folder: string,
  port: number,
  command: readonly [string, ...string[]],
  nTimes: number,
): Promise<boolean> {
  const runs: Started[] = [];
  const ends: Awaited<ReturnType<typeof end>>[] = [];
  for (let n = 0; n < nTimes; n++) {
    const started = await start(folder, port, command);
    runs.push(started);
    ends.push(await end(started));
  }
  const [ms, cpu, stops] = [runs.map((run) => run.ms), runs.flatMap((run) => run.cpuMs ?? []), ends.map((one) => one.ms)];
  const figures = { startMs: quantile(ms, 0.5), worstMs: quantile(ms, 1), bestMs: quantile(ms, 0), cpuMs: quantile(cpu, 0.5) };
  const nLeftBehind = ends.filter((one) => one.leftBehind).length;
  const codes = [...new Set(ends.map((one) => one.code))];
  const ok = quantile(ms, 0.5) < LONGEST && nLeftBehind === 0;
  console.log(JSON.stringify({ bench: 'start', ok, set, nTimes, ...figures, stopMs: quantile(stops, 0.5), codes, nLeftBehind }));
  return ok;
}

const bench: Bench = {
  about: 'a second start through scripts/run.mjs and through npm, until the door answers; no orphan after SIGTERM (--times N)',
  run: async ({ args }) => {
    const at = args.indexOf('--times');
    const nTimes = at < 0 ? 5 : Number(args[at + 1]);
    const folder = mkdtempSync(join(tmpdir(), 'heed-start-'));
    const port = await freePort();
    const launcher: readonly [string, ...string[]] = [process.execPath, 'scripts/run.mjs', 'src/main.ts', 'start'];
    try {
      const first = await start(folder, port, launcher);
      const kit = { address: `http://127.0.0.1:${port}`, setupCode: first.setupCode, now: Date.now, hookAddress: null, sources: [] };
      await setUpMadeOffice(kit);
      await end(first);
      const direct = await measure('scripts/run.mjs', folder, port, launcher, nTimes);
      const byNpm = await measure('npm start', folder, port, ['npm', 'start', '--silent'], Math.min(2, nTimes));
      return direct && byNpm;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
export default bench;
