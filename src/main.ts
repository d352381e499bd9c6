/**
 * The composition root and the command line: `heed start | demo | import | replay | source test | journal verify | openapi | shelves`.
 * Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 failure, 2 wrong use or settings, 3 nothing found, 5 unreachable.
 */
import { existsSync, readFileSync } from 'node:fs';
import { commands } from './cli/commands.ts';
import { type Config, type Environment, readConfig, settingsOf } from './config.ts';
import { FolderInUse } from './edge/lockFolder.ts';

const SETTINGS_FILE = 'heed.env';

function environment(): Environment {
  const file = process.env.HEED_SETTINGS ?? SETTINGS_FILE;
  const fromFile = existsSync(file) ? settingsOf(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

function configOrExit(): Config {
  const checked = readConfig(environment());
  if (checked.ok) return checked.config;
  for (const mistake of checked.mistakes) console.error(mistake);
  process.exit(2);
}

async function usage(): Promise<void> {
  console.error('heed COMMAND [options]\n');
  for (const [name, load] of Object.entries(commands)) console.error(`  ${name.padEnd(16)} ${(await load()).default.about}`);
  console.error(
    '\nSettings (environment, or lines of a file heed.env): HEED_DATA, HEED_PORT, HEED_HOST, HEED_PUBLIC_ADDRESS, HEED_ALLOW_LOOPBACK, HEED_INTERNAL, HEED_LOG',
  );
}

function find(args: readonly string[]): { readonly load: (typeof commands)[string]; readonly rest: readonly string[] } | null {
  for (const n of [2, 1]) {
    const load = commands[args.slice(0, n).join(' ')];
    if (load !== undefined && args.length >= n) return { load, rest: args.slice(n) };
  }
  return null;
}

const args = process.argv.slice(2);
const found = find(args.length === 0 ? ['start'] : args);
if (found === null || args.includes('--help') || args.includes('-h')) {
  await usage();
  process.exitCode = found === null ? 2 : 0;
} else {
  try {
    process.exitCode = await (await found.load()).default.run({ config: configOrExit(), args: found.rest });
  } catch (error) {
    console.error(error instanceof FolderInUse ? error.message : error);
    process.exitCode = 1;
  }
}
