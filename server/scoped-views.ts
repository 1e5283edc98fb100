// In: the warehouse's tables and a reader's unit scope. Out: one SELECT per table of what that reader may see.
// Invariant: texts of restricted petitions 检举控告, and what is drawn from them, are in none of these; restricted_text, petition_group and term_fact have no view; nothing tells which open answers are of one sheet 答卷 (its row, its minute, or the hash that a text's id is made of).
import type { FactTable } from '../datasets/fact-tables.ts';
import { tables, type TableName } from '../datasets/schema.ts';
import { integer, type Table } from '../datasets/table.ts';

/** A view that is no table as it stands: single answer sheets 答卷 are shown to nobody, so that no two answers of one person can be joined. */
export const answerView = {
  grain: '每行是一个单位对一道题的一个选项（或分值）的回答数；不列单份答卷，各单位、各人群、各题都不少于 5 人；问本人情况的题（年龄、岗位等）不分单位，单位范围有限的人不见',
  columns: { survey_id: tables.answer.columns.survey_id, question_no: tables.answer.columns.question_no, option: tables.answer.columns.option, value: tables.answer.columns.value, unit_id: tables.answer.columns.unit_id, answers: integer('回答数') },
};

/** Whose rows nobody is shown one by one; of words, readers have `term`. */
const hiddenTables = ['restricted_text', 'petition_group', 'term_fact'] as const;
export type VisibleTable = Exclude<TableName, (typeof hiddenTables)[number]>;
export const visibleTables = (Object.keys(tables) as TableName[]).filter((name): name is VisibleTable => !(hiddenTables as readonly TableName[]).includes(name));

/** What a visible table's rows and columns are, as its readers see them. */
export const shapeOf = (name: VisibleTable): Pick<Table, 'grain' | 'columns'> => (name === 'answer' ? answerView : tables[name]);

/** The condition "this path lies in the scope"; `scope` null is everything. */
export function inScopeSql(column: string, scope: string | null): string {
  if (scope === null) return 'true';
  const literal = `'${scope.replaceAll("'", "''")}'`;
  return `(${column} = ${literal} OR starts_with(${column}, ${literal} || '/'))`;
}

/** Who of a unit is of which age or post may be one person: such answers are told over all units, or not at all. */
const aboutOneself = (from: string) => `(survey_id, question_no) IN (SELECT (survey_id, question_no) FROM ${from}.question WHERE is_group)`;

/** Single answer sheets, for metrics to count and withhold; no reader names them. */
export const answerSheets = (from: string, scope: string | null): string =>
  `SELECT * FROM ${from}.answer${scope === null ? '' : ` WHERE unit_id IN (SELECT unit_id FROM ${from}.unit WHERE ${inScopeSql('path', scope)}) AND NOT ${aboutOneself(from)}`}`;

