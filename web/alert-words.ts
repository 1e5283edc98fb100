// In: how well alerts did, how a measure worked, a report's form. Out: titles and sentences about them; which facts were changed.
// Invariant: pure; a share always comes with its numerator, denominator and interval; too little data is said, never estimated.
import type { AlertAction, AlertDetail, AlertQuality, Effect, ReportFields } from '../server/api.ts';

const percent = (share: number) => `${Math.round(share * 100)}%`;
const one = (n: number) => n.toLocaleString('zh-CN', { maximumFractionDigits: 1 });

/** `有结论的 23 条里 18 条属实：准确率 78%（95% 区间 58%–90%）`. */
export function qualityFinding({ closed, confirmed, ppv, interval }: Pick<AlertQuality, 'closed' | 'confirmed' | 'ppv' | 'interval'>): string {
  if (closed === 0 || ppv === null) return '还没有下结论的预警，算不出准确率';
  return `有结论的 ${closed} 条里 ${confirmed} 条属实：准确率 ${percent(ppv)}${interval ? `（95% 区间 ${percent(interval.low)}–${percent(interval.high)}）` : ''}`;
}

/** `误报 2 起 ÷ 5 个月 = 每月 0.4 起，预算每月 2 起`. */
export function falseAlarmWords({ false_alarms_per_month, false_alarms, months }: Pick<AlertQuality, 'false_alarms_per_month' | 'false_alarms' | 'months'>, budget: number | null): string {
  const allowed = budget === null ? '' : `预算每月 ${one(budget)} 起`;
  if (false_alarms_per_month === null) return allowed && `误报${allowed}`;
  return `误报 ${false_alarms} 起 ÷ ${one(months)} 个月 = 每月 ${one(false_alarms_per_month)} 起${allowed && `，${allowed}`}`;
}

/** Title of the effect panel. */
export function effectFinding(effect: Effect): string {
  if (!effect.sufficient) return '数据不足，无法判断措施是否见效';
  return { 下降: '措施之后，超出常态的部分减少了', 上升: '措施之后反而更多', 无明显变化: '措施前后没有明显变化', 无法判断: '数据不足，无法判断措施是否见效' }[effect.verdict];
}

/** Facts of a report: filled in from the warehouse, the rest is the writer's. */
export const reportFacts = { title: '标题', unit: '单位', topic: '诉求', period: '时段', figures: '观测与期望', documents: '文字数（条）', people: '涉及人次', matters: '事项数' } as const satisfies Partial<Record<keyof ReportFields, string>>;
export type FactKey = keyof typeof reportFacts;

/** Which facts a person changed, with what the warehouse said and what was written. */
export function changedFacts(filled: Pick<ReportFields, FactKey>, now: Pick<ReportFields, FactKey>): { key: FactKey; label: string; was: string; written: string }[] {
  return (Object.keys(reportFacts) as FactKey[]).flatMap((key) => (String(filled[key]).trim() === String(now[key]).trim() ? [] : [{ key, label: reportFacts[key], was: String(filled[key]), written: String(now[key]) }]));
}

/** Sentences of a text that a report may quote as they stand: whole, 8 to 200 characters. */
export function sentencesOf(text: string): string[] {
  return (text.match(/[^。！？!?\n]+[。！？!?]?/gu) ?? []).map((s) => s.trim()).filter((s) => s.length >= 8 && s.length <= 200);
}

type Named = AlertDetail['actions'][number]['action'];
/** What follows from an action, said before it is done. */
export const actionHints: Readonly<Partial<Record<Named, string>>> = {
  assign: '责任单位和责任人会写进经过，期限不变。',
  postpone: '写明理由；改期记入经过，逾期天数按新期限算。',
  start: '从首报进入处置中，续报的期限不变。',
  measure: '措施的日期是评价成效的分界：曲线在它之前、之后各看一段。',
  link_matter: '把这条预警之外的同一件事接进来。编号见各预警页的事项表，分析员也可在查询页的 matter 表里查。',
  false_alarm: '误报即结案，计入公布的误报率，不能撤回。同一件事再出现时会另起一条。',
  archive: '归档即结案，之后只能批注。结果计入公布的准确率。',
  return: '退回处置中继续办；终报留着，不能改。',
};
/** The action's own label for its button of confirmation. */
export const confirmNames: Readonly<Record<AlertAction['action'], string>> = {
  assign: '指派', postpone: '改期', start: '开始处置', measure: '记下措施', link_matter: '关联', false_alarm: '确认是误报', archive: '归档', return: '退回续办',
};
