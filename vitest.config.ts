// In: nothing. Out: how the tests run.
// Invariant: tests see the repository root and leave nothing behind; nothing is mocked, so they may take their time, on a busy machine too. Beside others a journey may starve: on two cores one file runs at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**'], globalSetup: './test/own-temp.ts', reporters: ['default', './test/tally.ts'], testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } } });
