// Starts a script of this checkout under the pinned Node: installs what the lock file names when it changed, builds the desk when it is
// older than its sources (for what serves it), passes signals on, and stops the child when npm, its parent, is gone. Has no dependencies
// and parses on old Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb, isWebOld } from './webBuild.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.heed-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function install() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Heed: installing its packages (about a minute the first time) / 正在安装依赖');
  const flags = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const result = npm
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', flags, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) process.exit(result.status || 1);
  writeFileSync(stamp, lock);
}

function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const folder = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = join(modules, `node-${folder}-${process.arch}`, 'bin', name);
  if (existsSync(binary)) return binary;
  console.error('Heed needs Node 24 or newer on this platform: please install it. / 此平台请安装 Node 24。');
  process.exit(1);
}

/** A desk that cannot be built stops nobody from collecting: the server starts all the same and says what is missing. */
function build(node) {
  if (!isWebOld()) return;
  console.error('Heed: building the desk (some seconds, only after a change) / 正在构建工作台');
  if (!buildWeb(node)) console.error('Heed: the desk could not be built, see above. / 工作台构建失败，原因见上。');
}

const SERVING = ['start', 'demo'];
const [script = '', command = 'start'] = process.argv.slice(2);

install();
const node = nodeBinary();
if (script === 'src/main.ts' && SERVING.includes(command)) build(node);
// What node compiled once it keeps: a second start takes about half as long.
const cache = process.env.NODE_COMPILE_CACHE || join(modules, '.cache', 'heed-compiled');
const env = { ...process.env, NODE_COMPILE_CACHE: cache, PATH: `${dirname(node)}${delimiter}${process.env.PATH || ''}` };
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => process.exit(code === null ? (signal === 'SIGINT' ? 130 : 143) : code));
