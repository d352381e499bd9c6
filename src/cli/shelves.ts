/** `heed shelves`: what stands on each shelf of this installation. */
import { named, readShelf } from '../edge/shelf.ts';
import type { Collector, Notifier } from '../ports.ts';
import type { LanguagePack } from '../text/pack.ts';
import type { AlertRule } from '../warn/evaluate.ts';
import type { Command } from './commands.ts';

export default {
  about: 'list collectors, notifiers, alert rules and languages',
  async run() {
    const from = (folder: string): URL => new URL(`../${folder}/`, import.meta.url);
    const collectors = await readShelf<Collector>(from('edge/sources'), named('kind'));
    const notifiers = await readShelf<Notifier>(from('edge/notifiers'), named('kind'));
    const rules = await readShelf<AlertRule>(from('warn/rules'), named('name'));
    const packs = await readShelf<LanguagePack>(from('text/lang'), named('code'));
    for (const one of collectors) console.log(`collector\t${one.kind}\t${one.about.en}`);
    for (const one of notifiers) console.log(`notifier\t${one.kind}\t${one.about.en}`);
    for (const one of rules) console.log(`rule\t${one.name}\t${one.about.en}`);
    for (const one of packs) console.log(`language\t${one.code}`);
    return 0;
  },
} satisfies Command;
