// In: labelled texts, one JSON object a line. Out: examples with their answers, and the groups that may not be split between training and test.
// Invariant: identifiers named in `pii` are replaced by a mark, as the classifier meets them after de-identification.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import { clauses } from '../classify/clauses.ts';
import { polarityOrder } from '../classify/model.ts';
import { isMarked, readMarks } from './marks.ts';

const line = z.object({
  id: z.string(), writer: z.string().optional(), title: z.string().nullish(), text: z.string(),
  topics: z.array(z.enum(topicCodes)).min(1), polarity: z.enum(polarityOrder), intensity: z.int().min(0).max(3),
  intent: z.enum(intents), critical: z.boolean(), pii: z.array(z.string()).optional(),
});

/** `weight`: how much a text counts in training, beside 1. */
export type Example = Omit<z.infer<typeof line>, 'title' | 'pii'> & { title: string | null; group: string; weight?: number };

/** Reads a gold file; texts without a writer are grouped by a fixed turn of 20. */
export function readExamples(file: string): Example[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((l) => l.trim() !== '');
  return lines.map((l, i) => {
    const { pii, title, text, ...rest } = line.parse(JSON.parse(l));
    const masked = (pii ?? []).reduce((t, p) => (p === '' ? t : t.replaceAll(p, '[姓名]')), text);
    return { ...rest, title: title ?? null, text: masked, group: rest.writer ?? `turn-${i % 20}` };
  });
}

/** A writer of `mine-language.jsonl`. */
export const firstWriter = /^c\d+$/;

const corpusFolder = new URL('../../datasets/corpus/', import.meta.url);

/** The many later voices count less: at full weight they crowd out the first writers and the public messages, on which accuracy falls (chosen on folds). Those of `g` to `m` were written from drawn aims, those after them freely. */
const weightOf = (file: string) => (/^voices-[g-m]/.test(file) ? 0.4 : /^voices-[n-z]/.test(file) ? 0.6 : 1);

/** Every labelled text of the corpus: the first writers and the voices that came later. */
export function readCorpus(): Example[] {
  const files = readdirSync(corpusFolder).filter((f) => f === 'mine-language.jsonl' || /^voices-.+\.jsonl$/.test(f)).sort();
  return files.flatMap((f) => readExamples(fileURLToPath(new URL(f, corpusFolder))).map((e) => ({ ...e, weight: weightOf(f) })));
}

/** The group of what may stand beside any text: it lies in no fold (−1). */
const ofNobody = 'clause';

/** Fold of each example; a group lies in one fold only. Where a writer or a turn falls follows from its name alone (`c1` first), so that further texts move nobody. */
export function foldsByGroup(examples: readonly Example[], folds: number): number[] {
  return examples.map(({ group }) => {
    if (group === ofNobody) return -1;
    const named = /^(?:turn-|([a-z]))(\d+)$/.exec(group);
    if (named === null) throw new Error(`the writer ${group} is not named by a letter and a number, as in c1; rename it`);
    const [, letter, number] = named;
    return (Number(number) + (letter === undefined ? 0 : folds - 1 + letter.charCodeAt(0) - 'c'.charCodeAt(0))) % folds;
  });
}

const clauseLine = z.object({ text: z.string(), topic: z.string().nullable() });

/** How much a clause counts in training, beside 1 of a text (chosen on folds: 0.1 teaches less, 1 crowds out the texts). */
const clauseWeight = 0.4;

/** As an example of which only the topics are an answer. */
const clauseExample = (id: string, group: string, text: string, topics: Example['topics'], weight: number): Example =>
  ({ id, title: null, text, group, topics, polarity: 'neutral', intensity: 0, intent: '投诉', critical: false, weight });

/** Clauses that tell of one topic, or of none: they teach the ways a matter is named and are never judged. */
export function readClauses(): Example[] {
  return readFileSync(new URL('clauses.jsonl', corpusFolder), 'utf8').split('\n').filter((l) => l !== '').map((l, i) => {
    const { text, topic } = clauseLine.parse(JSON.parse(l));
    const first = topicCodes.find((t) => topic?.split('.')[0] === t);
    if (topic !== null && first === undefined) throw new Error(`clauses.jsonl:${i + 1} names the unknown topic ${topic}`);
    return clauseExample(`clause-${i + 1}`, ofNobody, text, first ? [first] : [], clauseWeight);
  });
}

/** How much a clause of a marked text counts (chosen on folds). */
const markedWeight = 0.2;

/** The clauses of texts whose carrying parts a reader marked, each with the topics it carries, mostly none: they teach what is the matter and what leads up to it. */
function markedClauses(examples: readonly Example[]): Example[] {
  const marks = readMarks();
  return examples.flatMap(({ id, text, group, weight = 1 }) => {
    const marked = marks.get(id);
    if (marked === undefined) return [];
    return clauses(text).map((clause, c) => clauseExample(`${id}#${c + 1}`, group, text.slice(clause.start, clause.end), topicCodes.filter((t) => isMarked(clause, marked.get(t) ?? [])), markedWeight * weight));
  });
}

/** All clauses that teach beside the texts of the corpus. Those of public messages would teach it less well what topics the mines' own texts have (chosen on folds); their marks teach what to quote. */
export const clausesBeside = (corpus: readonly Example[]): Example[] => [...readClauses(), ...markedClauses(corpus)];
