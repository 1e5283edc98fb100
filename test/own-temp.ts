// In: nothing. Out: a temporary folder for this run of the tests, in which all that they and what they start make lies.
// Invariant: it is gone when they have ended, whether they passed or not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const own = mkdtempSync(join(tmpdir(), 'zhiwei-tests-'));
  process.env.TMPDIR = own;
  return () => { rmSync(own, { recursive: true, force: true, maxRetries: 3 }); };
}
