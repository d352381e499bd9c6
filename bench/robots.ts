/** robots.txt matching against RFC 9309 and Google's cases. */
import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed, parseRobots } from '../src/collect/robots.ts';

interface Case {
  readonly id: string;
  readonly set: string;
  readonly robots_b64: string;
  readonly ua: string;
  readonly url: string;
  readonly allow: boolean;
}

async function run({ data, args }: { readonly data: string; readonly args?: readonly string[] }): Promise<object[]> {
  const folder = join(data, 'robots');
  if (!existsSync(folder)) return [];
  const rows: object[] = [];
  let [n, right, ms] = [0, 0, 0];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl')))
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)) {
      const { id, robots_b64, ua, url, allow } = JSON.parse(line) as Case;
      const text = Buffer.from(robots_b64, 'base64').toString('utf8');
      const began = performance.now();
      // The path as the case writes it: some ask for characters that a request would encode.
      const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/, '');
      const got = allowed(parseRobots(text), ua, path.startsWith('/') ? path : `/${path}`);
      ms += performance.now() - began;
      n++;
      if (got === allow) right++;
      else if (args?.includes('--fails')) console.log('FAIL', id, ua, url, 'want', allow, JSON.stringify(text.slice(0, 300)));
    }
  rows.push({ bench: 'robots', cases: n, right, share: right / Math.max(1, n), ms });
  return rows;
}

export default { about: 'robots.txt: share of cases decided as the reference does', run };
