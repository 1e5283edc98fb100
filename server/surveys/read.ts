// In: the warehouse and a unit path. Out: its surveys, and the answers of one as counts by unit or by group.
// Invariant: the one place that reads answer sheets for the pages about surveys; it counts and joins no two answers but with a group.
import { reported } from '../../datasets/reporting-period.ts';
import type { Row } from '../../datasets/schema.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { within } from '../scope.ts';
import type { Reader } from '../warehouse.ts';
import type { Survey, SurveyQuestion } from './api.ts';
import { headcountOf, responseRate, type Heads } from './response.ts';
import type { Cell, Question, Sheets, Size } from './tally.ts';

/** What of a version is asked for surveys. */
export type SurveyReader = Pick<Reader, 'monthStart' | 'query' | 'memo'>;
type Respondents = { survey_id: string; unit_id: string; path: string; n: number };

/** Sheets filled in, by survey and unit; one whose answers to some question stand at the unit above counts where the others stand. */
const respondentsOf = (reader: SurveyReader) => reader.memo('survey respondents', () => reader.query<Respondents>('SELECT survey_id, unit_id, path, count(*) AS n FROM (SELECT a.survey_id, arg_max(u.unit_id, u.level) AS unit_id, arg_max(u.path, u.level) AS path FROM answer a JOIN unit u USING (unit_id) GROUP BY a.survey_id, a.respondent_no) GROUP BY ALL ORDER BY ALL'));

/** Surveys with answers at or below a path (undefined is everything), the newest first. */
export async function surveysOf(reader: SurveyReader, path: string | undefined): Promise<Survey[]> {
  const [surveys, sheets, heads] = await Promise.all([
    reader.query<Omit<Row<'survey'>, 'source_id'>>('SELECT * EXCLUDE (source_id) FROM survey ORDER BY last_date DESC, survey_id'),
    respondentsOf(reader),
    reader.query<Heads & { survey_id: string }>(`SELECT s.survey_id, u.path, h.headcount FROM survey s JOIN headcount h ON h.month = date_trunc('month', ${reported('s.last_date', reader.monthStart)}) JOIN unit u USING (unit_id)`),
  ]);
  return surveys.flatMap((survey) => {
    const own = sheets.filter((r) => r.survey_id === survey.survey_id && within(r.path, path ?? null));
    if (own.length === 0) return [];
    const respondents = own.reduce((sum, r) => sum + r.n, 0);
    const headcount = headcountOf(own.map((r) => r.path), heads.filter((h) => h.survey_id === survey.survey_id));
    return [{ ...survey, respondents, units: own.length, headcount, response_rate: responseRate(respondents, headcount) }];
  });
}

/** A survey's answers by unit. */
export const sheetsByUnit = (reader: SurveyReader, survey: string): Promise<Sheets> => reader.memo(`survey ${survey}`, () => sheets(reader, survey, 'a.unit_id', '', [survey]));

/** A survey's answers within a path by what was answered to a question about oneself. */
export const sheetsByGroup = (reader: SurveyReader, survey: string, question_no: number, path: string): Promise<Sheets> =>
  sheets(reader, survey, "coalesce(g.option, '未答')", `LEFT JOIN (SELECT respondent_no, option FROM answer WHERE survey_id = ? AND question_no = ?) g USING (respondent_no) JOIN unit u ON u.unit_id = a.unit_id AND ${path}`, [survey, question_no, survey]);

async function sheets(reader: SurveyReader, survey: string, part: string, join: string, params: (string | number)[]): Promise<Sheets> {
  const from = `FROM answer a JOIN question q USING (survey_id, question_no) ${join} WHERE a.survey_id = ? GROUP BY ALL`;
  const [questions, cells, sizes] = await Promise.all([
    reader.query<Question>('SELECT question_no, title, type, is_group, options FROM question WHERE survey_id = ? ORDER BY question_no', [survey]),
    reader.query<Cell>(`SELECT a.question_no, a.option, a.value, ${part} AS part, count(*) AS answers ${from}`, params),
    reader.query<Size>(`SELECT a.question_no, CASE WHEN q.type = 'scale' THEN a.option ELSE '' END AS option, ${part} AS part, count(DISTINCT a.respondent_no) AS n ${from}`, params),
  ]);
  return { questions, cells, sizes };
}

/** Topics of open answers of the units in view, by question and polarity. */
export async function topicsOf(reader: SurveyReader, survey: string, inView: (unit: string) => boolean): Promise<(question_no: number) => SurveyQuestion['topics']> {
  type Counted = { question_no: number; unit_id: string; topic: SurveyQuestion['topics'][number]['topic']; polarity: 'negative' | 'neutral' | 'positive'; n: number };
  const rows = await reader.memo(`survey topics ${survey}`, () => reader.query<Counted>('SELECT a.question_no, a.unit_id, y.topic, d.polarity, count(DISTINCT d.document_id) AS n FROM answer a JOIN document d USING (document_id) JOIN demand y USING (document_id) WHERE a.survey_id = ? GROUP BY ALL ORDER BY ALL', [survey]));
  return (question_no) => {
    const found = new Map<string, SurveyQuestion['topics'][number]>();
    for (const r of rows) {
      if (r.question_no !== question_no || !inView(r.unit_id)) continue;
      const row = found.get(r.topic) ?? { topic: r.topic, negative: 0, neutral: 0, positive: 0 };
      found.set(r.topic, { ...row, [r.polarity]: row[r.polarity] + r.n });
    }
    return [...found.values()].sort((a, b) => b.negative + b.neutral + b.positive - a.negative - a.neutral - a.positive);
  };
}

export async function surveyOf(reader: SurveyReader, id: string, path: string | undefined): Promise<{ survey: Survey; all: Survey[] }> {
  const all = await surveysOf(reader, path);
  const survey = all.find((s) => s.survey_id === id);
  if (!survey) throw new ZhiweiError('not_found', '没有这次问卷，或所选单位没有单独列出的答卷；请从问卷列表中选择，或换一个单位');
  return { survey, all };
}
