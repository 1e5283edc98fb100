// In: all facts. Out: the same, where no group of a survey (unit, age band, post, …), and no unit's answers to one closed question, come from fewer than five respondents.
// Invariant: pure, and no change on what it gave; no difference of published groups uncovers a smaller one, for none is published at all.
import type { Row } from '../datasets/schema.ts';
import { folded, otherGroup } from '../datasets/small-groups.ts';
import type { Facts } from './records.ts';

/** Answers stand at branches; those of small branches, and their open texts, at the unit above; so do the answers to a closed question that few of a branch answered; small answers to group questions become 其他. */
export function generaliseAnswers(facts: Facts): Facts {
  const units = new Map(facts.units.map((u) => [u.unit_id, u]));
  const branchOf = (unit_id: string) => units.get(unit_id)?.branch_id ?? unit_id;
  const asked = new Map(facts.questions.map((q) => [`${q.survey_id} ${q.question_no}`, q]));
  const answers: Facts['answers'] = [];
  const moved = new Map<string, string>();
  for (const own of bySurvey(facts.answers).values()) {
    const branches = sizesOf(own, (a) => branchOf(a.unit_id));
    const top = facts.units.find((u) => u.parent_id === null)?.unit_id;
    const small = top === undefined ? new Set<string>() : folded(branches, top);
    const place = (a: Row<'answer'>) => { const branch = branchOf(a.unit_id); return top !== undefined && small.has(branch) ? top : branch; };
    const closed = new Map<string, Row<'answer'>[]>();
    for (const a of own) {
      const q = asked.get(`${a.survey_id} ${a.question_no}`);
      if (!q || q.is_group || q.type === 'open') continue;
      const key = rowOf(q, a);
      const list = closed.get(key);
      if (list) list.push(a); else closed.set(key, [a]);
    }
    const few = new Map([...closed].map(([key, list]) => [key, top === undefined ? new Set<string>() : folded(sizesOf(list, place), top)]));
    const options = new Map<number, Set<string>>();
    for (const no of new Set(own.filter((a) => asked.get(`${a.survey_id} ${a.question_no}`)?.is_group).map((a) => a.question_no))) {
      options.set(no, folded(sizesOf(own.filter((a) => a.question_no === no), (a) => a.option), otherGroup));
    }
    for (const a of own) {
      const q = asked.get(`${a.survey_id} ${a.question_no}`);
      const branch = place(a), unit_id = top !== undefined && q && few.get(rowOf(q, a))?.has(branch) ? top : branch;
      if (a.document_id !== null) moved.set(a.document_id, unit_id);
      answers.push({ ...a, unit_id, option: options.get(a.question_no)?.has(a.option) ? otherGroup : a.option });
    }
  }
  const known = new Map(bySurveyQuestion(answers));
  return {
    ...facts, answers,
    documents: facts.documents.map((d) => { const unit_id = moved.get(d.document_id); return unit_id === undefined || unit_id === d.unit_id ? d : { ...d, unit_id }; }),
    questions: facts.questions.map((q) => { const given = known.get(`${q.survey_id} ${q.question_no}`); return q.is_group && given?.has(otherGroup) ? { ...q, options: [...q.options.filter((o) => o !== otherGroup && given.has(o)), otherGroup] } : q; }),
  };
}

/** What was answered at once: a question, or one row of a scale. */
const rowOf = (q: Row<'question'>, a: Row<'answer'>) => `${q.question_no} ${q.type === 'scale' ? a.option : ''}`;

function bySurvey(answers: readonly Row<'answer'>[]): Map<string, Row<'answer'>[]> {
  const found = new Map<string, Row<'answer'>[]>();
  for (const a of answers) { const list = found.get(a.survey_id); if (list) list.push(a); else found.set(a.survey_id, [a]); }
  return found;
}

function* bySurveyQuestion(answers: readonly Row<'answer'>[]): Generator<[string, Set<string>]> {
  const found = new Map<string, Set<string>>();
  for (const a of answers) { const key = `${a.survey_id} ${a.question_no}`; const set = found.get(key) ?? new Set(); found.set(key, set.add(a.option)); }
  yield* found;
}

/** Respondents in each group. */
function sizesOf(answers: readonly Row<'answer'>[], group: (a: Row<'answer'>) => string): Map<string, number> {
  const members = new Map<string, Set<number>>();
  for (const a of answers) { const key = group(a); const set = members.get(key) ?? new Set(); members.set(key, set.add(a.respondent_no)); }
  return new Map([...members].map(([key, set]) => [key, set.size]));
}
