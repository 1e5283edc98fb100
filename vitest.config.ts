// In: nothing. Out: how the tests run.
// Invariant: tests see the repository root and leave nothing behind; nothing is mocked, so they may take their time, on a busy machine too. Two processes take file after file, and after them three journeys go through a browser side by side.
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**'], journeys = 'test/e2e/**/*.test.ts';
const patient = { testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({ test: {
  globalSetup: './test/own-temp.ts', reporters: ['default', './test/tally.ts'],
  projects: [
    { test: { name: 'files', include: ['test/**/*.test.ts'], exclude: [...exclude, journeys], maxWorkers: 2, isolate: false, sequence: { groupOrder: 0 }, ...patient } },
    { test: { name: 'journeys', include: [journeys], exclude, maxWorkers: 3, sequence: { groupOrder: 1 }, ...patient } },
  ],
} });
