import { defineConfig } from 'vitest/config';

// For "npm run mutate": the tests of the rooms whose files are mutated, without those that run the whole program.
export default defineConfig({
  test: {
    include: ['test/{base,cost,traffic}/**/*.test.ts'],
    exclude: ['test/traffic/scan/**', 'test/traffic/summary/**', 'test/traffic/addresses/**'],
    testTimeout: 60_000,
    isolate: false,
  },
});
