// In: the tables and closed lists of datasets. Out: zod schemas of every request and reply, by endpoint name.
// Invariant: routes parse with these, the OpenAPI document and the web's types derive from them; nothing repeats a shape.
import { z } from 'zod';
import { filterSchema, metricQuerySchema } from '../datasets/metric-query.ts';
import { evaluationSchema } from '../datasets/own-taxonomy.ts';
import { figuresSchema } from '../datasets/quality.ts';
import { topicCodes } from '../datasets/taxonomy.ts';
import { auditActions, channels, hotspotKinds, seriesMeasures, sourceKinds } from '../datasets/vocabulary.ts';
import { alertEndpoints, siblingSchema, spreadSchema } from './alerts/api.ts';
import { draftEndpoints } from './briefing/drafts/api.ts';
import { queryEndpoints } from './queries/api.ts';
import { clerks, count, curveSchema, day, keysOf, memberSchema, okSchema, period, reportingPeriodSchema, roleSchema, rowSchema, unit, type Endpoint } from './shapes.ts';
import { searchEndpoints } from './search/api.ts';
import { surveyEndpoints } from './surveys/api.ts';

export * from './alerts/api.ts';
export * from './briefing/drafts/api.ts';
export * from './queries/api.ts';
export * from './search/api.ts';
export * from './surveys/api.ts';
export { curveSchema, memberSchema, roles, roleSchema, type Curve, type Endpoint, type Role } from './shapes.ts';

export const userNameSchema = z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u, '用户名为 1–40 个汉字、字母、数字或 . _ -');
const newPassword = z.string().min(10, '密码至少 10 个字符').max(200, '密码至多 200 个字符');

/** The person signed in; while `must_change` is true only the session endpoints answer. */
export const userSchema = z.object({ name: z.string(), role: roleSchema, unit_path: z.nullable(z.string()), must_change: z.boolean() });
export type User = z.infer<typeof userSchema>;
export const sessionSchema = z.object({ user: z.nullable(userSchema), csrf: z.string() });
export type Session = z.infer<typeof sessionSchema>;

const briefingFile = z.strictObject({ period: reportingPeriodSchema, unit, notes: z.enum(['0', '1']).optional() });

export const metaSchema = z.object({
  version: z.nullable(z.int()), as_of: z.nullable(z.string()), provisional_from: z.nullable(z.string()), model: z.nullable(z.string()),
  taxonomy: z.nullable(z.string()), documents: count, rejects: count, published_at: z.nullable(z.string()),
  /** The day on which the house's months begin, and the first and last month that there are texts of. */
  month_start_day: z.int(), /** Whether any ledger has days of acceptance. */ tells_acceptance: z.boolean(), first_month: z.nullable(z.string()), last_month: z.nullable(z.string()),
  /** What this version has nothing of, as an older program published it: tables, and columns as `table.column`. */
  lacking: z.array(z.string()),
  units: z.array(rowSchema('unit')),
  topics: z.array(rowSchema('topic').omit({ sort: true })),
});
export type Meta = z.infer<typeof metaSchema>;

export const metricsReplySchema = z.object({ version: z.int(), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))) });
export type MetricsReply = z.infer<typeof metricsReplySchema>;

export const heatSchema = z.object({ rows: z.array(z.object({ branch_id: z.string(), topic: z.enum(topicCodes), observed: count, expected: count.nullable(), upper: count.nullable() })) });
export type Heat = z.infer<typeof heatSchema>;

export const hotspotSchema = rowSchema('hotspot').extend({ unit_name: z.string() });
export type Hotspot = z.infer<typeof hotspotSchema>;
export const hotspotListSchema = z.object({ hotspots: z.array(hotspotSchema) });
export const hotspotDetailSchema = z.object({
  hotspot: hotspotSchema, curve: curveSchema.shape.rows, members: z.array(memberSchema),
  /** Its life, week by week; of critical ones none. */
  stages: z.array(rowSchema('hotspot_stage').omit({ hotspot_id: true })),
  spread: spreadSchema, siblings: z.array(siblingSchema),
});
export type HotspotDetail = z.infer<typeof hotspotDetailSchema>;

