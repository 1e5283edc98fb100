// In: counts of answers by part (unit or group). Out: each question's items with estimates, for some parts or by part.
// Invariant: pure; nothing is told about fewer than five who answered, nor could be told from what is shown of the other parts.
import type { Row } from '../../datasets/schema.ts';
import { folded, leastGroup, otherGroup } from '../../datasets/small-groups.ts';
import { difference, meanOf, npsOf, shareOf, type Estimate, type Scored } from '../../datasets/survey-estimates.ts';
import type { SurveyGroups, SurveyItem, SurveyQuestion } from './api.ts';
import { sameQuestion } from './waves.ts';

export type Question = Pick<Row<'question'>, 'question_no' | 'title' | 'type' | 'is_group' | 'options'>;
export interface Cell { question_no: number; option: string; value: number | null; part: string; answers: number }
/** Who answered: for a scale by its row, else `option` is ''. */
export interface Size { question_no: number; option: string; part: string; n: number }
export interface Sheets { questions: readonly Question[]; cells: readonly Cell[]; sizes: readonly Size[] }
type Item = Omit<SurveyItem, 'before' | 'change' | 'scores_before'>;

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
const totals = <T>(rows: readonly T[], key: (row: T) => string, of: (row: T) => number) => { const found = new Map<string, number>(); for (const r of rows) found.set(key(r), (found.get(key(r)) ?? 0) + of(r)); return found; };

/** What one question's answers of some parts say; an item of fewer than five answers keeps its name only. */
function itemsOf(question: Question, cells: readonly Cell[], sizes: readonly Size[]): Item[] {
  const scored = question.type === 'scale' || question.type === 'nps';
  const options = [...new Set([...(question.type === 'nps' || question.type === 'open' ? [''] : question.options.length ? question.options : scored ? [''] : []), ...cells.map((c) => c.option)])];
  if (question.type === 'open') return [];
  return options.map((option) => {
    const own = cells.filter((c) => c.option === option);
    const n = sum(sizes.filter((s) => question.type !== 'scale' || s.option === option), (s) => s.n);
    if (n < leastGroup) return { option, count: 0, estimate: null, scores: [] };
    const scores = scored ? scoresOf(own) : [];
    const count = sum(own, (c) => c.answers);
    return { option, count, estimate: estimateOf(question, count, n, scores), scores };
  });
}

const scoresOf = (cells: readonly Cell[]): Scored[] => [...totals(cells.filter((c) => c.value !== null), (c) => String(c.value), (c) => c.answers)].map(([value, count]) => ({ value: Number(value), count })).sort((a, b) => a.value - b.value);
const estimateOf = (question: Question, count: number, n: number, scores: readonly Scored[]): Estimate | null => (question.type === 'scale' ? meanOf(scores) : question.type === 'nps' ? npsOf(scores) : shareOf(count, n));

const keyOf = ({ question_no, option }: Size) => `${question_no} ${option}`;

/** Questions and rows of scales whose answers of the parts in view may not be told, since parts too small to stand alone would follow from them; `top` is where small parts are folded into. */
export function hidden(sizes: readonly Size[], inView: (part: string) => boolean, top: string): Set<string> {
  if (sizes.every((s) => inView(s.part))) return new Set();
  return new Set([...new Set(sizes.map(keyOf))].filter((key) => [...folded(totals(sizes.filter((s) => keyOf(s) === key), (s) => s.part, (s) => s.n), top)].some(inView)));
}

/** The same sheets without what is hidden. */
export function without(keys: ReadonlySet<string>, { questions, cells, sizes }: Sheets): Sheets {
  const scales = new Set(questions.filter((q) => q.type === 'scale').map((q) => q.question_no));
  return { questions, sizes: sizes.filter((s) => !keys.has(keyOf(s))), cells: cells.filter((c) => !keys.has(`${c.question_no} ${scales.has(c.question_no) ? c.option : ''}`)) };
}

