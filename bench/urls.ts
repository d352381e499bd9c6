/** Canonical addresses: two levels against urlcanon's, and idempotence. */
import { join } from 'node:path';
import { canonicalAddress, copyKey } from '../src/collect/address.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface Case {
  readonly id: string;
  readonly set: string;
  readonly in: string;
  readonly out?: string;
}

async function run({ data, args }: BenchOptions): Promise<void> {
  const cases = setRows<Case>(join(dataFolder(data, 'urls'), 'urls')) ?? [];
  const counts = new Map<string, { n: number; right: number; same: number }>();
  for (const one of cases) {
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
    else if (args.includes('--fails')) console.log('FAIL', set, JSON.stringify(one.in), 'want', wanted, 'got', got, copyKey(one.in));
  }
  printRows([...counts].map(([set, row]) => ({ bench: 'urls', set, cases: row.n, right: row.right, idempotent: row.same })));
}

export default { about: 'canonical addresses: equal to the reference, and stable', run };
