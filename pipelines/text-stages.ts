// In: documents, and a second process or none. Out: what deidentify, segment and classify make of them.
// Invariant: each text is read for itself, so the results are those of the stages alone, in the order of the documents.
import type { Classifier, ClassifierInput } from './classify.ts';
import { deidentify } from './deidentify.ts';
import type { IncomingDocument, Labels, PersonKeys, Progress, Segmented } from './records.ts';
import { shareOut, type SecondPair } from './second-pair.ts';
import { segment, type SegmentInput } from './segment.ts';

type Dictionaries = Parameters<typeof segment>[1];

export async function deidentifyAll(documents: readonly IncomingDocument[], secret: Buffer, second: SecondPair | null, progress?: Progress): Promise<{ documents: IncomingDocument[]; persons: PersonKeys[] }> {
  const parts = await shareOut(documents, second, (rows) => ({ stage: 'deidentify', rows, secret }), (rows) => deidentify(rows, secret), progress);
  return { documents: parts.flatMap((p) => p.documents), persons: parts.flatMap((p) => p.persons) };
}

export async function segmentAll(documents: readonly SegmentInput[], dictionaries: Dictionaries, second: SecondPair | null, progress?: Progress): Promise<Segmented[]> {
  const own = ({ document_id, title, text }: SegmentInput) => ({ document_id, title, text });
  return (await shareOut(documents, second, (rows) => ({ stage: 'segment', rows: rows.map(own), dictionaries }), (rows) => segment(rows, dictionaries), progress)).flat();
}

/** Another process has the linear model that ships and no other: a transformer reads in processes of its own. */
export async function classifyAll(texts: readonly ClassifierInput[], classifier: Classifier, second: SecondPair | null, progress?: Progress): Promise<Labels[]> {
  if (!classifier.plain || second === null) return classifier.classify(texts, progress);
  const own = ({ title, text }: ClassifierInput) => ({ title: title ?? null, text });
  return (await shareOut(texts, second, (rows) => ({ stage: 'classify', rows: rows.map(own) }), (rows) => classifier.classify(rows), progress)).flat();
}
