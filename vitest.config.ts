import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts', 'web/**/*.test.ts'],
    // The rooms hold no state of their own, so files may share a worker; half of the time went into loading the same modules again.
    isolate: false,
    // The default leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    // A limit against hanging, not a measure: a busy machine of two cores is slow at times.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
