import { expect, test } from 'vitest';
import { readConfig, settingsOf } from './config.ts';

test('nothing set gives the defaults', () => {
  const checked = readConfig({});
  expect(checked.ok && [checked.config.port, checked.config.dataFolder, checked.config.allowLoopback]).toEqual([8080, 'data', false]);
});

const WRONG: readonly [name: string, value: string][] = [
  ['HEED_PORT', ''],
  ['HEED_PORT', 'x'],
  ['HEED_PORT', '65536'],
  ['HEED_PORT', '-1'],
  ['HEED_PORT', '1e3'],
  ['HEED_DATA', ' '],
  ['HEED_PUBLIC_ADDRESS', 'ftp://x'],
  ['HEED_ALLOW_LOOPBACK', 'true'],
  ['HEED_INTERNAL', '10.0.0.1'],
  ['HEED_PROT', '80'],
  ['HEED_DATABASE_URL', 'postgres://x'],
];
for (const [name, value] of WRONG)
  test(`${name}="${value}" is a mistake that names it`, () => {
    const checked = readConfig({ [name]: value });
    expect(checked.ok ? [] : checked.mistakes.filter((mistake) => mistake.includes(name))).not.toEqual([]);
  });

test('all mistakes are told at once', () => {
  const checked = readConfig({ HEED_PORT: 'x', HEED_DATA: ' ', HEED_LOG: 'loud' });
  expect(checked.ok ? [] : checked.mistakes).toHaveLength(3);
});

test('a settings file is lines of NAME=value with comments', () => {
  expect(settingsOf('# heed\nHEED_PORT = 9000\n\n  HEED_DATA="my data"\nrubbish')).toEqual({ HEED_PORT: '9000', HEED_DATA: 'my data' });
});
