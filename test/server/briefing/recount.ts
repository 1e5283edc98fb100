// In: a small warehouse, read whole, and a figure of a briefing with its note. Out: the same figure counted again, by hand.
// Invariant: no SQL of the product and no metric query: rows are counted here one by one; a figure that nobody here knows is refused.
import { addDays, mondayOf } from '../../../datasets/calendar.ts';
import type { Row, TableName } from '../../../datasets/schema.ts';
import { meanOf, npsOf, type Scored } from '../../../datasets/survey-estimates.ts';
import type { Cell, Note } from '../../../server/briefing/content.ts';
import type { Warehouse } from '../../../server/warehouse.ts';

const names = ['unit', 'headcount', 'document', 'petition', 'demand', 'matter', 'expectation', 'hotspot', 'hotspot_member', 'survey', 'question', 'answer', 'run'] as const satisfies readonly TableName[];
type Tables = { [N in (typeof names)[number]]: Row<N>[] };
export async function readAll(warehouse: Warehouse): Promise<Tables> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await warehouse.query(`SELECT * FROM ${name}`)] as const))) as unknown as Tables;
}

interface Span { from: string; to: string }
const pad = (n: string | number) => String(n).padStart(2, '0');
const monthEnd = (month: string) => addDays(`${shift(month, 1)}-01`, -1);
const shift = (month: string, by: number) => { const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by; return `${Math.floor(n / 12)}-${pad((n % 12) + 1)}`; };

/** The days that a note's period says in Chinese. */
export function daysOf(period: string): Span {
  const days = [...period.matchAll(/(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/g)], quarter = /(\d{4})年第([一二三四])季度/.exec(period), months = [...period.matchAll(/(?:(\d{4})年)?(\d{1,2})月(?!\d)/g)];
  const [first, last] = [days.length ? days[0]! : months[0]!, days.length ? days.at(-1)! : months.at(-1)!];
  if (quarter) { const start = '一二三四'.indexOf(quarter[2]!) * 3 + 1; return { from: `${quarter[1]}-${pad(start)}-01`, to: monthEnd(`${quarter[1]}-${pad(start + 2)}`) }; }
  const [a, b] = [first, last].map((m) => `${m[1] ?? first[1]}-${pad(m[2]!)}`) as [string, string];
  return days.length ? { from: `${a}-${pad(first[3]!)}`, to: `${b}-${pad(last[3]!)}` } : { from: `${a}-01`, to: monthEnd(b) };
}

/** The period that a comparison looks at; of a breakdown by month, the month a year before. */
function compared({ from, to }: Span, side: string): Span {
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const length = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5)) - Number(first.slice(5)) + 1, back = side === 'year' ? -12 : -length;
  return { from: `${shift(first, back)}-01`, to: monthEnd(shift(last, back)) };
}

const ratio = (num: number, den: number, scale: number) => (den === 0 ? null : (num * scale) / den);

export class Recount {
  constructor(private readonly all: Tables, private readonly unitPath: string) {}

  /** The value of a cell; null where there is nothing to count. Throws for what it does not know. */
  value({ row, column }: Cell, note: Note): number | null {
    const [metric = '', side = ''] = column.split('__');
    if (metric === 'observed' || metric === 'expected' || metric === 'upper' || metric === 'weeks' || metric === 'weeks_over' || metric === 'hotspots' || metric === 'units') return this.detected(row, metric, note);
    if (note.label.startsWith('《')) return this.surveyed(row, metric, side, note);
    let span = daysOf(note.period);
    if (row['month']) span = { from: String(row['month']), to: monthEnd(String(row['month']).slice(0, 7)) };
    if (side === 'previous' || side === 'year') span = compared(span, side);
    const [num, den, scale] = this.counted(metric, row, span);
    if (side === 'num') return num;
    if (side === 'den') return den;
    return den === null ? num : ratio(num, den, scale);
  }

