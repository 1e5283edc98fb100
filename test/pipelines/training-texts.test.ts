import { describe, expect, it } from 'vitest';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { firstWriter, foldsByGroup, readClauses, readCorpus } from '../../pipelines/train/answers.ts';

describe('what the model learns from', () => {
  const corpus = readCorpus();
  it('weighs later voices less than the first writers', () => {
    expect(new Set(corpus.filter((e) => firstWriter.test(e.group)).map((e) => e.weight))).toEqual(new Set([1]));
    expect(new Set(corpus.filter((e) => /^[g-m]/.test(e.group)).map((e) => e.weight))).toEqual(new Set([0.4]));
    expect(new Set(corpus.filter((e) => /^[n-w]/.test(e.group)).map((e) => e.weight))).toEqual(new Set([0.6]));
  });
  it('keeps a writer in one fold', () => {
    const fold = foldsByGroup(corpus, 5), of = new Map<string, Set<number>>();
    corpus.forEach((e, i) => { of.set(e.group, (of.get(e.group) ?? new Set()).add(fold[i] ?? -1)); });
    expect([...of.values()].every((folds) => folds.size === 1)).toBe(true);
    expect(new Set(fold).size).toBe(5);
  });
  it('has clauses of every topic and of none, none of them a text of the corpus', () => {
    const clauses = readClauses(), texts = new Set(corpus.map((e) => e.text));
    expect(new Set(clauses.map((c) => c.topics[0] ?? null))).toEqual(new Set([...topicCodes, null]));
    expect(clauses.filter((c) => texts.has(c.text))).toEqual([]);
    expect(new Set(clauses.map((c) => c.text)).size).toBe(clauses.length);
  });
});
