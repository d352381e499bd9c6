/** The whole house of the journeys with the real server in front: what a tripwire test tries to break. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSeal } from '../../src/edge/seal.ts';
import { PAPER_CSS, renderHtml } from '../../src/edge/papers/html.ts';
import { NOUNS } from '../../src/edge/store/schema.ts';
import { openStore, STORE_FILE } from '../../src/edge/store/sqlite.ts';
import { buildServer } from '../../src/http/server.ts';
import type { Io } from '../../src/io.ts';
import type { Noun, Nouns, Store } from '../../src/ports.ts';
import { type Browser, browserFor, nobody, type World } from '../http/testIo.ts';
import { type House, openHouse } from '../journeys/house.ts';

export const REAL = Date.UTC(2026, 5, 1);

export interface Rights {
  readonly house: House;
  readonly io: Io;
  readonly store: Store;
  readonly world: World;
  /** A member of staff of the house: admin, duty, analyst, speaker, leader, water, clerk, overseer. */
  readonly as: (login: string) => Promise<Browser>;
  readonly outside: Browser;
  /** Bytes of everything the store keeps on disk; only of a world in a folder. */
  readonly bytes: () => Buffer;
  readonly end: () => Promise<void>;
}

/** Rows keep their content and begin a new count of revisions. */
async function copyRows(from: Store, to: Store): Promise<void> {
  for (const noun of NOUNS) {
    const rows = (await from.list(noun)).map((row) => ('rev' in row ? { ...row, rev: 0 } : row));
    if (rows.length > 0) await to.commit({ put: { [noun]: rows } });
  }
}

/** `onDisk`: the store lies in a file, so that its bytes can be searched. */
export async function openRights(options: { readonly onDisk?: boolean } = {}): Promise<Rights> {
  const house = await openHouse();
  const folder = options.onDisk === true ? mkdtempSync(join(tmpdir(), 'heed-rights-')) : null;
  let { io } = house;
  if (folder !== null) {
    const store = openStore({ folder, inThread: true });
    await copyRows(house.io.store, store);
    io = {
      ...house.io,
      store,
      memory: new Map(),
      seal: openSeal({ folder: mkdtempSync(join(tmpdir(), 'heed-seal-')), now: house.clock.now }),
    };
  }
  const time = { now: house.clock.now(), real: REAL };
  const app = await buildServer({
    io,
    real: () => time.real,
    webFolder: null,
    setupCode: 'ABCD-1234',
    render: { html: (paper) => renderHtml(paper, '/paper.css'), docx: async () => new Uint8Array([80, 75]), css: PAPER_CSS },
  });
  const put: World['put'] = async (rows) => {
    const committed = await io.store.commit({ put: rows ?? {} });
    if (!committed.ok) throw new Error(`stale ${committed.stale.noun}`);
  };
  const end = async (): Promise<void> => {
    await app.close();
    await io.store.close();
    if (folder === null) return;
    await house.close();
    rmSync(folder, { recursive: true });
  };
  const world: World = { io, store: io.store, app, told: house.told, logged: [], time, put, end };
  const ids = new Map((await io.store.list('staff')).map((staff) => [staff.login, staff.id]));
  return {
    house,
    io,
    store: io.store,
    world,
    as: (login) => browserFor(world, ids.get(login) ?? login),
    outside: nobody(world),
    bytes: () => Buffer.concat(['', '-wal', '-shm'].flatMap((end_) => readIfThere(join(folder ?? '', `${STORE_FILE}${end_}`)))),
    end,
  };
}

function readIfThere(path: string): Buffer[] {
  if (!existsSync(path)) return [];
  const copy = `${path}.seen`;
  copyFileSync(path, copy);
  const bytes = readFileSync(copy);
  rmSync(copy);
  return [bytes];
}

/** Every row of every noun, the journal and the waiting jobs, as one text: two equal ones mean that nothing changed. */
export async function snapshot(store: Store, without: readonly Noun[] = ['session']): Promise<string> {
  const rows: Partial<Record<Noun, readonly Nouns[Noun][]>> = {};
  for (const noun of NOUNS) if (!without.includes(noun)) rows[noun] = await store.list(noun);
  return JSON.stringify({ rows, journal: await store.journal({ limit: 100_000 }), jobs: await store.jobCounts(0) });
}

export function codeOf(reply: { readonly body: string }): string {
  try {
    return String((JSON.parse(reply.body) as { code?: string }).code ?? '');
  } catch {
    // A page, not JSON.
    return '';
  }
}

/** The first canaries found in the bytes, as text or in UTF-16; empty when none is. */
export function canariesIn(bytes: Buffer, canaries: readonly string[]): readonly string[] {
  return canaries.filter((canary) => bytes.includes(canary, 0, 'utf8') || bytes.includes(canary, 0, 'utf16le'));
}
