// In: hand-labelled corpus texts kept out of training. Out: proof that second-level topics are told as well as the README of the model says.
import { describe, expect, it } from 'vitest';
import { loadClassifier } from '../../pipelines/classify.ts';
import { figuresOf, judgeSubtopics } from './subtopics-measure.ts';

describe('second-level topics', () => {
  it('are right more often than not on texts nobody tuned for, and better where an answer is given', () => {
    const rows = judgeSubtopics('./subtopics-unseen.jsonl');
    expect(figuresOf(rows).accuracy).toBeGreaterThan(0.55);
    expect(figuresOf(rows.filter((r) => r.found !== null)).accuracy).toBeGreaterThan(0.68);
  });

  it('come with each topic, of that topic, and stay open for a blank text', async () => {
    const classifier = await loadClassifier();
    const labels = await classifier.classify([{ text: '掘进二队三个月没发工资了，绩效也一直拖欠。' }, { text: '' }]);
    expect(labels[0]?.topics.find((t) => t.code === 'pay')?.subtopic).toBe('pay.arrears');
    expect(labels[1]?.topics.map((t) => t.subtopic)).toEqual([null]);
  });
});