const weekScore = z.object({ week: day, observed: count, expected: count, upper: count, score: count, /** Texts from which the week alone would have alarmed, about. */ needed: count });
/** Why a unit and topic alarmed or not: the week with the highest score and the newest settled one, beside the alarm line. */
export const whySchema = z.object({
  unit_name: z.nullable(z.string()), alarm_from: z.nullable(count), nearest: z.nullable(weekScore), newest: z.nullable(weekScore),
  hotspots: z.array(z.object({ hotspot_id: z.string(), title: z.string(), unit_name: z.string(), is_own: z.boolean() })),
});
export type Why = z.infer<typeof whySchema>;

const petitionRow = rowSchema('petition');
/** Petitions that wait: without acceptance or conclusion by a day that is past (`days_overdue` > 0) or close, the longest overdue first, up to a limit; `overdue` and `soon` count them all, `restricted` ones are only counted. */
export const supervisedSchema = z.object({
  rows: z.array(petitionRow.pick({ document_id: true, registration_no: true, responsible_unit_id: true, registered_date: true, accepted_date: true, extended_days: true, is_repeat: true })
    .extend({ unit_id: z.string(), matter_id: z.string(), channel: z.string(), topic: z.nullable(z.enum(topicCodes)), people: count, awaits: z.enum(['受理', '办结']), due_date: z.string(), days_overdue: z.int() })),
  overdue: count, soon: count, restricted: count,
});
export type Supervised = z.infer<typeof supervisedSchema>;

/** A matter 事项 with its unit's name; `days_open` counts from the first text to the day the data reach to. */
export const matterSchema = rowSchema('matter').extend({ unit_name: z.string(), days_open: count });
export type Matter = z.infer<typeof matterSchema>;
/** The first that wait, of `total`, of which `repeated` came back. */
export const matterListSchema = z.object({ matters: z.array(matterSchema), total: count, repeated: count });
export const matterDetailSchema = z.object({ matter: matterSchema, members: z.array(memberSchema) });
export type MatterDetail = z.infer<typeof matterDetailSchema>;
/** A petition concluded in time, found satisfying and not raised again. */
export const caseSchema = petitionRow.pick({ document_id: true, registration_no: true, registered_date: true, accepted_date: true, concluded_date: true, satisfaction: true })
  .extend({ unit_id: z.string(), topic: z.enum(topicCodes), people: count, days: z.nullable(count) });
export type Case = z.infer<typeof caseSchema>;
export const caseDetailSchema = z.object({ document_id: z.string(), title: z.nullable(z.string()), text: z.nullable(z.string()), outcome: z.nullable(z.string()), reply: z.nullable(z.string()) });
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** A note on a day, such as 工资改革; `unit_path` null is the whole group. */
export const dateNoteSchema = z.object({ note_id: z.int(), day, label: z.string(), unit_path: z.nullable(z.string()), created_by: z.string() });
export type DateNote = z.infer<typeof dateNoteSchema>;
/** An address of the pages kept under a name; whoever opens it sees what she may see. */
export const savedViewSchema = z.object({ view_id: z.int(), name: z.string(), address: z.string(), owner: z.string(), shared: z.boolean(), own: z.boolean() });
export type SavedView = z.infer<typeof savedViewSchema>;

const rejectSchema = rowSchema('reject').omit({ source_id: true });
/** One sheet as `zhiwei import --dry-run --json` describes it. */
export const previewSheetSchema = z.object({
  file: z.string(), sheet: z.string(), kind: z.enum(keysOf(sourceKinds)), rows: count, accepted: count, rejected: count, header_row: z.nullable(z.int()),
  mapping: z.array(z.object({ column: z.string(), field: z.nullable(z.string()), how: z.string() })),
  rejects: z.array(rejectSchema.loose()),
}).loose();
export const importReplySchema = z.object({ import_id: z.string(), sheets: z.array(previewSheetSchema) });
export type ImportReply = z.infer<typeof importReplySchema>;

