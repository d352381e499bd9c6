/** `heed source export`: the sources as OPML, to standard output. */
import { logger } from '../console.ts';
import { openHeed } from '../heed.ts';
import { exportSources } from '../work/subscriptions.ts';
import type { Command } from './commands.ts';

export default {
  about: 'the sources as OPML, to standard output',
  async run({ config }) {
    const { log } = logger(config.logLevel);
    const heed = await openHeed({ config, now: Date.now, demo: false, onlyLoopback: false, log });
    try {
      process.stdout.write(await exportSources(heed.io));
      return 0;
    } finally {
      await heed.close();
    }
  },
} satisfies Command;
