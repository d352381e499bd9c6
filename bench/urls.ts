/** Canonical addresses: two levels against urlcanon's, and idempotence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalAddress, copyKey } from '../src/collect/address.ts';

interface Case {
  readonly id: string;
  readonly set: string;
  readonly in: string;
  readonly out?: string;
}

async function run({ data, args }: { readonly data: string; readonly args?: readonly string[] }): Promise<object[]> {
  const folder = join(data, 'urls');
  if (!existsSync(folder)) return [];
  const counts = new Map<string, { n: number; right: number; same: number }>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl')))
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)) {
      const one = JSON.parse(line) as Case;
      const isHttp = /^\s*https?:/i.test(one.in);
      const set = `${one.set}${isHttp ? ' (http)' : ' (other)'}`;
      const row = counts.get(set) ?? { n: 0, right: 0, same: 0 };
      counts.set(set, row);
      row.n++;
      const wanted = one.out;
      const got = canonicalAddress(one.in);
      if (got === null || (canonicalAddress(got) === got && copyKey(got) === copyKey(one.in))) row.same++;
      // The level that folds more is right when it puts the input and the wanted form together.
      const isRight = wanted === undefined || (one.set === 'aggressive' ? copyKey(one.in) === copyKey(wanted) : got === wanted);
      if (isRight) row.right++;
      else if (args?.includes('--fails')) console.log('FAIL', set, JSON.stringify(one.in), 'want', wanted, 'got', got, copyKey(one.in));
    }
  return [...counts].map(([set, row]) => ({ bench: 'urls', set, cases: row.n, right: row.right, idempotent: row.same }));
}

export default { about: 'canonical addresses: equal to the reference, and stable', run };
