// In: texts labelled by hand with the second-level topic of their first topic. Out: what the shipped lexicon says of each.
// Invariant: the first-level topic is the labelled one, the evidence clause that of the shipped model; all 200 rows were seen while the cues were written.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TopicCode } from '../../datasets/taxonomy.ts';
import { evidenceOf } from '../../pipelines/classify/evidence.ts';
import { decodeModel } from '../../pipelines/classify/model.ts';
import { scorer } from '../../pipelines/classify/score.ts';
import { subtopicOf } from '../../pipelines/classify/subtopics.ts';

interface Labelled { id: string; topic: TopicCode; subtopic: string | null }
export interface Judged extends Labelled { found: string | null; text: string; evidence: readonly [number, number]; index: number }

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const lines = <T>(path: string) => readFileSync(file(path), 'utf8').split('\n').filter((l) => l !== '').map((l) => JSON.parse(l) as T);

/** Judges every labelled text of a file beside this one. */
export function judgeSubtopics(labels: string): Judged[] {
  const texts = new Map(lines<{ id: string; text: string }>('../../datasets/corpus/mine-language.jsonl').map((r) => [r.id, r.text]));
  const score = scorer(decodeModel(readFileSync(file('../../datasets/model/linear.bin'))));
  return lines<Labelled>(labels).map((row, index) => {
    const text = texts.get(row.id) ?? '';
    const evidence = evidenceOf(score(null, text), row.topic, text).span;
    return { ...row, index, text, evidence, found: subtopicOf(row.topic, text, evidence, null) };
  });
}

/** Share of right answers and of answers given at all, with the 95 % interval of Wilson. */
export function figuresOf(rows: readonly Judged[]): { n: number; accuracy: number; low: number; high: number; coverage: number } {
  const n = rows.length;
  const p = rows.filter((r) => r.found === r.subtopic).length / n;
  const z = 1.96;
  const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return { n, accuracy: p, low: middle - half, high: middle + half, coverage: rows.filter((r) => r.found !== null).length / n };
}
