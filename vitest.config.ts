// In: nothing. Out: how the tests run.
// Invariant: tests see the repository root and leave nothing behind; nothing is mocked, so they may take their time. Journeys wait more than they compute, so two files run at once and a poll has 20 s.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: './test/own-temp.ts', reporters: ['default', './test/tally.ts'], maxWorkers: 2, testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } } });
