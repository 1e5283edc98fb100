// In: metrics, dimensions, filters, comparison. Out: one SQL text and its bound parameters.
// Invariant: pure; every value is a parameter; every ratio is built here, from sums and counts, and small cells are withheld here.
import { z } from 'zod';
import { ZhiweiError } from './errors.ts';
import { dimensionNames, dimensions, metricNames, metrics, type Base, type Dimension, type DimensionName, type Metric, type MetricName } from './metrics.ts';
import { monthOf, reported } from './reporting-period.ts';
import { topicCodes } from './taxonomy.ts';
import { channels, documentKinds, polarities, purposes, type DocumentKind, type Polarity } from './vocabulary.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Filters of a question; `from` and `to` are inclusive days. */
export const filterSchema = z.strictObject({
  from: date.optional(),
  to: date.optional(),
  /** Path of a unit: its whole subtree counts. */
  unit: z.string().optional(),
  topic: z.enum(topicCodes).optional(),
  channel: z.enum(channels).optional(),
  kind: z.enum(Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]).optional(),
  polarity: z.enum(Object.keys(polarities) as [Polarity, ...Polarity[]]).optional(),
  purpose: z.enum(purposes).optional(),
  survey: z.string().optional(),
});
export type Filters = z.infer<typeof filterSchema>;

export const comparisons = ['previous', 'year'] as const;
/** `previous` 环比: the period of the same length just before; `year` 同比: the same days a year earlier. */
export type Comparison = (typeof comparisons)[number];

export const metricQuerySchema = z.strictObject({
  metrics: z.array(z.enum(metricNames)).min(1),
  dimensions: z.array(z.enum(dimensionNames)).max(3).default([]),
  filters: filterSchema.default({}),
  compare: z.array(z.enum(comparisons)).default([]),
});
export type MetricQuery = z.infer<typeof metricQuerySchema>;

export interface CompiledQuery { sql: string; params: (string | number)[] }

/** `by_topic`: what is counted in place of `from` where topics come in; a base without one joins them as `t`. `only`: which rows are the base's. `unit_of`: whose unit a question joins where it names something of one; every row has one. */
const bases: Record<Base, { from: string; by_topic?: string; only?: string; unit_of?: string; date: string }> = {
  petition: { from: 'text_fact d', by_topic: 'demand_fact d', only: 'd.registered_date IS NOT NULL', unit_of: 'd', date: 'd.registered_date' },
  document: { from: 'text_fact d', by_topic: 'demand_fact d', unit_of: 'd', date: 'd.received_date' },
  matter: { from: 'matter m', unit_of: 'm', date: 'm.first_date' },
  answer: { from: 'answer a JOIN question q USING (survey_id, question_no) JOIN survey s USING (survey_id) JOIN unit u ON u.unit_id = a.unit_id', date: 's.last_date' },
  respondent: { from: 'answer a JOIN survey s USING (survey_id) JOIN unit u ON u.unit_id = a.unit_id', date: 's.last_date' },
  group: { from: 'group_demand t', date: 't.year' },
};
/** What respondents told of themselves, by the first question that asks for it. */
const aboutOneself = (answers: string) => {
  const told = (title: string) => `min_by(o.option, o.question_no) FILTER (regexp_matches(q.title, '${title}'))`;
  return ` LEFT JOIN (SELECT o.survey_id, o.respondent_no, ${told('岗位|工种')} AS post, ${told('年龄|出生')} AS age_band FROM ${answers} o JOIN question q USING (survey_id, question_no) WHERE q.is_group GROUP BY ALL) about ON about.survey_id = a.survey_id AND about.respondent_no = a.respondent_no`;
};
const filterColumns: Partial<Record<keyof Filters, { sql: string; bases: readonly Base[] }>> = {
  channel: { sql: 'd.channel = ?', bases: ['petition', 'document'] },
  kind: { sql: 'd.kind = ?', bases: ['petition', 'document'] },
  polarity: { sql: 'd.polarity = ?', bases: ['petition', 'document'] },
  purpose: { sql: 'd.purpose = ?', bases: ['petition'] },
  survey: { sql: 'a.survey_id = ?', bases: ['answer', 'respondent'] },
};
const timeGrains: readonly DimensionName[] = ['week', 'month', 'quarter', 'year'];
const ofTopics: readonly DimensionName[] = ['topic', 'subtopic'];
const ofUnits: readonly DimensionName[] = ['branch', 'unit', 'unit_kind'];
const isPersonal = (d: DimensionName) => (dimensions[d] as Dimension).personal === true;

/** Compiles a question. Columns: the dimensions, then for each metric `m`, `m__num`, `m__den` (NULL for counts), and for each comparison `m__previous`, `m__year`. `answers` names the relation that holds the answer sheets, `start` the day on which the house's month begins. Throws `bad_query` for a combination that has no meaning. */
export function compileMetricQuery(query: MetricQuery, answers = 'answer', start = 1): CompiledQuery {
  const names = query.metrics;
  const base = (metrics[names[0]!] as Metric).base;
  for (const name of names) {
    if (metrics[name].base !== base) throw new ZhiweiError('bad_query', `指标“${metrics[name].label}”与“${metrics[names[0]!].label}”的统计对象不同，请分两次查询`);
  }
  for (const d of query.dimensions) {
    if (!(dimensions[d].bases as readonly Base[]).includes(base)) throw new ZhiweiError('bad_query', `指标“${metrics[names[0]!].label}”不能按“${dimensions[d].label}”分组`);
  }
  if (base === 'group') refusePartOfGroups(query); else refusePartOfPersonal(query);
  const params: (string | number)[] = [];
  const ctes = [`now AS (${part(query, base, undefined, params, answers, start)})`];
  for (const c of query.compare) ctes.push(`${c}_period AS (${part(query, base, c, params, answers, start)})`);
  const on = (c: string) => query.dimensions.map((d) => `now.${d} IS NOT DISTINCT FROM ${c}_period.${d}`).join(' AND ') || 'true';
  const columns = [
    ...query.dimensions.map((d) => `now.${d}`),
    ...names.flatMap((m) => [`now.${m}`, `now.${m}__num`, `now.${m}__den`, ...query.compare.map((c) => `${c}_period.${m} AS ${m}__${c}`)]),
  ];
  const joins = query.compare.map((c) => ` LEFT JOIN ${c}_period ON ${on(c)}`).join('');
  const order = query.dimensions.length ? ` ORDER BY ${query.dimensions.map((d) => `now.${d}`).join(', ')}` : '';
  return { sql: `WITH ${ctes.join(',\n')}\nSELECT ${columns.join(', ')}\nFROM now${joins}${order}`, params };
}

/** Groups of persons are told of whole surveys alone: what parts of them would add, differences would uncover. */
function refusePartOfPersonal({ dimensions: dims, filters }: MetricQuery): void {
  const personal = dims.filter(isPersonal);
  if (personal.length === 0) return;
  if (personal.length > 1 || filters.unit !== undefined || dims.some((d) => ofUnits.includes(d)) || (filters.survey === undefined && !dims.includes('survey'))) {
    throw new ZhiweiError('bad_query', `“${dimensions[personal[0]!].label}”只能逐次问卷、在全体答卷中单独分组（可再按诉求），不能与单位或别的人群同用；否则不足 5 人的组会被推算出来`);
  }
}

/** Groups of petitions are kept by year over all units: of less than that no small group could be told from the rest. */
function refusePartOfGroups({ metrics: [name], dimensions: dims, filters: { from, to, unit, topic } }: MetricQuery): void {
  const whole = (from?.endsWith('-01-01') ?? true) && (to?.endsWith('-12-31') ?? true);
  if (dims.filter(isPersonal).length === 1 && (topic !== undefined || dims.includes('topic')) && unit === undefined && whole) return;
  throw new ZhiweiError('bad_query', `“${metrics[name!].label}”须按岗位、年龄段之一，并按诉求（或选定一类诉求），只算整年（如 2026-01-01 至 2026-12-31）和全部单位；否则不足 5 人的组会被推算出来`);
}

/** One period: sums and counts first, then ratios, then suppression. */
function part(query: MetricQuery, base: Base, compare: Comparison | undefined, params: (string | number)[], answers: string, start: number): string {
  const { from: every, by_topic: eachTopic, unit_of: unitOf, date: dateColumn } = bases[base];
  const about = base !== 'group' && query.dimensions.some(isPersonal) ? aboutOneself(answers) : '';
  const from = (named: string, ...asking: string[]) => {
    const unit = unitOf !== undefined && asking.some((sql) => /\bu\./.test(sql)) ? ` JOIN unit u ON u.unit_id = ${unitOf}.unit_id` : '';
    return named.replace(/^answer a/, `${answers} a`) + unit + about;
  };
  const shifted = shiftedDate(dateColumn, shiftOf(compare, query, start));
  const dims = query.dimensions;
  const perHead = query.metrics.filter((m) => (metrics[m] as Metric).per === 'headcount');
  const columns = (names: readonly DimensionName[]) => names.map((d) => `${base === 'group' && isPersonal(d) ? 't.group_name' : dimensions[d].sql.replace('{topics}', topicsOf(base)).replace('{date}', base === 'group' || d === 'week' ? shifted : reported(shifted, start))} AS ${d}`);
  const byTopic = query.filters.topic !== undefined || dims.some((d) => ofTopics.includes(d));
  const raised = byTopic ? 'true' : base === 'respondent' ? 'a.document_id IN (SELECT document_id FROM demand)' : 'd.raised';
  const sums = query.metrics.flatMap((m) => {
    const { sql, per } = metrics[m] as Metric;
    return [`${sql.replace('{raised}', raised)} AS ${m}__num`, `${per === undefined ? 'NULL' : per === 'headcount' ? 'NULL::DOUBLE' : per} AS ${m}__den`];
  });
  const topicJoin = byTopic && base === 'respondent' ? ' JOIN (SELECT document_id, topic, subtopic FROM demand) t USING (document_id)' : '';
  const where = conditions(query, base, compare, params, start);
  const guard = query.metrics.map((m) => (metrics[m] as Metric).suppress_under).find((n) => n !== undefined);
  const group = dims.length ? ' GROUP BY ALL' : '';
  const selected = [...columns(dims), ...sums].join(', ');
  const counted = `SELECT ${selected} FROM ${from(byTopic ? eachTopic ?? every : every, selected, where)}${topicJoin}${where}${group}`;
  const perPeriod = perHead.length ? `SELECT c.* REPLACE (${perHead.map((m) => `hc.heads AS ${m}__den`).join(', ')}) FROM (${counted}) c LEFT JOIN (${headcountSql(query, compare, params, start)}) hc ON ${dims.map((d) => `c.${d} = hc.${d}`).join(' AND ') || 'true'}` : counted;
  const { topic: _topic, ...allTopics } = query.filters;
  const untopical = dims.filter((d) => !ofTopics.includes(d));
  const ofAll = byTopic ? query.metrics.filter((m) => (metrics[m] as Metric).of_all_topics) : [];
  const whole = () => {
    const totals = [...columns(untopical), ...ofAll.map((m) => `${(metrics[m] as Metric).per} AS ${m}`)].join(', '), within = conditions({ ...query, filters: allTopics }, base, compare, params, start);
    return `SELECT ${totals} FROM ${from(every, totals, within)}${within}${untopical.length ? ' GROUP BY ALL' : ''}`;
  };
  const inner = ofAll.length ? `SELECT c.* REPLACE (${ofAll.map((m) => `w.${m} AS ${m}__den`).join(', ')}) FROM (${perPeriod}) c LEFT JOIN (${whole()}) w ON ${untopical.map((d) => `c.${d} IS NOT DISTINCT FROM w.${d}`).join(' AND ') || 'true'}` : perPeriod;
  const value = (m: MetricName) => {
    const { per, scale = 1 } = metrics[m] as Metric;
    return per === undefined ? `${m}__num` : `${m}__num * ${scale}.0 / nullif(${m}__den, 0)`;
  };
  if (guard === undefined) {
    const values = query.metrics.flatMap((m) => [`${value(m)} AS ${m}`, `${m}__num`, `${m}__den`]);
    return `SELECT ${[...dims, ...values].join(', ')} FROM (${inner})`;
  }
  // What is withheld is a group of those who answered: options and topics divide their answers, not them, and of a group withheld not even their names are told.
  const groups = untopical.filter((d) => d !== 'option');
  const sizes = `SELECT ${[...columns(groups), 'count(DISTINCT (a.survey_id, a.respondent_no)) AS cell'].join(', ')} FROM ${from(every)}${conditions({ ...query, filters: allTopics }, base, compare, params, start)}${groups.length ? ' GROUP BY ALL' : ''}`;
  // Complementary suppression: what is withheld follows from the total as one, so where that is fewer still, the next smallest group goes too.
  const within = groups.filter((d) => d === 'survey' || d === 'question' || timeGrains.includes(d));
  const over = (order: string) => `(${within.length ? `PARTITION BY ${within.join(', ')} ` : ''}${order})`;
  const small = `cell < ${guard}`;
  const shown = `SELECT *, NOT (${small}) AND NOT (coalesce(sum(cell) FILTER (${small}) OVER ${over('')}, ${guard}) < ${guard} AND row_number() OVER ${over(`ORDER BY cell, ${groups.join(', ') || '1'}`)} = 1 + count(*) FILTER (${small}) OVER ${over('')}) AS shown FROM (${sizes})`;
  // A mean of fewer scores, of one row of a scale say, is withheld with them.
  const enough = (m: MetricName) => ((metrics[m] as Metric).per === undefined ? 'shown' : `shown AND ${m}__den >= ${guard}`);
  const values = query.metrics.flatMap((m) => [value(m), `${m}__num`, `${m}__den`].map((v, i) => `CASE WHEN ${enough(m)} THEN ${v} END AS ${m}${['', '__num', '__den'][i]}`));
  return `SELECT ${[...dims.map((d) => `c.${d}`), ...values].join(', ')} FROM (${inner}) c JOIN (${shown}) g ON ${groups.map((d) => `c.${d} IS NOT DISTINCT FROM g.${d}`).join(' AND ') || 'true'}${groups.length < dims.length ? ' WHERE shown' : ''}`;
}

