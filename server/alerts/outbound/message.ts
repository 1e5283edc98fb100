// In: an alert. Out: what is told of it to the outside 外发.
// Invariant: level, unit, topic, counts, dates, who handles it and a link alone; no title, no term, no petition text.
import { z } from 'zod';
import { taxonomy } from '../../../datasets/taxonomy.ts';
import { alertLevels, hotspotKinds } from '../../../datasets/vocabulary.ts';
import type { Alert } from '../../api.ts';

export const messageSchema = z.strictObject({
  event: z.enum(['alert.new', 'alert.due', 'alert.overdue', 'test']), alert_id: z.string(), level: z.enum(alertLevels), kind: z.string(), unit: z.string(), topic: z.string(),
  from_date: z.string(), to_date: z.string(), observed: z.int(), expected: z.number(), deadline: z.nullable(z.string()), link: z.nullable(z.string()),
  /** 责任单位 and 责任人, whom a robot may call upon. */
  owner_unit: z.nullable(z.string()).default(null), owner: z.nullable(z.string()).default(null),
});
export type Message = z.infer<typeof messageSchema>;
type Told = Pick<Alert, 'alert_id' | 'level' | 'kind' | 'unit_name' | 'topic' | 'from_date' | 'to_date' | 'observed' | 'expected' | 'deadline' | 'owner' | 'owner_unit_name'>;

export function messageOf(event: Message['event'], alert: Told, linkBase: string | null): Message {
  const { alert_id, level, kind, unit_name, topic, from_date, to_date, observed, expected, deadline, owner, owner_unit_name } = alert;
  return {
    event, alert_id, level, kind: hotspotKinds[kind], unit: unit_name, topic: taxonomy[topic].label, from_date, to_date, observed, expected: Number(expected.toFixed(1)), deadline,
    link: linkBase === null ? null : `${linkBase.replace(/\/+$/, '')}/alerts/${alert_id}`, owner_unit: owner_unit_name, owner,
  };
}

/** A message of no alert, of the same shape, to try a channel. */
export function testMessage(day: string, linkBase: string | null): Message {
  return { event: 'test', alert_id: '0000-0000', level: '一般', kind: '发送测试', unit: '发送测试', topic: '发送测试', from_date: day, to_date: day, observed: 0, expected: 0, deadline: null, link: linkBase, owner_unit: null, owner: null };
}

const occasions = { 'alert.new': '新预警', 'alert.due': '预警将到期', 'alert.overdue': '预警逾期未报' } as const;

/** Subject and text of a mail. */
export function mailOf(m: Message): { subject: string; text: string } {
  if (m.event === 'test') return { subject: '【知微】发送测试', text: ['这是一封测试邮件：邮件外发已经接通。', ...(m.link === null ? [] : [`系统地址：${m.link}`])].join('\n') };
  const what = occasions[m.event];
  return {
    subject: `【知微】${what} ${m.alert_id}（${m.level}）${m.unit} ${m.topic}`,
    text: [
      `${what}：${m.alert_id}（${m.level}，${m.kind}）`, `单位：${m.unit}`, `诉求：${m.topic}`, `时间：${m.from_date} 至 ${m.to_date}`, `观测 ${m.observed} 件，期望 ${m.expected} 件`,
      ...(m.deadline === null ? [] : [`应报日期：${m.deadline}`]), ...(m.owner_unit === null && m.owner === null ? [] : [`责任：${[m.owner_unit, m.owner].filter((part) => part !== null).join('，')}`]), ...(m.link === null ? [] : [`查看：${m.link}`]), '', '本邮件由系统自动发出，不含信访原文；请登录后查看与处置。',
    ].join('\n'),
  };
}
