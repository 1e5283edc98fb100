// In: a survey. Out: its response, its scores and what its open answers raise, asked of the warehouse.
// Invariant: the SQL recounts what the page 调查 computes (surveys/response.ts, datasets/survey-estimates.ts); a test holds them equal.
import { dayLabel, monthOf } from '../../../datasets/reporting-period.ts';
import { leastGroup } from '../../../datasets/small-groups.ts';
import type { Survey } from '../../api.ts';
import { dateLabel } from '../period.ts';
import type { Answer, Notebook } from '../notebook.ts';

type Asked = Pick<Survey, 'survey_id' | 'title' | 'first_date' | 'last_date'>;
const inUnit = "(u.path = ? OR starts_with(u.path, ? || '/'))";

/** `2026年5月11日至5月24日` */
export const surveyDays = ({ first_date: from, last_date: to }: Pick<Survey, 'first_date' | 'last_date'>) =>
  (from === to ? dateLabel(from) : `${dateLabel(from)}至${from.slice(0, 4) === to.slice(0, 4) ? dayLabel(to) : dateLabel(to)}`);

/** One row: `respondents`, `headcount`, `response_rate`; the latter two are missing where headcounts are not known. */
export function responseQuestion(notebook: Notebook, survey: Asked): Promise<Answer> {
  const { unitPath } = notebook.scope;
  return notebook.sql({
    label: `《${survey.title}》的应答`, key: [], period: surveyDays(survey),
    definitions: ['参与人数：有回答的答卷数；当月在岗人数：有答卷的单位在问卷结束当月的在岗人数；应答率：参与人数÷当月在岗人数'],
    sql: `WITH sheet AS (SELECT a.respondent_no, arg_max(u.path, u.level) AS path FROM answer a JOIN unit u USING (unit_id) WHERE a.survey_id = ? GROUP BY ALL),
own AS (SELECT path, count(*) AS n FROM sheet u WHERE ${inUnit} GROUP BY ALL),
tops AS (SELECT path FROM own t WHERE NOT EXISTS (SELECT 1 FROM own o WHERE starts_with(t.path, o.path || '/'))),
heads AS (SELECT u.path, h.headcount FROM headcount h JOIN unit u USING (unit_id) WHERE h.month = ?::DATE),
below AS (SELECT t.path AS top, h.path, h.headcount FROM tops t JOIN heads h ON h.path = t.path OR starts_with(h.path, t.path || '/')),
known AS (SELECT top, sum(headcount) AS headcount FROM below b WHERE NOT EXISTS (SELECT 1 FROM below o WHERE o.top = b.top AND starts_with(b.path, o.path || '/')) GROUP BY ALL)
SELECT (SELECT sum(n) FROM own)::INTEGER AS respondents, CASE WHEN count(*) = count(k.top) THEN sum(k.headcount) END::INTEGER AS headcount,
  (SELECT sum(n) FROM own) * 100.0 / nullif(CASE WHEN count(*) = count(k.top) THEN sum(k.headcount) END, 0) AS response_rate
FROM tops t LEFT JOIN known k ON k.top = t.path`,
    params: [survey.survey_id, unitPath, unitPath, `${monthOf(survey.last_date, notebook.monthStart)}-01`],
  });
}

const scored = {
  scale: { metric: 'scale_mean', score: 'a.value', option: 'a.option', step: 1, low: 'mean - reach', high: 'mean + reach', label: '各项平均分', definition: '平均分：量表题得分之和÷得分数' },
  nps: { metric: 'nps', score: 'CASE WHEN a.value >= 9 THEN 100 WHEN a.value <= 6 THEN -100 ELSE 0 END', option: "''", step: 100, low: 'greatest(-100, mean - reach)', high: 'least(100, mean + reach)', label: '净推荐值', definition: '净推荐值：（9–10分的人数−0–6分的人数）÷作答人数×100' },
} as const;
export type ScoreType = keyof typeof scored;
/** The column of a question's score; `__low` and `__high` are its 95 % interval, `__den` who answered. */
export const scoreColumn = (type: ScoreType) => scored[type].metric;

/** A row for each question and row of a scale that five or more answered: the score with Student's interval. */
export function scoreQuestion(notebook: Notebook, survey: Asked, type: ScoreType): Promise<Answer> {
  const { metric, score, option, step, low, high, label, definition } = scored[type], { unitPath } = notebook.scope;
  return notebook.sql({
    label: `《${survey.title}》的${label}`, key: ['question_no', 'option'], period: surveyDays(survey),
    definitions: [`${definition}；95%区间：把答卷当作随机抽样，按t分布计；不足${leastGroup}人作答的不计`],
    sql: `WITH one AS (SELECT a.question_no, q.title, ${option} AS option, (${score})::DOUBLE AS score
  FROM answer a JOIN question q USING (survey_id, question_no) JOIN unit u ON u.unit_id = a.unit_id
  WHERE a.survey_id = ? AND q.type = '${type}' AND a.value IS NOT NULL AND ${inUnit}),
told AS (SELECT question_no, title, option, count(*) AS n, count(*) - 1 AS f, avg(score) AS mean, greatest(${step ** 2}.0 * (count(*) - 1) / count(*), var_pop(score) * count(*)) AS squares FROM one GROUP BY ALL HAVING count(*) >= ${leastGroup}),
t AS (SELECT *, 1.96::DOUBLE AS z, sqrt(squares / f / n) AS error FROM told),
r AS (SELECT *, (z + (z**3 + z) / (4 * f) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f**2) + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * f**3)) * error AS reach FROM t)
SELECT question_no, title, option, mean AS ${metric}, ${low} AS ${metric}__low, ${high} AS ${metric}__high, n::INTEGER AS ${metric}__den FROM r ORDER BY question_no, option`,
    params: [survey.survey_id, unitPath, unitPath],
  });
}

/** A row for each topic that open answers raise. */
export const raisedQuestion = (notebook: Notebook, survey: Asked): Promise<Answer> =>
  notebook.metrics({ label: `《${survey.title}》开放题提出的诉求`, metrics: ['raised_rate'], dimensions: ['topic'], from: survey.first_date, to: survey.last_date, filters: { survey: survey.survey_id } });
