// In: the period by the units directly under the reported one. Out: 分单位情况: who has most, who most per thousand, who rose; a table and a heat map.
// Invariant: units are compared by rate as well as by count, for a big mine always has more.
import { heatStep } from '../../../web/charts/heat-map.ts';
import { taxonomy, topicCodes } from '../../../datasets/taxonomy.ts';
import { periodKinds, type PeriodKind } from '../../../datasets/reporting-period.ts';
import { change, changeCell } from '../change-words.ts';
import type { Block, Part, Parts, Section, TableBlock } from '../content.ts';
import { figure, join, nothing, share, text } from '../figures.ts';
import { amount, word, type Answer, type AnswerRow } from '../notebook.ts';
import { totalsQuestion } from './overview.ts';
import { childDimension, childName, type SectionInput } from './section-input.ts';

/** Where texts are gathered that name no unit: its silence says nothing. */
const unnamed = '未注明';

type Name = (row: AnswerRow) => string;
const falling = (column: string) => (a: AnswerRow, b: AnswerRow) => (amount(b, column) ?? 0) - (amount(a, column) ?? 0);

/** `信访量居前的是三矿（120件次，占38.5%）、…`. */
export function mostSentence(rows: readonly AnswerRow[], total: AnswerRow, name: Name): Part[] {
  const top = [...rows].sort(falling('petitions')).slice(0, 3).map((row): Part[] => {
    const [n, part] = [figure(row, 'petitions'), share(row, 'petitions', total, 'petitions')];
    return n === null || part === null ? [] : [text(`${name(row)}（`), n, text('件次，占'), part, text('）')];
  });
  return top.length === 0 ? [] : [text('信访量居前的是'), ...join(top, '、'), text('。')];
}

/** `按每千人计，居前的是…`, where headcounts are known. */
export function perThousandMost(rows: readonly AnswerRow[], name: Name): Part[] {
  const top = rows.filter((r) => amount(r, 'petitions_per_1000') !== null).sort(falling('petitions_per_1000')).slice(0, 3).map((row): Part[] => {
    const found = figure(row, 'petitions_per_1000');
    return found === null ? [] : [text(name(row)), found, text('件')];
  });
  return top.length === 0 ? [] : [text('按每千人计，居前的是'), ...join(top, '、'), text('。')];
}

/** Units that rose most against the period before. */
export function risenSentence(rows: readonly AnswerRow[], name: Name): Part[] {
  const risen = rows.flatMap((row) => {
    const [now, before] = [amount(row, 'petitions'), amount(row, 'petitions__previous')];
    return now === null || before === null || now - before < 2 ? [] : [{ row, by: now - before }];
  }).sort((a, b) => b.by - a.by).slice(0, 3);
  return risen.length === 0 ? [] : [text('上升较多的是'), ...join(risen.map(({ row }): Part[] => [text(`${name(row)}，`), ...change(row, 'petitions', 'previous')]), '；'), text('。')];
}

/** Units without any petition are named, so that silence is seen. */
export const silentSentence = (names: readonly string[], span: PeriodKind): Part[] => (names.length === 0 ? [] : [text(`${periodKinds[span].now}未登记信访件的单位：${names.join('、')}。`)]);

const one = (row: AnswerRow | undefined, column: string): Parts => { const found = figure(row, column); return found === null ? nothing : [found]; };

export async function units(input: SectionInput): Promise<Section> {
  const { notebook, period, unit, children } = input;
  const { from, to } = period;
  const dimension = childDimension(unit);
  const petitions = await notebook.metrics({ label: '各单位信访量', metrics: ['petitions', 'petitions_per_1000', 'repeat_rate'], dimensions: [dimension], from, to, compare: ['previous', 'year'] });
  const moods = await notebook.metrics({ label: '各单位负面率', metrics: ['negative_rate'], dimensions: [dimension], from, to });
  const total = (await totalsQuestion(notebook, period)).rows[0];
  if (petitions.rows.length === 0 || total === undefined) return { id: 'units', title: '分单位情况', blocks: [{ type: 'paragraph', parts: [text(`${periodKinds[period.kind].now}各单位均未登记信访件。`)] }] };
  const name: Name = (row) => childName(input, row.values[dimension]);
  const seen = new Set(petitions.rows.map((r) => word(r, dimension)));
  const silent = children.filter((c) => !seen.has(c.unit_id) && c.name !== unnamed).map((c) => c.name);
  const blocks: Block[] = [
    { type: 'paragraph', parts: [...mostSentence(petitions.rows, total, name), ...perThousandMost(petitions.rows, name)] },
    { type: 'paragraph', parts: [...risenSentence(petitions.rows, name), ...silentSentence(silent, period.kind)] },
  ];
  blocks.push(unitTable(petitions.rows, moods, dimension, name, total));
  blocks.push(...await heat(input));
  return { id: 'units', title: '分单位情况', blocks: blocks.filter((b) => b.type !== 'paragraph' || b.parts.length > 0) };
}

