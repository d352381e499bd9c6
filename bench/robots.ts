/** robots.txt matching against RFC 9309 and Google's cases. */
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { allowed, parseRobots } from '../src/collect/robots.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface Case {
  readonly id: string;
  readonly set: string;
  readonly robots_b64: string;
  readonly ua: string;
  readonly url: string;
  readonly allow: boolean;
}

async function run({ data, args }: BenchOptions): Promise<void> {
  const cases = setRows<Case>(join(dataFolder(data, 'robots'), 'robots'));
  if (cases === null) return;
  let [n, right, ms] = [0, 0, 0];
  for (const { id, robots_b64, ua, url, allow } of cases) {
    const text = Buffer.from(robots_b64, 'base64').toString('utf8');
    const began = performance.now();
    // The path as the case writes it: some ask for characters that a request would encode.
    const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/, '');
    const got = allowed(parseRobots(text), ua, path.startsWith('/') ? path : `/${path}`);
    ms += performance.now() - began;
    n++;
    if (got === allow) right++;
    else if (args.includes('--fails')) console.log('FAIL', id, ua, url, 'want', allow, JSON.stringify(text.slice(0, 300)));
  }
  printRows([{ bench: 'robots', cases: n, right, share: right / Math.max(1, n), ms }]);
}

export default { about: 'robots.txt: share of cases decided as the reference does', run };
