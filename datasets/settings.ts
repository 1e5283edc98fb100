// In: data/settings.json, or nothing where nobody has set anything. Out: what the house has been told to do, with defaults.
// Invariant: no secret is in it; the file is replaced by rename alone, so a reader sees the old or the new settings.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DataDir } from './data-dir.ts';
import { ZhiweiError } from './errors.ts';
import { topicCodes } from './taxonomy.ts';
import { intents } from './vocabulary.ts';

const days = (first: number) => z.int().min(0).max(365).default(first);

/** A webhook address: https anywhere, plain http on this machine alone; nothing secret in it. */
export const webhookUrlSchema = z.url().max(500).refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname));
}, '网址须以 https:// 开头（本机可用 http），且不含用户名与密码');

/** The mail server, and to whom mails go. */
export const mailSchema = z.strictObject({
  host: z.string().regex(/^[\w.-]{1,200}$/, '邮件服务器应写作 mail.example.cn'), port: z.int().min(1).max(65_535).default(465),
  /** Speaks TLS from the first byte; otherwise it must be taken up (STARTTLS), but on this machine. */
  secure: z.boolean().default(true), user: z.string().max(200).optional(),
  from: z.email(), to: z.array(z.email()).min(1).max(20),
});

/** What a label of another model means here: a topic, a polarity, an intent, or critical. */
const modelLabelsSchema = z.record(z.string().min(1), z.enum([...topicCodes, 'negative', 'neutral', 'positive', ...intents, 'critical']));
export type ModelLabels = z.infer<typeof modelLabelsSchema>;

/** Another model than the one that ships: a folder in transformers.js layout on this machine, its labels, and from which probability a topic counts. */
const ownModelSchema = z.strictObject({ path: z.string().min(1), labels: modelLabelsSchema, dtype: z.enum(['fp32', 'fp16', 'q8']).default('fp32'), threshold: z.number().gt(0).lt(1).default(0.5) });
export type OwnModel = z.infer<typeof ownModelSchema>;

/** Everything that may be set; `{}` gives the defaults. */
export const settingsSchema = z.object({
  /** Who reads the texts: the linear model alone, or it together with a transformer. */
  classifier: z.enum(['linear', 'encoder']).default('linear'),
  model: ownModelSchema.nullable().default(null),
  /** False alarms a month that leaders accept, over all units; detection turns it into thresholds. */
  alarm_budget_per_month: z.number().min(0.1).max(50).default(2),
  /** The day, in the calendar month before, on which the house's month 会计月 begins; 1 is the calendar month. The next run takes it. */
  month_start_day: z.int().min(1).max(28).default(1),
  /** Days until the first report 首报 by level; 0 is the same day. */
  first_report_days: z.object({ 紧急: days(0), 重要: days(3), 一般: days(7) }).prefault({}),
  /** Days from one report to the next (续报 or 终报) by level. */
  next_report_days: z.object({ 紧急: days(3), 重要: days(7), 一般: days(14) }).prefault({}),
  outbound: z.object({
    webhook_url: webhookUrlSchema.nullable().default(null),
    mail: mailSchema.nullable().default(null),
    /** What the links in messages begin with, such as https://zhiwei.example.cn */
    link_base: webhookUrlSchema.nullable().default(null),
    levels: z.array(z.enum(['紧急', '重要', '一般'])).default(['紧急', '重要', '一般']),
  }).prefault({}),
// What a later version has added is kept when this one writes the file.
}).loose();
export type HouseSettings = z.infer<typeof settingsSchema>;

/** The settings in force. Throws `bad_request` naming what is wrong in the file. */
export function readHouseSettings(dir: Pick<DataDir, 'settings'>): HouseSettings {
  if (!existsSync(dir.settings)) return settingsSchema.parse({});
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(dir.settings, 'utf8'));
  } catch (cause) {
    throw new ZhiweiError('bad_request', 'settings.json 不是合法的 JSON；请改正，或删除它以恢复默认', undefined, { cause });
  }
  const parsed = settingsSchema.safeParse(value);
  if (!parsed.success) throw new ZhiweiError('bad_request', `settings.json 有误：${parsed.error.issues.map((i) => i.path.join('.')).join('、')}；请改正，或删除它以恢复默认`);
  return parsed.data;
}

/** Changes some settings and keeps the others. */
export function writeHouseSettings(dir: Pick<DataDir, 'settings'>, change: Partial<HouseSettings>): HouseSettings {
  const next = settingsSchema.parse({ ...readHouseSettings(dir), ...change });
  writeFileSync(`${dir.settings}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${dir.settings}.new`, dir.settings);
  return next;
}
