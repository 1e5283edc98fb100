// In: one answer cell of a survey export. Out: its options, its score, or its generalised group.
// Invariant: "not answered" in any of its spellings is null; an age or a length of service leaves as a band only.
import type { Cell } from '../readers/sheet.ts';
import { cleanText } from './clean-text.ts';
import { parseScore } from './parse-number.ts';

const unanswered = /^(?:[(（]?(?:跳过|空|未答|未填|未选|未作答|不适用)[)）]?|-3|-2|[-—–/\\.。]+|null|nan|n\/a)$/i;

/** Clean answer, null where nothing was answered; what was typed beside an option (〖…〗) is left out. */
export function answerText(cell: Cell | undefined): string | null {
  const text = cleanText(cell).replace(/〖[^〗]*〗?/g, '').trim();
  return text === '' || unanswered.test(text) ? null : text;
}

/** An option without its letter: `A.非常满意` → 非常满意. */
export const optionText = (text: string): string => text.replace(/^\s*[A-Za-z][.、．:：)）]\s*/, '').trim();

/** Options of a joined multiple choice. */
export const splitOptions = (text: string, joiner: string): string[] => [...new Set(text.split(joiner).map((piece) => optionText(piece)).filter((piece) => piece !== ''))];

const subject = '(?:满意|同意|认同|认可|符合|赞同|赞成|了解|清楚|合理|公平|公正|公开|安全|重要|及时|支持|愿意|放心|关心|有效|顺畅|方便|信任|完善|到位|充分|明显|舒适|稳定|健康|规范|有帮助)';
const steps: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`^(?:非常|很|十分|完全|极其|极|特别)不${subject}$`), 1], [/^(?:很|非常|极)差$/, 1], [/^(?:非常|很)低$/, 1],
  [new RegExp(`^(?:比较|较)?不(?:太|大|够|怎么)?${subject}$`), 2], [/^(?:比较|较)?(?:差|低)$/, 2],
  [new RegExp(`^(?:基本|一般|尚)${subject}$`), 3], [/^(?:一般|中立|不确定|说不清|尚可|还行|中等|一般般|普通)$/, 3],
  [new RegExp(`^(?:比较|较|还)?${subject}$`), 4], [/^(?:比较|较)?(?:好|高)$/, 4],
  [new RegExp(`^(?:非常|很|十分|完全|极其|特别)${subject}$`), 5], [/^(?:很|非常|特别)(?:好|高)$/, 5],
];

/** Score of one scale answer: a number, 4分, 非常满意, 5（非常满意）; null where it is none. */
export function scaleScore(cell: Cell | undefined): number | null {
  const text = answerText(cell);
  if (text === null) return null;
  const number = parseScore(typeof cell === 'number' ? cell : text);
  if (typeof number === 'number') return number;
  const led = /^(\d{1,2})\s*(?:分|[.、:：)）（(=-])/.exec(text.normalize('NFKC'));
  if (led) return Number(led[1]);
  const words = optionText(text).replace(/\s/g, '');
  return steps.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

const band = (value: number, edges: readonly number[], unit: string): string => {
  const [first = 0] = edges;
  if (value < first) return `${first}${unit}以下`;
  const at = edges.filter((edge) => edge <= value).length;
  const [from, to] = [edges[at - 1] ?? first, edges[at]];
  return to === undefined ? `${from}${unit}及以上` : `${from}–${to - 1}${unit}`;
};

/** A group as kept: exact ages and years of service become bands, years of birth ages first; anything else stays as it is. */
export function generalise(title: string, text: string, year: number): string {
  const match = /^(\d{1,2}|(?:19|20)\d{2})(?:\.\d+)?\s*(?:周?岁|年)?(?:出?生|[-/.年]\d{1,2}(?:[-/.月]\d{0,2}日?)?)?$/.exec(text.normalize('NFKC').trim());
  if (!match) return optionText(text);
  const value = Number(match[1]);
  if (/出生|生日/.test(title)) return band(year - (value < 100 ? 1900 + value : value), [30, 40, 50], '岁');
  if (/工龄|年限|司龄|入职|参加工作|工作时间|多少年|几年/.test(title)) return band(value > 1900 ? year - value : value, [5, 10, 20], '年');
  return /年龄|岁/.test(title) ? band(value > 1900 ? year - value : value, [30, 40, 50], '岁') : optionText(text);
}
