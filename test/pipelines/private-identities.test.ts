import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDir, versionFile } from '../../datasets/data-dir.ts';
import { loadSecret, readPersons, writePersons } from '../../pipelines/private-identities.ts';

const fresh = () => dataDir(mkdtempSync(join(tmpdir(), 'zhiwei-private-')));
const mode = (file: string) => statSync(file).mode & 0o777;
const person = (document_id: string, received_date: string) => ({ document_id, received_date, keys: ['ab'] });

describe('private identities', () => {
  it('makes a secret of 32 bytes once, readable by its owner alone', () => {
    const dir = fresh();
    const secret = loadSecret(dir);
    expect(secret).toHaveLength(32);
    expect(loadSecret(dir)).toEqual(secret);
    expect(mode(dir.secret)).toBe(0o600);
    expect(readdirSync(dir.private)).toEqual(['secret.key']);
  });

  it('says what to do about a broken secret', () => {
    const dir = fresh();
    writeFileSync(dir.secret, 'short');
    expect(() => loadSecret(dir)).toThrow(/secret\.key 已损坏/);
  });

  it('gives back what was written, without what is older than 24 months', () => {
    const dir = fresh();
    expect(writePersons(dir, 3, [person('b', '2026-10-31'), person('a', '2024-10-31'), person('old', '2024-10-30')], '2026-10-31').map((p) => p.document_id)).toEqual(['a', 'b']);
    expect(readPersons(dir, 3)).toEqual([person('a', '2024-10-31'), person('b', '2026-10-31')]);
    expect(mode(join(dir.private, 'persons-v000003.jsonl.gz'))).toBe(0o600);
    expect(readPersons(dir, 2)).toEqual([]);
  });

  it('forgets versions whose warehouse is gone and keeps the others', () => {
    const dir = fresh();
    for (const version of [1, 2]) {
      writeFileSync(join(dir.warehouse, versionFile(version)), '');
      writePersons(dir, version, [person('a', '2026-01-01')], '2026-10-31');
    }
    writeFileSync(join(dir.private, '.persons-x.tmp'), 'left by a killed run');
    writePersons(dir, 4, [], '2026-10-31');
    writePersons(dir, 5, [], '2026-10-31');
    expect(readdirSync(dir.private).sort()).toEqual(['persons-v000001.jsonl.gz', 'persons-v000002.jsonl.gz', 'persons-v000005.jsonl.gz']);
  });

  it('writes the same bytes for the same persons', () => {
    const [one, two] = [fresh(), fresh()];
    for (const dir of [one, two]) writePersons(dir, 1, [person('b', '2026-01-01'), person('a', '2026-01-02')], '2026-10-31');
    const bytes = (root: string) => readFileSync(join(root, 'persons-v000001.jsonl.gz'));
    expect(bytes(one.private)).toEqual(bytes(two.private));
  });
});
