/** `heed start`: the server and the runner on one data folder. On an empty folder it offers the demo county or the set-up. */
import { logger, oneTimeCode, untilAsked } from '../console.ts';
import { openHeed } from '../heed.ts';
import { startPulse } from '../pulse.ts';
import { serve } from '../serve.ts';
import { makeSteadyClock } from '../steadyClock.ts';
import type { Command } from './commands.ts';
import { startCounty, type County } from './county.ts';

export default {
  about: 'start the server (default); on an empty data folder: watch the county, or set up my office',
  async run({ config }) {
    const { log, write } = logger(config.logLevel);
    const clock = makeSteadyClock();
    const heed = await openHeed({ config, now: clock.now, demo: false, onlyLoopback: false, log });
    await clock.goOnFrom(heed.io.store);
    const pulse = startPulse(heed.io, clock);
    heed.onWork = pulse.wake;
    const isFresh = (await heed.io.store.count('staff')) === 0;
    const setupCode = oneTimeCode();
    let county: Promise<County> | null = null;
    const watch = async (): Promise<string> => {
      county ??= startCounty({
        config: { ...config, port: 0, dataFolder: `${config.dataFolder}/demo` },
        scenario: null,
        speed: 1,
        seed: 1,
        log: write,
      });
      return (await county).address;
    };
    const served = await serve({
      heed,
      host: config.host,
      port: config.port,
      setupCode,
      demo: null,
      log: { write },
      ...(isFresh ? { watch } : {}),
    });
    console.log(`Heed 闻应  ${served.address}/`);
    if (isFresh) {
      console.log(`Nothing is set up yet. Open ${served.address}/desk/setup and enter this one-time code: ${setupCode}`);
      console.log(`尚未设置。请打开 ${served.address}/desk/setup 并输入一次性代码：${setupCode}`);
    }
    await untilAsked();
    if (county !== null) await (await (county as Promise<County>)).close();
    await served.close();
    await pulse.stop();
    await heed.close();
    return 0;
  },
} satisfies Command;