/** The questions of one wave as the parts in view answered them; `respondents` of them filled in a sheet. */
function told(sheets: Sheets, inView: (part: string) => boolean, top: string, respondents: number): Omit<SurveyQuestion, 'topics'>[] {
  const keys = hidden(sheets.sizes, inView, top);
  const { cells, sizes } = without(keys, sheets);
  return sheets.questions.map((q) => {
    const own = sizes.filter((s) => s.question_no === q.question_no && inView(s.part));
    const answered = Math.max(0, ...totals(own, (s) => s.option, (s) => s.n).values());
    const withheld = (answered > 0 && answered < leastGroup) || (own.length === 0 && sheets.sizes.some((s) => s.question_no === q.question_no && keys.has(keyOf(s)) && inView(s.part)));
    const asked = cells.filter((c) => c.question_no === q.question_no && inView(c.part));
    const small = q.is_group ? folded(totals(asked, (c) => c.option, (c) => c.answers), otherGroup) : new Set<string>();
    const items = withheld ? [] : itemsOf(small.size ? { ...q, options: q.options.filter((o) => !small.has(o)) } : q, asked.map((c) => (small.has(c.option) ? { ...c, option: otherGroup } : c)), own);
    const most = Math.max(0, ...items.flatMap((i) => i.scores.map((s) => s.value)));
    return {
      question_no: q.question_no, title: q.title, type: q.type, is_group: q.is_group, withheld, answered: withheld ? 0 : answered, missing: withheld ? 0 : respondents - answered,
      top: q.type === 'nps' ? 10 : q.type === 'scale' && most > 0 ? [5, 7, 10].find((t) => t >= most) ?? most : null,
      items: items.map((i) => ({ ...i, before: null, change: null, scores_before: [] })),
    };
  });
}

/** One wave beside the wave before; a question, and an item of it, is compared where both asked it on the same scale. */
export function wave(now: Sheets, before: Sheets | null, inView: (part: string) => boolean, top: string, respondents: number): Omit<SurveyQuestion, 'topics'>[] {
  const earlier = before ? told(before, inView, top, 0) : [];
  return told(now, inView, top, respondents).map((q) => {
    const past = sameQuestion(q, earlier);
    if (!past || past.top !== q.top) return q;
    return { ...q, items: q.items.map((item) => {
      const was = past.items.find((i) => i.option === item.option);
      return !was?.estimate || !item.estimate ? item : { ...item, before: was.estimate, change: difference(item.estimate, was.estimate), scores_before: was.scores };
    }) };
  });
}

/** Each item by group and against all others; small groups of an item, those who named none among them, are folded into 其他. */
export function byGroup({ questions, cells, sizes }: Sheets): SurveyGroups['items'] {
  return questions.filter((q) => !q.is_group && q.type !== 'open').flatMap((q) => {
    const asked = cells.filter((c) => c.question_no === q.question_no);
    return itemsOf(q, asked, sizes.filter((s) => s.question_no === q.question_no)).flatMap(({ option, estimate }) => {
      if (!estimate) return [];
      const own = sizes.filter((s) => s.question_no === q.question_no && (q.type !== 'scale' || s.option === option));
      const n = totals(own, (s) => s.part, (s) => s.n);
      const fold = folded(n, otherGroup);
      const group = (part: string) => (fold.has(part) ? otherGroup : part);
      const names = [...new Set([...n.keys()].map(group))].sort((a, b) => Number(a === otherGroup) - Number(b === otherGroup) || (a < b ? -1 : 1));
      const of = (within: (part: string) => boolean) => {
        const mine = asked.filter((c) => c.option === option && within(group(c.part)));
        return estimateOf(q, sum(mine, (c) => c.answers), sum(own.filter((s) => within(group(s.part))), (s) => s.n), scoresOf(mine));
      };
      const groups = names.flatMap((name) => {
        const [mine, others] = [of((g) => g === name), of((g) => g !== name)];
        return mine && others ? [{ group: name, estimate: mine, differs: difference(mine, others) }] : [];
      });
      return groups.length > 1 ? [{ question_no: q.question_no, title: q.title, type: q.type, option, groups }] : [];
    });
  });
}
