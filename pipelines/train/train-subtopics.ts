// Run: npx tsx pipelines/train/train-subtopics.ts. In: the corpus and its second-level labels. Out: datasets/model/subtopics.bin.
// Invariant: reads the corpus and the shipped linear model alone; the texts kept for tests are not among the labels.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TopicCode } from '../../datasets/taxonomy.ts';
import { evidenceOf } from '../classify/evidence.ts';
import { decodeModel } from '../classify/model.ts';
import { scorer } from '../classify/score.ts';
import { encodeSubtopics } from '../classify/subtopics.ts';
import { fitSubtopics, type SubtopicExample } from './fit-subtopics.ts';

const file = (path: string) => fileURLToPath(new URL(`../../datasets/${path}`, import.meta.url));
const lines = <T>(path: string) => readFileSync(file(path), 'utf8').split('\n').filter((l) => l !== '').map((l) => JSON.parse(l) as T);

const texts = new Map(lines<{ id: string; text: string }>('corpus/mine-language.jsonl').map((r) => [r.id, r.text]));
const score = scorer(decodeModel(readFileSync(file('model/linear.bin'))));
const example = (topic: TopicCode, subtopic: string | null, text: string): SubtopicExample => ({ topic, subtopic, text, evidence: evidenceOf(score(null, text), topic, text).span });
const first = lines<Pick<SubtopicExample, 'topic' | 'subtopic'> & { id: string }>('corpus/subtopics.jsonl').map((row) => example(row.topic, row.subtopic, texts.get(row.id) ?? ''));
// The later voices name the second level beside every topic; where a writer left it open, that says nothing.
const later = readdirSync(file('corpus')).filter((name) => name.startsWith('voices-')).sort()
  .flatMap((name) => lines<{ text: string; topics: TopicCode[]; subtopics: (string | null)[] }>(`corpus/${name}`))
  .flatMap(({ text, topics, subtopics }) => topics.flatMap((topic, k) => (subtopics[k] ? [example(topic, subtopics[k], text)] : [])));
const examples = [...first, ...later];
writeFileSync(file('model/subtopics.bin'), encodeSubtopics(fitSubtopics(examples)));
process.stdout.write(`${examples.length} topics of texts\n`);
