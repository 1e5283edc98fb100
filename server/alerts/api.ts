// In: closed lists of alerts 预警. Out: zod schemas of every request and reply about them, and their endpoints.
// Invariant: part of server/api.ts, which re-exports all of it.
import { z } from 'zod';
import { tables } from '../../datasets/schema.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { mailSchema, webhookUrlSchema } from '../../datasets/settings.ts';
import { alertLevels, alertOutcomes, alertStates, hotspotKinds, reportKinds, seriesMeasures } from '../../datasets/vocabulary.ts';
import { clerks, count, curveSchema, day, keysOf, memberSchema, unit, type Endpoint } from '../shapes.ts';

const level = z.enum(alertLevels), state = z.enum(alertStates), outcome = z.enum(alertOutcomes), kind = z.enum(keysOf(hotspotKinds));
const reportKind = z.enum(keysOf(reportKinds));
const words = (most: number) => z.string().trim().min(1, '请填写内容').max(most, `至多 ${most} 字`);
const id = z.string().min(1).max(100);

/** One alert as lists show it; times are ISO with zone, days local. */
export const alertSchema = z.object({
  /** Its number, such as `2026-0012`. */
  alert_id: z.string(),
  kind, level, state, unit_id: z.string(), unit_path: z.string(), unit_name: z.string(), topic: z.enum(topicCodes), subtopic: z.nullable(z.string()), title: z.string(),
  /** What `observed`, `expected` and `upper` count. */
  measure: z.enum(keysOf(seriesMeasures)), from_date: day, to_date: day, observed: count, expected: count, upper: count, score: count,
  /** Last hotspot it was matched with, and whether the served version still detects it. */
  hotspot_id: z.string(), detected: z.boolean(), first_version: z.int(), last_version: z.int(),
  owner: z.nullable(z.string()), owner_unit: z.nullable(z.string()), owner_unit_name: z.nullable(z.string()),
  /** Day by which the next report is due; null once 终报 is in. */
  deadline: z.nullable(day), next_report: z.nullable(reportKind), due: z.nullable(z.enum(['未到期', '今日到期', '已逾期'])), overdue_days: z.int(),
  age_days: z.int(), created_at: z.string(), updated_at: z.string(), closed_at: z.nullable(z.string()),
  outcome: z.nullable(outcome), false_reason: z.nullable(z.string()),
  /** Earlier, closed alert of the same matter. */
  previous_alert_id: z.nullable(z.string()),
  reports: z.int(), comments: z.int(),
});
export type Alert = z.infer<typeof alertSchema>;

export const alertListSchema = z.object({
  alerts: z.array(alertSchema),
  /** Over the same filters but `state`, `level`, `overdue` and `mine`, so that each can be shown beside its choice. */
  counts: z.object({ total: z.int(), open: z.int(), overdue: z.int(), mine: z.int(), by_state: z.record(state, z.int()), by_level: z.record(level, z.int()) }),
});
export type AlertList = z.infer<typeof alertListSchema>;

/** For the bell. */
export const alertSummarySchema = z.object({
  open: z.int(), new: z.int(), overdue: z.int(), due_today: z.int(), critical: z.int(),
  /** Of the open ones, those that the reader is to handle; `due_soon`: today or tomorrow. */
  mine: z.object({ open: z.int(), overdue: z.int(), due_soon: z.int() }),
});
export type AlertSummary = z.infer<typeof alertSummarySchema>;

export const alertActionNames = ['assign', 'postpone', 'start', 'measure', 'link_matter', 'false_alarm', 'archive', 'return'] as const;
const ids = z.array(id).max(20).default([]);

/** What can be done with an alert but for comments, attachments and reports, which have endpoints of their own. */
export const alertActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('assign'), owner: z.nullable(words(40)), owner_unit: z.nullable(z.string().min(1).max(400)) }),
  z.strictObject({ action: z.literal('postpone'), deadline: day, text: words(500) }),
  z.strictObject({ action: z.literal('start'), text: words(2_000).optional() }),
  z.strictObject({ action: z.literal('measure'), text: words(2_000), date: day, attachment_ids: ids }),
  z.strictObject({ action: z.literal('link_matter'), matter_id: id }),
  z.strictObject({ action: z.literal('false_alarm'), reason: words(500) }),
  z.strictObject({ action: z.literal('archive'), text: words(2_000).optional() }),
  z.strictObject({ action: z.literal('return'), text: words(500) }),
]);
export type AlertAction = z.infer<typeof alertActionSchema>;

