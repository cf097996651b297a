import { defineConfig } from 'vitest/config';

const usual = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/**
 * Stories in a real browser through the real door. They run beside each other, on one machine unless
 * they start their own; then those that break that machine, alone.
 */
export default defineConfig({
  test: {
    globalSetup: 'browser/global.ts',
    reporters: ['verbose'],
    maxWorkers: 2,
    bail: 12,
    projects: [
      {
        test: {
          ...usual,
          name: 'beside',
          include: ['browser/**/*.story.ts'],
          exclude: ['browser/kill.story.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...usual,
          name: 'alone',
          include: ['browser/kill.story.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
