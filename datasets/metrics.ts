// In: nothing. Out: every measure 指标 and dimension 维度 of the house, each defined once.
// Invariant: a ratio exists only as numerator over denominator; nothing else computes one.

/** Relations a metric counts over; metric-query.ts says how each is joined. */
export type Base = 'petition' | 'document' | 'matter' | 'answer' | 'respondent' | 'group';

export interface Metric {
  readonly label: string;
  /** 件、人次、%, … shown small beside the number. */
  readonly unit: string;
  /** One sentence: what is counted, over what. Shown on hover. */
  readonly description: string;
  readonly base: Base;
  /** Aggregate; for a ratio the numerator. Columns: d text with its petition (text_fact, or demand_fact by topic), u unit, m matter, a answer, t group of petitions; `{raised}` is whether the text raises the topic in question, or any. */
  readonly sql: string;
  /** Denominator of a ratio; absent for a count. `headcount` divides by the mean monthly headcount 在岗人数. */
  readonly per?: string;
  /** The denominator counts all topics together, whatever topic is asked for. */
  readonly of_all_topics?: true;
  /** Multiplies a ratio: 100 for %, 1000 for 每千人. */
  readonly scale?: number;
  readonly format: 'integer' | 'percent' | 'decimal';
  /** Whether more of it is worse (1), better (-1) or neither (0): decides the colour of a change. */
  readonly worse: 1 | -1 | 0;
  /** Groups resting on fewer respondents than this are withheld. */
  readonly suppress_under?: number;
}

const asOf = '(SELECT as_of FROM run)';
const within15 = 'd.accepted_date <= d.accept_due_date';
/** Due to be judged: accepted already, or its 15 days are over; where no ledger tells acceptances, nothing is. */
const judgedAcceptance = `((SELECT tells_acceptance FROM run) AND (d.accepted_date IS NOT NULL OR d.accept_due_date < ${asOf}))`;
/** Due to be judged: concluded already, or its time (60 days and extension) is over. */
const judgedConclusion = `(d.conclude_due_date IS NOT NULL AND (d.concluded_date IS NOT NULL OR d.conclude_due_date < ${asOf}))`;

