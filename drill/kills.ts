/**
 * REL-02, 03 (by chance), 06, 07: `heed start` is killed with SIGKILL at random moments, also while it starts, under complaints, pushes,
 * imports, feeds, colours set, notices signed for and statements published. At the end its own door and the receiver's log are held against the ledger.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOOK_SECRET, setUpMadeOffice } from '../bench/made/office.ts';
import { chance } from '../bench/made/texts.ts';
import type { Drill } from './main.ts';
import { check, nBusy } from './world/checker.ts';
import { Driver, type World } from './world/driver.ts';
import { startFeedSite } from './world/feedSite.ts';
import { freePort, startHeed } from './world/heedProcess.ts';
import { startHookSink } from './world/hookSink.ts';
import { Ledger } from './world/ledger.ts';

const SHORTEST_LIFE = 100;
const LONGEST_LIFE = 3000;
/** Share of the kills that come while Heed is still starting. */
const YOUNG = 0.1;
/** When what was begun must be finished, after the last start. */
const LONGEST_END = 60_000;

const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

/** The office, its sources and its channel, set up through the door. */
async function makeWorld(folder: string, data: string, port: number, seed: number): Promise<World> {
  const [site, sink] = [await startFeedSite(), await startHookSink()];
  const heed = startHeed(data, port);
  const { setupCode } = await heed.ready;
  const address = `http://127.0.0.1:${port}`;
  const sources = [
    { id: 'push', kind: 'lines', standing: 'community' as const, address: '', settings: { webhookSecret: HOOK_SECRET } },
    { id: 'archive', kind: 'lines', standing: 'import' as const, address: '' },
  ];
  const office = await setUpMadeOffice({ address, setupCode, now: Date.now, hookAddress: sink.address, sources });
  const manners = { robots: true, pollAtLeast: 1000, pollAtMost: 2000, pause: 0 };
  const feed = {
    name: { zh: 'feed', en: 'feed' },
    kind: 'feed',
    address: site.address,
    standing: 'press',
    settings: { fullText: 'feed' },
    manners,
  };
  const made = await office.admin.send('PUT', '/api/sources/feed', feed);
  if (!made.ok) throw new Error(`the feed was refused: ${made.status} ${made.code}`);
  await heed.kill();
  return { address, office, site, sink, ledger: new Ledger(join(folder, 'ledger.txt')), seed };
}

interface Lives {
  readonly nKills: number;
  readonly nYoung: number;
  /** Milliseconds from the spawn to the open door, of those that got there. */
  readonly starts: readonly number[];
}

async function liveAndDie(world: World, data: string, port: number, nRounds: number): Promise<Lives> {
  const next = chance(world.seed);
  const driver = new Driver(world);
  const starts: number[] = [];
  let nYoung = 0;
  for (let round = 0; round < nRounds; round++) {
    const begun = Date.now();
    const heed = startHeed(data, port);
    const diesYoung = next() < YOUNG;
    const life = SHORTEST_LIFE + next() * (LONGEST_LIFE - SHORTEST_LIFE);
    if (diesYoung) {
      nYoung++;
      await Promise.race([pause(life / 2), heed.ready]);
      await heed.kill();
      continue;
    }
    await heed.ready;
    starts.push(Date.now() - begun);
    const living = driver.live();
    await pause(life);
    await heed.kill();
    driver.stop();
    await living;
  }
  return { nKills: nRounds, nYoung, starts };
}

/** Until nothing is due, the feed has been asked twice more, and nothing new is delivered. */
async function settle(world: World): Promise<boolean> {
  const end = Date.now() + LONGEST_END;
  const nAsked = world.site.nAsked();
  let [quiet, nBefore] = [0, -1];
  while (Date.now() < end) {
    const isQuiet = (await nBusy(world.address)) === 0 && world.sink.deliveries.length === nBefore && world.site.nAsked() >= nAsked + 2;
    nBefore = world.sink.deliveries.length;
    quiet = isQuiet ? quiet + 1 : 0;
    if (quiet >= 3) return true;
    await pause(500);
  }
  return false;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const drill: Drill = {
  about: 'REL-02, 06: kill -9 of a whole Heed under load; nothing acknowledged is lost, every notice comes (--rounds N, --seed N)',
  run: async ({ rounds, seed }) => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-drill-'));
    const data = join(folder, 'data');
    mkdirSync(data);
    const port = await freePort();
    const usedSeed = seed ?? Date.now() % 1_000_000;
    const begun = Date.now();
    const world = await makeWorld(folder, data, port, usedSeed);
    const lives = await liveAndDie(world, data, port, rounds ?? 50);
    const heed = startHeed(data, port);
    await heed.ready;
    const isSettled = await settle(world);
    const found = await check(world);
    const code = await heed.stop();
    await Promise.all([world.site.close(), world.sink.close()]);
    const { lostDocuments, doubleDocuments, lostReceipts, lostOverrides, lostAlerts, lostSignatures, lostStatements } = found;
    const lost = [lostDocuments, lostReceipts, lostOverrides, lostAlerts, lostSignatures, lostStatements];
    const wrong = [...lost, doubleDocuments, found.lostNotices, found.strangeDeliveries];
    const { ledger } = world;
    const kinds = ['desk', 'push', 'import', 'feed', 'override', 'sign', 'draft', 'publish'] as const;
    const acknowledged = Object.fromEntries(kinds.map((kind) => [kind, ledger.acked(kind).length]));
    const isLoaded = kinds.every((kind) => (acknowledged[kind] ?? 0) > 0);
    const ok =
      isSettled && isLoaded && code === 0 && found.journalBrokenAt === null && found.jobsSetAside === 0 && wrong.every((n) => n === 0);
    // What went wrong stays to be looked at.
    if (ok) rmSync(folder, { recursive: true });
    const { nKills, nYoung, starts } = lives;
    const seconds = Math.round((Date.now() - begun) / 1000);
    return {
      ok,
      seed: usedSeed,
      nKills,
      nYoung,
      startMs: median(starts),
      acknowledged,
      isSettled,
      code,
      ...found,
      seconds,
      ...(ok ? {} : { folder }),
    };
  },
};
export default drill;
