/** `npm run drill -- NAME [--rounds N] [--seed N] [--data DIR]`: one fault or attack per file of this folder, one JSON line per run, exit 1 on a miss. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface DrillOptions {
  /** How often; each drill has its own usual number. */
  readonly rounds: number | null;
  /** For drills that use chance; each prints the one it used. */
  readonly seed: number | null;
  /** Where data sets lie, for drills that can use one. */
  readonly data: string | null;
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

function numberOf(args: readonly string[], option: string): number | null {
  const at = args.indexOf(option);
  const given = at < 0 ? null : Number(args[at + 1]);
  if (given !== null && !(Number.isInteger(given) && given > 0)) throw new Error(`${option} takes a whole number above 0`);
  return given;
}

function textOf(args: readonly string[], option: string): string | null {
  const at = args.indexOf(option);
  return at < 0 ? null : (args[at + 1] ?? null);
}

async function main(args: readonly string[]): Promise<number> {
  const names = readdirSync(folder).flatMap((file) => (/^[a-zA-Z]+\.ts$/.test(file) && file !== 'main.ts' ? [file.slice(0, -3)] : []));
  const [name] = args;
  if (name === undefined || !names.includes(name)) {
    for (const each of names) console.log(`${each.padEnd(16)} ${(await load(each)).about}`);
    return name === undefined ? 0 : 1;
  }
  const result = await (await load(name)).run({
    rounds: numberOf(args, '--rounds'),
    seed: numberOf(args, '--seed'),
    data: textOf(args, '--data'),
  });
  console.log(JSON.stringify({ drill: name, ...result }));
  return result.ok ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
