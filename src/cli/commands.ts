/** The commands by name. One file in this folder is one command; it is loaded when it is called, so that a start loads no other. */
import type { Config } from '../config.ts';

export interface Invocation {
  readonly config: Config;
  readonly args: readonly string[];
}

export interface Command {
  readonly about: string;
  /** Gives the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

type Load = () => Promise<{ readonly default: Command }>;

export const commands: Readonly<Record<string, Load>> = {
  start: () => import('./start.ts'),
  demo: () => import('./demo.ts'),
  import: () => import('./importFile.ts'),
  replay: () => import('./replay.ts'),
  'source test': () => import('./sourceTest.ts'),
  'source import': () => import('./sourceImport.ts'),
  'source export': () => import('./sourceExport.ts'),
  'journal verify': () => import('./journalVerify.ts'),
  openapi: () => import('./openapi.ts'),
  shelves: () => import('./shelves.ts'),
};
