// In: texts of the corpus as documents. Out: proof that two processes make of them what one does, and that losing the second loses nothing.
// Invariant: real stages in a real child process.
import { beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier, type Classifier } from '../../pipelines/classify.ts';
import type { IncomingDocument } from '../../pipelines/records.ts';
import { SecondPair, shareOut } from '../../pipelines/second-pair.ts';
import { ownDictionary } from '../../pipelines/segment.ts';
import { classifyAll, deidentifyAll, segmentAll } from '../../pipelines/text-stages.ts';
import { readExamples } from '../../pipelines/train/answers.ts';

const secret = Buffer.alloc(32, 3);
const dictionaries = { own: ownDictionary, user: null };
const documents = readExamples('datasets/corpus/mine-language.jsonl').slice(0, 700).map(({ id, text }, i): IncomingDocument => ({
  document_id: id, kind: 'post', unit: null, channel: '网上', received_at: '2026-01-01 00:00:00', occurred_date: null, title: i % 3 ? null : text.slice(0, 10), text: `${text} 张广田 1380000${1000 + i}`,
  people: 1, likes: 0, identity: { name: '张广田' }, petition: null, source_id: 's', source_row: i + 2,
}));
const worthIt = 4000;

let classifier: Classifier;
beforeAll(async () => { classifier = await loadClassifier(); });

async function readAll(second: SecondPair | null) {
  const clean = await deidentifyAll(documents, secret, second);
  return { ...clean, segmented: await segmentAll(clean.documents, dictionaries, second), labels: await classifyAll(clean.documents, classifier, second) };
}

describe('a second pair of eyes', () => {
  it('reads exactly what one pair reads, in order, and tells its progress to the end', async () => {
    const second = SecondPair.for(worthIt);
    try {
      expect(await readAll(second)).toEqual(await readAll(null));
      const told: number[] = [];
      await segmentAll(documents, dictionaries, second, (done) => { told.push(done); });
      expect([told.at(-1), [...told].sort((a, b) => a - b)]).toEqual([documents.length, told]);
    } finally { second?.close(); }
  }, 120_000);

  it('takes a share of the work', async () => {
    const second = SecondPair.for(worthIt);
    let here = 0;
    const rows = documents.map(({ document_id, title, text }) => ({ document_id, title, text }));
    try {
      await second?.ask({ stage: 'segment', rows: rows.slice(0, 1), dictionaries });
      await shareOut(rows, second, (part) => ({ stage: 'segment', rows: part, dictionaries }), async (part) => { here += part.length; await new Promise((resolve) => { setTimeout(resolve, 300); }); return []; });
    } finally { second?.close(); }
    expect(here).toBeLessThan(rows.length);
  }, 120_000);

  it('is not missed when it is gone', async () => {
    const second = SecondPair.for(worthIt);
    second?.close();
    expect((await segmentAll(documents, dictionaries, second)).length).toBe(documents.length);
  });

  it('is not asked for a few texts, nor for a classifier that is not the one that ships', async () => {
    expect(SecondPair.for(10)).toBe(null);
    const second = SecondPair.for(worthIt);
    second?.close();
    const other = { ...classifier, plain: false, classify: () => Promise.resolve([]) };
    expect(await classifyAll(documents, other, second)).toEqual([]);
  });
});
