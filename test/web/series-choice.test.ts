import { describe, expect, it } from 'vitest';
import { choiceKey, choiceOf, choicesFor } from '../../web/series-choice.ts';

describe('web/series-choice', () => {
  it.each([
    { key: undefined, topic: 'pay' as const, choice: { subtopic: null, measure: 'documents' } },
    { key: 'people', topic: 'pay' as const, choice: { subtopic: null, measure: 'people' } },
    { key: 'pay.arrears', topic: 'pay' as const, choice: { subtopic: 'pay.arrears', measure: 'documents' } },
    { key: 'pay.arrears', topic: 'health' as const, choice: { subtopic: null, measure: 'documents' } },
    { key: 'pay.arrears', topic: null, choice: { subtopic: null, measure: 'documents' } },
    { key: 'negatives', topic: null, choice: { subtopic: null, measure: 'negatives' } },
    { key: 'likes', topic: 'pay' as const, choice: { subtopic: null, measure: 'documents' } },
  ])('reads $key of $topic', ({ key, topic, choice }) => {
    expect(choiceOf(key, topic)).toEqual(choice);
  });
  it('offers each once, named, and reads back what it offers', () => {
    const all = choicesFor('pay');
    expect(all.slice(0, 5)).toEqual([
      { key: 'documents', label: '文字条数' }, { key: 'matters', label: '事项数' }, { key: 'negatives', label: '负面条数' }, { key: 'people', label: '人次' }, { key: 'pay.arrears', label: '拖欠，文字条数' },
    ]);
    expect(all.map(({ key }) => choiceKey(choiceOf(key, 'pay')))).toEqual(all.map(({ key }) => key));
    expect(choicesFor(null)).toHaveLength(4);
  });
  it('adds what a hotspot counts where it is none of these', () => {
    expect(choicesFor('pay', { subtopic: 'pay.arrears', measure: 'people' })[0]).toEqual({ key: 'pay.arrears people', label: '拖欠，人次' });
    expect(choicesFor('pay', { subtopic: null, measure: 'people' })).toEqual(choicesFor('pay'));
  });
});
