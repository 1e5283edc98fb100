// In: nothing. Out: zod shapes of drafts of the briefing 月报、季报, and their endpoints.
// Invariant: a draft holds no figure and no quoted text, only the keys of those that were generated.
import { z } from 'zod';
import { briefingStates } from '../../../datasets/vocabulary.ts';
import { clerks, count, reportingPeriodSchema, unit, type Endpoint } from '../../shapes.ts';

const key = z.string().min(1).max(120);
const textPart = z.strictObject({ type: z.literal('text'), text: z.string().max(4_000, '一句至多 4000 字') });
export const draftPartSchema = z.discriminatedUnion('type', [textPart, z.strictObject({ type: z.literal('number'), key }), z.strictObject({ type: z.literal('quote'), key })]);
export type DraftPart = z.infer<typeof draftPartSchema>;

/** `id` is that of the generated sentence it came from; any other id was written by people. */
export const draftSentenceSchema = z.strictObject({ id: key, parts: z.array(draftPartSchema).max(300) });
export type DraftSentence = z.infer<typeof draftSentenceSchema>;
export const draftBlockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), id: key, sentences: z.array(draftSentenceSchema).max(100, '一段至多 100 句') }),
  z.strictObject({ type: z.literal('heading'), id: key, text: z.string().max(60, '小标题至多 60 字') }),
  /** A chart or a table: moved or removed as a whole. */
  z.strictObject({ type: z.literal('kept'), id: key }),
]);
export type DraftBlock = z.infer<typeof draftBlockSchema>;
/** `title` is without its number, which follows from the order. */
export const draftSectionSchema = z.strictObject({ id: key, title: z.string().trim().min(1, '标题不能为空').max(40, '标题至多 40 字'), blocks: z.array(draftBlockSchema).max(200) });
export type DraftSection = z.infer<typeof draftSectionSchema>;
export const draftTextSchema = z.strictObject({ sections: z.array(draftSectionSchema).min(1, '至少留一节').max(20, '至多 20 节') });
export type DraftText = z.infer<typeof draftTextSchema>;

const state = z.enum(briefingStates);
/** What stands in the way of submission (`blocks`), or only asks for a second look. */
export const problemSchema = z.object({ section: z.string(), sentence: z.nullable(z.string()), why: z.string(), blocks: z.boolean() });
export type Problem = z.infer<typeof problemSchema>;

