// In: a survey, perhaps a unit, or a group question. Out: its results beside those of the wave before, or by group.
// Invariant: groups are told over all that the reader may see, never of a chosen unit, so that no difference of two replies tells of fewer than five.
import { ZhiweiError } from '../../datasets/errors.ts';
import { route, unchanged } from '../endpoint.ts';
import type { House } from '../house.ts';
import { pathSql, scopedUnit } from '../scope.ts';
import { sheetsByGroup, sheetsByUnit, surveyOf, surveysOf } from '../surveys/read.ts';
import { placesOf, resultsOf } from '../surveys/results.ts';
import { byGroup, hidden, without, type Sheets } from '../surveys/tally.ts';

/** Questions to group by: those about oneself, but for the one that asks for the unit, which `unit` stands for. */
const groupQuestions = ({ questions, cells }: Sheets, names: ReadonlySet<string>) => questions.filter((q) => q.is_group && !cells.some((c) => c.question_no === q.question_no && names.has(c.option)));

export const surveyRoutes = ({ warehouse }: House) => [
  route('GET /api/surveys', (call) => warehouse.use(async (reader) => {
    const path = await scopedUnit(reader, call.query.unit, call.user.unit_path);
    if (unchanged(call, reader.version)) return undefined;
    return { surveys: await surveysOf(reader, path) };
  })),

  route('GET /api/surveys/:id', (call) => warehouse.use(async (reader) => {
    const path = await scopedUnit(reader, call.query.unit, call.user.unit_path);
    const scope = await scopedUnit(reader, undefined, call.user.unit_path);
    const { survey, all } = await surveyOf(reader, call.param('id'), path);
    if (unchanged(call, reader.version)) return undefined;
    const { before, questions, sheets, places: { units, inView } } = await resultsOf(reader, survey, all, path);
    const names = new Set([...units.values()].map((u) => u.name));
    const own = new Set(sheets.sizes.map((s) => s.part).filter(inView));
    return {
      survey, before,
      // Who answered, by unit and group, would tell of one person: only over all that the reader may see.
      questions: questions.filter((q) => !q.is_group || path === scope),
      by: [...groupQuestions(sheets, names).map((q) => ({ key: String(q.question_no), label: q.title })), ...(own.size > 1 ? [{ key: 'unit', label: '单位' }] : [])],
    };
  })),

  route('GET /api/surveys/:id/groups', (call) => warehouse.use(async (reader) => {
    const path = await scopedUnit(reader, undefined, call.user.unit_path);
    const { survey } = await surveyOf(reader, call.param('id'), path);
    if (unchanged(call, reader.version)) return undefined;
    const { units, top, inView } = await placesOf(reader, path);
    const all = await sheetsByUnit(reader, survey.survey_id);
    const keys = hidden(all.sizes, inView, top);
    if (call.query.by === 'unit') {
      const named = (id: string) => (id === top ? '其他' : units.get(id)?.name ?? id);
      const only = <T extends { part: string }>(rows: readonly T[]) => rows.filter((r) => inView(r.part)).map((r) => ({ ...r, part: named(r.part) }));
      return { label: '单位', items: byGroup(without(keys, { questions: all.questions, cells: only(all.cells), sizes: only(all.sizes) })) };
    }
    const question = groupQuestions(all, new Set([...units.values()].map((u) => u.name))).find((q) => String(q.question_no) === call.query.by);
    if (!question) throw new ZhiweiError('bad_request', `第 ${call.query.by} 题不是分组题；可按 ${groupQuestions(all, new Set()).map((q) => q.question_no).join('、') || '单位'} 题分组`);
    return { label: question.title, items: byGroup(without(keys, await sheetsByGroup(reader, survey.survey_id, question.question_no, pathSql('u.path', path)))) };
  })),
];
