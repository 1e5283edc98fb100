// In: oof.jsonl, kept when the shipped transformer was trained: for each corpus text the logits of a sister model that saw nothing of its writer.
// Out: those logits by text, as one window each.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Window } from '../encoder-process.ts';
import { heads } from '../classify/model.ts';

const line = z.object({ id: z.string(), logits: z.array(z.number()).length(heads.length) });

export function readOutOfFold(file: string): Map<string, Window[]> {
  return new Map(readFileSync(file, 'utf8').trim().split('\n').map((l) => line.parse(JSON.parse(l))).map(({ id, logits }) => [id, [{ logits: Float32Array.from(logits), tokens: 1 }]]));
}