export const metrics = {
  petitions: { label: '信访总量', unit: '件次', description: '期内登记的信访件数；联名信算一件', base: 'petition', sql: 'count(*)', format: 'integer', worse: 1 },
  petition_people: { label: '信访人次', unit: '人次', description: '期内各件涉及人数之和', base: 'petition', sql: 'sum(d.people)', format: 'integer', worse: 1 },
  petition_batches: { label: '来访批次', unit: '批次', description: '期内来访（含集体访、接待日）的件数，一起来的算一批', base: 'petition', sql: "count(*) FILTER (d.channel IN ('来访', '集体访', '接待日'))", format: 'integer', worse: 1 },
  joint_petitions: { label: '集体访', unit: '件次', description: '5 人及以上的信访件数', base: 'petition', sql: 'count(*) FILTER (d.is_joint)', format: 'integer', worse: 1 },
  escalated_petitions: { label: '越级访', unit: '件次', description: '台账注明越级的信访件数', base: 'petition', sql: 'count(*) FILTER (d.is_escalated)', format: 'integer', worse: 1 },
  first_petitions: { label: '初信初访', unit: '件次', description: '首次提出的信访件数', base: 'petition', sql: 'count(*) FILTER (d.is_first)', format: 'integer', worse: 0 },
  repeat_rate: { label: '重复信访率', unit: '%', description: '重复信访件数 ÷ 信访总量', base: 'petition', sql: 'count(*) FILTER (d.is_repeat)', per: 'count(*)', scale: 100, format: 'percent', worse: 1 },
  timely_acceptance_rate: { label: '及时受理率', unit: '%', description: '登记后 15 日内受理的件数 ÷ 已受理或已满 15 日的件数；台账都没有受理日期的不评', base: 'petition', sql: `count(*) FILTER (${judgedAcceptance} AND ${within15})`, per: `count(*) FILTER (${judgedAcceptance})`, scale: 100, format: 'percent', worse: -1 },
  timely_conclusion_rate: { label: '按期办结率', unit: '%', description: '受理后 60 日（延期至多 30 日）内办结的件数 ÷ 已办结或已到期的件数', base: 'petition', sql: `count(*) FILTER (${judgedConclusion} AND d.concluded_date <= d.conclude_due_date)`, per: `count(*) FILTER (${judgedConclusion})`, scale: 100, format: 'percent', worse: -1 },
  accepted_petitions: { label: '受理件数', unit: '件', description: '期内登记的信访件中已受理的件数', base: 'petition', sql: 'count(d.accepted_date)', format: 'integer', worse: 0 },
  concluded_petitions: { label: '办结件数', unit: '件', description: '期内登记的信访件中已办结的件数', base: 'petition', sql: 'count(d.concluded_date)', format: 'integer', worse: 0 },
  rated_petitions: { label: '评价件数', unit: '件', description: '期内登记的信访件中有群众评价的件数', base: 'petition', sql: 'count(d.satisfaction)', format: 'integer', worse: 0 },
  satisfied_petitions: { label: '满意件数', unit: '件', description: '期内登记的信访件中评价为满意、基本满意的件数', base: 'petition', sql: "count(*) FILTER (d.satisfaction IN ('satisfied', 'basic'))", format: 'integer', worse: 0 },
  acceptance_days: { label: '平均受理用时', unit: '天', description: '登记到受理的天数之和 ÷ 已受理件数', base: 'petition', sql: "sum(date_diff('day', d.registered_date, d.accepted_date))", per: 'count(d.accepted_date)', scale: 1, format: 'decimal', worse: 1 },
  conclusion_days: { label: '平均办结用时', unit: '天', description: '受理到办结的天数之和 ÷ 已办结件数', base: 'petition', sql: "sum(date_diff('day', d.accepted_date, d.concluded_date))", per: 'count(d.concluded_date) FILTER (d.accepted_date IS NOT NULL)', scale: 1, format: 'decimal', worse: 1 },
  overdue_petitions: { label: '逾期未办结', unit: '件', description: '截至数据截至日，已过应办结日期仍未办结的件数', base: 'petition', sql: `count(*) FILTER (d.concluded_date IS NULL AND d.conclude_due_date < ${asOf})`, format: 'integer', worse: 1 },
  satisfaction_rate: { label: '群众满意率', unit: '%', description: '评价为满意、基本满意的件数 ÷ 有评价的件数', base: 'petition', sql: "count(*) FILTER (d.satisfaction IN ('satisfied', 'basic'))", per: 'count(d.satisfaction)', scale: 100, format: 'percent', worse: -1 },
  rating_rate: { label: '参评率', unit: '%', description: '有评价的件数 ÷ 已办结的件数', base: 'petition', sql: 'count(*) FILTER (d.concluded_date IS NOT NULL AND d.satisfaction IS NOT NULL)', per: 'count(d.concluded_date)', scale: 100, format: 'percent', worse: -1 },
  petitions_per_1000: { label: '每千人信访量', unit: '件/千人', description: '期内信访总量 ÷ 期内月均在岗人数 × 1000', base: 'petition', sql: 'count(*)', per: 'headcount', scale: 1000, format: 'decimal', worse: 1 },
  documents: { label: '文字量', unit: '条', description: '期内收到的信访件、谈话记录、网络留言与问卷开放题', base: 'document', sql: 'count(*)', format: 'integer', worse: 0 },
  topic_share: { label: '诉求占比', unit: '%', description: '提到这类诉求的条数 ÷ 文字量；一条可有几项诉求，各类相加可超过 100%。不分诉求时为提出了诉求的条数所占', base: 'document', sql: 'count(*) FILTER ({raised})', per: 'count(*)', of_all_topics: true, scale: 100, format: 'percent', worse: 0 },
  group_topic_share: { label: '人群诉求占比', unit: '%', description: '某一岗位或年龄段登记的信访件中，提到这类诉求的件数 ÷ 全部件数；须按岗位或年龄段、按诉求，只算整年、全部单位，登记人不足 5 人的组并入“其他”，提到或没提到的不足 5 人时不显示', base: 'group', sql: 'sum(t.petitions)', per: 'sum(t.of_petitions) FILTER (t.petitions IS NOT NULL)', scale: 100, format: 'percent', worse: 0 },
  negative_rate: { label: '负面率', unit: '%', description: '负面文字数 ÷ 文字量', base: 'document', sql: "count(*) FILTER (d.polarity = 'negative')", per: 'count(*)', scale: 100, format: 'percent', worse: 1 },
  intensity: { label: '情绪强度', unit: '', description: '负面文字的平均强度（0–3）', base: 'document', sql: "sum(d.intensity) FILTER (d.polarity = 'negative')", per: "count(*) FILTER (d.polarity = 'negative')", scale: 1, format: 'decimal', worse: 1 },
  critical_documents: { label: '紧急文字', unit: '条', description: '判为紧急的文字数', base: 'document', sql: 'count(*) FILTER (d.critical)', format: 'integer', worse: 1 },
  matters: { label: '信访事项', unit: '项', description: '期内有人提出的不同事项数', base: 'document', sql: 'count(DISTINCT d.matter_no)', format: 'integer', worse: 1 },
  open_matters: { label: '未了事项', unit: '项', description: '首次提出在期内、尚有未办结信访件的事项数', base: 'matter', sql: 'count(*) FILTER (m.is_open)', format: 'integer', worse: 1 },
  respondents: { label: '参与人数', unit: '人', description: '有回答的答卷数', base: 'answer', sql: "count(DISTINCT (a.survey_id, a.respondent_no))", format: 'integer', worse: 0, suppress_under: 5 },
  scale_mean: { label: '平均分', unit: '分', description: '量表题得分之和 ÷ 得分数', base: 'answer', sql: "sum(a.value) FILTER (q.type = 'scale')", per: "count(a.value) FILTER (q.type = 'scale')", scale: 1, format: 'decimal', worse: -1, suppress_under: 5 },
  nps: { label: '净推荐值', unit: '', description: '（9–10 分的人数 − 0–6 分的人数）÷ 作答人数 × 100', base: 'answer', sql: "count(*) FILTER (q.type = 'nps' AND a.value >= 9) - count(*) FILTER (q.type = 'nps' AND a.value <= 6)", per: "count(a.value) FILTER (q.type = 'nps')", scale: 100, format: 'decimal', worse: -1, suppress_under: 5 },
  raised_rate: { label: '诉求提出率', unit: '%', description: '在开放题里提到这类诉求的人数 ÷ 答卷数；不分诉求时为提出了诉求的人数所占', base: 'respondent', sql: 'count(DISTINCT (a.survey_id, a.respondent_no)) FILTER ({raised})', per: 'count(DISTINCT (a.survey_id, a.respondent_no))', of_all_topics: true, scale: 100, format: 'percent', worse: 0, suppress_under: 5 },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as [MetricName, ...MetricName[]];

export interface Dimension {
  readonly label: string;
  /** SQL over the base relation; `{date}` stands for its date column, shifted when a comparison asks, `{topics}` for the relation that has its topics. */
  readonly sql: string;
  readonly bases: readonly Base[];
  /** What a respondent told of herself: divides all of one survey and nothing less, so that no two answers uncover a small group. */
  readonly personal?: true;
}

/** Days since a petition should have been concluded. */
const overdue = `date_diff('day', d.conclude_due_date, ${asOf})`;
const dated = ['petition', 'document', 'matter', 'answer', 'respondent'] as const;

export const dimensions = {
  week: { label: '周', sql: "date_trunc('week', {date})::DATE", bases: dated },
  month: { label: '月', sql: "date_trunc('month', {date})::DATE", bases: dated },
  quarter: { label: '季', sql: "date_trunc('quarter', {date})::DATE", bases: dated },
  year: { label: '年', sql: "date_trunc('year', {date})::DATE", bases: [...dated, 'group'] },
  branch: { label: '二级单位', sql: 'u.branch_id', bases: dated },
  unit: { label: '单位', sql: 'u.unit_id', bases: dated },
  unit_kind: { label: '单位类型', sql: 'u.kind', bases: dated },
  topic: { label: '诉求', sql: '{topics}.topic', bases: ['petition', 'document', 'matter', 'respondent', 'group'] },
  subtopic: { label: '二级诉求', sql: '{topics}.subtopic', bases: ['petition', 'document', 'respondent'] },
  channel: { label: '渠道', sql: 'd.channel', bases: ['petition', 'document'] },
  kind: { label: '类别', sql: 'd.kind', bases: ['document'] },
  polarity: { label: '情感倾向', sql: 'd.polarity', bases: ['petition', 'document'] },
  intent: { label: '意图', sql: 'd.intent', bases: ['petition', 'document'] },
  purpose: { label: '信访目的', sql: 'd.purpose', bases: ['petition'] },
  // `least` passes over NULL, so what is not there yet must be kept out by itself.
  days_to_acceptance: { label: '受理用时', sql: "CASE WHEN d.accepted_date IS NOT NULL THEN least(date_diff('day', d.registered_date, d.accepted_date), 20) END", bases: ['petition'] },
  days_to_conclusion: { label: '办结用时', sql: "CASE WHEN d.accepted_date IS NOT NULL AND d.concluded_date IS NOT NULL THEN least((greatest(date_diff('day', d.accepted_date, d.concluded_date), 1) - 1) // 5 * 5 + 1, 101) END", bases: ['petition'] },
  days_overdue: { label: '逾期天数', sql: `CASE WHEN d.concluded_date IS NULL AND d.conclude_due_date < ${asOf} THEN CASE WHEN ${overdue} > 90 THEN 91 WHEN ${overdue} > 30 THEN 31 WHEN ${overdue} > 15 THEN 16 ELSE 1 END END`, bases: ['petition'] },
  survey: { label: '问卷', sql: 'a.survey_id', bases: ['answer', 'respondent'] },
  question: { label: '题目', sql: 'a.question_no', bases: ['answer'] },
  post: { label: '岗位', sql: 'about.post', bases: ['respondent', 'group'], personal: true },
  age_band: { label: '年龄段', sql: 'about.age_band', bases: ['respondent', 'group'], personal: true },
  option: { label: '选项', sql: 'a.option', bases: ['answer'] },
} as const satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof dimensions;
export const dimensionNames = Object.keys(dimensions) as [DimensionName, ...DimensionName[]];
