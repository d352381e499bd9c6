/** `npm run drill -- NAME [--rounds N]`: one fault or attack per file of this folder, one JSON line per run, exit 1 on a miss. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface DrillOptions {
  /** How often; each drill has its own usual number. */
  readonly rounds: number | null;
}

export interface Drill {
  readonly about: string;
  /** `ok` is false when a promise was broken; the other members are figures. `skipped` says why nothing could be tried. */
  readonly run: (options: DrillOptions) => Promise<{ readonly ok: boolean; readonly [figure: string]: unknown }>;
}

const folder = import.meta.dirname;

async function load(name: string): Promise<Drill> {
  return ((await import(join(folder, `${name}.ts`))) as { readonly default: Drill }).default;
}

async function main(args: readonly string[]): Promise<number> {
  const names = readdirSync(folder).flatMap((file) => (/^[a-zA-Z]+\.ts$/.test(file) && file !== 'main.ts' ? [file.slice(0, -3)] : []));
  const [name] = args;
  if (name === undefined || !names.includes(name)) {
    for (const each of names) console.log(`${each.padEnd(16)} ${(await load(each)).about}`);
    return name === undefined ? 0 : 1;
  }
  const at = args.indexOf('--rounds');
  const rounds = at < 0 ? null : Number(args[at + 1]);
  if (rounds !== null && !(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');
  const result = await (await load(name)).run({ rounds });
  console.log(JSON.stringify({ drill: name, ...result }));
  return result.ok ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
