// In: the episodes that the detector found in the period. Out: 热点与苗头: each with what was seen, what was expected, and one sentence in the writers' own words.
// Invariant: episodes come in the detector's order; a restricted text is neither quoted nor titled.
import { dayLabel, periodKinds, type PeriodKind } from '../../../datasets/reporting-period.ts';
import { measureWords, seriesMeasures, type hotspotKinds, type SeriesMeasure } from '../../../datasets/vocabulary.ts';
import { topicName, type TopicCode } from '../../../datasets/taxonomy.ts';
import type { Block, Part, QuotePart, Section } from '../content.ts';
import { expectedFigure, figure, join, text } from '../figures.ts';
import { amount, word, type AnswerRow } from '../notebook.ts';
import { addDays, mondayOf } from '../../../datasets/calendar.ts';
import { dateLabel } from '../period.ts';
import { chooseQuote, type Quotable } from '../quotes.ts';
import type { SectionInput } from './section-input.ts';

/** Episodes told in full; the others are counted. */
const toldInFull = 5;
/** Weeks on the curve before the end of the period. */
const weeksShown = 53;
type Kind = keyof typeof hotspotKinds;

const topicLabel = (row: AnswerRow) => topicName(word(row, 'topic') as TopicCode, word(row, 'subtopic') || null);
const measureOf = (row: AnswerRow): SeriesMeasure => (Object.keys(measureWords) as SeriesMeasure[]).find((m) => m === word(row, 'measure')) ?? 'documents';
/** What comes before the number of each measure. */
const received: Record<SeriesMeasure, (topic: string) => string> = {
  documents: (topic) => `收到${topic}类文字`, matters: (topic) => `${topic}类反映涉及事项`, negatives: (topic) => `收到${topic}类文字中负面的`, people: (topic) => `${topic}类反映涉及`,
};

/** `本月监测发现热点3个、紧急事项2件，未发现苗头。` */
export function countSentence(rows: readonly AnswerRow[], span: PeriodKind): Part[] {
  const kinds: Record<Kind, { name: string; unit: string }> = { series: { name: '热点', unit: '个' }, emergent: { name: '苗头', unit: '个' }, critical: { name: '紧急事项', unit: '件' } };
  const found = (Object.keys(kinds) as Kind[]).map((kind) => ({ kind, number: figure(rows.find((r) => word(r, 'kind') === kind), 'hotspots') }));
  const some = found.flatMap(({ kind, number }) => (number === null ? [] : [[text(kinds[kind].name), number, text(kinds[kind].unit)]]));
  const none = found.filter(({ number }) => number === null).map(({ kind }) => kinds[kind].name).join('、');
  const lead: Part[] = some.length === 0 ? [] : [text('发现'), ...join(some, '、')];
  return [text(`${periodKinds[span].now}监测`), ...lead, text(none === '' ? '。' : `${some.length === 0 ? '' : '，'}未发现${none}。`)];
}

/** The title without its figures in brackets: they follow, bound to their note. */
const titleOf = (row: AnswerRow) => word(row, 'title').replace(/[。.]$/, '').replace(/（[^（）]*\d[^（）]*）$/, '');

/** `1. 标题。10月5日至10月25日，三矿收到薪酬类文字45条，期望18.2条，上界27.0条。多见“停发”“绩效”等词。有职工反映：“…”` */
export function episodeSentence(row: AnswerRow, no: number, quote: QuotePart | null): Part[] {
  const kind = word(row, 'kind') as Kind;
  const [from, to] = [word(row, 'from_date'), word(row, 'to_date')];
  const days = from === to ? dayLabel(from) : `${dayLabel(from)}至${dayLabel(to)}`;
  const [seen, expected, upper] = [figure(row, 'observed'), expectedFigure(row, 'expected'), expectedFigure(row, 'upper')];
  const terms = word(row, 'terms').split('、').filter(Boolean).slice(0, 5);
  const parts: Part[] = [text(`${no}. ${titleOf(row)}。${days}，${word(row, 'unit_name')}`)];
  const measure = measureOf(row), unit = measure === 'negatives' ? '条' : measureWords[measure];
  if (seen !== null) parts.push(text(received[measure](topicLabel(row))), seen, text(unit));
  if (kind === 'series' && expected !== null && upper !== null) parts.push(text('，期望'), expected, text(`${unit}，上界`), upper, text(unit));
  const units = figure(row, 'units');
  if (kind === 'emergent' && units !== null && units.value > 1) parts.push(text('，涉及'), units, text('个单位'));
  parts.push(text('。'));
  if (terms.length > 0) parts.push(text(`多见${terms.map((t) => `“${t}”`).join('')}等词。`));
  if (quote !== null) parts.push(text('有职工反映：'), quote);
  return parts;
}