/** An explicit mapping as `--mapping` takes it; the pipeline checks its inside. */
export const runImportSchema = z.strictObject({ mapping: z.record(z.string(), z.unknown()).optional() });
export const jobResultSchema = z.object({
  version: z.int(), seconds: z.number(),
  sources: z.array(z.object({ file: z.string(), sheet: z.string(), kind: z.string(), accepted: count, rejected: count }).loose()),
}).loose();
export const jobSchema = z.object({
  job_id: z.string(), kind: z.enum(['import', 'rerun', 'rollback']), state: z.enum(['queued', 'running', 'done', 'failed']), created_by: z.string(), created_at: z.string(),
  stage: z.nullable(z.string()), done: count, total: count, rows_per_second: z.nullable(z.number()), seconds_left: z.nullable(z.number()),
  files: z.array(z.string()), result: jobResultSchema.optional(), error: z.string().optional(),
});
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });

export const sourceListSchema = z.object({ sources: z.array(rowSchema('source').extend({ exportable: z.boolean() })) });
export type SourceList = z.infer<typeof sourceListSchema>;
export const rejectListSchema = z.object({ rejects: z.array(rowSchema('reject')) });
export type RejectList = z.infer<typeof rejectListSchema>;

export const manifestSchema = z.object({
  version: z.int(), started_at: z.string(), seconds: z.number(),
  stages: z.array(z.object({ stage: z.string(), rows: count, seconds: z.number() }).loose()),
  sources: z.array(z.object({ file: z.string(), sheet: z.string(), kind: z.string(), accepted: count, rejected: count }).loose()),
}).loose();
export const versionListSchema = z.object({ current: z.nullable(z.int()), versions: z.array(manifestSchema) });
export type VersionList = z.infer<typeof versionListSchema>;

export const userRowSchema = userSchema.extend({ created_at: z.string(), last_sign_in: z.nullable(z.string()) });
export const userListSchema = z.object({ users: z.array(userRowSchema) });
export type UserList = z.infer<typeof userListSchema>;
/** The password is shown this once and must be changed at the first sign-in. */
export const oneTimePasswordSchema = z.object({ name: z.string(), password: z.string() });
const auditAction = z.enum(keysOf(auditActions));
export const auditFilterSchema = z.strictObject({ user: z.string().min(1).max(40).optional(), action: auditAction.optional(), from: day.optional(), to: day.optional() });
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const auditListSchema = z.object({
  entries: z.array(z.object({ audit_id: z.int(), at: z.string(), user: z.nullable(z.string()), action: auditAction, detail: z.string(), ip: z.nullable(z.string()) })),
  /** Over the same filter but its action. */
  counts: z.partialRecord(auditAction, z.int()),
  people: z.array(z.string()),
});
export type AuditList = z.infer<typeof auditListSchema>;

/** A table that a page shows, to be taken along. */
export const tableSchema = z.strictObject({
  title: z.string().max(200), subtitle: z.string().max(1_000), columns: z.array(z.string().max(200)).min(1).max(200),
  rows: z.array(z.array(z.union([z.string().max(2_000), z.number(), z.null()])).max(200)).max(20_000),
});

/** `figures` is null where none ship with the models; `own` are classifications that the office taught; of corrections, how many texts readers corrected and in how many of them each label was changed. */
export const qualitySchema = z.object({ figures: z.nullable(figuresSchema), own: z.array(evaluationSchema), corrections: z.object({ texts: count, topics: count, polarity: count, intensity: count, intent: count, critical: count }) });
export type Quality = z.infer<typeof qualitySchema>;

