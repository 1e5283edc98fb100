import { describe, expect, it } from 'vitest';
import type { Correction } from '../../datasets/corrections.ts';
import { applyCorrections } from '../../pipelines/apply-corrections.ts';
import type { Labels } from '../../pipelines/records.ts';

const read: Labels = { topics: [{ code: 'pay', subtopic: null, probability: 0.8, evidence: [2, 4] }], polarity: 'neutral', intensity: 0, intent: '咨询', critical: { flag: false, reason: null }, frame: null };
const documents = [{ document_id: 'd1', text: '绞车又没有闸了' }, { document_id: 'd2', text: '工资几号发' }];
const given = (labels: Partial<Correction['labels']>): Map<string, Correction> => new Map([['d1', {
  document_id: 'd1', by: 'a', at: '', read: null, labels: { topics: [{ code: 'safety', subtopic: 'safety.transport' }, { code: 'pay', subtopic: null }], polarity: 'negative', intensity: 3, intent: '投诉', critical: true, ...labels },
}]]);

describe('pipelines/apply-corrections', () => {
  it('takes a reader’s word, keeps the model’s evidence where both name a topic, and leaves other texts alone', () => {
    const [first, second] = applyCorrections(documents, [read, read], given({}));
    expect(first).toEqual({
      topics: [{ code: 'safety', subtopic: 'safety.transport', probability: 1, evidence: [0, 7] }, { code: 'pay', subtopic: null, probability: 0.999, evidence: [2, 4] }],
      polarity: 'negative', intensity: 3, intent: '投诉', critical: { flag: true, reason: '人工判为紧急' }, frame: null,
    });
    expect(second).toBe(read);
  });
  it('takes away what was no danger', () => {
    const alarmed: Labels = { ...read, critical: { flag: true, reason: '停风' } };
    expect(applyCorrections(documents, [alarmed, alarmed], given({ critical: false })).map((l) => l.critical)).toEqual([{ flag: false, reason: null }, { flag: true, reason: '停风' }]);
    expect(applyCorrections(documents, [alarmed, alarmed], given({}))[0]?.critical.reason).toBe('停风');
  });
});
