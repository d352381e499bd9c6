/** All benches of collect in a row: one JSON line of figures per set. A set that is not there gives no line. */
import admission from './admission.ts';
import charset from './charset.ts';
import dates from './dates.ts';
import extract from './extract.ts';
import feeds from './feeds.ts';
import language from './language.ts';
import type { BenchOptions } from './main.ts';
import neardup from './neardup.ts';
import robots from './robots.ts';
import urls from './urls.ts';

const BENCHES = [extract, dates, feeds, robots, urls, charset, language, neardup, admission] as const;

async function run(options: BenchOptions): Promise<boolean> {
  let isMet = true;
  // One of them writes a file of its own; in a row they would overwrite it.
  for (const bench of BENCHES) if ((await bench.run({ ...options, out: null })) === false) isMet = false;
  return isMet;
}

export default {
  about: 'all sets of collect in a row: bodies, dates, feeds, robots, addresses, charsets, languages, copies, admission',
  run,
};
