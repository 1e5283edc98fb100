// In: the tables and closed lists of datasets. Out: zod shapes of views of texts by topic, of search, of one text and its correction; their endpoints.
// Invariant: part of api.ts, which is where everybody else takes them from.
import { z } from 'zod';
import { labelsGivenSchema } from '../../datasets/corrections.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { channels, documentKinds, intents, polarities } from '../../datasets/vocabulary.ts';
import { correctors, count, day, keysOf, month, okSchema, period, rowSchema, unit, type Endpoint } from '../shapes.ts';

/** A view of texts; the period is needed, since words are compared with the period before. */
export const topicViewSchema = z.strictObject({ from: day, to: day, unit, topic: z.enum(topicCodes).optional(), channel: z.enum(channels).optional(), doc: z.enum(keysOf(documentKinds)).optional() });
export type TopicView = z.output<typeof topicViewSchema>;
const oneTopicSchema = topicViewSchema.extend({ topic: z.enum(topicCodes) });
/** A word with the documents that hold it now and in the period before, and how surely it is said more (standard errors). */
export const keywordSchema = z.object({ term: z.string(), documents: count, before: count, matters: count, score: z.number() });
export type Keyword = z.infer<typeof keywordSchema>;
export const keywordsReplySchema = z.object({ documents: count, before: count, rows: z.array(keywordSchema) });
export const togetherSchema = z.object({ rows: z.array(z.object({ topic: z.enum(topicCodes), documents: count, expected: z.number() })) });
export const exemplarSchema = z.object({ document_id: z.string(), unit_id: z.string(), received_date: z.string(), topic: z.enum(topicCodes), subtopic: z.nullable(z.string()), quote: z.string() });
export type Exemplar = z.infer<typeof exemplarSchema>;
export const exemplarsReplySchema = z.object({ rows: z.array(exemplarSchema) });

export const searchQuerySchema = z.strictObject({
  q: z.string().trim().min(1, '请写要找的词').max(200, '检索词过长（上限 200 字）'), ...period, month: month.optional(), unit, topic: z.enum(topicCodes).optional(), channel: z.enum(channels).optional(),
  kind: z.enum(keysOf(documentKinds)).optional(), polarity: z.enum(keysOf(polarities)).optional(), intent: z.enum(intents).optional(), critical: z.literal('1').optional(),
  sort: z.enum(['relevance', 'date']).default('relevance'), page: z.coerce.number().int().min(1).max(500).default(1),
});
export type SearchQuery = z.output<typeof searchQuerySchema>;
const partsSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }));
/** `strict` is false where no text holds all the words, and these hold some; `near` are terms to try where nothing was found. */
export const searchReplySchema = z.object({
  total: count, strict: z.boolean(), pages: count, words: z.array(z.string()), phrases: z.array(z.string()), near: z.array(z.string()),
  facets: z.array(z.object({ by: z.enum(['unit', 'topic', 'month']), key: z.string(), documents: count })),
  hits: z.array(z.object({ document_id: z.string(), kind: z.string(), channel: z.string(), received_date: z.string(), unit_id: z.string(), unit_name: z.string(), polarity: z.string(), critical: z.boolean(), topics: z.array(z.string()), title: z.nullable(partsSchema), text: partsSchema })),
});
export type SearchReply = z.infer<typeof searchReplySchema>;
export const documentDetailSchema = z.object({
  document: rowSchema('document').pick({ document_id: true, kind: true, channel: true, received_date: true, unit_id: true, title: true, text: true, people: true, likes: true, polarity: true, intensity: true, intent: true, critical: true, critical_reason: true, matter_id: true })
    .extend({ unit_name: z.string(), ...rowSchema('petition').pick({ registration_no: true, accepted_date: true, concluded_date: true, outcome: true, reply: true, satisfaction: true }).shape, registered_date: z.nullable(z.string()) }),
  demands: z.array(rowSchema('demand').omit({ document_id: true })), frame: z.nullable(rowSchema('demand_frame')),
  /** What a reader says it is; `pending` until a run has taken it up. */
  correction: z.nullable(z.object({ by: z.string(), at: z.string(), labels: labelsGivenSchema, pending: z.boolean() })),
});
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const searchEndpoints = {
  'GET /api/topics/keywords': { summary: '比上一期说得多的词', access: 'user', query: topicViewSchema, reply: keywordsReplySchema },
  'GET /api/topics/together': { summary: '与一类诉求一同提出的诉求', access: 'user', query: oneTopicSchema, reply: togetherSchema },
  'GET /api/topics/exemplars': { summary: '一类诉求的原话；记入审计', access: 'user', query: oneTopicSchema, reply: exemplarsReplySchema },
  'GET /api/search': { summary: '在去标识文字中检索；记入审计', access: 'user', query: searchQuerySchema, reply: searchReplySchema },
  'GET /api/documents/:id': { summary: '一条文字与读出的内容；记入审计', access: 'user', reply: documentDetailSchema },
  'POST /api/documents/:id/correction': { summary: '改正一条文字的标注，下一次运行起算数；记入审计', access: correctors, body: labelsGivenSchema, reply: okSchema },
  'DELETE /api/documents/:id/correction': { summary: '撤回改正；记入审计', access: correctors, reply: okSchema },
} as const satisfies Record<string, Endpoint>;
