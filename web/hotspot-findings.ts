// In: the life of a hotspot, or a week's figures against its alarm line. Out: sentences that say it.
// Invariant: pure; each sentence follows from the numbers by rule.
import { addDays } from '../datasets/calendar.ts';
import { hotspotStages, measureWords } from '../datasets/vocabulary.ts';
import type { HotspotDetail, Why } from '../server/api.ts';

export type StageRow = HotspotDetail['stages'][number];

/** `11-02`, with its year where that differs from `year`. */
const dayName = (day: string, year: string) => (day.startsWith(year) ? `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日` : `${day.slice(0, 4)} 年 ${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日`);

/** What a hotspot or its alert stands out from; null for what is compared with nothing. */
export function expectedNote({ kind, detector, measure, observed, expected, upper }: Pick<HotspotDetail['hotspot'], 'kind' | 'measure' | 'observed' | 'expected' | 'upper'> & { detector?: string }): string | null {
  if (kind === 'critical') return '一条就够：请当日核实，按首报、续报、终报处理。';
  if (detector?.startsWith('linked')) return '同一单位两周内有两件以上诉求说法相近，相近的程度是与以往任何一件的一倍半以上。此前没有人说过的事，两件就提示，不等件数超出常态。';
  const word = measureWords[measure];
  return expected > 0 ? `期内 ${observed} ${word}，按${kind === 'emergent' ? '以往同类文字' : '往年与季节'}应有 ${expected.toFixed(1)} ${word}，常态上界 ${upper.toFixed(1)} ${word}。` : null;
}

/** Weeks in which something changed: another stage than before, or a part that split or merged. */
export const stageChanges = (rows: readonly StageRow[]): StageRow[] => rows.filter((r, i) => r.stage !== rows[i - 1]?.stage || r.stage === 'split' || r.stage === 'merged');

/** `11 月 2 日诞生，12 月 2 日那一周最多（13 条），仍在增长`. */
export function lifeFinding(rows: readonly StageRow[], from: string): string {
  const last = rows.at(-1), peak = rows.reduce<StageRow | undefined>((most, r) => (r.documents > (most?.documents ?? 0) ? r : most), undefined);
  if (!last || !peak) return '还看不出变化';
  const year = from.slice(0, 4), parts = rows.filter((r) => (r.stage === 'split' || r.stage === 'merged') && r.words.length > 0).at(-1);
  const now = last.stage === 'gone' ? `${dayName(last.week, year)}起平息` : last.stage === 'growing' ? '仍在增长' : last.stage === 'born' ? '' : '仍在持续';
  return [
    `${from.slice(0, 4)} 年 ${Number(from.slice(5, 7))} 月 ${Number(from.slice(8))} 日出现`,
    ...(peak.documents > 1 && rows.length > 1 ? [`${dayName(peak.week, year)}那一周最多（${peak.documents} 条）`] : []),
    ...(parts ? [`其中“${parts.words.slice(0, 2).join('、')}”${parts.stage === 'split' ? '分化出来' : '并了进来'}`] : []),
    ...(now ? [now] : []),
  ].join('，');
}

/** What a change of stage says beside its name. */
export function changeNote(row: StageRow): string {
  if (row.stage === 'split') return `分出“${row.words.join('、')}”`;
  if (row.stage === 'merged') return `“${row.words.join('、')}”并入`;
  if (row.stage === 'gone') return '八周没有新的文字';
  return `当周 ${row.documents} 条${row.likes > 0 ? `，点赞 ${row.likes}` : ''}`;
}

/** Every week from the first to the last, those without texts too. */
export function everyWeek(rows: readonly StageRow[]): { week: string; documents: number; likes: number; stage: string }[] {
  const first = rows[0]?.week, last = rows.at(-1)?.week, of = new Map(rows.map((r) => [r.week, r]));
  const weeks: { week: string; documents: number; likes: number; stage: string }[] = [];
  for (let week = first; week !== undefined && last !== undefined && week <= last; week = addDays(week, 7)) {
    const row = of.get(week);
    weeks.push({ week, documents: row?.documents ?? 0, likes: row?.likes ?? 0, stage: row ? hotspotStages[row.stage] : '' });
  }
  return weeks;
}

/** Why there is an alarm or none: the week that came nearest, its score beside the alarm line, and how many more texts would have been one. */
export function whySentences({ unit_name, alarm_from, nearest, newest, hotspots }: Why): string[] {
  if (unit_name === null) return ['这里没有唯一的上级单位，请选一个单位再看。'];
  if (alarm_from === null) return ['这一版由旧版程序生成，重新运行后才有报警线，才说得清为何报警或没有报警。'];
  if (!nearest || !newest) return ['这段时间没有登记已满、可以判断的周；可以放长时段。'];
  const one = (n: number) => n.toFixed(1), line = `报警线 ${one(alarm_from)}`, figures = (w: typeof nearest) => `${w.week} 那一周 ${w.observed} 条，期望 ${one(w.expected)} 条，得分 ${one(w.score)}`;
  const own = hotspots.some((h) => h.is_own), more = (w: typeof nearest) => `单凭这一周，要有约 ${w.needed} 条（再多 ${w.needed - w.observed} 条）才会报警`;
  const first = own ? `近一年报过警：${figures(nearest)}，${line}。`
    : nearest.score < alarm_from ? `近一年没有报警。最接近的是 ${figures(nearest)}，${line}；${more(nearest)}。`
    : hotspots.length > 0 ? `没有单独报警：${figures(nearest)}，到了${line}，但由“${hotspots[0]?.unit_name}”的热点说明得更清楚。`
    : `没有报警：${figures(nearest)}，虽到了${line}，但总共不足 4 条、多出不到 3 条，或往年此时也是这样。`;
  const last = newest.week === nearest.week ? [] : [`登记已满的最近一周：${figures(newest)}${own || newest.score >= alarm_from ? '' : `；${more(newest)}`}。`];
  return [first, ...last];
}
