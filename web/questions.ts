// In: nothing. Out: ready-made questions for the query page, each a title and its SQL.
// Invariant: read-only, over the documented tables; a test runs each of them.

export interface Question { title: string; sql: string }

export const questions: readonly Question[] = [
  { title: '各单位近三月的信访量', sql: `SELECT u.name AS 单位, count(*) AS 件次, count(*) FILTER (p.is_repeat) AS 重复
FROM petition p JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id
WHERE p.registered_date > (SELECT as_of FROM run) - INTERVAL 3 MONTH
GROUP BY ALL ORDER BY 件次 DESC` },
  { title: '薪酬诉求按月', sql: `SELECT date_trunc('month', d.received_date)::DATE AS 月份, count(*) AS 条数
FROM demand x JOIN document d USING (document_id)
WHERE x.topic = 'pay'
GROUP BY ALL ORDER BY 月份` },
  { title: '一再提出而未了结的事项', sql: `SELECT u.name AS 单位, t.label AS 诉求, m.first_date AS 首次提出, m.last_date AS 最近提出, m.documents AS 次数, m.persons AS 人数
FROM matter m JOIN unit u USING (unit_id) JOIN topic t USING (topic)
WHERE m.is_open AND m.documents >= 3
ORDER BY m.documents DESC LIMIT 50` },
  { title: '办理天数的中位数，按责任单位', sql: `SELECT u.name AS 责任单位, count(*) AS 办结件数, median(p.concluded_date - p.accepted_date) AS 办理天数中位数
FROM petition p JOIN unit u ON u.unit_id = p.responsible_unit_id
WHERE p.concluded_date IS NOT NULL AND p.accepted_date IS NOT NULL
GROUP BY ALL HAVING count(*) >= 5 ORDER BY 办理天数中位数 DESC` },
  { title: '负面文字里最常见的词', sql: `SELECT t.term AS 词, count(*) AS 文字数
FROM term t JOIN document d USING (document_id)
WHERE d.polarity = 'negative' AND length(t.term) > 1
GROUP BY ALL ORDER BY 文字数 DESC LIMIT 40` },
  { title: '超出上界的周，最近的在前', sql: `SELECT e.week AS 周, u.name AS 单位, t.label AS 诉求, e.observed AS 实际, round(e.expected, 1) AS 期望, round(e.upper, 1) AS 上界
FROM expectation e JOIN unit u USING (unit_id) JOIN topic t USING (topic)
WHERE e.observed > e.upper
ORDER BY e.week DESC, e.score DESC LIMIT 100` },
];