/** `10月12日，三矿，安全：“…”`; without a quote where the text may not be shown. */
export function criticalSentence(row: AnswerRow, no: number, quote: QuotePart | null): Part[] {
  const lead = text(`${no}. ${dayLabel(word(row, 'from_date'))}，${word(row, 'unit_name')}，${topicLabel(row)}类紧急事项`);
  return quote === null ? [lead, text('，原文见系统“热点”。')] : [lead, text('：'), quote];
}

export async function hotspots(input: SectionInput): Promise<Section> {
  const { notebook, period, unit } = input;
  const where = `(u.path = ? OR starts_with(u.path, ? || '/')) AND h.from_date <= ?::DATE AND h.to_date >= ?::DATE`;
  const params = [unit.path, unit.path, period.to, period.from];
  const counts = await notebook.sql({
    label: '热点、苗头与紧急事项数', key: ['kind'], period: `起止日期与${period.label}相交`, params,
    definitions: ['热点：文字数超出自身历史与季节所推算的上界；苗头：新出现并扩散的同类文字；紧急：一段文字即须当日处置'],
    sql: `SELECT h.kind, count(*)::INTEGER AS hotspots FROM hotspot h JOIN unit u USING (unit_id) WHERE ${where} GROUP BY h.kind ORDER BY h.kind`,
  });
  const found = await notebook.sql({
    label: '热点、苗头与紧急事项', key: ['hotspot_id'], period: `起止日期与${period.label}相交`, params,
    definitions: ['观测：起止日期内收到的相关文字数；按事项、负面、人次发现的为相应之数；期望与上界：由自身历史与季节推算'],
    sql: `SELECT h.hotspot_id, h.kind, h.title, u.name AS unit_name, h.unit_id, h.topic, h.subtopic, h.measure, strftime(h.from_date, '%Y-%m-%d') AS from_date, strftime(h.to_date, '%Y-%m-%d') AS to_date, h.observed, h.expected, h.upper, h.score, array_to_string(h.terms, '、') AS terms,
  (SELECT count(DISTINCT d.unit_id) FROM hotspot_member m JOIN document d USING (document_id) WHERE m.hotspot_id = h.hotspot_id)::INTEGER AS units
FROM hotspot h JOIN unit u USING (unit_id) WHERE ${where} ORDER BY h.score DESC, h.hotspot_id`,
  });
  const blocks: Block[] = [{ type: 'paragraph', parts: countSentence(counts.rows, period.kind) }];
  const told = found.rows.filter((r) => word(r, 'kind') !== 'critical');
  const critical = found.rows.filter((r) => word(r, 'kind') === 'critical');
  const both = told.length > 0 && critical.length > 0;
  if (both) blocks.push({ type: 'heading', text: '（一）热点与苗头' });
  for (const [i, row] of told.slice(0, toldInFull).entries()) {
    blocks.push({ type: 'paragraph', parts: episodeSentence(row, i + 1, await quoteOf(input, row)) });
  }
  if (told.length > toldInFull) blocks.push({ type: 'paragraph', parts: [text('其余热点与苗头见系统“热点”。')] });
  const hottest = told.find((r) => word(r, 'kind') === 'series');
  if (hottest) blocks.push(...await curve(input, hottest));
  if (both) blocks.push({ type: 'heading', text: '（二）紧急事项' });
  for (const [i, row] of critical.slice(0, toldInFull).entries()) {
    blocks.push({ type: 'paragraph', parts: criticalSentence(row, i + 1, await quoteOf(input, row)) });
  }
  if (critical.length > toldInFull) blocks.push({ type: 'paragraph', parts: [text('其余紧急事项见系统“热点”。')] });
  return { id: 'hotspots', title: '热点与苗头', blocks };
}

