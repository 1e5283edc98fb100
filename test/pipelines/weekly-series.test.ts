// In: a few labelled documents. Out: whether the weekly series add up over subtopics, topics apart.
import { describe, expect, it } from 'vitest';
import { subtopicWithin, weeklySeries, type Counted } from '../../pipelines/weekly-series.ts';

const document = (document_id: string, more: Partial<Counted> = {}): Counted => ({
  document_id, kind: 'petition', unit_id: 'xl', received_date: '2026-10-07', matter_id: document_id, people: 1, polarity: 'negative', topics: ['pay'], subtopics: ['pay.arrears'], intensity: 2, ...more,
});
const row = { week: '2026-10-05', unit_id: 'xl', topic: 'pay', subtopic: 'pay.arrears', documents: 1, matters: 1, people: 1, negatives: 1, intensity_sum: 2 };

describe('weekly-series', () => {
  it('counts a text under each of its topics, at the second level where that is clear', () => {
    expect(weeklySeries([document('a', { topics: ['pay', 'welfare'], subtopics: ['pay.arrears'], people: 80 })]))
      .toEqual([{ ...row, people: 80 }, { ...row, topic: 'welfare', subtopic: null, people: 80 }]);
  });

  it('counts a matter once a week, where its first text of the week is, so that matters add up', () => {
    const told = [document('b', { matter_id: 'm', received_date: '2026-10-09', subtopics: ['pay.level'] }), document('a', { matter_id: 'm' }), document('c', { matter_id: 'm', received_date: '2026-10-12' })];
    expect(weeklySeries(told)).toEqual([row, { ...row, subtopic: 'pay.level', matters: 0 }, { ...row, week: '2026-10-12' }]);
    expect(weeklySeries([...told].reverse())).toEqual(weeklySeries(told));
  });

  it('leaves survey answers out, and counts only negatives as negative', () => {
    expect(weeklySeries([document('a', { kind: 'survey_answer' }), document('b', { polarity: 'neutral', intensity: 0, subtopics: [] })])).toEqual([{ ...row, subtopic: null, negatives: 0, intensity_sum: 0 }]);
  });

  it('takes the second level of the topic that is asked for', () => {
    expect(subtopicWithin('pay', ['safety.gas', 'pay.arrears'])).toBe('pay.arrears');
    expect(subtopicWithin('welfare', ['safety.gas', 'pay.arrears'])).toBeNull();
  });
});