/** How much later a day counts in a comparison, as an INTERVAL. */
function shiftOf(compare: Comparison | undefined, { dimensions: dims, filters }: MetricQuery, start: number): string | undefined {
  if (compare === undefined) return undefined;
  if (compare === 'year') return '1 YEAR';
  const grain = dims.find((d) => timeGrains.includes(d));
  return grain ? `1 ${grain}` : `${periodMonths(filters, start)} MONTH`;
}

const shiftedDate = (column: string, shift: string | undefined) => (shift === undefined ? column : `(${column} + INTERVAL ${shift})::DATE`);

/** Where a base finds its topics. */
const topicsOf = (base: Base) => (bases[base].by_topic !== undefined ? 'd' : base === 'matter' ? 'm' : 't');

/** Whole months from `from` to `to`; 环比 needs them. */
export function periodMonths({ from, to }: Filters, start = 1): number {
  if (!from || !to) throw new ZhiweiError('bad_query', '环比需要起止日期');
  const [fy, fm] = monthOf(from, start).split('-').map(Number) as [number, number];
  const [ty, tm] = monthOf(to, start).split('-').map(Number) as [number, number];
  return (ty - fy) * 12 + tm - fm + 1;
}

function conditions(query: MetricQuery, base: Base, compare: Comparison | undefined, params: (string | number)[], start: number): string {
  const { filters, dimensions: dims } = query, { only, date } = bases[base], shift = shiftOf(compare, query, start), shifted = shiftedDate(date, shift);
  const all: string[] = only === undefined ? [] : [only];
  // How many of a unit are of one age or post may be one: what was answered about oneself is not divided by units.
  if (base === 'answer' && (filters.unit || dims.some((d) => ofUnits.includes(d))) && dims.some((d) => d === 'option' || d === 'question')) all.push('NOT q.is_group');
  if (base === 'group') all.push(`t.grouping = '${dims.find(isPersonal)}'`);
  const add = (sql: string, ...values: string[]) => { all.push(sql); params.push(...values); };
  if (filters.from) add(`${shifted} >= ?::DATE`, filters.from);
  if (filters.to) add(`${shifted} <= ?::DATE`, filters.to);
  // Months differ in length by three days at most: the column itself, so bounded, leaves what lies far away unread.
  if (shift !== undefined && filters.from) add(`${date} >= (?::DATE - INTERVAL ${shift} - INTERVAL 4 DAY)::DATE`, filters.from);
  if (shift !== undefined && filters.to) add(`${date} <= (?::DATE - INTERVAL ${shift} + INTERVAL 4 DAY)::DATE`, filters.to);
  if (filters.unit) add("(u.path = ? OR starts_with(u.path, ? || '/'))", filters.unit, filters.unit);
  if (filters.topic) add(`${topicsOf(base)}.topic = ?`, filters.topic);
  for (const [key, column] of Object.entries(filterColumns) as [keyof Filters, { sql: string; bases: readonly Base[] }][]) {
    const value = filters[key];
    if (value === undefined) continue;
    if (!column.bases.includes(base)) throw new ZhiweiError('bad_query', `这项指标不能按“${key}”筛选`);
    add(column.sql, value);
  }
  return all.length ? ` WHERE ${all.join(' AND ')}` : '';
}

