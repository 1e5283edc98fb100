// In: a question of a survey. Out: how a sentence calls it.
// Invariant: pure.
import type { questionTypes } from './vocabulary.ts';

/** `目前工作的总体满意程度` of 您对目前工作的总体满意程度(1-5分). */
export const questionName = ({ type, title }: { type: keyof typeof questionTypes; title: string }) => (type === 'nps' ? '净推荐值' : title.replace(/^(?:请问|请)?您(?:对|的)?/, '').replace(/[（(].*[）)]/, ''));
