// In: nothing. Out: how the tests run.
// Invariant: tests see the repository root and leave nothing behind; nothing is mocked, so they may take their time.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: './test/own-temp.ts', reporters: ['default', './test/tally.ts'], testTimeout: 60_000, hookTimeout: 120_000 } });
