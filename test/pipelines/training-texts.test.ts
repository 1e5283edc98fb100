import { describe, expect, it } from 'vitest';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { clausesBeside, firstWriter, foldsByGroup, readClauses, readCorpus } from '../../pipelines/train/answers.ts';
import { batch, descend } from '../../pipelines/train/descend.ts';
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

describe('descent in mini-batches', () => {
  const wanted = [1.5, -0.5], points = Array.from({ length: 400 }, (_, i) => [Math.sin(i), Math.cos(3 * i)] as const);
  const fit = (ridge: number, seed = 1) => descend({
    rows: points.length, width: 2, epochs: 60, seed, memory: 0.999, evened: true, ridge: () => ridge,
    pull: (i, w, g) => {
      const x = points[i] ?? [0, 0], miss = x.reduce((s, v, j) => s + v * ((w[j] ?? 0) - (wanted[j] ?? 0)), 0);
      x.forEach((v, j) => { g[j] = (g[j] ?? 0) + (miss * v) / batch; });
    },
  });
  it('finds the weights at which nothing pulls, the same ones each time', () => {
    const w = fit(0);
    wanted.forEach((v, j) => { expect(w[j]).toBeCloseTo(v, 2); });
    expect(fit(0)).toEqual(w);
  });
  it('draws weights to nought by the ridge', () => {
    const [free = 0] = fit(0), [held = 0] = fit(1);
    expect(held).toBeGreaterThan(0.1);
    expect(held).toBeLessThan(0.6 * free);
  });
});