  private unit(id: string) { return this.all.unit.find((u) => u.unit_id === id)!; }
  private inside(id: string) { const { path } = this.unit(id); return path === this.unitPath || path.startsWith(`${this.unitPath}/`); }
  private fits(row: Cell['row'], unit: string, document: Row<'document'> | null) {
    if (row['branch'] !== undefined && this.unit(unit).branch_id !== row['branch']) return false;
    if (row['unit'] !== undefined && unit !== row['unit']) return false;
    if (row['topic'] !== undefined && !this.all.demand.some((d) => d.document_id === document?.document_id && d.topic === row['topic'])) return false;
    return (row['channel'] === undefined || document?.channel === row['channel']) && (row['kind'] === undefined || document?.kind === row['kind']);
  }

  /** Sum, what it is divided by (null for a count), and the scale. */
  private counted(metric: string, row: Cell['row'], { from, to }: Span): [number, number | null, number] {
    const asOf = this.all.run[0]!.as_of, within = (day: string) => day >= from && day <= to;
    const documents = this.all.document.filter((d) => within(d.received_date) && this.inside(d.unit_id) && this.fits(row, d.unit_id, d)), negative = documents.filter((d) => d.polarity === 'negative');
    const petitions = this.all.petition.flatMap((p) => {
      const d = this.all.document.find((x) => x.document_id === p.document_id)!;
      return within(p.registered_date) && this.inside(d.unit_id) && this.fits(row, d.unit_id, d) ? [{ ...p, people: d.people, channel: d.channel }] : [];
    });
    const n = (test: (p: (typeof petitions)[number]) => boolean) => petitions.filter(test).length;
    const accepted = petitions.filter((p) => p.accepted_date !== null || (p.accept_due_date ?? '9') < asOf), due = petitions.filter((p) => p.conclude_due_date !== null && (p.concluded_date !== null || p.conclude_due_date < asOf)), over = petitions.filter((p) => p.concluded_date !== null);
    switch (metric) {
      case 'petitions': return [petitions.length, null, 1];
      case 'petition_people': return [petitions.reduce((sum, p) => sum + p.people, 0), null, 1];
      case 'petition_batches': return [n((p) => ['来访', '集体访', '接待日'].includes(p.channel)), null, 1];
      case 'joint_petitions': return [n((p) => p.is_joint), null, 1];
      case 'escalated_petitions': return [n((p) => p.is_escalated), null, 1];
      case 'first_petitions': return [n((p) => p.is_first), null, 1];
      case 'repeat_rate': return [n((p) => p.is_repeat), petitions.length, 100];
      case 'petitions_per_1000': return [petitions.length, this.heads(row, from, to), 1000];
      case 'timely_acceptance_rate': return [accepted.filter((p) => p.accepted_date !== null && p.accepted_date <= addDays(p.registered_date, 15)).length, accepted.length, 100];
      case 'timely_conclusion_rate': return [due.filter((p) => p.concluded_date !== null && p.concluded_date <= p.conclude_due_date!).length, due.length, 100];
      case 'overdue_petitions': return [n((p) => p.concluded_date === null && p.conclude_due_date !== null && p.conclude_due_date < asOf), null, 1];
      case 'rating_rate': return [over.filter((p) => p.satisfaction !== null).length, over.length, 100];
      case 'satisfaction_rate': return [n((p) => p.satisfaction === 'satisfied' || p.satisfaction === 'basic'), n((p) => p.satisfaction !== null), 100];
      case 'documents': return [documents.length, null, 1];
      case 'matters': return [new Set(documents.map((d) => d.matter_id)).size, null, 1];
      case 'negative_rate': return [negative.length, documents.length, 100];
      case 'intensity': return [negative.reduce((sum, d) => sum + d.intensity, 0), negative.length, 1];
      case 'open_matters': return [this.all.matter.filter((m) => m.is_open && within(m.first_date) && this.inside(m.unit_id)).length, null, 1];
      default: throw new Error(`nobody recounts ${metric}`);
    }
  }

