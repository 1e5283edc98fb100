// In: nothing. Out: zod shapes of queries as the page asks them, of saved queries, boards, access tokens and what Excel, Python and BI ask; their endpoints.
// Invariant: part of api.ts, which is where everybody else takes them from.
import { z } from 'zod';
import { parameterTypes } from '../../datasets/query-parameters.ts';
import { analysts, count, keysOf, okSchema, roleSchema, type Endpoint } from '../shapes.ts';

export const queryValuesSchema = z.record(z.string().max(40), z.union([z.string().max(500), z.number(), z.null()]));
export const sqlRequestSchema = z.strictObject({ sql: z.string().trim().min(1, '请写一条查询').max(20_000, '查询文字过长（上限 2 万字）'), values: queryValuesSchema.optional() });
export type SqlRequest = z.infer<typeof sqlRequestSchema>;
export const sqlReplySchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })), rows: z.array(z.array(z.unknown())), truncated: z.boolean(), seconds: z.number(),
});
export type SqlReply = z.infer<typeof sqlReplySchema>;

/** Files that a result is written as. */
export const resultFormats = ['csv', 'json', 'xlsx', 'parquet'] as const;
export type ResultFormat = (typeof resultFormats)[number];
const format = z.enum(resultFormats);
/** How a result is shown: a table, or the chart that its author made of it. */
export const boardShows = ['table', 'chart'] as const;

/** What `details` holds where a query is refused: DuckDB's own words, and the place as a UTF-16 offset into the text sent. */
export const sqlTroubleSchema = z.object({ words: z.string(), at: z.nullable(count) });
export type SqlTrouble = z.infer<typeof sqlTroubleSchema>;
export const sqlSchemaReplySchema = z.object({
  tables: z.array(z.object({ name: z.string(), grain: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string(), doc: z.string() })) })),
  functions: z.array(z.string()),
  /** What metric() takes: its name, and what it may be divided by. */
  metrics: z.array(z.object({ name: z.string(), label: z.string(), unit: z.string(), description: z.string(), by: z.array(z.object({ name: z.string(), label: z.string() })) })),
  limits: z.object({ rows: count, seconds: count, bytes: count }),
});
/** The most frequent values of columns that hold few, or the range of those that hold numbers or days; never texts. */
export const sqlValuesReplySchema = z.object({ rows: count, columns: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.string(), rows: count })), range: z.nullable(z.tuple([z.string(), z.string()])) })) });
export type SqlValuesReply = z.infer<typeof sqlValuesReplySchema>;
/** A user's own queries, newest first, each text once. */
export const sqlHistorySchema = z.object({ queries: z.array(z.object({ at: z.string(), sql: z.string() })) });
/** What may be written next; `at` is where in the text sent the word begins, as a UTF-16 offset. */
export const sqlSuggestionSchema = z.object({ word: z.string(), kind: z.enum(['keyword', 'table', 'column', 'function']), at: count });
export type SqlSuggestion = z.infer<typeof sqlSuggestionSchema>;
export type SqlSchemaReply = z.infer<typeof sqlSchemaReplySchema>;

const written = {
  title: z.string().trim().min(1, '请写标题').max(80, '标题至多 80 字'), sql: sqlRequestSchema.shape.sql, defaults: queryValuesSchema.default({}),
  /** Kind and columns of the chart and of the pivot under it, as the page writes them. */
  chart: z.nullable(z.string().max(4_000)).default(null),
};
const kept = { folder: z.string().trim().max(40, '文件夹名至多 40 字').default(''), description: z.string().trim().max(300, '说明至多 300 字').default(''), shared_with: z.array(roleSchema).max(4).default([]), refresh: z.nullable(format).default(null) };
export const savedQueryInputSchema = z.strictObject({ ...written, ...kept });
export type SavedQueryInput = z.output<typeof savedQueryInputSchema>;

export const queryVersionSchema = z.object({ version_no: z.int(), title: z.string(), sql: z.string(), defaults: queryValuesSchema, chart: z.nullable(z.string()), written_by: z.string(), written_at: z.string() });
export type QueryVersion = z.infer<typeof queryVersionSchema>;
/** `mine` queries may be changed. */
export const savedQuerySchema = queryVersionSchema.extend({
  query_id: z.string(), owner: z.string(), folder: z.string(), description: z.string(), shared_with: z.array(roleSchema), refresh: z.nullable(format), mine: z.boolean(),
  parameters: z.array(z.object({ name: z.string(), type: z.enum(keysOf(parameterTypes)) })),
});
export type SavedQuery = z.infer<typeof savedQuerySchema>;
export const queryExportSchema = z.object({ version: z.int(), format, at: z.string(), rows: z.nullable(count), bytes: z.nullable(count), error: z.nullable(z.string()) });
export type QueryExport = z.infer<typeof queryExportSchema>;
export const savedQueryDetailSchema = z.object({ query: savedQuerySchema, versions: z.array(queryVersionSchema), exports: z.array(queryExportSchema) });
export type SavedQueryDetail = z.infer<typeof savedQueryDetailSchema>;

