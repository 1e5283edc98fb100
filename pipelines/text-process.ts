// In: parts of a stage's rows, from the parent process. Out: what that very stage makes of them.
// Invariant: holds nothing between requests but the models; ends with its parent. Texts pass through memory alone.
import { loadClassifier, type Classifier, type ClassifierInput } from './classify.ts';
import { deidentify } from './deidentify.ts';
import type { IncomingDocument } from './records.ts';
import { segment, type SegmentInput } from './segment.ts';

export type TextRequest = { id: number } & (
  | { stage: 'deidentify'; rows: IncomingDocument[]; secret: Uint8Array }
  | { stage: 'segment'; rows: SegmentInput[]; dictionaries: { own: string; user: string | null } }
  | { stage: 'classify'; rows: ClassifierInput[] });
export type TextReply = { id: number; result: unknown } | { id: number; failed: true };

let classifier: Promise<Classifier> | null = null;

async function work(request: TextRequest): Promise<unknown> {
  if (request.stage === 'deidentify') return deidentify(request.rows, Buffer.from(request.secret));
  if (request.stage === 'segment') return segment(request.rows, request.dictionaries);
  classifier ??= loadClassifier();
  return (await classifier).classify(request.rows);
}

// What went wrong is told by the parent, which does the part again itself.
process.on('message', (request: TextRequest) => {
  work(request).then((result) => process.send?.({ id: request.id, result } satisfies TextReply), () => process.send?.({ id: request.id, failed: true } satisfies TextReply));
});
process.on('disconnect', () => process.exit());
