/** The rules of the house hold here, and they bite: each planted violation is found. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkHouse, longFunctions, readHouse } from '../scripts/house.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('this checkout keeps the rules, and enough of it was read to say so', () => {
  const house = checkHouse(readHouse(ROOT));
  expect(house.wrong).toEqual([]);
  expect(house.nModules).toBeGreaterThan(300);
  expect(house.nImports).toBeGreaterThan(1000);
});

const PLANTED: readonly [path: string, text: string, why: string][] = [
  ['src/model/x.ts', "import { a } from '../text/fold.ts';", 'model imports nothing'],
  ['src/judge/x.ts', "import { a } from '../collect/admit.ts';", 'rooms do not know each other'],
  ['src/judge/x.ts', "import type { A } from '../warn/plan.ts';", 'not even by type'],
  ['src/io.ts', "import { a } from './text/pack.ts';", 'io takes types only'],
  ['src/work/x.ts', "import { a } from '../edge/get.ts';", 'work is handed the edge'],
  ['src/edge/x.ts', "import { a } from '../work/runJob.ts';", 'the edge does not decide'],
  ['src/http/x.ts', "import { a } from '../judge/query.ts';", 'http asks work'],
  ['web/x.ts', "import { a } from '../src/model/time.ts';", 'the desk takes types only'],
  ['demo/x.ts', "import { a } from '../src/work/runJob.ts';", 'the demo speaks HTTP only'],
  ['src/warn/x.ts', "const a = await import('../text/fold.ts');", 'a late import is an import'],
  ['src/judge/x.ts', "import { readFileSync } from 'node:fs';", 'pure rooms import no node:'],
  ['src/warn/x.ts', 'export const a = Date.now();', 'pure rooms read no clock'],
  ['src/warn/x.ts', 'export const a = new Date();', 'pure rooms read no clock'],
  ['src/collect/x.ts', 'export const a = Math.random();', 'pure rooms use no chance'],
  ['src/collect/x.ts', 'setTimeout(() => {}, 5);', 'pure rooms use no timers'],
  ['src/answer/x.ts', "fetch('http://x');", 'pure rooms use no network'],
  ['src/answer/x.ts', 'console.log(1);', 'pure rooms touch no process'],
  ['src/work/util.ts', 'export const a = 1;', 'a name that says nothing'],
  ['src/work/x.ts', 'export const a = 1;\n'.repeat(401), 'a file too long'],
  ['src/work/x.ts', `export function long(): void {\n${'  a();\n'.repeat(60)}}\n`, 'a function too long'],
  ['src/work/x.ts', 'export function takedown(): void {}', 'what Heed never does'],
];
for (const [path, text, why] of PLANTED) {
  test(`a violation is found: ${why} (${path}: ${text.slice(0, 40).trim()})`, () => {
    expect(checkHouse(new Map([[path, text]])).wrong).toHaveLength(1);
  });
}

test('a cycle inside a room is found, by values only', () => {
  const a = "import { b } from './b.ts';";
  const b = "import { a } from './a.ts';";
  expect(
    checkHouse(
      new Map([
        ['src/judge/a.ts', a],
        ['src/judge/b.ts', b],
      ]),
    ).wrong,
  ).toHaveLength(1);
  expect(
    checkHouse(
      new Map([
        ['src/judge/a.ts', a],
        ['src/judge/b.ts', "import type { A } from './a.ts';"],
      ]),
    ).wrong,
  ).toEqual([]);
});

test('a comment may speak of the clock', () => {
  expect(
    checkHouse(new Map([['src/judge/a.ts', '/** Not Date.now(): told. */\n// Math.random() neither\nexport const a = 1;']])).wrong,
  ).toEqual([]);
});

test('functions are measured from their opening to their closing line', () => {
  const text = `function a() {\n${'  x();\n'.repeat(3)}}\nconst b = async (c: string) => {\n${'  x();\n'.repeat(8)}};\n`;
  expect(longFunctions(text, 5)).toEqual([{ name: 'b', lines: 10 }]);
});