export const briefingFileSchema = z.object({ format: z.string(), name: z.string(), bytes: count, sha256: z.string() });
export const draftSummarySchema = z.object({
  draft_id: z.int(), period: z.string(), unit_path: z.string(), unit_name: z.string(),
  /** 1, or higher for a correction 更正 of a final one. */
  edition: z.int(), state, revision: z.int(), data_version: z.int(),
  created_by: z.string(), created_at: z.string(), updated_by: z.string(), updated_at: z.string(),
  submitted_by: z.nullable(z.string()), submitted_at: z.nullable(z.string()), decided_by: z.nullable(z.string()), decided_at: z.nullable(z.string()),
  /** Why it was returned 退回. */
  reason: z.nullable(z.string()),
  /** SHA-256 of the final content, told in each of its files; null in a draft, and in what was final before there was one. */
  content_sha256: z.nullable(z.string()),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;

export const draftSteps = { submit: '提交审批', withdraw: '撤回', approve: '审批定稿', return: '退回' } as const;
export type DraftStep = keyof typeof draftSteps;
const step = z.enum(Object.keys(draftSteps) as [DraftStep, ...DraftStep[]]);

export const draftViewSchema = draftSummarySchema.extend({
  served_version: z.nullable(z.int()),
  text: draftTextSchema,
  /** The generated sentences by id, to tell what was changed. */
  origins: z.record(z.string(), z.array(draftPartSchema)),
  numbers: z.record(z.string(), z.object({ formatted: z.string(), /** The metric's name. */ label: z.string(), source: z.string(), period: z.string() })),
  quotes: z.record(z.string(), z.string()),
  /** The briefing as it will be printed, without the queries of its notes. */
  printed: z.looseObject({}),
  /** Charts and tables by id. */
  kept: z.record(z.string(), z.looseObject({})),
  problems: z.array(problemSchema),
  versions: z.array(z.object({ no: z.int(), what: z.string(), data_version: z.int(), written_by: z.string(), written_at: z.string() })),
  files: z.array(briefingFileSchema),
  may: z.array(z.enum(['save', 'correct', ...Object.keys(draftSteps) as DraftStep[]])),
});
export type DraftView = z.infer<typeof draftViewSchema>;

/** What a newer version of the data says otherwise. */
export const draftChangesSchema = z.object({
  from_version: z.int(), to_version: z.int(),
  /** Figures that the draft shows; `now` is null where the newer data have no such figure. */
  numbers: z.array(z.object({ key: z.string(), label: z.string(), was: z.string(), now: z.nullable(z.string()), sentence: z.string() })),
  /** Sentences whose wording is generated otherwise now; a sentence changed by people keeps its wording. */
  sentences: z.array(z.object({ id: z.string(), kind: z.enum(['changed', 'gone', 'new']), edited: z.boolean(), was: z.nullable(z.string()), now: z.nullable(z.string()) })),
  /** Charts and tables that come anew or go. */
  kept: z.array(z.object({ id: z.string(), kind: z.enum(['gone', 'new']), title: z.string() })),
});
export type DraftChanges = z.infer<typeof draftChangesSchema>;

/** A Word template; the unit's briefings are printed by it. */
export const templateSchema = z.object({ unit_path: z.string(), unit_name: z.string(), name: z.string(), bytes: count, sha256: z.string(), fields: z.array(z.string()), uploaded_by: z.string(), uploaded_at: z.string() });
export type BriefingTemplate = z.infer<typeof templateSchema>;
const templatesTold = z.object({ templates: z.array(templateSchema), fields: z.array(z.object({ name: z.string(), what: z.string() })) });

const period = reportingPeriodSchema;
const revision = z.int().min(1);
const readers = ['leader', 'clerk', 'admin'] as const;
const found = z.object({ draft: draftViewSchema });

export const draftEndpoints = {
  'GET /api/briefing/drafts': { summary: '月报、季报的稿件：在办与定稿', access: readers, query: z.strictObject({ period: period.optional(), unit }), reply: z.object({ drafts: z.array(draftSummarySchema) }) },
  'POST /api/briefing/drafts': { summary: '起草月报或季报；已定稿的另起更正稿', access: clerks, body: z.strictObject({ period, unit }), reply: found },
  'GET /api/briefing/drafts/:id': { summary: '一份稿件', access: readers, reply: found },
  'POST /api/briefing/drafts/:id/text': { summary: '保存改动；`revision` 已旧则不存', access: clerks, body: z.strictObject({ revision, text: draftTextSchema }), reply: z.object({ revision: z.int(), problems: z.array(problemSchema) }) },
  'GET /api/briefing/drafts/:id/versions/:n': { summary: '稿件的一个旧版本', access: readers, reply: z.object({ text: draftTextSchema }) },
  'GET /api/briefing/drafts/:id/changes': { summary: '新发布的数据与稿件的出入，逐数列出', access: readers, reply: z.object({ changes: draftChangesSchema }) },
  'POST /api/briefing/drafts/:id/rebase': { summary: '改用新数据；`accepted` 须为全部有变的数', access: clerks, body: z.strictObject({ revision, version: z.int(), accepted: z.array(key).max(2_000) }), reply: found },
  'POST /api/briefing/drafts/:id/steps': { summary: '提交、撤回', access: clerks, body: z.strictObject({ revision, step: step.extract(['submit', 'withdraw']) }), reply: found },
  'POST /api/briefing/drafts/:id/decision': { summary: '审批：定稿，或退回并写明理由', access: ['leader'], body: z.strictObject({ revision, step: step.extract(['approve', 'return']), reason: z.string().trim().max(500, '理由至多 500 字').default('') }), reply: found },
  'GET /api/briefing/drafts/:id/file': { summary: '稿件的文件；定稿的逐字节不变；记入审计', access: readers, query: z.strictObject({ format: z.string().max(10).default('docx') }) },
  'GET /api/briefing/templates': { summary: '各单位的月报模板，及可用的字段', access: ['admin'], reply: templatesTold },
  'POST /api/briefing/templates': { summary: '上传单位的月报模板（multipart，docx）；记入审计', access: ['admin'], query: z.strictObject({ unit }), reply: templatesTold },
  'DELETE /api/briefing/templates': { summary: '撤去单位的月报模板；记入审计', access: ['admin'], query: z.strictObject({ unit: z.string().min(1).max(400) }), reply: templatesTold },
} as const satisfies Record<string, Endpoint>;
