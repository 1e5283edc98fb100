// In: words that someone looks for. Out: the topics of either level that they name, for who looks for a matter rather than a word.
// Invariant: pure; a topic is named when one of the words stands in its label, or its label in the words.
import { taxonomy, topicCodes, topicName, type TopicCode } from '../datasets/taxonomy.ts';

export interface NamedTopic { topic: TopicCode; name: string }

/** At most `most` topics, in the order of the taxonomy; a first-level topic stands for what is below it. */
export function namedTopics(words: string, most = 3): NamedTopic[] {
  const terms = words.split(/[\s“”"]+/).filter((term) => term.length >= 2 && !term.startsWith('-'));
  const names = (label: string) => terms.some((term) => label.includes(term) || term.includes(label));
  return topicCodes.flatMap((topic): NamedTopic[] => {
    if (names(taxonomy[topic].label)) return [{ topic, name: topicName(topic, null) }];
    return Object.entries(taxonomy[topic].children).filter(([, label]) => names(label)).map(([code]) => ({ topic, name: topicName(topic, `${topic}.${code}`) }));
  }).slice(0, most);
}
