// In: the tables of surveys. Out: zod schemas of what the pages about surveys 调查 ask and get.
// Invariant: part of server/api.ts; nothing here is about one respondent, and what would be about fewer than five is null.
import { z } from 'zod';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { count, rowSchema, unit, type Endpoint } from '../shapes.ts';

const estimate = z.object({ value: z.number(), n: count, low: z.number(), high: z.number() });
const differenceSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** A survey as far as the reader may see; `headcount` is that of the units that answered, in the month it ended, null where it is not known. */
export const surveySchema = rowSchema('survey').omit({ source_id: true }).extend({ units: count, headcount: z.nullable(count), response_rate: z.nullable(z.number()) });
export type Survey = z.infer<typeof surveySchema>;

/** An option, a row of a scale, or all of a question: share in percent, mean or net promoter score, beside the wave before. */
export const surveyItemSchema = z.object({
  option: z.string(), count, estimate: z.nullable(estimate), scores: z.array(z.object({ value: z.number(), count })),
  before: z.nullable(estimate), change: z.nullable(differenceSchema), scores_before: z.array(z.object({ value: z.number(), count })),
});
export type SurveyItem = z.infer<typeof surveyItemSchema>;
export const surveyQuestionSchema = rowSchema('question').pick({ question_no: true, title: true, type: true, is_group: true }).extend({
  answered: count, missing: count, withheld: z.boolean(), top: z.nullable(count), items: z.array(surveyItemSchema),
  topics: z.array(z.object({ topic: z.enum(topicCodes), negative: count, neutral: count, positive: count })),
});
export type SurveyQuestion = z.infer<typeof surveyQuestionSchema>;
export const surveyDetailSchema = z.object({ survey: surveySchema, before: z.nullable(surveySchema), questions: z.array(surveyQuestionSchema), by: z.array(z.object({ key: z.string(), label: z.string() })) });
export type SurveyDetail = z.infer<typeof surveyDetailSchema>;

/** One item of a question by group; `differs` is the group less all others. */
export const surveyGroupsSchema = z.object({
  label: z.string(),
  items: z.array(z.object({
    question_no: z.int(), title: z.string(), type: rowSchema('question').shape.type, option: z.string(),
    groups: z.array(z.object({ group: z.string(), estimate, differs: differenceSchema })),
  })),
});
export type SurveyGroups = z.infer<typeof surveyGroupsSchema>;

export const surveyEndpoints = {
  'GET /api/surveys': { summary: '问卷、答卷数与应答率，新的在前', access: 'user', query: z.strictObject({ unit }), reply: z.object({ surveys: z.array(surveySchema) }) },
  'GET /api/surveys/:id': { summary: '一次问卷各题的结果，与上一次相比', access: 'user', query: z.strictObject({ unit }), reply: surveyDetailSchema },
  'GET /api/surveys/:id/groups': { summary: '一次问卷各题按人群比较；只按可见的全部单位，不与单位筛选同用', access: 'user', query: z.strictObject({ by: z.string().regex(/^(unit|\d{1,3})$/, 'by 为 unit 或分组题的题序') }), reply: surveyGroupsSchema },
} as const satisfies Record<string, Endpoint>;