  /** Mean of the months' headcounts of the units in view; here they stand at branches alone. */
  private heads(row: Cell['row'], from: string, to: string): number {
    const rows = this.all.headcount.filter((h) => h.month >= from.slice(0, 8) + '01' && h.month <= to && this.inside(h.unit_id) && this.fits(row, h.unit_id, null));
    return rows.reduce((sum, h) => sum + h.headcount, 0) / new Set(rows.map((h) => h.month)).size;
  }

  /** Texts of a unit and those below it in weeks that begin within a period, without survey answers. */
  texts(unit: string, topic: string, { from, to }: Span): number {
    const { path } = this.unit(unit), below = (id: string) => this.unit(id).path === path || this.unit(id).path.startsWith(`${path}/`);
    return this.all.document.filter((d) => d.kind !== 'survey_answer' && mondayOf(d.received_date) >= from && mondayOf(d.received_date) <= to && below(d.unit_id)
      && this.all.demand.some((x) => x.document_id === d.document_id && x.topic === topic)).length;
  }

  private detected(row: Cell['row'], column: string, note: Note): number | null {
    const { from, to } = daysOf(note.period);
    if (note.period.startsWith('周一在')) {
      const weeks = this.all.expectation.filter((e) => e.week >= from && e.week <= to && e.topic === row['topic'] && this.unit(e.unit_id).path === this.unitPath);
      return { observed: weeks.reduce((s, e) => s + e.observed, 0), expected: weeks.reduce((s, e) => s + e.expected, 0), weeks: weeks.length, weeks_over: weeks.filter((e) => e.observed > e.upper).length }[column] ?? null;
    }
    const met = this.all.hotspot.filter((h) => h.from_date <= to && h.to_date >= from && this.inside(h.unit_id));
    if (column === 'hotspots') return met.filter((h) => h.kind === row['kind']).length;
    const one = met.find((h) => h.hotspot_id === row['hotspot_id'])!;
    if (column !== 'units') return one[column as 'observed' | 'expected' | 'upper'];
    const members = new Set(this.all.hotspot_member.filter((m) => m.hotspot_id === one.hotspot_id).map((m) => m.document_id));
    return new Set(this.all.document.filter((d) => members.has(d.document_id)).map((d) => d.unit_id)).size;
  }

  private surveyed(row: Cell['row'], metric: string, side: string, note: Note): number | null {
    const title = /^《(.*)》/.exec(note.label)![1], survey = this.all.survey.find((s) => s.title === title)!;
    const answers = this.all.answer.filter((a) => a.survey_id === survey.survey_id && this.inside(a.unit_id)), sheets = new Set(answers.map((a) => a.respondent_no));
    const here = [...new Set(answers.map((a) => a.unit_id))], tops = here.filter((id) => !here.some((o) => this.unit(id).path.startsWith(`${this.unit(o).path}/`)));
    const heads = this.all.headcount.filter((h) => h.month === `${survey.last_date.slice(0, 7)}-01` && tops.some((id) => h.unit_id === id || this.unit(h.unit_id).path.startsWith(`${this.unit(id).path}/`))).reduce((s, h) => s + h.headcount, 0);
    if (metric === 'respondents') return sheets.size;
    if (metric === 'headcount') return heads;
    if (metric === 'response_rate') return ratio(sheets.size, heads, 100);
    if (metric === 'raised_rate') {
      const raising = new Set(answers.filter((a) => this.all.demand.some((d) => d.document_id === a.document_id && d.topic === row['topic'])).map((a) => a.respondent_no)).size;
      return side === 'num' ? raising : ratio(raising, sheets.size, 100);
    }
    const given = answers.filter((a) => a.question_no === row['question_no'] && (metric === 'nps' || a.option === row['option']) && a.value !== null);
    const scores = given.map((a): Scored => ({ value: a.value!, count: 1 })), found = metric === 'nps' ? npsOf(scores) : metric === 'scale_mean' ? meanOf(scores) : null;
    if (found === null) throw new Error(`nobody recounts ${metric} of a survey`);
    return side === 'den' ? given.length : side === 'low' ? found.low : side === 'high' ? found.high : found.value;
  }
}