/** `每千人` has its column where the headcount of any unit is known. */
function unitTable(rows: readonly AnswerRow[], moods: Answer, dimension: string, name: Name, total: AnswerRow): TableBlock {
  const isPerHead = rows.some((r) => amount(r, 'petitions_per_1000') !== null);
  const line = (row: AnswerRow, label: string, mood: AnswerRow | undefined): Parts[] => [
    [text(label)], one(row, 'petitions'), changeCell(row, 'petitions', 'previous'), changeCell(row, 'petitions', 'year'), ...(isPerHead ? [one(row, 'petitions_per_1000')] : []), one(row, 'repeat_rate'), one(mood, 'negative_rate')];
  return {
    type: 'table', caption: '分单位信访情况', header: ['单位', '信访量（件次）', '环比', '同比', ...(isPerHead ? ['每千人（件）'] : []), '重复信访率', '负面率'], widths: [22, 20, 12, 12, ...(isPerHead ? [12] : []), 15, 11],
    rows: [...[...rows].sort(falling('petitions')).map((row) => line(row, name(row), moods.rows.find((m) => m.key[dimension] === row.key[dimension]))), line(total, '合计', undefined)],
    remark: '负面率按信访件、谈话记录、网络留言与问卷开放题合计。“—”为无数据或不可比。',
  };
}

async function heat({ notebook, period, unit, children }: SectionInput): Promise<Block[]> {
  const inside = children.length > 0 ? children : [unit];
  const cells = await notebook.sql({
    label: '各单位各类诉求的观测与期望', key: ['unit_id', 'topic'], period: `周一在${period.label}内的各周`,
    definitions: ['观测：各周收到的文字数之和，问卷开放题不计；期望：各周期望之和，只用该周以前的数据，文字太少的不推算'],
    sql: `WITH part AS (SELECT v.unit_id, u.unit_id AS part_id FROM unit v JOIN unit u ON u.path = v.path OR starts_with(u.path, v.path || '/') WHERE v.parent_id = ? OR v.unit_id = ?),
counted AS (SELECT p.unit_id, s.topic, sum(s.documents) AS observed FROM series s JOIN part p ON p.part_id = s.unit_id WHERE s.week BETWEEN ?::DATE AND ?::DATE GROUP BY ALL),
expected AS (SELECT e.unit_id, e.topic, sum(e.observed) AS observed, sum(e.expected) AS expected, sum(e.upper) AS upper
  FROM expectation e JOIN unit u USING (unit_id) WHERE (u.parent_id = ? OR u.unit_id = ?) AND e.week BETWEEN ?::DATE AND ?::DATE GROUP BY ALL)
SELECT unit_id, topic, coalesce(e.observed, c.observed)::INTEGER AS observed, e.expected, e.upper
FROM expected e FULL JOIN counted c USING (unit_id, topic) ORDER BY unit_id, topic`,
    params: [unit.unit_id, unit.unit_id, period.from, period.to, unit.unit_id, unit.unit_id, period.from, period.to],
  });
  const ids = new Set(inside.map((u) => u.unit_id));
  const rows = cells.rows.filter((r) => ids.has(word(r, 'unit_id'))).map((r) => ({ branch_id: word(r, 'unit_id'), topic: topicCodes.find((t) => t === word(r, 'topic')) ?? 'other', observed: amount(r, 'observed') ?? 0, expected: amount(r, 'expected'), upper: amount(r, 'upper') }));
  const drawn = inside.filter((u) => rows.some((r) => r.branch_id === u.unit_id && r.observed > 0));
  if (rows.length === 0 || drawn.length === 0) return [];
  const over = rows.filter((r) => heatStep(r) >= 2), isJudged = rows.some((r) => r.expected !== null), isRare = rows.some((r) => r.expected === null && r.observed > 0);
  const title = !isJudged ? '各单位各类诉求文字不多，不推算期望' : over.length === 0 ? '各单位各类诉求与期望大体相当' : `各单位各类诉求中，${over.length}处明显多于期望`;
  const told = over.map((r) => `${drawn.find((u) => u.unit_id === r.branch_id)?.name ?? ''}${taxonomy[r.topic].label}${r.observed}条、期望${(r.expected ?? 0).toFixed(1)}条`);
  return [{ type: 'chart', title, subtitle: `各单位各类诉求的文字数；黄为多于期望，青为少于期望，灰为相当${isRare ? '或太少而不推算期望' : ''}`, alt: `热力图。${title}${told.length > 0 ? `：${told.join('；')}` : ''}。`, notes: [cells.note], chart: { kind: 'heat', rows, units: drawn.map((u) => ({ unit_id: u.unit_id, name: u.name })) } }];
}