/** SELECTs over `from` (a qualified schema, such as `w.main`) by table. */
export function scopedViews(from: string, scope: string | null): Record<VisibleTable, string> {
  const t = (name: TableName) => `${from}.${name}`;
  const units = `(SELECT unit_id FROM ${t('unit')} WHERE ${inScopeSql('path', scope)})`;
  const documents = `(SELECT document_id FROM ${t('document')} WHERE unit_id IN ${units})`;
  const open = `(SELECT document_id FROM ${t('document')} WHERE unit_id IN ${units} AND NOT restricted)`;
  const sources = `(SELECT source_id FROM ${t('document')} WHERE unit_id IN ${units})`;
  const surveys = `(SELECT survey_id FROM ${t('answer')} WHERE unit_id IN ${units})`;
  const everything = scope === null;
  const where = (condition: string) => (everything ? '' : ` WHERE ${condition}`);
  const restrictedHotspots = `(SELECT hotspot_id FROM ${t('hotspot_member')} JOIN ${t('document')} USING (document_id) WHERE restricted)`;
  const all = (name: TableName) => `SELECT * FROM ${t(name)}`;
  const hide = (name: TableName, columns: string[], when: string) => `SELECT * REPLACE (${columns.map((c) => `CASE WHEN ${when} THEN NULL ELSE ${c} END AS ${c}`).join(', ')}) FROM ${t(name)}`;
  // Numbers run within what is seen: gaps would tell how much else there is.
  const facts = (name: Exclude<FactTable, 'term_fact'>) => (everything ? all(name) : `SELECT * REPLACE (${['document_no', 'matter_no'].map((c) => `dense_rank() OVER (ORDER BY ${c})::INTEGER AS ${c}`).join(', ')}) FROM ${t(name)} WHERE unit_id IN ${units}`);
  return {
    unit: all('unit') + where(inScopeSql('path', scope)),
    headcount: all('headcount') + where(`unit_id IN ${units}`),
    document: `SELECT * REPLACE (CASE WHEN kind = 'survey_answer' THEN NULL ELSE source_row END AS source_row, CASE WHEN kind = 'survey_answer' THEN received_date::TIMESTAMP ELSE received_at END AS received_at) FROM (${hide('document', ['title', 'text', 'critical_reason'], 'restricted')})` + where(`unit_id IN ${units}`),
    petition: hide('petition', ['outcome', 'reply'], `document_id NOT IN ${open}`) + where(`document_id IN ${documents}`),
    // Groups of persons are told of the whole house alone.
    group_demand: all('group_demand') + where('false'),
    matter: all('matter') + where(`unit_id IN ${units}`),
    demand: all('demand') + where(`document_id IN ${documents}`),
    text_fact: facts('text_fact'),
    demand_fact: facts('demand_fact'),
    demand_frame: `${all('demand_frame')} WHERE document_id IN ${open}`,
    survey: all('survey') + where(`survey_id IN ${surveys}`),
    question: all('question') + where(`survey_id IN ${surveys}`),
    answer: `SELECT survey_id, question_no, option, value, CASE WHEN ${aboutOneself(from)} THEN NULL ELSE unit_id END AS unit_id, count(*) AS answers FROM ${t('answer')}${where(`unit_id IN ${units} AND NOT ${aboutOneself(from)}`)} GROUP BY ALL`,
    term: `${all('term')} WHERE document_id IN ${open}`,
    topic: all('topic'),
    series: all('series') + where(`unit_id IN ${units}`),
    expectation: all('expectation') + where(`unit_id IN ${units}`),
    expectation_detail: all('expectation_detail') + where(`unit_id IN ${units}`),
    hotspot: `SELECT * REPLACE (CASE WHEN hotspot_id IN ${restrictedHotspots} AND kind = 'critical' THEN '受限信访件' ELSE title END AS title,
      CASE WHEN hotspot_id IN ${restrictedHotspots} THEN NULL ELSE exemplar END AS exemplar,
      CASE WHEN hotspot_id IN ${restrictedHotspots} AND kind <> 'series' THEN [] ELSE terms END AS terms) FROM ${t('hotspot')}${where(`unit_id IN ${units}`)}`,
    hotspot_member: all('hotspot_member') + where(`document_id IN ${documents} AND hotspot_id IN (SELECT hotspot_id FROM ${t('hotspot')} WHERE unit_id IN ${units})`),
    hotspot_stage: all('hotspot_stage') + where(`hotspot_id IN (SELECT hotspot_id FROM ${t('hotspot')} WHERE unit_id IN ${units})`),
    run: all('run'),
    source: `SELECT * REPLACE (CASE WHEN kind = 'survey' THEN '' ELSE file_hash END AS file_hash) FROM ${t('source')}` + where(`source_id IN ${sources}`),
    reject: all('reject') + where(`source_id IN ${sources}`),
  };
}

/** More rows than any table has: DuckDB computes nothing from above a LIMIT below it. */
const everyRow = '9223372036854775807';

/** As {@link scopedViews}, for readers who write conditions of their own: none is computed over a row that is not theirs, since its errors, time and memory would tell of it. */
export function guardedViews(from: string, scope: string | null): Record<string, string> {
  const hidesRows: readonly string[] = ['term', 'demand_frame'] satisfies VisibleTable[];
  return Object.fromEntries(Object.entries(scopedViews(from, scope)).map(([name, sql]) => [name, scope === null && !hidesRows.includes(name) ? sql : `SELECT * FROM (${sql}) LIMIT ${everyRow}`]));
}
