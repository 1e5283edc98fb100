// In: a topic, and what the URL or a reader picked. Out: which weekly series that is, and the choices there are.
// Invariant: pure; second-level topics are judged by their texts, whole topics by texts, matters, negatives and people.
import { taxonomy, topicName, type TopicCode } from '../datasets/taxonomy.ts';
import { seriesMeasures, type SeriesMeasure } from '../datasets/vocabulary.ts';

/** A second-level topic, or null for all of the topic, and what is counted. */
export interface SeriesChoice { subtopic: string | null; measure: SeriesMeasure }

const measureCodes = Object.keys(seriesMeasures) as SeriesMeasure[];
const below = (topic: TopicCode | null): string[] => (topic === null ? [] : Object.keys(taxonomy[topic].children).map((code) => `${topic}.${code}`));

/** As one word: `people`, or `pay.arrears`. */
export const choiceKey = ({ subtopic, measure }: SeriesChoice): string => (subtopic === null ? measure : measure === 'documents' ? subtopic : `${subtopic} ${measure}`);

/** What a word picks within a topic; the texts of all of it where it picks nothing. */
export function choiceOf(key: string | undefined, topic: TopicCode | null): SeriesChoice {
  const subtopic = below(topic).find((code) => code === key) ?? null;
  return { subtopic, measure: (subtopic === null && measureCodes.find((m) => m === key)) || 'documents' };
}

/** The choices for a topic, with what each is called; `own` comes along where it is none of them. */
export function choicesFor(topic: TopicCode | null, own?: SeriesChoice): { key: string; label: string }[] {
  const all = [...measureCodes.map((measure): SeriesChoice => ({ subtopic: null, measure })), ...below(topic).map((subtopic): SeriesChoice => ({ subtopic, measure: 'documents' }))];
  const more = own && !all.some((c) => choiceKey(c) === choiceKey(own)) ? [own] : [];
  return [...more, ...all].map((c) => ({ key: choiceKey(c), label: c.subtopic === null || topic === null ? seriesMeasures[c.measure] : `${topicName(topic, c.subtopic).split('·')[1] ?? c.subtopic}，${seriesMeasures[c.measure]}` }));
}
