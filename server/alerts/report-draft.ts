// In: an alert, the version served now, what was done so far. Out: a report's form with the facts filled in.
// Invariant: every figure comes from the warehouse, every quote is an exact sentence of an unrestricted text; what people must say is left empty.
import { taxonomy } from '../../datasets/taxonomy.ts';
import type { AlertEvent, AlertReport, ReportDraft, ReportFields } from '../api.ts';
import { dayLabel } from '../../datasets/reporting-period.ts';
import { dateLabel } from '../briefing/period.ts';
import { chooseQuote } from '../briefing/quotes.ts';
import type { Reader } from '../warehouse.ts';
import type { Alerts } from './alerts.ts';
import { addDays } from '../../datasets/calendar.ts';
import { countWord } from '../../datasets/vocabulary.ts';
import { localDay } from './deadline.ts';
import { effectOfAlert } from './detail.ts';
import { curveOf, figuresOf, spreadOf, type AlertCurve } from './evidence.ts';
import type { StoredAlert } from './store.ts';

const mostQuotes = 3;

/** The draft somebody saved, or a new one. */
export async function reportDraft(reader: Reader, alerts: Alerts, alert: StoredAlert, kind: ReportDraft['kind'], scope: string | null): Promise<ReportDraft> {
  const reports = alerts.store.reports(alert.alert_id);
  const facts = await figuresOf(reader, alert, scope);
  const filled: ReportDraft['filled'] = {
    title: alert.title.replace(/（[^（）]*\d[^（）]*）$/, '').slice(0, 100), unit: alert.unit_name.slice(0, 100), topic: taxonomy[alert.topic].label, period: period(alert),
    figures: figures(alert), documents: facts.documents, people: facts.people, matters: facts.matters,
  };
  const saved = reports.find((r) => r.kind === kind && r.submitted_at === null);
  if (saved) return { kind, saved: true, fields: saved.fields, filled };
  const events = alerts.store.events(alert.alert_id), curve = await curveOf(reader, alert), last = reports.filter((r) => r.submitted_at !== null).at(-1);
  const fields: ReportFields = {
    ...filled,
    situation: await situation(reader, alert, scope, facts), quotes: quotesOf(alert, facts), measures: measures(events),
    progress: kind === 'first' ? '' : await progress(reader, alert, events, curve, last), next: '', outcome: null,
  };
  return { kind, saved: false, fields, filled };
}

const period = ({ from_date, to_date }: StoredAlert) => (from_date === to_date ? dateLabel(from_date) : `${dateLabel(from_date)}至${dateLabel(to_date)}`);
const one = (x: number) => Number(x.toFixed(1));

function figures({ kind, measure, observed, expected, upper }: StoredAlert): string {
  if (kind === 'critical') return `出现 ${observed} 件紧急反映；紧急事项一件即报，不与期望比较`;
  const word = countWord(measure);
  return `观测 ${observed} ${word}，按${kind === 'emergent' ? '以往同类文字' : '自身历史与季节'}推算期望 ${one(expected)} ${word}，上界 ${one(upper)} ${word}`;
}

async function situation(reader: Reader, alert: StoredAlert, scope: string | null, facts: { documents: number; people: number; matters: number }): Promise<string> {
  const spread = await spreadOf(reader, alert, scope);
  const places = spread.slice(0, 6).map((u) => `${u.unit_name}（${dayLabel(u.first_date)}起 ${u.documents} 件）`).join('、');
  return [
    `${period(alert)}，${alert.unit_name}收到${taxonomy[alert.topic].label}类反映 ${facts.documents} 件、${facts.people} 人次，涉及事项 ${facts.matters} 个。`,
    ...(spread.length > 0 ? [`${spread.length > 1 ? `先后涉及 ${spread.length} 个单位：` : '涉及单位：'}${places}${spread.length > 6 ? '等' : ''}。`] : []),
    // Words that stand out say something of many texts, nothing of one.
    ...(alert.kind !== 'critical' && alert.terms.length > 0 ? [`多见${alert.terms.slice(0, 5).map((t) => `“${t}”`).join('')}等词。`] : []),
  ].join('');
}

/** A critical text is quoted for what made it critical, any other for the terms of its hotspot. */
function quotesOf(alert: StoredAlert, { quotable, reasons }: Pick<Awaited<ReturnType<typeof figuresOf>>, 'quotable' | 'reasons'>): ReportFields['quotes'] {
  const terms = alert.kind === 'critical' && reasons.length > 0 ? reasons : alert.terms;
  const quotes: ReportFields['quotes'] = [];
  let left: Parameters<typeof chooseQuote>[0] = quotable;
  while (quotes.length < mostQuotes) {
    const quote = chooseQuote(left, terms);
    if (!quote) break;
    // Letters copied from each other are quoted once.
    if (!quotes.some((q) => q.text === quote.text)) quotes.push({ document_id: quote.document_id, text: quote.text });
    left = left.filter((d) => d.document_id !== quote.document_id);
  }
  return quotes;
}

const measures = (events: readonly AlertEvent[]) => events.flatMap((e) => (e.kind === 'measure' && e.date !== null ? [{ date: e.date, text: e.text }] : []))
  .sort((a, b) => (a.date < b.date ? -1 : 1)).map(({ date, text }) => `${dateLabel(date)}：${text}`).join('\n').slice(0, 4_000);

/** What the weeks since the last report hold, and whether the measures show in the curve. */
async function progress(reader: Reader, alert: StoredAlert, events: readonly AlertEvent[], { rows, measure }: AlertCurve, last: AlertReport | undefined): Promise<string> {
  const since = last?.submitted_at ? addDays(localDay(new Date(last.submitted_at)), -6) : alert.from_date;
  const weeks = rows.filter((w) => w.week >= since);
  const sum = (of: 'observed' | 'expected') => weeks.reduce((s, w) => s + w[of], 0);
  const effect = await effectOfAlert(reader, alert, events);
  const first = weeks[0], final = weeks.at(-1);
  return [
    first && final ? `${last ? '上次报告以来' : '发现以来'}（${dateLabel(first.week)}当周至${dateLabel(final.week)}当周），同类反映 ${sum('observed')} ${countWord(measure)}，期望 ${one(sum('expected'))} ${countWord(measure)}${weeks.some((w) => w.provisional) ? '，其中最近几周登记尚不完整' : ''}。` : '上次报告以来尚无新的整周数据。',
    ...(effect ? [effect.words] : []),
  ].join('');
}
