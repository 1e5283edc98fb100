import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addCorrection, labelsGivenSchema, readCorrections, type LabelsGiven } from '../../datasets/corrections.ts';
import { dataDir } from '../../datasets/data-dir.ts';

const labels: LabelsGiven = { topics: [{ code: 'pay', subtopic: 'pay.arrears' }], polarity: 'negative', intensity: 2, intent: '求决', critical: false };
const line = (document_id: string, given: LabelsGiven | null) => ({ document_id, by: 'a', at: '2026-10-01T00:00:00.000Z', labels: given, read: labels });

describe('datasets/corrections', () => {
  it('lets the last line of a text count, and a withdrawal leave it to the model', () => {
    const dir = dataDir(mkdtempSync(join(tmpdir(), 'zhiwei-')));
    expect(readCorrections(dir).size).toBe(0);
    addCorrection(dir, line('d1', labels));
    addCorrection(dir, line('d1', { ...labels, intent: '投诉' }));
    addCorrection(dir, line('d2', labels));
    addCorrection(dir, line('d2', null));
    // A line that broke off when the machine stopped, and one of a code that is no more.
    appendFileSync(dir.corrections, '{"document_id":"d3"\n{"document_id":"d4","by":"a","at":"","labels":{"topics":[{"code":"gone","subtopic":null}]},"read":null}\n');
    addCorrection(dir, line('d5', labels));
    const found = readCorrections(dir);
    expect([...found.keys()]).toEqual(['d1', 'd5']);
    expect(found.get('d1')?.labels.intent).toBe('投诉');
    expect(readFileSync(dir.corrections, 'utf8').split('\n').length).toBe(8);
  });

  it.each([
    [{ ...labels, topics: [] }, '至少选一项'], [{ ...labels, topics: [...labels.topics, ...labels.topics] }, '只选一次'],
    [{ ...labels, topics: [{ code: 'pay', subtopic: 'safety.gas' }] }, '应属于'], [{ ...labels, intensity: 0 }, '强度'], [{ ...labels, polarity: 'neutral' }, '强度'],
  ])('refuses %j', (given, words) => {
    expect(JSON.stringify(labelsGivenSchema.safeParse(given).error?.issues)).toContain(words);
  });
});
