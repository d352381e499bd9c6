// Builds the desk when web/dist is missing or older than what it is made of. Has no dependencies and parses on old Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist' && !/\.test\.tsx?$/.test(name));
  return Math.max(statSync(path).mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

/** True when the desk has to be built: a look at some hundred files, a few milliseconds. */
export function isWebOld() {
  const built = join(root, 'web', 'dist', 'index.html');
  if (!existsSync(built)) return true;
  const at = statSync(built).mtimeMs;
  const sources = readdirSync(join(root, 'web')).filter((name) => name !== 'dist');
  return [...sources.map((name) => join('web', name)), 'vite.config.ts', 'package-lock.json'].some((path) => newest(join(root, path)) > at);
}

/** With `node`, the path of a Node new enough for Vite. What Vite says goes to stderr. True when it went well. */
export function buildWeb(node) {
  const { VITEST: _vitest, NODE_ENV: _mode, ...env } = process.env;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  return spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env, stdio: ['ignore', 2, 2] }).status === 0;
}