/** A sentence from the episode's unrestricted texts within the unit's subtree; of a critical text the one that made it so. */
async function quoteOf({ warehouse, unit }: SectionInput, row: AnswerRow): Promise<QuotePart | null> {
  const members = await warehouse.query<Quotable & { critical_reason: string | null } & Record<string, string | number | null>>(
    `SELECT d.document_id, d.text, d.polarity, d.intensity, d.critical_reason FROM hotspot_member m JOIN document d USING (document_id) JOIN unit u ON u.unit_id = d.unit_id
WHERE m.hotspot_id = ? AND NOT d.restricted AND d.text IS NOT NULL AND (u.path = ? OR starts_with(u.path, ? || '/')) ORDER BY d.document_id`,
    [word(row, 'hotspot_id'), unit.path, unit.path]);
  const terms = word(row, 'terms').split('、').filter(Boolean);
  if (word(row, 'kind') !== 'critical') return chooseQuote(members, terms);
  const reasons = members.flatMap((m) => [...(m.critical_reason ?? '').matchAll(/“([^”]+)”/g)].map((found) => found[1] ?? ''));
  return chooseQuote(members, reasons.length > 0 ? reasons : terms);
}

/** Weeks that are each within their bound may be beyond it together. */
export const curveWords = (isBeyond: boolean) => (isBeyond ? '超出上界' : '几周合计超出上界，各周均在界内');

async function curve({ notebook, period, run }: SectionInput, row: AnswerRow): Promise<Block[]> {
  const measure = measureOf(row), subtopic = word(row, 'subtopic'), isDetail = subtopic !== '' || measure !== 'documents';
  const weeks = await notebook.sql({
    label: `“${titleOf(row)}”逐周观测与期望`, key: ['week'], period: `至${dateLabel(period.to)}的${weeksShown}周`,
    definitions: [`观测：该周的${seriesMeasures[measure]}；期望与上界：只用该周以前的数据`],
    sql: `SELECT strftime(e.week, '%Y-%m-%d') AS week, e.observed, e.expected, e.upper FROM ${isDetail ? 'expectation_detail' : 'expectation'} e
WHERE e.unit_id = ? AND e.topic = ?${isDetail ? ' AND coalesce(e.subtopic, \'\') = ? AND e.measure = ?' : ''} AND e.week BETWEEN ?::DATE AND ?::DATE ORDER BY e.week`,
    params: [word(row, 'unit_id'), word(row, 'topic'), ...(isDetail ? [subtopic, measure] : []), addDays(period.to, -7 * weeksShown), period.to],
  });
  if (weeks.rows.length < 8) return [];
  const rows = weeks.rows.map((w) => ({ week: word(w, 'week'), observed: amount(w, 'observed') ?? 0, expected: amount(w, 'expected'), upper: amount(w, 'upper'), provisional: word(w, 'week') >= run.provisional_from }));
  const [start, end] = [mondayOf(word(row, 'from_date')), word(row, 'to_date')];
  const isBeyond = rows.some((w) => w.week >= start && w.week <= end && w.upper !== null && w.observed > w.upper);
  const title = `${word(row, 'unit_name')}${topicLabel(row)}类${measure === 'documents' ? '文字' : seriesMeasures[measure]}${curveWords(isBeyond)}`;
  const last = rows.at(-1), unit = measureWords[measure];
  const alt = `折线图。${title}。${dayLabel(word(row, 'from_date'))}至${dayLabel(word(row, 'to_date'))}观测${word(row, 'observed')}${unit}，期望${(amount(row, 'expected') ?? 0).toFixed(1)}${unit}；最后一周观测${last?.observed ?? 0}${unit}。`;
  return [{ type: 'chart', title, subtitle: `每周${seriesMeasures[measure]}；灰带为常态范围，灰线为期望，红色为超出上界，虚线为暂定`, alt, notes: [weeks.note], chart: { kind: 'curve', rows, alerts: [{ from: word(row, 'from_date'), to: word(row, 'to_date'), label: '热点' }] } }];
}
