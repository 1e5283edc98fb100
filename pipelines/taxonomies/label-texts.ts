// In: a trained taxonomy and texts. Out: each text's labels, the likeliest first, with probabilities.
// Invariant: the labels of a text depend on it and the model alone; a text with nothing in it has no label.
import type { Progress } from '../records.ts';
import { chosen, probabilitiesOf } from './calibrate.ts';
import { scorer } from './fit-classes.ts';
import type { OwnLine } from './labelled-line.ts';
import { readTerms } from './terms.ts';
import type { TaxonomyModel } from './train-taxonomy.ts';

export interface OwnLabels { id: string | number | null; labels: { code: string; probability: number }[] }

export function labelLines(model: TaxonomyModel, lines: readonly OwnLine[], progress?: Progress): OwnLabels[] {
  const score = scorer(model.weights);
  return lines.map(({ id, text, words }, i) => {
    progress?.(i, lines.length);
    if (text.trim() === '') return { id, labels: [] };
    const p = probabilitiesOf(score(readTerms({ text, words })), model.calibration);
    return { id, labels: chosen(p, model.calibration).map((c) => ({ code: model.codes[c] ?? '', probability: Math.round((p[c] ?? 0) * 10_000) / 10_000 })) };
  });
}
