// In: an alert. Out: what is told of it to the outside 外发.
// Invariant: level, unit, topic, counts, dates and a link alone; no title, no term, no petition text.
import { z } from 'zod';
import { taxonomy } from '../../../datasets/taxonomy.ts';
import { alertLevels, hotspotKinds } from '../../../datasets/vocabulary.ts';
import type { Alert } from '../../api.ts';

export const messageSchema = z.strictObject({
  event: z.enum(['alert.new', 'alert.overdue']), alert_id: z.string(), level: z.enum(alertLevels), kind: z.string(), unit: z.string(), topic: z.string(),
  from_date: z.string(), to_date: z.string(), observed: z.int(), expected: z.number(), deadline: z.nullable(z.string()), link: z.nullable(z.string()),
});
export type Message = z.infer<typeof messageSchema>;
type Told = Pick<Alert, 'alert_id' | 'level' | 'kind' | 'unit_name' | 'topic' | 'from_date' | 'to_date' | 'observed' | 'expected' | 'deadline'>;

export function messageOf(event: Message['event'], alert: Told, linkBase: string | null): Message {
  const { alert_id, level, kind, unit_name, topic, from_date, to_date, observed, expected, deadline } = alert;
  return {
    event, alert_id, level, kind: hotspotKinds[kind], unit: unit_name, topic: taxonomy[topic].label, from_date, to_date, observed, expected: Number(expected.toFixed(1)), deadline,
    link: linkBase === null ? null : `${linkBase.replace(/\/+$/, '')}/alerts/${alert_id}`,
  };
}

/** Subject and text of a mail. */
export function mailOf(m: Message): { subject: string; text: string } {
  const what = m.event === 'alert.new' ? '新预警' : '预警逾期未报';
  return {
    subject: `【知微】${what} ${m.alert_id}（${m.level}）${m.unit} ${m.topic}`,
    text: [
      `${what}：${m.alert_id}（${m.level}，${m.kind}）`, `单位：${m.unit}`, `诉求：${m.topic}`, `时间：${m.from_date} 至 ${m.to_date}`, `观测 ${m.observed} 件，期望 ${m.expected} 件`,
      ...(m.deadline === null ? [] : [`应报日期：${m.deadline}`]), ...(m.link === null ? [] : [`查看：${m.link}`]), '', '本邮件由系统自动发出，不含信访原文；请登录后查看与处置。',
    ].join('\n'),
  };
}
