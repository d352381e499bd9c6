/** `heed openapi`: the OpenAPI 3.1 document made from the routes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHeed } from '../heed.ts';
import { serve } from '../serve.ts';
import type { Command } from './commands.ts';

export default {
  about: 'print the OpenAPI 3.1 document',
  async run({ config }) {
    const folder = mkdtempSync(join(tmpdir(), 'heed-openapi-'));
    const heed = await openHeed({
      config: { ...config, dataFolder: folder },
      now: Date.now,
      demo: false,
      onlyLoopback: false,
      log: () => undefined,
    });
    const served = await serve({ heed, host: '127.0.0.1', port: 0, setupCode: '', demo: null, log: null });
    try {
      console.log(await (await fetch(`${served.address}/openapi.json`)).text());
      return 0;
    } finally {
      await served.close();
      await heed.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
} satisfies Command;
