import { defineConfig } from 'vitest/config';

const usual = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/**
 * Stories in a real browser through the real door, on one machine unless they start their own. Each
 * has topics of its own, so files do not meet each other's people, and two run at once: mostly they
 * wait. Last, alone, those that break that machine.
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
          name: 'whole',
          include: ['browser/**/*.story.ts'],
          exclude: ['browser/kill.story.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...usual,
          name: 'broken',
          include: ['browser/kill.story.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
