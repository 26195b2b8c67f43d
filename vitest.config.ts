import { defineConfig } from 'vitest/config';
import { closingLine } from './test/support/closing-line.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // The files of a worker share the modules that they import: nothing here keeps a state that another file could see.
    isolate: false,
    reporters: ['default', closingLine()],
  },
});
