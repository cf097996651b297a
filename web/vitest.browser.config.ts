import { defineConfig } from 'vitest/config';

const usual = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/**
 * Stories in a real browser through the real door, one file after the other, on one machine unless
 * they start their own: two at once have met each other's people. Last those that break that machine.
 */
export default defineConfig({
  test: {
    globalSetup: 'browser/global.ts',
    reporters: ['verbose'],
    maxWorkers: 1,
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
