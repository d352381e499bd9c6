import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('nothing set gives the defaults', () => {
  expect(readConfig({})).toEqual({ ok: true, config: { port: 8080, dataFolder: 'data' } });
});

for (const port of ['', 'x', '0', '65536', '-1', '80.5', '1e3'])
  test(`port "${port}" is refused`, () => {
    expect(readConfig({ HEED_PORT: port }).ok).toBe(false);
  });

test('all mistakes are told at once', () => {
  const checked = readConfig({ HEED_PORT: 'x', HEED_DATA: ' ' });
  expect(checked.ok ? [] : checked.mistakes).toHaveLength(2);
});