/** Mean monthly headcount by the query's dimensions: where a unit and its parts both report a month, the unit's own figure counts. */
function headcountSql(query: MetricQuery, compare: Comparison | undefined, params: (string | number)[], start: number): string {
  const dims = query.dimensions;
  const unsuited = dims.find((d) => !headcountDimensions.includes(d));
  if (unsuited) throw new ZhiweiError('bad_query', `每千人指标不能按“${dimensions[unsuited].label}”分组`);
  const shifted = shiftedDate('h.month', shiftOf(compare, query, start));
  const within = "(u.path = ? OR starts_with(u.path, ? || '/'))";
  const { unit } = query.filters;
  // A headcount is of a month, whatever its days: of the months that the days asked for are reported in.
  const [from, to] = [query.filters.from, query.filters.to].map((day) => (day === undefined || start === 1 ? day : `${monthOf(day, start)}-01`));
  const scope = [unit ? within : 'true', dims.includes('branch') || dims.includes('unit_kind') ? 'u.level > 0' : 'true'].join(' AND ');
  if (unit) params.push(unit, unit);
  const heads = `(SELECT h.*, u.path FROM headcount h JOIN unit u USING (unit_id) WHERE ${scope})`;
  const where = [dims.includes('unit') ? 'true' : `NOT EXISTS (SELECT 1 FROM heads o WHERE o.month = h.month AND starts_with(h.path, o.path || '/'))`];
  if (from) { where.push(`${shifted} >= date_trunc('month', ?::DATE)`); params.push(from); }
  if (to) { where.push(`${shifted} <= ?::DATE`); params.push(to); }
  const columns = dims.map((d) => `${dimensions[d].sql.replace('{date}', shifted)} AS ${d}, `).join('');
  return `WITH heads AS ${heads} SELECT ${columns}sum(h.headcount) / count(DISTINCT h.month) AS heads FROM heads h JOIN unit u USING (unit_id) WHERE ${where.join(' AND ')}${dims.length ? ' GROUP BY ALL' : ''}`;
}

const headcountDimensions: readonly DimensionName[] = ['month', 'quarter', 'year', 'branch', 'unit', 'unit_kind'];

/** The dimensions that a metric may be divided by. */
export const dimensionsOf = (name: MetricName): DimensionName[] => dimensionNames.filter((d) =>
  (dimensions[d].bases as readonly Base[]).includes(metrics[name].base) && ((metrics[name] as Metric).per !== 'headcount' || headcountDimensions.includes(d)));
