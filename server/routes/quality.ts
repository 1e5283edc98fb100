// In: nothing. Out: how often the automatic labels are right, from the figures that ship with the models.
// Invariant: no text of the house is in it; the examples are those of the project's own corpus.
import { readFigures } from '../../datasets/quality.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

export const qualityRoutes = (_house: House) => {
  const figures = readFigures();
  return [route('GET /api/quality', () => ({ figures }))];
};
