/** `heed journal verify`: reads the whole chain; exit 1 where it does not fit. */
import { openStore } from '../edge/store/sqlite.ts';
import type { Command } from './commands.ts';

export default {
  about: 'check the hash chain of the journal',
  async run({ config }) {
    const store = await openStore({ folder: config.dataFolder });
    try {
      const verified = await store.verifyJournal();
      console.log(JSON.stringify(verified));
      return verified.brokenAt === null ? 0 : 1;
    } finally {
      await store.close();
    }
  },
} satisfies Command;
