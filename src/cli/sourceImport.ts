/** `heed source import FILE.opml [--json]`: adds every feed of an OPML file as a source, a line of report for each. */
import { readFileSync } from 'node:fs';
import { logger } from '../console.ts';
import { openHeed } from '../heed.ts';
import { sayRefusal } from '../text/say.ts';
import { importSources } from '../work/subscriptions.ts';
import type { Who } from '../work/who.ts';
import type { Command } from './commands.ts';
import { optionsOf } from './options.ts';

const MACHINE: Who = { staffId: 'machine', actor: 'machine', officeId: '', roles: [], name: 'machine' };

export default {
  about: 'FILE.opml [--json]: add the feeds of an OPML file as sources',
  async run({ config, args }) {
    const options = optionsOf(args, [], ['json']);
    const file = options.rest[0];
    if (file === undefined) throw new Error('heed source import FILE.opml: the file is missing');
    const text = readFileSync(file, 'utf8');
    const { log } = logger(config.logLevel);
    const heed = await openHeed({ config, now: Date.now, demo: false, onlyLoopback: false, log });
    try {
      const imported = await importSources(heed.io, MACHINE, text);
      if (!imported.ok) {
        const said = sayRefusal(imported.refusal);
        console.error(`${said.zh}\n${said.en}`);
        return 1;
      }
      const { lines, nAdded, nKnown, nRefused } = imported.value;
      if (options.has('json')) console.log(JSON.stringify(imported.value));
      else {
        for (const line of lines)
          console.log(
            `${line.result}\t${line.address || line.title}${line.because === null ? '' : `\t${line.because.zh} / ${line.because.en}`}`,
          );
        console.error(`added ${nAdded}, known ${nKnown}, refused ${nRefused}`);
      }
      return nAdded + nKnown > 0 ? 0 : 3;
    } finally {
      await heed.close();
    }
  },
} satisfies Command;
