/**
 * The rules of the house, checked by reading its text: who may import whom, no cycles, purity of rooms, sizes, banned names.
 * `checkHouse` takes the files as a map, so that tests can plant violations; run by itself it checks this checkout and prints figures.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Room -> rooms it may import. `root` is main and what only main uses. `types` after a colon: only `import type`. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: ['model'],
  collect: ['model', 'text'],
  judge: ['model', 'text'],
  warn: ['model'],
  answer: ['model', 'text'],
  account: ['model', 'text'],
  ports: ['model'],
  io: ['model', 'ports', 'text:types', 'warn:types'],
  // 0006: a sentence for a person and the language of a text are needed where work meets people.
  work: ['model', 'ports', 'io', 'text', 'collect', 'judge', 'warn', 'answer', 'account'],
  edge: ['model', 'ports', 'collect'],
  http: ['model', 'ports', 'io', 'work', 'account', 'text'],
  root: ['model', 'text', 'collect', 'judge', 'warn', 'answer', 'account', 'ports', 'io', 'work', 'edge', 'http', 'demo'],
  demo: ['model:types'],
  web: ['model:types'],
};

const PURE = new Set(['model', 'text', 'collect', 'judge', 'warn', 'answer', 'account', 'ports', 'io']);
const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/from '(node:[^']+)'/, 'imports node:'],
  [/\bDate\.now\b|\bnew Date\(\s*\)/, 'reads the clock'],
  [/\bMath\.random\b|\bcrypto\.(getRandomValues|randomUUID)\b/, 'uses chance'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\(/, 'uses timers'],
  [/\bprocess\.|\bconsole\./, 'touches the process'],
  [/(?<![.\w])fetch\(/, 'uses the network'],
];
const BANNED_NAMES = /^(util|utils|helper|helpers|common|misc|lib|manager|service|base)\.(ts|tsx)$/;
/** no code is named after a person who wrote something, outside the two files that seal and strip the mark. */
const NEVER_WORDS = /\b(followUser|userProfile|authorProfile|takedown|reportAccount|personList|watchList|sentimentOfPerson)\b/i;
export const LIMITS = { file: 400, function: 60, work: 400 } as const;

export interface House {
  readonly nModules: number;
  readonly nImports: number;
  readonly wrong: readonly string[];
}

/** The room a file belongs to; null for what is not checked. Paths are relative to the root, with `/`. */
export function roomOf(path: string): string | null {
  if (/^src\/[a-zA-Z]+\.ts$/.test(path) || path.startsWith('src/cli/')) {
    const name = path.slice(4, -3);
    return name === 'ports' || name === 'io' ? name : 'root';
  }
  if (path.startsWith('src/')) return path.split('/')[1] ?? null;
  if (path.startsWith('demo/')) return 'demo';
  return path.startsWith('web/') ? 'web' : null;
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^;'"]*?from\s*)?['"](\.[^'"]+)['"]|import\((['"])(\.[^'"]+)\5\)/g,
  )) {
    const target = match[4] ?? match[6];
    if (target === undefined) continue;
    const to = posix.normalize(posix.join(posix.dirname(path), target));
    const names = match[3] ?? '';
    const isType = match[2] !== undefined || (match[6] !== undefined && isTypePosition(text, match.index)) || onlyTypes(names);
    found.push({ from: path, to, isType });
  }
  return found;
}

/** `import { type A, type B } from` brings no value. */
function onlyTypes(names: string): boolean {
  const inner = /\{([\s\S]*)\}/.exec(names)?.[1];
  if (inner === undefined || /^\s*\w/.test(names)) return false;
  const parts = inner
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return parts.length > 0 && parts.every((one) => one.startsWith('type '));
}

/** `import('./x.ts').Name` in a type is not a load. */
function isTypePosition(text: string, at: number): boolean {
  return /^import\([^)]*\)\.\w/.test(text.slice(at)) && !/await\s*$/.test(text.slice(Math.max(0, at - 8), at));
}

function allowed(from: string, to: string, isType: boolean): boolean {
  if (from === to) return true;
  const rows = MAY_IMPORT[from] ?? [];
  return rows.includes(to) || (isType && rows.includes(`${to}:types`));
}

function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const one of imports) if (!one.isType) next.set(one.from, [...(next.get(one.from) ?? []), one.to]);
  const state = new Map<string, 'open' | 'done'>();
  const wrong: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      wrong.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
      return;
    }
    state.set(path, 'open');
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of next.keys()) visit(path, []);
  return wrong;
}

/** Functions longer than `limit` lines, from their first to their last line; components and callbacks count like any other. */
export function longFunctions(text: string, limit: number, path = 'x.ts'): { readonly name: string; readonly lines: number }[] {
  if (text.split('\n').length <= limit) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: { name: string; lines: number }[] = [];
  const line = (at: number): number => source.getLineAndCharacterOfPosition(at).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const lines = line(node.end) - line(node.getStart()) + 1;
      const owner = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
      if (lines > limit) found.push({ name: owner?.getText() ?? 'a callback', lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function fileRules(path: string, room: string, text: string): string[] {
  const wrong: string[] = [];
  const name = posix.basename(path);
  const isTest = /\.test\.tsx?$/.test(name);
  if (BANNED_NAMES.test(name)) wrong.push(`${path}: a file called ${name} says nothing about what it holds`);
  if (!isTest && text.split('\n').length > LIMITS.file) wrong.push(`${path}: ${text.split('\n').length} lines, at most ${LIMITS.file}`);
  if (!isTest)
    for (const long of longFunctions(text, LIMITS.function, path))
      wrong.push(`${path}: ${long.name} has ${long.lines} lines, at most ${LIMITS.function}`);
  if (NEVER_WORDS.test(text) && !isTest) wrong.push(`${path}: names something Heed never does`);
  if (PURE.has(room) && !isTest) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
    for (const [pattern, what] of IMPURE) if (pattern.test(code)) wrong.push(`${path}: a pure room ${what}`);
  }
  return wrong;
}

export function checkHouse(files: ReadonlyMap<string, string>): House {
  const wrong: string[] = [];
  const imports: Import[] = [];
  let nModules = 0;
  for (const [path, text] of files) {
    const room = roomOf(path);
    if (room === null) continue;
    nModules++;
    wrong.push(...fileRules(path, room, text));
    if (/\.test\.tsx?$/.test(path)) continue;
    for (const one of importsOf(path, text)) {
      imports.push(one);
      const to = roomOf(one.to);
      if (to === null || !(room in MAY_IMPORT)) wrong.push(`${path}: imports ${one.to}, which belongs to no room`);
      else if (!allowed(room, to, one.isType))
        wrong.push(`${path}: ${room} may not import ${one.isType ? 'types of ' : ''}${to} (${one.to})`);
    }
  }
  return { nModules, nImports: imports.length, wrong: [...wrong, ...cycles(imports)] };
}

export function readHouse(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of ['src', 'demo', 'web']) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      const full = join(entry.parentPath, entry.name);
      const path = relative(root, full).replaceAll('\\', '/');
      if (entry.isFile() && /\.tsx?$/.test(entry.name) && !path.includes('/dist/') && !path.includes('node_modules'))
        files.set(path, readFileSync(full, 'utf8'));
    }
  }
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const house = checkHouse(readHouse(dirname(dirname(fileURLToPath(import.meta.url)))));
  for (const line of house.wrong) console.error(line);
  console.log(JSON.stringify({ nModules: house.nModules, nImports: house.nImports, nWrong: house.wrong.length }));
  process.exitCode = house.wrong.length === 0 ? 0 : 1;
}
