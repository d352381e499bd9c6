/** `npm test`: types, lint, then all tests. Stops at the first step that fails. */
import { spawnSync } from 'node:child_process';

const steps = [
  ['node_modules/@typescript/native/bin/tsc', '-p', '.'],
  ['node_modules/@biomejs/biome/bin/biome', 'check', 'src', 'scripts'],
  ['node_modules/vitest/vitest.mjs', 'run'],
];
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
