// In: the day on which months begin. Out: ready-made questions for the query page, each what it is about, a title, its SQL and the chart that answers it.
// Invariant: read-only, over the documented tables; a test runs each of them on the sample's shape.

import { reported } from '../datasets/reporting-period.ts';
import { satisfactions } from '../datasets/vocabulary.ts';
import type { ChartSpec } from './query/chart-spec.ts';
import { writeShown } from './query/saved.ts';

export interface Question { about: string; title: string; chart: ChartSpec; sql: string }

const since = (months: number, column = 'd.received_date') => `${column} > (SELECT as_of FROM run) - INTERVAL ${months} MONTH`;

const drawn = (kind: ChartSpec['kind'], x: string, y: string | string[], by: string | null = null): ChartSpec => ({ kind, x, y: typeof y === 'string' ? [y] : y, by });
const inWords = (column: string, words: Readonly<Record<string, string>>) => `CASE ${column} ${Object.entries(words).map(([code, word]) => `WHEN '${code}' THEN '${word}'`).join(' ')} END`;

export const questions: readonly Question[] = [
  { about: '多少', title: '各单位近三月的信访量', chart: drawn('bar', '单位', ['件次', '重复']), sql: `SELECT u.name AS 单位, count(*) AS 件次, count(*) FILTER (p.is_repeat) AS 重复
FROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id
WHERE ${since(3, 'p.registered_date')}
GROUP BY ALL ORDER BY 件次 DESC` },
  { about: '多少', title: '每月件次、人次与集体访', chart: drawn('line', '月份', ['件次', '人次', '集体访']), sql: `SELECT date_trunc('month', p.registered_date)::DATE AS 月份, count(*) AS 件次, sum(d.people) AS 人次, count(*) FILTER (p.is_joint) AS 集体访
FROM petition p JOIN document d USING (document_id)
GROUP BY ALL ORDER BY 月份` },
  { about: '多少', title: '二级单位每千人信访量，近一年', chart: drawn('bar', '单位', '每千人件次'), sql: `WITH 人数 AS (
  SELECT u.branch_id, sum(h.headcount) AS 在岗
  FROM headcount h JOIN unit u USING (unit_id)
  WHERE h.month = (SELECT max(month) FROM headcount)
  GROUP BY ALL
)
SELECT b.name AS 单位, count(*) AS 件次, any_value(n.在岗) AS 在岗人数, round(1000 * count(*) / any_value(n.在岗), 1) AS 每千人件次
FROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id JOIN unit b ON b.unit_id = u.branch_id JOIN 人数 n ON n.branch_id = u.branch_id
WHERE ${since(12, 'p.registered_date')}
GROUP BY ALL ORDER BY 每千人件次 DESC` },
  { about: '多少', title: '各渠道每季度的条数', chart: drawn('line', '季度', '条数', '渠道'), sql: `SELECT date_trunc('quarter', received_date)::DATE AS 季度, channel AS 渠道, count(*) AS 条数
FROM document WHERE kind <> 'survey_answer'
GROUP BY ALL ORDER BY 季度, 渠道` },
  { about: '多少', title: '一周中哪几天来得多', chart: drawn('bar', '周几', '条数', '渠道'), sql: `SELECT ['周一', '周二', '周三', '周四', '周五', '周六', '周日'][isodow(received_date)] AS 周几, channel AS 渠道, count(*) AS 条数
FROM document WHERE kind = 'petition'
GROUP BY ALL ORDER BY min(isodow(received_date)), 条数 DESC` },
  { about: '诉求', title: '薪酬诉求按月', chart: drawn('line', '月份', '条数'), sql: `SELECT date_trunc('month', d.received_date)::DATE AS 月份, count(*) AS 条数
FROM demand x JOIN document d USING (document_id)
WHERE x.topic = 'pay'
GROUP BY ALL ORDER BY 月份` },
  { about: '诉求', title: '单位 × 诉求，近半年', chart: drawn('heat', '单位', '条数', '诉求'), sql: `SELECT b.name AS 单位, t.label AS 诉求, count(*) AS 条数
FROM demand x JOIN document d USING (document_id) JOIN unit u USING (unit_id) JOIN unit b ON b.unit_id = u.branch_id JOIN topic t USING (topic)
WHERE ${since(6)}
GROUP BY ALL ORDER BY 单位, 条数 DESC` },
  { about: '诉求', title: '二级诉求同比，近三月', chart: drawn('bar', '二级诉求', ['近三月', '去年同期']), sql: `SELECT t.label AS 二级诉求,
  count(*) FILTER (${since(3)}) AS 近三月,
  count(*) FILTER (d.received_date BETWEEN (SELECT as_of FROM run) - INTERVAL 15 MONTH AND (SELECT as_of FROM run) - INTERVAL 12 MONTH) AS 去年同期,
  近三月 - 去年同期 AS 增减
FROM demand x JOIN document d USING (document_id) JOIN topic t ON t.topic = x.subtopic
GROUP BY ALL ORDER BY 增减 DESC` },
  { about: '诉求', title: '常在同一段文字里提的两项诉求', chart: drawn('heat', '诉求一', '文字数', '诉求二'), sql: `SELECT a.label AS 诉求一, b.label AS 诉求二, count(*) AS 文字数
FROM demand x JOIN demand y ON x.document_id = y.document_id AND x.topic < y.topic JOIN topic a ON a.topic = x.topic JOIN topic b ON b.topic = y.topic
GROUP BY ALL ORDER BY 文字数 DESC LIMIT 30` },
  { about: '诉求', title: '各诉求说到的金额', chart: drawn('bar', '诉求', '中位数_元'), sql: `SELECT t.label AS 诉求, count(*) AS 说到金额的文字, median(f.amount_yuan) AS 中位数_元, quantile_cont(f.amount_yuan, 0.9) AS 九成不超过_元
FROM demand_frame f JOIN demand x USING (document_id) JOIN topic t USING (topic)
WHERE f.amount_yuan IS NOT NULL
GROUP BY ALL ORDER BY 说到金额的文字 DESC` },
  { about: '诉求', title: '说到持续多久的诉求', chart: drawn('bar', '诉求', ['文字数', '一年以上']), sql: `SELECT t.label AS 诉求, count(*) AS 文字数, round(median(f.lasted_days) / 30, 1) AS 中位数_月, count(*) FILTER (f.lasted_days >= 365) AS 一年以上
FROM demand_frame f JOIN demand x USING (document_id) JOIN topic t USING (topic)
WHERE f.lasted_days IS NOT NULL
GROUP BY ALL ORDER BY 一年以上 DESC` },
  { about: '办理', title: '办理天数的中位数，按责任单位', chart: drawn('bar', '责任单位', '办理天数中位数'), sql: `SELECT u.name AS 责任单位, count(*) AS 办结件数, median(p.concluded_date - p.accepted_date) AS 办理天数中位数
FROM petition p JOIN unit u ON u.unit_id = p.responsible_unit_id
WHERE p.concluded_date IS NOT NULL AND p.accepted_date IS NOT NULL
GROUP BY ALL HAVING count(*) >= 5 ORDER BY 办理天数中位数 DESC` },
  { about: '办理', title: '办理天数的分布，按诉求', chart: drawn('box', '诉求', '办理天数'), sql: `SELECT t.label AS 诉求, p.concluded_date - p.accepted_date AS 办理天数
FROM petition p JOIN demand x USING (document_id) JOIN topic t USING (topic)
WHERE p.concluded_date IS NOT NULL AND p.accepted_date IS NOT NULL` },
  { about: '办理', title: '已过应办结日期而未办结', chart: drawn('scatter', '责任单位', '逾期天数'), sql: `SELECT u.name AS 责任单位, p.registration_no AS 登记编号, p.registered_date AS 登记日期, p.conclude_due_date AS 应办结, (SELECT as_of FROM run) - p.conclude_due_date AS 逾期天数
FROM petition p JOIN unit u ON u.unit_id = p.responsible_unit_id
WHERE p.concluded_date IS NULL AND p.conclude_due_date < (SELECT as_of FROM run)
ORDER BY 逾期天数 DESC` },
  { about: '办理', title: '一再提出而未了结的事项', chart: drawn('bar', '单位', '次数', '诉求'), sql: `SELECT u.name AS 单位, t.label AS 诉求, m.first_date AS 首次提出, m.last_date AS 最近提出, m.documents AS 次数, m.persons AS 人数
FROM matter m JOIN unit u USING (unit_id) JOIN topic t USING (topic)
WHERE m.is_open AND m.documents >= 3
ORDER BY m.documents DESC LIMIT 50` },
  { about: '办理', title: '群众评价按责任单位，至少 10 件', chart: drawn('bar', '责任单位', '占比', '评价'), sql: `SELECT u.name AS 责任单位, ${inWords('p.satisfaction', satisfactions)} AS 评价, count(*) AS 件数,
  sum(count(*)) OVER (PARTITION BY u.name) AS 评价件数, round(100 * 件数 / 评价件数, 1) AS 占比
FROM petition p JOIN unit u ON u.unit_id = p.responsible_unit_id
WHERE p.satisfaction IS NOT NULL
GROUP BY u.name, p.satisfaction QUALIFY 评价件数 >= 10
ORDER BY 责任单位, 件数 DESC` },
  { about: '办理', title: '越级的多在哪些诉求', chart: drawn('bar', '诉求', '越级占比'), sql: `SELECT t.label AS 诉求, count(DISTINCT p.document_id) AS 件次, count(DISTINCT p.document_id) FILTER (p.is_escalated) AS 越级, round(100 * 越级 / 件次, 1) AS 越级占比
FROM petition p JOIN demand x USING (document_id) JOIN topic t USING (topic)
GROUP BY ALL ORDER BY 越级占比 DESC` },
  { about: '苗头', title: '超出上界的周，最近的在前', chart: drawn('scatter', '周', '实际', '诉求'), sql: `SELECT e.week AS 周, u.name AS 单位, t.label AS 诉求, e.observed AS 实际, round(e.expected, 1) AS 期望, round(e.upper, 1) AS 上界
FROM expectation e JOIN unit u USING (unit_id) JOIN topic t USING (topic)
WHERE e.observed > e.upper
ORDER BY e.week DESC, e.score DESC LIMIT 100` },
  { about: '苗头', title: '近三月新冒出来的词', chart: drawn('bar', '词', ['近三月', '此前九月']), sql: `SELECT t.term AS 词, count(*) FILTER (${since(3)}) AS 近三月, count(*) FILTER (NOT ${since(3)}) AS 此前九月
FROM term t JOIN document d USING (document_id)
WHERE length(t.term) > 1 AND ${since(12)}
GROUP BY ALL HAVING 近三月 >= 5 AND 近三月 > 此前九月
ORDER BY 近三月 DESC LIMIT 40` },
  { about: '苗头', title: '逐周的紧急文字', chart: drawn('bar', '周', '紧急'), sql: `SELECT date_trunc('week', received_date)::DATE AS 周, count(*) FILTER (critical) AS 紧急
FROM document
GROUP BY ALL ORDER BY 周` },
  { about: '苗头', title: '一年来扩散到多个单位的二级诉求', chart: drawn('bar', '二级诉求', ['近三月单位数', '此前九月单位数']), sql: `SELECT t.label AS 二级诉求, count(DISTINCT u.branch_id) FILTER (${since(3)}) AS 近三月单位数, count(DISTINCT u.branch_id) FILTER (NOT ${since(3)}) AS 此前九月单位数, count(*) FILTER (${since(3)}) AS 近三月条数
FROM demand x JOIN document d USING (document_id) JOIN unit u USING (unit_id) JOIN topic t ON t.topic = x.subtopic
WHERE ${since(12)}
GROUP BY ALL ORDER BY 近三月单位数 - 此前九月单位数 DESC, 近三月条数 DESC` },
  { about: '语气', title: '负面占比按月', chart: drawn('line', '月份', '负面占比'), sql: `SELECT date_trunc('month', received_date)::DATE AS 月份, count(*) AS 条数, round(100 * count(*) FILTER (polarity = 'negative') / count(*), 1) AS 负面占比
FROM document WHERE kind <> 'survey_answer'
GROUP BY ALL ORDER BY 月份` },
  { about: '语气', title: '负面文字里最常见的词', chart: drawn('bar', '词', '文字数'), sql: `SELECT t.term AS 词, count(*) AS 文字数
FROM term t JOIN document d USING (document_id)
WHERE d.polarity = 'negative' AND length(t.term) > 1
GROUP BY ALL ORDER BY 文字数 DESC LIMIT 40` },
  { about: '语气', title: '雷同的信：一个模板多少封', chart: drawn('scatter', '首封', '封数'), sql: `SELECT template_id AS 模板, count(*) AS 封数, min(received_date) AS 首封, max(received_date) AS 末封, count(DISTINCT unit_id) AS 单位数
FROM document WHERE template_id IS NOT NULL
GROUP BY ALL ORDER BY 封数 DESC LIMIT 30` },
  { about: '数据', title: '每个来源文件接受与退回多少', chart: drawn('bar', '文件', ['接受', '退回']), sql: `SELECT s.file AS 文件, s.sheet AS 工作表, s.rows AS 行数, s.accepted AS 接受, s.rejected AS 退回, s.replaced AS 被替换
FROM source s ORDER BY 退回 DESC` },
  { about: '数据', title: '登记比收到晚多少天', chart: drawn('line', '收到月份', ['中位天数', '最多天数']), sql: `SELECT date_trunc('month', d.received_date)::DATE AS 收到月份, median(p.registered_date - d.received_date) AS 中位天数, max(p.registered_date - d.received_date) AS 最多天数
FROM petition p JOIN document d USING (document_id)
GROUP BY ALL ORDER BY 收到月份` },
];

/** The questions with months, quarters and years as the house has them. */
export const questionsFrom = (start: number): readonly Question[] => questions.map(({ sql, ...question }) => ({ ...question, sql: sql.replace(/date_trunc\('(month|quarter|year)', ([\w.]+)\)/g, (_, grain: string, day: string) => `date_trunc('${grain}', ${reported(day, start)})`) }));

/** The ready-made question that a text is, with its chart as a saved query keeps one. */
export function readyFor(text: string, start: number): { title: string; shown: string | null } | null {
  const found = questionsFrom(start).find(({ sql }) => sql === text.trim());
  return found ? { title: found.title, shown: writeShown({ chart: JSON.stringify(found.chart) }) } : null;
}
