/** `heed source test URL [--kind feed|page|forum|sitemap|…] [--json]`: what an address gives, before it is saved. Stores nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHeed } from '../heed.ts';
import { sayRefusal } from '../text/say.ts';
import { testSource } from '../work/trySource.ts';
import type { Command } from './commands.ts';
import { optionsOf } from './options.ts';

export default {
  about: 'URL [--kind K] [--json]: charset, items, first titles, robots verdict, next poll',
  async run({ config, args }) {
    const options = optionsOf(args, ['kind'], ['json']);
    const address = options.rest[0];
    if (address === undefined) throw new Error('heed source test URL: the address is missing');
    const folder = mkdtempSync(join(tmpdir(), 'heed-test-'));
    const heed = await openHeed({
      config: { ...config, dataFolder: folder },
      now: Date.now,
      demo: false,
      onlyLoopback: false,
      log: () => undefined,
    });
    try {
      const kind = options.get('kind');
      const tested = await testSource(heed.io, kind === undefined ? { address } : { address, kind });
      if (!tested.ok) {
        const said = sayRefusal(tested.refusal);
        console.error(`${said.zh}\n${said.en}`);
        return 1;
      }
      const { value } = tested;
      if (options.has('json')) console.log(JSON.stringify(value));
      else {
        console.log(`kind      ${value.kind}\naddress   ${value.address}\ncharset   ${value.charset ?? '-'}\nitems     ${value.nItems}`);
        for (const { title } of value.first) console.log(`          ${title}`);
        console.log(`robots    ${value.robots.en} / ${value.robots.zh}\nnext poll ${new Date(value.nextAt).toISOString()}`);
        for (const choice of value.choices ?? [])
          console.log(`choice    ${choice.kind.padEnd(9)} ${choice.address}${choice.title === '' ? '' : `  ${choice.title}`}`);
        for (const note of value.notes) console.log(`note      ${note}`);
      }
      return value.nItems > 0 ? 0 : 3;
    } finally {
      await heed.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
} satisfies Command;
