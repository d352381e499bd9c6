/** One demo county: its own Heed on its own folder with a stepped clock, its sites and stubs on loopback, and the director. */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Demo, type DemoResult, makeDemo } from '../../demo/director.ts';
import { loadScenario } from '../../demo/scenario.ts';
import type { Scenario } from '../../demo/scenarioShape.ts';
import { type Sites, startSites } from '../../demo/sites.ts';
import { type Stubs, startStubs } from '../../demo/stubs.ts';
import type { Config } from '../config.ts';
import { oneTimeCode } from '../console.ts';
import { digest } from '../edge/chance.ts';
import { type Heed, openHeed } from '../heed.ts';
import type { Instant } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import { serve } from '../serve.ts';
import { stepTo } from '../work/runJob.ts';

export interface CountyOptions {
  readonly config: Config;
  /** Folder of the scenario; null: the one that comes with Heed. */
  readonly scenario: string | null;
  readonly speed: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface County {
  readonly address: string;
  readonly heed: Heed;
  readonly scenario: Scenario;
  readonly sites: Sites;
  readonly stubs: Stubs;
  readonly demo: Demo;
  readonly dataFolder: string;
  /** Resolves when the story has been told. */
  readonly told: Promise<DemoResult>;
  readonly close: () => Promise<void>;
}

const SCENARIO = fileURLToPath(new URL('../../demo/scenarios/chengwan', import.meta.url));

export async function startCounty(options: CountyOptions): Promise<County> {
  const { config, speed, seed, log } = options;
  const scenario = await loadScenario(options.scenario ?? SCENARIO);
  rmSync(config.dataFolder, { recursive: true, force: true });
  let now: Instant = scenario.setting.base;
  const clock = { now: () => now, set: (instant: Instant) => void (now = instant) };
  const sites = await startSites(scenario, { now: clock.now, basePort: 0 });
  const stubs = await startStubs({ now: clock.now, basePort: 0 });
  const heed = await openHeed({
    config,
    now: clock.now,
    demo: true,
    onlyLoopback: true,
    log: (line, data) => log(JSON.stringify({ msg: line, ...data })),
  });
  const setupCode = oneTimeCode();
  // One step at a time: the director and a pause never run the clock together.
  let turn: Promise<void> = Promise.resolve();
  const control = {
    now: clock.now,
    stepTo: (to: Instant): Promise<void> => {
      turn = turn.then(() => stepTo(heed.io, clock, to));
      return turn.then(() => heed.onTell({ kind: 'time', id: String(now) }));
    },
  };
  const signal = new AbortController();
  let demo: Demo | null = null;
  const story = {
    view: (): Json => (demo === null ? null : (demo.view() as unknown as Json)),
    change: (to: { readonly paused?: boolean; readonly speed?: number }): void => demo?.change(to),
  };
  const served = await serve({ heed, host: config.host, port: config.port, setupCode, demo: story, log: null });
  // Two runs of one seed are equal to the letter: what is drawn by chance elsewhere is drawn from the seed here.
  let nDrawn = 0;
  const token = (nBits: number): string => digest(`${seed}:${nDrawn++}`).slice(0, Math.ceil(nBits / 4));
  Object.assign(heed.io, { publicAddress: served.address, token });
  demo = makeDemo({ address: served.address, control, scenario, sites, stubs, speed, seed, setupCode, log, signal: signal.signal });
  const told = demo.run();
  told.catch((error: unknown) => log(`the story stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  const close = async (): Promise<void> => {
    signal.abort();
    await told.catch(() => undefined);
    await served.close();
    await turn.catch(() => undefined);
    await Promise.all([sites.close(), stubs.close()]);
    await heed.close();
  };
  return { address: served.address, heed, scenario, sites, stubs, demo, dataFolder: config.dataFolder, told, close };
}
