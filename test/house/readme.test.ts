// The README says what the code says.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withGenerated } from './readme-tables.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README', () => {
  it('has the tables that the code gives (npm run docs)', () => {
    expect(withGenerated(readme)).toBe(readme);
  });
  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((m) => m[1]!);
    expect(named.filter((n) => !(n in scripts))).toEqual([]);
  });
});
