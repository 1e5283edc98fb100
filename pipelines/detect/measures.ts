// In: the texts of an episode, those of the year before it, and how many texts were to be expected. Out: each measure's surprise.
// Invariant: all measures are judged by the same past of the same unit and topic; a matter counts once a week.
import { dayNumber, type DetectDocument } from './material.ts';
import { deviate, midTail } from './negative-binomial.ts';

export interface Measured { measure: '件' | '事项' | '负面' | '人次'; observed: number; expected: number; score: number }

const leastPast = 12, dispersion = 1.4, clearly = 0.5;

/** Documents, distinct matters, negatives and people of an episode against what that many expected documents carry. */
export function measures(members: readonly DetectDocument[], past: readonly DetectDocument[], expected: number): Measured[] {
  if (past.length < leastPast) return [];
  const of = (documents: readonly DetectDocument[]) => ({
    件: documents.length, 事项: new Set(documents.map((d) => `${d.matter_id} ${Math.floor((dayNumber(d.received_date) + 3) / 7)}`)).size,
    负面: documents.filter((d) => d.polarity === 'negative').length, 人次: documents.reduce((sum, d) => sum + d.people, 0),
  });
  const now = of(members), before = of(past);
  const squares = past.reduce((sum, d) => sum + d.people ** 2, 0);
  return (['件', '事项', '负面', '人次'] as const).map((measure) => {
    const mean = Math.max(0.1, (expected * before[measure]) / past.length);
    const spread = dispersion * (measure === '人次' ? squares / Math.max(1, before.人次) : 1);
    return { measure, observed: now[measure], expected: mean, score: deviate(midTail(now[measure], mean, mean * spread)) };
  });
}

/** `；人次最突出：观测 210，期望 12.0`, when another measure than documents is clearly the most unusual. */
export function measureNote(all: readonly Measured[]): string {
  const documents = all.find((m) => m.measure === '件')?.score ?? 0;
  const most = all.reduce<Measured | null>((best, m) => (best && best.score >= m.score ? best : m), null);
  return most && most.measure !== '件' && most.score > documents + clearly ? `；${most.measure}最突出：观测 ${most.observed}，期望 ${most.expected.toFixed(1)}` : '';
}
