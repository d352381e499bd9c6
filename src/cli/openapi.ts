/** `heed openapi`: the OpenAPI 3.1 document made from the routes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHeed } from '../heed.ts';
import { appOf } from '../serve.ts';
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
    const app = await appOf({ heed, setupCode: '', demo: null, log: null });
    try {
      console.log((await app.inject({ method: 'GET', url: '/openapi.json' })).body);
      return 0;
    } finally {
      await app.close();
      await heed.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
} satisfies Command;
