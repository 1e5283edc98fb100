// In: a survey, perhaps a unit, or a group question. Out: its results beside those of the wave before, or by group.
// Invariant: groups are told over all that the reader may see, never of a chosen unit, so that no difference of two replies tells of fewer than five.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { House } from '../house.ts';
import { pathSql, scopedUnit } from '../scope.ts';
import { sheetsByGroup, sheetsByUnit, surveyOf, surveysOf } from '../surveys/read.ts';
import { placesOf, resultsOf } from '../surveys/results.ts';
import { byGroup, hidden, without, type Sheets } from '../surveys/tally.ts';
import { versioned } from '../versioned.ts';

/** Questions to group by: those about oneself, but for the one that asks for the unit, which `unit` stands for. */
const groupQuestions = ({ questions, cells }: Sheets, names: ReadonlySet<string>) => questions.filter((q) => q.is_group && !cells.some((c) => c.question_no === q.question_no && names.has(c.option)));

export const surveyRoutes = (house: House) => [
  versioned(house, 'GET /api/surveys', async (reader, { query, scope }) => ({ surveys: await surveysOf(reader, await scopedUnit(reader, query.unit, scope)) })),

  versioned(house, 'GET /api/surveys/:id', async (reader, { query, scope, param }) => {
    const path = await scopedUnit(reader, query.unit, scope);
    const visible = await scopedUnit(reader, undefined, scope);
    const { survey, all } = await surveyOf(reader, param('id'), path);
    const { before, questions, sheets, places: { units, inView } } = await resultsOf(reader, survey, all, path);
    const names = new Set([...units.values()].map((u) => u.name));
    const own = new Set(sheets.sizes.map((s) => s.part).filter(inView));
    return {
      survey, before,
      // Who answered, by unit and group, would tell of one person: only over all that the reader may see.
      questions: questions.filter((q) => !q.is_group || path === visible),
      by: [...groupQuestions(sheets, names).map((q) => ({ key: String(q.question_no), label: q.title })), ...(own.size > 1 ? [{ key: 'unit', label: '单位' }] : [])],
    };
  }),

  versioned(house, 'GET /api/surveys/:id/groups', async (reader, { query, scope, param }) => {
    const path = await scopedUnit(reader, undefined, scope);
    const { survey } = await surveyOf(reader, param('id'), path);
    const { units, top, inView } = await placesOf(reader, path);
    const all = await sheetsByUnit(reader, survey.survey_id);
    const keys = hidden(all.sizes, inView, top);
    if (query.by === 'unit') {
      const named = (id: string) => (id === top ? '其他' : units.get(id)?.name ?? id);
      const only = <T extends { part: string }>(rows: readonly T[]) => rows.filter((r) => inView(r.part)).map((r) => ({ ...r, part: named(r.part) }));
      return { label: '单位', items: byGroup(without(keys, { questions: all.questions, cells: only(all.cells), sizes: only(all.sizes) })) };
    }
    const question = groupQuestions(all, new Set([...units.values()].map((u) => u.name))).find((q) => String(q.question_no) === query.by);
    if (!question) throw new ZhiweiError('bad_request', `第 ${query.by} 题不是分组题；可按 ${groupQuestions(all, new Set()).map((q) => q.question_no).join('、') || '单位'} 题分组`);
    return { label: question.title, items: byGroup(without(keys, await sheetsByGroup(reader, survey.survey_id, question.question_no, pathSql('u.path', path)))) };
  }),
];
