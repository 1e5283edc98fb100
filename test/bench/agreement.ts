// Run: npm run bench:agreement. In: the labels of the corpus, and those a second reader gave a random part of it, blind.
// Out: how far the two agree, file by file (the many files of drawn voices as one) and together, and on the parts that carry a topic; nothing is written.
// Invariant: a label corrected after the comparison counts as it was before (`was` in the second reader's line).
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import { polarityOrder } from '../../pipelines/classify/model.ts';
import { isMarked, readMarks, secondMarks } from '../../pipelines/train/marks.ts';

const labels = z.object({
  topics: z.array(z.enum(topicCodes)).min(1), subtopics: z.array(z.string().nullable()).optional(), polarity: z.enum(polarityOrder),
  intensity: z.int().min(0).max(3), intent: z.enum(intents), critical: z.boolean(),
});
const written = labels.extend({ id: z.string() });
/** Some readers named topics alone. */
const second = written.partial().required({ id: true, topics: true }).extend({ was: labels.partial().optional() });
type Labels = z.infer<typeof labels>;
interface Pair { file: string; writer: Labels; reader: Pick<Labels, 'topics'> & Partial<Labels> }

const corpus = new URL('../../datasets/corpus/', import.meta.url);
const lines = (name: string) => readFileSync(new URL(name, corpus), 'utf8').split('\n').filter((l) => l !== '').map((l) => JSON.parse(l) as unknown);
const readers = new Map(lines('second-reader.jsonl').map((l) => second.parse(l)).map((l) => [l.id, l]));

const partOf = (file: string) => (/^voices-[g-m]/.test(file) ? 'voices-g to -m' : /^voices-[n-w]/.test(file) ? 'voices-n to -w' : /^voices-[xy]/.test(file) ? 'voices-x and -y' : file);
const pairs: Pair[] = readdirSync(corpus).filter((f) => /^(?:mine-language|voices-.*)\.jsonl$/.test(f)).sort().flatMap((file) => lines(file).flatMap((l) => {
  const row = written.parse(l);
  const reader = readers.get(row.id);
  readers.delete(row.id);
  return reader === undefined ? [] : [{ file: partOf(file), reader, writer: { ...row, ...reader.was } }];
}));
if (readers.size > 0) throw new Error(`second-reader.jsonl labels texts that the corpus does not hold: ${[...readers.keys()].join(', ')}; remove or rename those lines`);

const share = (n: number, of: number) => (of === 0 ? '–' : (n / of).toFixed(3));

/** Agreement beyond chance (Cohen 1960): 1 is full, 0 what two careless readers with these habits would reach. */
function kappa(rows: readonly (readonly [unknown, unknown])[]): string {
  const n = rows.length;
  const chance = [...new Set(rows.flat())].reduce<number>((s, v) => s + rows.filter(([a]) => a === v).length * rows.filter(([, b]) => b === v).length, 0) / (n * n);
  return chance === 1 ? '–' : ((rows.filter(([a, b]) => a === b).length / n - chance) / (1 - chance)).toFixed(3);
}

const same = (a: Pick<Labels, 'topics'>, b: Pick<Labels, 'topics'>) => a.topics.length === b.topics.length && a.topics.every((t) => b.topics.includes(t));
const subtopicOf = (l: Pick<Labels, 'topics' | 'subtopics'>, topic: string) => l.subtopics?.[l.topics.findIndex((t) => t === topic)] ?? null;

function figures(of: readonly Pair[]): [string, string][] {
  const n = of.length;
  const count = (holds: (p: Pair) => boolean) => of.filter(holds).length;
  const shared = (p: Pair) => p.writer.topics.filter((t) => p.reader.topics.includes(t));
  const hits = of.reduce((s, p) => s + shared(p).length, 0);
  // Only the first second reader also named second-level topics.
  const both = of.filter((p) => p.reader.subtopics !== undefined).flatMap((p) => shared(p).map((t) => [subtopicOf(p.writer, t), subtopicOf(p.reader, t)] as const));
  const named = both.filter(([a, b]) => a !== null && b !== null);
  const told = of.filter((p) => p.reader.critical !== undefined).length;
  const on = <K extends 'polarity' | 'intent' | 'critical'>(key: K): [string, string] => [
    `${key}: equal, kappa`, `${share(count((p) => p.writer[key] === p.reader[key]), told)}, ${told === 0 ? '–' : kappa(of.flatMap((p) => (p.reader[key] === undefined ? [] : [[p.writer[key], p.reader[key]] as const])))}`];
  const close = (within: number) => share(count((p) => p.reader.intensity !== undefined && Math.abs(p.writer.intensity - p.reader.intensity) <= within), told);
  return [
    ['texts', String(n)],
    ['topics: micro-F1, same set, same first', [
      share(2 * hits, of.reduce((s, p) => s + p.writer.topics.length + p.reader.topics.length, 0)),
      share(count((p) => same(p.writer, p.reader)), n), share(count((p) => p.writer.topics[0] === p.reader.topics[0]), n)].join(', ')],
    [`subtopic of a topic both name (${both.length}): equal`, share(both.filter(([a, b]) => a === b).length, both.length)],
    [`the same where neither is null (${named.length})`, share(named.filter(([a, b]) => a === b).length, named.length)],
    on('polarity'), on('intent'), on('critical'),
    ['critical: writer yes, reader yes, both', [count((p) => p.writer.critical && p.reader.critical !== undefined), count((p) => p.reader.critical === true), count((p) => p.writer.critical && p.reader.critical === true)].join(', ')],
    ['intensity: equal, within 1', `${close(0)}, ${close(1)}`],
  ];
}

const perTopic = topicCodes.map((t) => {
  const a = pairs.filter((p) => p.writer.topics.includes(t)).length;
  const b = pairs.filter((p) => p.reader.topics.includes(t)).length;
  return `${t} ${share(2 * pairs.filter((p) => p.writer.topics.includes(t) && p.reader.topics.includes(t)).length, a + b)} (${a}, ${b})`;
});
const files = [...new Set(pairs.map((p) => p.file))].map((f) => [f, pairs.filter((p) => p.file === f)] as const);
for (const [name, of] of [...files, ['together', pairs] as const]) {
  process.stdout.write(`\n${name}\n${figures(of).map(([what, value]) => `  ${what}: ${value}`).join('\n')}\n`);
}
process.stdout.write(`\nF1 of each topic (texts the writer, the reader gives it):\n  ${perTopic.join('\n  ')}\n`);

const first = readMarks(), again = readMarks(secondMarks);
const marked = [...again].flatMap(([id, of]) => [...of].flatMap(([topic, spans]) => { const own = first.get(id)?.get(topic) ?? []; return own.length > 0 && spans.length > 0 ? [[own, spans] as const] : []; }));
const bestAmong = (bests: (pair: (typeof marked)[number]) => readonly [number, number] | undefined, others: (pair: (typeof marked)[number]) => [number, number][]) =>
  share(marked.filter((pair) => { const best = bests(pair); return best !== undefined && isMarked({ start: best[0], end: best[1] }, others(pair)); }).length, marked.length);
process.stdout.write(`\nparts that carry a topic, marked by two readers: ${again.size} texts, ${marked.length} topics in which both found some\n  the second reader's best is one of the first's: ${bestAmong(([, b]) => b[0], ([a]) => a)}\n  the first reader's best is one of the second's: ${bestAmong(([a]) => a[0], ([, b]) => b)}\n`);
