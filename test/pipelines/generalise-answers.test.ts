import { describe, expect, it } from 'vitest';
import type { Row } from '../../datasets/schema.ts';
import { folded } from '../../datasets/small-groups.ts';
import { generaliseAnswers } from '../../pipelines/generalise-answers.ts';
import { noFacts } from '../../pipelines/merge-facts.ts';
import type { FactDocument } from '../../pipelines/records.ts';

const sizes = (list: Record<string, number>) => new Map(Object.entries(list));

describe('pipelines/generalise-answers', () => {
  it.each<{ groups: Record<string, number>; expected: string[] }>([
    { groups: { 一矿: 20, 二矿: 5 }, expected: [] },
    // One small group alone would follow from the total: the next smallest goes with it.
    { groups: { 一矿: 20, 二矿: 9, 三矿: 3 }, expected: ['三矿', '二矿'] },
    { groups: { 一矿: 20, 二矿: 4, 三矿: 3 }, expected: ['三矿', '二矿'] },
    { groups: { 一矿: 20, 二矿: 2, 三矿: 1 }, expected: ['一矿', '三矿', '二矿'] },
    // What lies at the top already keeps a small group company.
    { groups: { 集团: 6, 一矿: 20, 三矿: 3 }, expected: ['三矿'] },
    { groups: { 集团: 2, 一矿: 20, 二矿: 7 }, expected: ['二矿'] },
  ])('folds $groups: $expected', ({ groups, expected }) => {
    expect([...folded(sizes(groups), '集团')].sort()).toEqual(expected.sort());
  });

  const unit = (unit_id: string, parent_id: string | null, level: number): Row<'unit'> => ({ unit_id, parent_id, name: unit_id, kind: '矿', path: parent_id ? `集团/${unit_id}` : unit_id, level, branch_id: level === 2 ? '一矿' : unit_id, aliases: [] });
  const units = [unit('集团', null, 0), unit('一矿', '集团', 1), unit('掘进队', '一矿', 2), unit('二矿', '集团', 1), unit('三矿', '集团', 1)];
  // 12 at 一矿 (2 of them named by their team), 6 at 二矿, 3 at 三矿; ages 19 young, 2 old; the last of 三矿 wrote a text.
  const place = (i: number) => (i < 10 ? '一矿' : i < 12 ? '掘进队' : i < 18 ? '二矿' : '三矿');
  const answers = Array.from({ length: 21 }, (_, i) => [
    { survey_id: 's', respondent_no: i + 1, question_no: 1, option: i < 19 ? '30 岁以下' : '51 岁以上', value: null, unit_id: place(i), document_id: null },
    { survey_id: 's', respondent_no: i + 1, question_no: 2, option: '', value: 4, unit_id: place(i), document_id: null },
    ...(i === 20 ? [{ survey_id: 's', respondent_no: 21, question_no: 3, option: '', value: null, unit_id: '三矿', document_id: 'open' }] : []),
  ]).flat();
  const question = (question_no: number, is_group: boolean): Row<'question'> => ({ survey_id: 's', question_no, title: '', type: is_group ? 'single' : 'scale', is_group, options: is_group ? ['30 岁以下', '51 岁以上'] : [] });
  const facts = { ...noFacts, units, answers, questions: [question(1, true), question(2, false)], documents: [{ document_id: 'open', unit_id: '三矿' } as FactDocument] };
  const given = generaliseAnswers(facts);
  const respondents = (key: (a: Row<'answer'>) => string, of: (a: Row<'answer'>) => boolean) => {
    const found = new Map<string, Set<number>>();
    for (const a of given.answers.filter(of)) found.set(key(a), (found.get(key(a)) ?? new Set()).add(a.respondent_no));
    return Object.fromEntries([...found].map(([k, set]) => [k, set.size]));
  };

  it('leaves no unit with fewer than five respondents, and teams at their mine', () => {
    expect(respondents((a) => a.unit_id, () => true)).toEqual({ 一矿: 12, 集团: 9 });
  });
  it('takes the open text of a small unit up with its answer', () => {
    expect(given.documents[0]?.unit_id).toBe('集团');
  });
  it('leaves no answer of a group question with fewer than five respondents', () => {
    expect(respondents((a) => a.option, (a) => a.question_no === 1)).toEqual({ 其他: 21 });
    expect(given.questions[0]?.options).toEqual(['其他']);
  });
  it('changes nothing on what it gave', () => { expect(generaliseAnswers(given)).toEqual(given); });

  /** Seeded sheets where many a question is passed over: what is published of a unit and a closed question. */
  function passedOver(seed: number) {
    let state = seed;
    const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
    const sheet = (respondent_no: number): Row<'answer'>[] => {
      const unit_id = ['一矿', '一矿', '掘进队', '二矿', '三矿'][Math.floor(5 * random())]!;
      return [2, 4, 5].flatMap((question_no) => ['食堂', '澡堂'].filter(() => random() < 0.35).map((row) => ({ survey_id: 's', respondent_no, question_no, option: row, value: Math.ceil(5 * random()), unit_id, document_id: null })));
    };
    return generaliseAnswers({ ...facts, questions: [question(2, false), question(4, false), { ...question(5, false), type: 'multiple' }], answers: Array.from({ length: 15 + Math.floor(30 * random()) }, (_, i) => sheet(i + 1)).flat() });
  }
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('publishes no unit’s answers to a question, nor any difference of such, of fewer than five, seed %i', (seed) => {
    const { answers: published, questions } = passedOver(seed);
    const scale = (no: number) => questions.find((q) => q.question_no === no)?.type === 'scale';
    const cells = new Map<string, Map<string, Set<number>>>();
    for (const a of published) {
      const key = `${a.question_no} ${scale(a.question_no) ? a.option : ''}`, of = cells.get(key) ?? new Map<string, Set<number>>();
      cells.set(key, of.set(a.unit_id, (of.get(a.unit_id) ?? new Set()).add(a.respondent_no)));
    }
    // Each sum over units less each other is again a sum over units: no atom under five, but where the whole is.
    for (const of of cells.values()) expect([...of.values()].every((s) => s.size >= 5) || (of.size === 1 && of.has('集团'))).toBe(true);
    expect(generaliseAnswers({ ...facts, questions, answers: published }).answers).toEqual(published);
  });
});
