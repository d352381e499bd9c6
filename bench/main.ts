/** `npm run bench -- NAME [--data DIR] [--out OUT] [more]`: one set of figures per file of this folder, one JSON line each. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchOptions {
  /** Where the data sets lie; null when none were given. */
  readonly data: string | null;
  /** Where to write results to; null: only the lines. */
  readonly out: string | null;
  readonly args: readonly string[];
}

export interface Bench {
  readonly about: string;
  /** Prints one JSON line per set. False when a bar was missed; anything else is no judgement. */
  readonly run: (options: BenchOptions) => Promise<unknown>;
}

const folder = import.meta.dirname;

async function load(name: string): Promise<Bench> {
  return ((await import(join(folder, `${name}.ts`))) as { readonly default: Bench }).default;
}

function take(args: string[], option: string): string | null {
  const at = args.indexOf(option);
  return at < 0 ? null : (args.splice(at, 2)[1] ?? null);
}

async function main(args: string[]): Promise<number> {
  const names = readdirSync(folder).flatMap((file) => (/^[a-zA-Z]+\.ts$/.test(file) && file !== 'main.ts' ? [file.slice(0, -3)] : []));
  const data = take(args, '--data');
  const out = take(args, '--out');
  const name = args.shift();
  if (name === undefined || !names.includes(name)) {
    for (const each of names) console.log(`${each.padEnd(16)} ${(await load(each)).about}`);
    return name === undefined ? 0 : 1;
  }
  return (await (await load(name)).run({ data, out, args })) === false ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