export const alertEventKinds = {
  found: '发现', updated: '检测更新', state: '状态', assigned: '指派', deadline: '改期', comment: '批注', measure: '措施', attachment: '附件', report: '报告', matter: '关联事项',
} as const;
/** One line of the timeline, oldest first. */
export const alertEventSchema = z.object({
  event_id: z.int(), at: z.string(), user: z.nullable(z.string()), kind: z.enum(keysOf(alertEventKinds)), text: z.string(),
  from_state: z.nullable(state), to_state: z.nullable(state),
  /** Day of a measure. */
  date: z.nullable(day), matter_id: z.nullable(z.string()), report_no: z.nullable(z.int()), attachment_ids: z.array(z.string()),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

export const attachmentSchema = z.object({ attachment_id: z.string(), name: z.string(), type: z.string(), bytes: z.int(), uploaded_by: z.string(), uploaded_at: z.string() });
export type Attachment = z.infer<typeof attachmentSchema>;

/** An exact sentence of a de-identified, unrestricted text; checked when the report is sent. */
const quote = z.strictObject({ document_id: id, text: words(200) });
const prose = z.string().trim().max(4_000, '至多 4000 字').default('');
/** The form of a report 首报/续报/终报. */
export const reportFieldsSchema = z.strictObject({
  title: words(100), unit: words(100), topic: words(100), period: words(60),
  /** 观测与期望, one sentence with its figures. */
  figures: words(400),
  documents: z.int().min(0), people: z.int().min(0), matters: z.int().min(0),
  /** 基本情况 */
  situation: prose,
  quotes: z.array(quote).max(5).default([]),
  /** 已采取措施 */
  measures: prose,
  /** 进展与成效 (续报、终报) */
  progress: prose,
  /** 下一步 */
  next: prose,
  /** 终报 only, and required there. */
  outcome: z.nullable(outcome).default(null),
});
export type ReportFields = z.infer<typeof reportFieldsSchema>;
export const reportSchema = z.object({
  report_no: z.int(), kind: reportKind, fields: reportFieldsSchema, version: z.int(), written_by: z.string(), written_at: z.string(),
  /** Null for a draft; a report that was sent can't be changed. */
  submitted_at: z.nullable(z.string()),
});
export type AlertReport = z.infer<typeof reportSchema>;
/** `saved`: somebody's draft; else filled in from the warehouse. `filled`: the facts as the warehouse has them now, to tell what was changed. */
export const reportDraftSchema = z.object({
  kind: reportKind, saved: z.boolean(), fields: reportFieldsSchema,
  filled: reportFieldsSchema.pick({ title: true, unit: true, topic: true, period: true, figures: true, documents: true, people: true, matters: true }),
});
export type ReportDraft = z.infer<typeof reportDraftSchema>;

/** Whether the measures helped: observed against expected, before and after the first measure. */
export const effectSchema = z.object({
  measure_date: day,
  /** False: 数据不足，无法判断; `why` says what is missing and the figures below are null. */
  sufficient: z.boolean(), why: z.nullable(z.string()),
  /** One sentence in Chinese. */
  words: z.string(),
  weeks_before: z.int(), weeks_after: z.int(), observed_before: count, expected_before: count, observed_after: count, expected_after: count,
  /** What is counted. */
  measure: z.enum(keysOf(seriesMeasures)),
  /** Change in observed − expected, a week; negative is fewer. */
  change_per_week: z.nullable(count),
  /** (observed ÷ expected after) ÷ (observed ÷ expected before), with its 95 % interval. */
  ratio: z.nullable(count), low: z.nullable(count), high: z.nullable(count),
  verdict: z.enum(['下降', '上升', '无明显变化', '无法判断']),
});
export type Effect = z.infer<typeof effectSchema>;

const { matter_id, unit_id, topic, first_date, last_date, documents, persons, people, repeats, is_open } = tables.matter.columns;
export const alertMatterSchema = z.object({
  matter_id: matter_id.zod, unit_id: unit_id.zod, topic: topic.zod, first_date: first_date.zod, last_date: last_date.zod, documents: documents.zod,
  persons: persons.zod, people: people.zod, repeats: repeats.zod, is_open: is_open.zod,
  unit_name: z.string(),
  /** `member`: of the hotspot's texts; `linked`: added by a person. */
  how: z.enum(['member', 'linked']),
});
export const siblingSchema = z.object({
  alert_id: z.string(), unit_id: z.string(), unit_name: z.string(), title: z.string(), from_date: day, to_date: day, closed_at: z.nullable(z.string()), outcome: z.nullable(outcome),
  measures: z.array(z.object({ date: day, text: z.string() })), effect: z.nullable(effectSchema),
});

/** Units in the order in which they were reached. */
export const spreadSchema = z.array(z.object({ unit_id: z.string(), unit_name: z.string(), unit_path: z.string(), first_date: day, documents: z.int(), weeks: z.array(z.object({ week: day, documents: z.int() })) }));

export const alertDetailSchema = z.object({
  alert: alertSchema,
  /** What this reader may do now; `report_*` are reports to send. */
  actions: z.array(z.object({ action: z.enum([...alertActionNames, 'comment', 'attach', 'report_first', 'report_follow', 'report_final']), label: z.string(), to: z.nullable(state) })),
  timeline: z.array(alertEventSchema), reports: z.array(reportSchema), attachments: z.array(attachmentSchema),
  curve: curveSchema.shape.rows,
  /** What the curve counts: what the alert does, or its topic's documents where that is no longer judged. */
  curve_of: z.object({ subtopic: z.nullable(z.string()), measure: z.enum(keysOf(seriesMeasures)) }),
  terms: z.array(z.string()), exemplar: z.nullable(z.string()), members: z.array(memberSchema),
  matters: z.array(alertMatterSchema),
  spread: spreadSchema,
  /** Same topic's earlier closed alerts at units under the same parent, within the reader's scope. */
  siblings: z.array(siblingSchema),
  previous: z.nullable(alertSchema.pick({ alert_id: true, title: true, state: true, outcome: true, from_date: true, to_date: true })),
  /** Null where no measure was noted. */
  effect: z.nullable(effectSchema),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

export const alertQualitySchema = z.object({
  from: day, to: day, months: count,
  closed: z.int(), confirmed: z.int(), false_alarms: z.int(),
  /** confirmed ÷ closed, with its 95 % Wilson interval; null where nothing is closed. */
  ppv: z.nullable(count), interval: z.nullable(z.object({ low: count, high: count })),
  false_alarms_per_month: z.nullable(count),
  proposal: z.nullable(z.object({ current_budget: count, proposed_budget: count, why: z.string() })),
});
export type AlertQuality = z.infer<typeof alertQualitySchema>;

export const detectionSettingsSchema = z.object({ alarm_budget_per_month: z.number().min(0.1, '预算不能低于每月 0.1 起').max(50, '预算不能高于每月 50 起') });
export type DetectionSettings = z.infer<typeof detectionSettingsSchema>;

const reportDays = z.record(level, z.int('天数应为整数').min(0, '天数不能小于 0').max(365, '天数至多 365'));
/** Days until 首报, and from one report to the next, by level. */
export const deadlineSettingsSchema = z.strictObject({ first_report_days: reportDays, next_report_days: reportDays });
export type DeadlineSettings = z.infer<typeof deadlineSettingsSchema>;

/** The day on which the house's months begin; the next run takes it. */
export const monthSettingsSchema = z.strictObject({ month_start_day: z.int('起始日应为整数').min(1, '起始日自 1 日起').max(28, '起始日至多 28 日，二月也有的一天') });

const outboundChannel = z.enum(['webhook', 'mail']);
const told = { mail: z.nullable(mailSchema), link_base: z.nullable(webhookUrlSchema), levels: z.array(level).min(1, '至少选一个级别') };
/** `webhook_url` absent keeps the address that is set: it may hold a robot's key, and is shown to nobody. */
export const outboundChangeSchema = z.strictObject({ webhook_url: z.nullable(webhookUrlSchema).optional(), ...told });
export type OutboundChange = z.infer<typeof outboundChangeSchema>;
/** All that can be set, and whether the secrets are there. */
export const houseSettingsSchema = z.object({
  alarm_budget_per_month: count, ...monthSettingsSchema.shape, ...deadlineSettingsSchema.shape,
  outbound: z.object({ webhook_origin: z.nullable(z.string()), ...told, levels: z.array(level) }),
  secrets: z.object({ webhook: z.boolean(), smtp: z.boolean() }),
});
export type HouseSettingsTold = z.infer<typeof houseSettingsSchema>;

/** Messages to the outside; none holds petition text. */
export const outboundSchema = z.object({
  webhook: z.object({ on: z.boolean(), url: z.nullable(z.string()), signed: z.boolean() }),
  mail: z.object({ on: z.boolean(), host: z.nullable(z.string()), to: z.array(z.string()) }),
  deliveries: z.array(z.object({
    delivery_id: z.int(), channel: outboundChannel, alert_id: z.string(), what: z.string(), state: z.enum(['待发', '已发', '失败']), tries: z.int(),
    created_at: z.string(), next_at: z.nullable(z.string()), sent_at: z.nullable(z.string()), error: z.nullable(z.string()),
  })),
});
export type Outbound = z.infer<typeof outboundSchema>;

const flag = z.enum(['true', 'false']).transform((v) => v === 'true');
const done = z.object({ alert: alertSchema });

/** Endpoints of alerts; `/api/alerts/summary` and `/quality` stand before `/:id`. */
export const alertEndpoints = {
  'GET /api/alerts': { summary: '预警，最紧要的在前', access: 'user', query: z.strictObject({
    unit, level: level.optional(), state: state.optional(), kind: kind.optional(), topic: z.enum(topicCodes).optional(),
    /** `true`: neither 归档 nor 误报. */
    open: flag.optional(), overdue: flag.optional(),
    /** `true`: those that the reader is to handle. */
    mine: flag.optional(), min_age_days: z.coerce.number().int().min(0).max(3_650).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }), reply: alertListSchema },
  'GET /api/alerts/summary': { summary: '预警数：未结、新发现、逾期', access: 'user', reply: alertSummarySchema },
  'GET /api/alerts/quality': { summary: '预警的准确率与误报，及阈值建议', access: 'user', reply: alertQualitySchema },
  'GET /api/alerts/:id': { summary: '一条预警：曲线、依据、经过；看原文记入审计', access: 'user', reply: alertDetailSchema },
  'POST /api/alerts/:id/actions': { summary: '处置预警', access: clerks, body: alertActionSchema, reply: done },
  'POST /api/alerts/:id/comments': { summary: '批注', access: ['leader', 'clerk', 'admin'], body: z.strictObject({ text: words(2_000) }), reply: done },
  'POST /api/alerts/:id/attachments': { summary: '上传附件（multipart）', access: clerks, reply: z.object({ attachments: z.array(attachmentSchema) }) },
  'GET /api/alerts/:id/attachments/:attachment_id': { summary: '下载附件；记入审计', access: 'user' },
  'GET /api/alerts/:id/report-draft': { summary: '首报、续报或终报的草稿，事实已填好', access: clerks, query: z.strictObject({ kind: reportKind }), reply: reportDraftSchema },
  'POST /api/alerts/:id/reports': { summary: '保存草稿或报出', access: clerks, body: z.strictObject({ kind: reportKind, fields: reportFieldsSchema, submit: z.boolean() }), reply: z.object({ report: reportSchema, alert: alertSchema }) },
  'GET /api/alerts/:id/reports/:n.docx': { summary: '一份报告的 Word 文件；记入审计', access: 'user' },
  'GET /api/settings/detection': { summary: '误报预算', access: 'user', reply: detectionSettingsSchema },
  'POST /api/settings/detection': { summary: '确认误报预算，下次检测起生效', access: ['admin'], body: z.strictObject(detectionSettingsSchema.shape), reply: detectionSettingsSchema },
  'GET /api/settings': { summary: '设置；密钥只说有没有', access: ['admin'], reply: houseSettingsSchema },
  'POST /api/settings/deadlines': { summary: '改各级别的报告期限；记入审计', access: ['admin'], body: deadlineSettingsSchema, reply: houseSettingsSchema },
  'POST /api/settings/months': { summary: '改会计月的起始日，下次导入或重新计算起生效；记入审计', access: ['admin'], body: monthSettingsSchema, reply: houseSettingsSchema },
  'POST /api/settings/outbound': { summary: '改外发的渠道、级别与收件人；记入审计', access: ['admin'], body: outboundChangeSchema, reply: houseSettingsSchema },
  'POST /api/outbound/test': { summary: '立即发一条测试消息；记入审计', access: ['admin'], body: z.strictObject({ channel: outboundChannel }), reply: z.object({ error: z.nullable(z.string()) }) },
  'GET /api/outbound': { summary: '外发：设置与发送情况', access: ['admin'], reply: outboundSchema },
  'POST /api/outbound/:id/retry': { summary: '重发一条失败的消息', access: ['admin'], reply: z.object({ ok: z.literal(true) }) },
} as const satisfies Record<string, Endpoint>;
