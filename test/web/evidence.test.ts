import { describe, expect, it } from 'vitest';
import { evidenceParts } from '../../web/evidence.ts';

const span = (topic: 'pay' | 'governance', evidence_start: number, evidence_end: number, probability = 0.9) => ({ topic, probability, evidence_start, evidence_end });

describe('web/evidence', () => {
  it('cuts a text at the spans that carry its demands, and joins to the text again', () => {
    const parts = evidenceParts('工资晚发，没人答复。', [span('governance', 5, 9, 0.5), span('pay', 0, 4)]);
    expect(parts).toEqual([{ text: '工资晚发', topics: ['pay'] }, { text: '，', topics: [] }, { text: '没人答复', topics: ['governance'] }, { text: '。', topics: [] }]);
  });
  it('gives an overlap to both demands, the likelier first, and passes over a span that the text does not have', () => {
    expect(evidenceParts('工资晚发', [span('pay', 0, 4, 0.6), span('governance', 2, 4, 0.7)])).toEqual([{ text: '工资', topics: ['pay'] }, { text: '晚发', topics: ['governance', 'pay'] }]);
    expect(evidenceParts('工资', [span('pay', 0, 9)])).toEqual([{ text: '工资', topics: [] }]);
    expect(evidenceParts('', [])).toEqual([]);
  });
});
