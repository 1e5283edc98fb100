// In: nothing. Out: fixed rows for every chart of the gallery, and the states in which each is drawn.
// Invariant: nothing is read or drawn at random, so that two looks at the gallery show the same.
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';

export const states = { full: '满', one: '一行', empty: '空', provisional: '暂定', withheld: '不列', long: '名称很长', less: '减少' } as const;
export type State = keyof typeof states;

const long = '华岳能源集团有限责任公司东山煤矿综采一队第二生产班组（含临时支援人员）';
export const names = (state: State): string[] => (state === 'one' ? ['东山煤矿'] : state === 'empty' ? [] : ['东山煤矿', state === 'long' ? long : '西岭煤矿', '洗选中心', '坑口电厂', '生活服务公司']);

/** A run of `n` numbers about `middle`, falling where the state says so. */
export const run = (n: number, middle: number, state: State): number[] => Array.from({ length: n }, (_, i) => Math.max(0, Math.round(middle * (1 + 0.35 * Math.sin(i * 1.7)) * (state === 'less' ? 1 - i / n : 1))));

const length = (state: State, full: number) => (state === 'empty' ? 0 : state === 'one' ? 1 : full);
export const months = (state: State): string[] => Array.from({ length: length(state, 13) }, (_, i) => `${2025 + Math.floor((9 + i) / 12)}-${String(((9 + i) % 12) + 1).padStart(2, '0')}-01`);
export const weeks = (state: State): string[] => Array.from({ length: length(state, 26) }, (_, i) => new Date(Date.UTC(2026, 4, 4 + 7 * i)).toISOString().slice(0, 10));
export const topics = (state: State): TopicCode[] => (state === 'empty' ? [] : state === 'one' ? ['pay'] : [...topicCodes]);

/** The last two of a run are not settled yet where the state says so. */
export const unsettled = (state: State, i: number, n: number): boolean => state === 'provisional' && i >= n - 2;
/** The second is not told where the state says so. */
export const told = <T>(state: State, rows: readonly T[]): T[] => (state === 'withheld' ? rows.filter((_, i) => i !== 1) : [...rows]);
