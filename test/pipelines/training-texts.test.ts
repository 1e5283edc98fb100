import { describe, expect, it } from 'vitest';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { clausesBeside, firstWriter, foldsByGroup, readClauses, readCorpus } from '../../pipelines/train/answers.ts';
import { readMarks } from '../../pipelines/train/marks.ts';

describe('what the model learns from', () => {
  const corpus = readCorpus();
  it('weighs later voices less than the first writers', () => {
    expect(new Set(corpus.filter((e) => firstWriter.test(e.group)).map((e) => e.weight))).toEqual(new Set([1]));
    expect(new Set(corpus.filter((e) => /^[g-m]/.test(e.group)).map((e) => e.weight))).toEqual(new Set([0.4]));
    expect(new Set(corpus.filter((e) => /^[n-y]/.test(e.group)).map((e) => e.weight))).toEqual(new Set([0.6]));
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
  it('marks parts that lie in the text, for each topic that its writer named or a reader added', () => {
    const marks = readMarks(), marked = corpus.filter((e) => marks.has(e.id));
    expect(marked.length).toBeGreaterThan(2500);
    for (const { id, text, topics } of marked) {
      const of = marks.get(id);
      expect(topics.filter((t) => !of?.has(t)), id).toEqual([]);
      for (const spans of of?.values() ?? []) for (const [start, end] of spans) expect(start < end && end <= text.length && text.slice(start, end).trim() !== '', `${id} ${start}–${end}`).toBe(true);
    }
  });
  it('teaches clauses of marked texts with the topics they carry, in the fold of their writer', () => {
    const own = corpus.filter((e) => e.id === 'c1-004'), clauses = clausesBeside(own).filter((c) => c.id.startsWith('c1-004#'));
    expect(clauses.filter((c) => c.topics.length > 0).map((c) => c.topics)).toEqual([['health'], ['health', 'governance'], ['governance'], ['governance']]);
    expect(clauses.some((c) => c.topics.length === 0)).toBe(true);
    expect(new Set(foldsByGroup(clauses, 5))).toEqual(new Set(foldsByGroup(own, 5)));
    expect(new Set(foldsByGroup(readClauses(), 5))).toEqual(new Set([-1]));
  });
});
