// In: nothing. Out: how often the automatic labels are right, by the figures that ship with the models and those of classifications the office taught itself; how often readers corrected them.
// Invariant: no text of the house is in it; the examples are those of the project's own corpus. An evaluation that cannot be read is left out and logged by name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorrections } from '../../datasets/corrections.ts';
import { evaluationSchema, type Evaluation } from '../../datasets/own-taxonomy.ts';
import { readFigures } from '../../datasets/quality.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { correctedCounts } from '../read-labels.ts';

export const qualityRoutes = ({ dir, log }: House) => {
  const figures = readFigures();
  const own = (): Evaluation[] => (existsSync(dir.taxonomies) ? readdirSync(dir.taxonomies).filter((f) => f.endsWith('.json')).sort() : []).flatMap((file) => {
    try {
      return [evaluationSchema.parse(JSON.parse(readFileSync(join(dir.taxonomies, file), 'utf8')))];
    } catch {
      log.warn({ file }, 'evaluation of a taxonomy cannot be read');
      return [];
    }
  });
  return [route('GET /api/quality', () => ({ figures, own: own(), corrections: correctedCounts(readCorrections(dir).values()) }))];
};
