// In: corpus texts whose demand frame was labelled by hand before the rules were written. Out: precision and recall of each part.
// Invariant: words count as right when they overlap the labelled ones, values when they are equal; `even` rows were not looked at while the rules were corrected.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { demandFrame } from '../classify/demand-frame.ts';
import { readExamples } from './answers.ts';

const told = z.array(z.object({ words: z.string(), value: z.number() }));
const row = z.object({ id: z.string(), asked_of: z.nullable(z.string()), asked: z.array(z.string()), lasted: told, amount: told, people: told });

export const frameParts = { asked_of: '向谁提', asked: '要求什么', lasted: '持续多久', amount: '金额', people: '人数' } as const;
export type FramePart = keyof typeof frameParts;
export interface FrameFigure { part: FramePart; hit: number; said: number; real: number }

const corpus = (name: string) => new URL(`../../datasets/corpus/${name}`, import.meta.url);

/** Counts per part over all labelled texts, or over the half that the rules were not corrected on. */
export function measureFrames(half: 'all' | 'even' = 'all'): { texts: number; figures: FrameFigure[] } {
  const texts = new Map(readExamples(corpus('mine-language.jsonl').pathname).map((e) => [e.id, e.text]));
  const rows = readFileSync(corpus('frames.jsonl'), 'utf8').trim().split('\n').map((line) => row.parse(JSON.parse(line))).filter((_, i) => half === 'all' || i % 2 === 0);
  const figures = (Object.keys(frameParts) as FramePart[]).map((part): FrameFigure => ({ part, hit: 0, said: 0, real: 0 }));
  for (const wanted of rows) {
    const text = texts.get(wanted.id);
    if (text === undefined) throw new Error(`frames.jsonl names ${wanted.id}, which is not in the corpus`);
    const frame = demandFrame(text);
    const value = { lasted: frame?.lasted_days, amount: frame?.amount_yuan, people: frame?.people } as const;
    for (const f of figures) {
      const words = f.part === 'asked_of' || f.part === 'asked';
      const real = words ? [wanted[f.part as 'asked'] ?? []].flat() : wanted[f.part as 'lasted'];
      const said = words ? frame?.[f.part as 'asked'] : value[f.part as 'lasted'];
      const right = words ? real.some((r) => overlaps(text, String(said ?? ''), r as string)) : real.some((r) => (r as { value: number }).value === said);
      f.real += real.length > 0 ? 1 : 0;
      f.said += said === null || said === undefined ? 0 : 1;
      f.hit += said !== null && said !== undefined && right ? 1 : 0;
    }
  }
  return { texts: rows.length, figures };
}

function overlaps(text: string, a: string, b: string): boolean {
  const at = text.indexOf(a), bt = text.indexOf(b);
  return a !== '' && at >= 0 && bt >= 0 && at < bt + b.length && bt < at + a.length;
}
