/**
 * A process that commits is killed with SIGKILL at random moments. After each kill the store is opened again: whatever was
 * acknowledged must be there, whole (document, terms, journal line and job), nothing may be half there, and the chain must verify.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore, STORE_FILE } from '../src/edge/store/sqlite.ts';
import type { Drill } from './main.ts';

const IN_FLIGHT = 20;
const LONGEST_LIFE = 700;

/** The numbers acknowledged before the kill. */
function liveAndDie(folder: string, first: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'children', 'commitLoop.ts'),
      folder,
      String(first),
      '1000000',
      String(IN_FLIGHT),
    ]);
    let out = '';
    let err = '';
    let started = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (started || !out.startsWith('ready')) return;
      started = true;
      setTimeout(() => child.kill('SIGKILL'), randomInt(1, LONGEST_LIFE));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the child ended by itself: ${err.slice(-500)}`));
      resolve([...out.matchAll(/^ack (\d+)\n/gm)].map(([, n]) => Number(n)));
    });
  });
}

interface Findings {
  readonly missing: number;
  readonly half: number;
  readonly brokenAt: number | null;
  readonly last: number;
}

/** Every number in the store must be there in all four places. */
async function look(folder: string, acked: readonly number[]): Promise<Findings> {
  const store = openStore({ folder, inThread: true });
  const documents = new Set((await store.list('document', {})).map(({ id }) => id));
  const entries = new Set((await store.journal({})).map(({ subject }) => subject));
  const { brokenAt } = await store.verifyJournal();
  const last = Math.max(0, ...[...documents].map((id) => Number(id.slice(1))));
  let nFound = 0;
  for (let n = 1; n <= last; n += 1) nFound += (await store.search({ node: { phrase: [`n${n}`], column: 'title' }, limit: 2 })).length;
  const { waiting } = await store.jobCounts(0);
  const hours = (await store.hours(0, 1e15)).reduce((sum, { all }) => sum + all, 0);
  await store.close();
  const half = [entries.size, nFound, waiting, hours].filter((n) => n !== documents.size).length;
  return { missing: acked.filter((n) => !documents.has(`n${n}`) || !entries.has(`n${n}`)).length, half, brokenAt, last };
}

function isSound(folder: string): boolean {
  const db = new DatabaseSync(join(folder, STORE_FILE));
  const answer = Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0];
  db.exec("INSERT INTO terms (terms) VALUES ('integrity-check')");
  db.close();
  return answer === 'ok';
}

const drill: Drill = {
  about: 'kill -9 at random moments: nothing acknowledged is missing, nothing is half there, the chain verifies',
  run: async ({ rounds }) => {
    const nKills = rounds ?? 50;
    const folder = mkdtempSync(join(tmpdir(), 'heed-kills-'));
    const acked: number[] = [];
    let first = 1;
    const totals = { missing: 0, half: 0, broken: 0, unsound: 0 };
    for (let kill = 0; kill < nKills; kill += 1) {
      acked.push(...(await liveAndDie(folder, first)));
      const found = await look(folder, acked);
      totals.missing += found.missing;
      totals.half += found.half;
      totals.broken += found.brokenAt === null ? 0 : 1;
      totals.unsound += isSound(folder) ? 0 : 1;
      first = Math.max(found.last, first - 1) + 1;
    }
    rmSync(folder, { recursive: true });
    return { ok: acked.length > 0 && Object.values(totals).every((n) => n === 0), nKills, nAcked: acked.length, ...totals };
  },
};
export default drill;