const pin = { query_id: z.string().max(40), shows: z.enum(boardShows), values: queryValuesSchema };
export const boardSchema = z.object({ pins: z.array(z.object({ query: savedQuerySchema, shows: pin.shows, values: pin.values })) });
export type Board = z.infer<typeof boardSchema>;

/** `token` is shown this once; only its hash is kept. */
export const accessTokenSchema = z.object({ token_id: z.string(), name: z.string(), created_at: z.string(), expires_at: z.string(), last_used_at: z.nullable(z.string()) });
export type AccessToken = z.infer<typeof accessTokenSchema>;
const tokenListSchema = z.object({ tokens: z.array(accessTokenSchema) });

const oneQuery = z.object({ query: savedQuerySchema });

export const queryEndpoints = {
  'POST /api/sql': { summary: '只读 SQL 查询；记入审计', access: analysts, body: sqlRequestSchema, reply: sqlReplySchema },
  'POST /api/sql/file': { summary: '只读 SQL 查询的结果写成 csv、json、xlsx 或 parquet；记入审计', access: analysts, body: sqlRequestSchema.extend({ format: format }) },
  'POST /api/sql/complete': { summary: '光标前的文字之后可以写什么', access: analysts, body: z.strictObject({ text: z.string().max(4_000) }), reply: z.object({ suggestions: z.array(sqlSuggestionSchema) }) },
  'GET /api/sql/schema': { summary: '可查询的表', access: analysts, reply: sqlSchemaReplySchema },
  'GET /api/sql/values/:table': { summary: '一张表各列常见的值与范围，不含文字', access: analysts, reply: sqlValuesReplySchema },
  'GET /api/sql/history': { summary: '本人查过的，新的在前', access: analysts, reply: sqlHistorySchema },
  'GET /api/queries': { summary: '本人的与共享给本角色的已存查询', access: 'user', reply: z.object({ queries: z.array(savedQuerySchema) }) },
  'POST /api/queries': { summary: '存一条查询；记入审计', access: analysts, body: savedQueryInputSchema, reply: oneQuery },
  'GET /api/queries/:id': { summary: '一条已存查询、它的历次写法与导出', access: 'user', reply: savedQueryDetailSchema },
  'POST /api/queries/:id': { summary: '改一条查询，写成新的一版；记入审计', access: analysts, body: savedQueryInputSchema, reply: oneQuery },
  'DELETE /api/queries/:id': { summary: '删去一条查询；记入审计', access: analysts, reply: okSchema },
  'POST /api/queries/:id/bring-back': { summary: '收回删去；记入审计', access: analysts, reply: oneQuery },
  'POST /api/queries/:id/restore': { summary: '把以前的一版写回来', access: analysts, body: z.strictObject({ version_no: z.int().positive() }), reply: oneQuery },
  'POST /api/queries/:id/run': { summary: '以读者自己的权限运行一条已存查询；记入审计', access: 'user', body: z.strictObject({ values: queryValuesSchema.default({}) }), reply: sqlReplySchema },
  'POST /api/queries/:id/file': { summary: '以读者自己的权限把一条已存查询的整个结果写成 csv、json、xlsx 或 parquet；记入审计', access: 'user', body: z.strictObject({ values: queryValuesSchema.default({}), format }) },
  'GET /api/queries/:id/exports/:version': { summary: '发布后写出的文件；记入审计', access: 'user' },
  'GET /api/board': { summary: '本人看板', access: 'user', reply: boardSchema },
  'POST /api/board': { summary: '改本人看板', access: 'user', body: z.strictObject({ pins: z.array(z.strictObject({ ...pin, values: pin.values.default({}) })).max(24, '看板至多 24 项') }), reply: boardSchema },
  'GET /api/tokens': { summary: '本人的访问令牌', access: 'user', reply: tokenListSchema },
  'POST /api/tokens': { summary: '新建访问令牌，只显示这一次；记入审计', access: 'user', body: z.strictObject({ name: z.string().trim().min(1, '请写用途').max(40, '用途至多 40 字'), days: z.int().min(1).max(366).default(90) }), reply: z.object({ token: z.string(), made: accessTokenSchema }) },
  'DELETE /api/tokens/:id': { summary: '停用访问令牌；记入审计', access: 'user', reply: tokenListSchema },
  'GET /api/v1/query/:id': { summary: '凭访问令牌取一条已存查询的结果；参数写在地址里，format 为 csv、json、xlsx 或 parquet', access: 'user', query: z.record(z.string().max(40), z.string().max(500)) },
  'POST /api/v1/sql': { summary: '凭访问令牌作只读 SQL 查询', access: analysts, body: sqlRequestSchema.extend({ format: format.default('json') }) },
} as const satisfies Record<string, Endpoint>;
