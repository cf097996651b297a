import { defineConfig } from 'vitest/config';

/** Stories in a real browser through the real door: one after another, on one machine. */
export default defineConfig({
  test: {
    include: ['browser/**/*.story.ts'],
    globalSetup: 'browser/global.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['verbose'],
    bail: 12,
  },
});