/** Every endpoint once: what it takes, what it gives, who may use it. */
export const endpoints = {
  'GET /healthz': { summary: '进程在运行', access: 'public', reply: okSchema },
  'GET /readyz': { summary: '可以接受请求；附已发布的版本号', access: 'public', reply: z.object({ ok: z.boolean(), version: z.nullable(z.int()) }) },
  'GET /api/openapi.json': { summary: '本接口说明', access: 'public', reply: z.record(z.string(), z.unknown()) },
  'GET /api/session': { summary: '当前登录者与 CSRF 令牌', access: 'public', reply: sessionSchema },
  'POST /api/session': { summary: '登录', access: 'public', body: z.strictObject({ name: z.string().min(1).max(40), password: z.string().min(1).max(200) }), reply: sessionSchema },
  'DELETE /api/session': { summary: '退出', access: 'session', reply: sessionSchema },
  'POST /api/session/password': { summary: '修改本人密码', access: 'session', body: z.strictObject({ current: z.string().min(1).max(200), next: newPassword }), reply: sessionSchema },
  'GET /api/meta': { summary: '所服务的版本、可见单位与诉求分类', access: 'user', reply: metaSchema },
  'GET /api/metrics': { summary: '指标查询；q 为 JSON', access: 'user', query: z.strictObject({ q: z.string().max(8_000) }), reply: metricsReplySchema },
  'GET /api/heat': { summary: '下级单位 × 诉求的观测与期望', access: 'user', query: z.strictObject({ ...period, unit }), reply: heatSchema },
  'GET /api/curve': { summary: '逐周观测、期望与上界；可看二级诉求的文字数，或一级诉求的事项、负面、人次', access: 'user', query: z.strictObject({ ...period, unit, topic: z.enum(topicCodes).optional(), subtopic: z.string().max(60).optional(), measure: z.enum(keysOf(seriesMeasures)).optional() }), reply: curveSchema },
  'GET /api/why': { summary: '一个单位、一类诉求为何报警或没有报警', access: 'user', query: z.strictObject({ from: day, to: day, unit, topic: z.enum(topicCodes) }), reply: whySchema },
  'GET /api/hotspots': { summary: '热点、苗头与紧急事项，最紧要的在前', access: 'user', query: z.strictObject({ ...period, unit, topic: z.enum(topicCodes).optional(), kind: z.enum(keysOf(hotspotKinds)).optional(), limit: z.coerce.number().int().min(1).max(500).default(50) }), reply: hotspotListSchema },
  'GET /api/hotspots/:id': { summary: '一个热点的曲线与成员文字；记入审计', access: 'user', reply: hotspotDetailSchema },
  'GET /api/supervision': { summary: '已逾期或 7 日内到期的信访件', access: 'user', query: z.strictObject({ unit, topic: z.enum(topicCodes).optional(), channel: z.enum(channels).optional() }), reply: supervisedSchema },
  'GET /api/matters': { summary: '未办结的事项，反复提出的在前', access: 'user', query: z.strictObject({ unit, topic: z.enum(topicCodes).optional() }), reply: matterListSchema },
  'GET /api/matters/:id': { summary: '一个事项的文字；记入审计', access: 'user', reply: matterDetailSchema },
  'GET /api/cases': { summary: '按期办结、评价满意且未再提出的信访件', access: 'user', query: z.strictObject({ ...period, unit, topic: z.enum(topicCodes).optional() }), reply: z.object({ cases: z.array(caseSchema) }) },
  'GET /api/cases/:id': { summary: '一件办结信访的文字与答复；记入审计', access: 'user', reply: caseDetailSchema },
  'GET /api/notes': { summary: '日期备注', access: 'user', reply: z.object({ notes: z.array(dateNoteSchema) }) },
  'POST /api/notes': { summary: '在一个日期上写备注，各走势图上都显示；记入审计', access: ['leader', 'clerk', 'admin'], body: z.strictObject({ day, label: z.string().trim().min(1, '请写备注').max(20, '备注至多 20 字'), unit }), reply: z.object({ note_id: z.int() }) },
  'DELETE /api/notes/:id': { summary: '删去日期备注；记入审计', access: ['leader', 'clerk', 'admin'], reply: okSchema },
  'GET /api/views': { summary: '本人与共享的视图', access: 'user', reply: z.object({ views: z.array(savedViewSchema) }) },
  'POST /api/views': { summary: '把一个页面地址存为视图', access: 'user', body: z.strictObject({ name: z.string().trim().min(1, '请写名称').max(40, '名称至多 40 字'), address: z.string().max(2_000).regex(/^\/(?![/\\])/, '地址应是本系统的页面'), shared: z.boolean().default(false) }), reply: z.object({ view_id: z.int() }) },
  'DELETE /api/views/:id': { summary: '删去本人的视图', access: 'user', reply: okSchema },
  'POST /api/imports': { summary: '上传台账（multipart），返回识别结果', access: clerks, reply: importReplySchema },
  'POST /api/imports/:id/run': { summary: '确认导入并重新发布', access: clerks, body: runImportSchema, reply: z.object({ job_id: z.string() }) },
  'GET /api/jobs': { summary: '导入任务', access: clerks, reply: jobListSchema },
  'POST /api/jobs': { summary: '重新标注并发布已导入的数据', access: clerks, reply: z.object({ job_id: z.string() }) },
  'GET /api/jobs/:id': { summary: '一个任务的状态', access: clerks, reply: jobSchema },
  'GET /api/jobs/:id/events': { summary: '任务进度（SSE）', access: clerks },
  'GET /api/sources': { summary: '已导入的文件', access: 'user', reply: sourceListSchema },
  'GET /api/rejects': { summary: '被退回的行（不含原文）', access: 'user', query: z.strictObject({ source_id: z.string().max(200).optional() }), reply: rejectListSchema },
  'GET /api/rejects.xlsx': { summary: '退回行的表格，改后可再导入；记入审计', access: clerks, query: z.strictObject({ source_id: z.string().regex(/^[\w.-]{1,128}$/) }) },
  'GET /api/versions': { summary: '已发布的各版', access: 'user', reply: versionListSchema },
  'POST /api/versions/rollback': { summary: '退回某一版', access: clerks, body: z.strictObject({ version: z.int().positive() }), reply: z.object({ version: z.int() }) },
  'POST /api/table.xlsx': { summary: '把页面上的一张表写成 xlsx', access: 'user', body: tableSchema },
  'GET /api/briefing': { summary: '月报或季报的内容；`period` 为 2026-10 或 2026-Q2', access: 'user', query: z.strictObject({ period: reportingPeriodSchema, unit }), reply: z.looseObject({}) },
  'GET /api/briefing.docx': { summary: '月报或季报的 Word 文件；`notes=1` 附上查询语句；记入审计', access: 'user', query: briefingFile },
  'GET /api/briefing.pdf': { summary: '月报或季报的 PDF 文件，带结构标签，内嵌字体；记入审计', access: 'user', query: briefingFile },
  'GET /api/briefing.pptx': { summary: '月报或季报的幻灯片，供会上讲：图可编辑，出处在备注；记入审计', access: 'user', query: briefingFile },
  'GET /api/briefing.xlsx': { summary: '月报或季报的 Excel 文件：各图各表与出处；记入审计', access: 'user', query: briefingFile },
  'GET /api/users': { summary: '用户', access: ['admin'], reply: userListSchema },
  'POST /api/users': { summary: '新建用户，返回一次性密码', access: ['admin'], body: z.strictObject({ name: userNameSchema, role: roleSchema, unit_path: z.nullable(z.string().min(1)).default(null) }), reply: oneTimePasswordSchema },
  'POST /api/users/:name/reset': { summary: '重置密码，返回一次性密码', access: ['admin'], reply: oneTimePasswordSchema },
  'GET /api/quality': { summary: '自动标签准不准：各标签的精确率、召回率与例子', access: 'user', reply: qualitySchema },
  'GET /api/audit': { summary: '审计记录，新的在前', access: ['admin'], query: auditFilterSchema.extend({ before: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }), reply: auditListSchema },
  'GET /api/audit.csv': { summary: '审计记录的 CSV 文件；记入审计', access: ['admin'], query: auditFilterSchema },
  ...draftEndpoints,
  ...alertEndpoints,
  ...queryEndpoints,
  ...searchEndpoints,
  ...surveyEndpoints,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
type Part<N extends EndpointName, K extends 'query' | 'body' | 'reply'> = (typeof endpoints)[N] extends { [P in K]: infer Z extends z.ZodType } ? z.output<Z> : undefined;
export type QueryOf<N extends EndpointName> = Part<N, 'query'>;
export type BodyOf<N extends EndpointName> = Part<N, 'body'>;
export type ReplyOf<N extends EndpointName> = Part<N, 'reply'>;

export { filterSchema, metricQuerySchema };
