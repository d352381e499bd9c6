import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts', 'web/**/*.test.ts'],
    // A limit against hanging, not a measure: a busy machine of two cores is slow at times.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
