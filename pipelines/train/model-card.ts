// In: a trained model and its figures. Out: the model card, in Markdown.
// Invariant: every figure in the card was computed in the run that wrote the model.
import { topicCodes } from '../../datasets/taxonomy.ts';
import { beside } from '../classify/label.ts';
import type { LinearModel } from '../classify/model.ts';

export interface Section { title: string; texts: number; compared: string; classes: string; calibration: { topics: number; critical: number } }

export function modelCard(model: LinearModel, bytes: number, data: { corpus: number; clauses: number; marked: number; also: number }, sections: readonly Section[]): string {
  const cuts = topicCodes.map((t, i) => `${t} ${(model.thresholds[i] ?? 0).toFixed(2)}`).join(', ');
  const parts = sections.map((s) => `## ${s.title}

${s.texts} texts; brackets are 95 % bootstrap intervals; n is the number of texts (or labels) that carry the answer. Beside it, what word lists alone reach.

${s.compared}

${s.classes}

Expected calibration error (ten bins): topics ${s.calibration.topics.toFixed(3)}, critical ${s.calibration.critical.toFixed(3)}.
`);
  return `# The classifier \`${model.version}\`

Written by \`pipelines/train/train-linear.ts\`; do not edit by hand. \`linear.bin\` is one line of JSON and then numbers (${(bytes / 1e6).toFixed(2)} MB, ${model.hashes.length} character n-grams).

**What it does.** Labels a text with topics 诉求 (one to several of ten), polarity 倾向, intensity 强度 0–3, intent 意图, and whether it is critical 紧急.
A first layer of linear classifiers (squared hinge, dual coordinate descent) reads tf-idf of character n-grams of 1 to 3, each the mean of one over the plain values and one over values weighted by how unlike yes and no use the n-gram; a second, a logistic regression trained on margins of texts that the first had not seen, joins them with word lists and patterns of danger (denied, past, drilled or hypothetical dangers are told apart) and gives calibrated probabilities. A third looks for each likely topic in the clauses: a logistic regression over their n-grams, their loudness for the topic and its words, trained on clauses that readers marked as carrying a topic or not; what no clause carries becomes less likely, and neighbours that carry it most likely together are quoted.
Cuts chosen on unseen margins: ${cuts}; critical ${(model.thresholds[topicCodes.length] ?? 0).toFixed(2)} (the lowest from which 85 % of the alarms on the first writers' texts are right; where no word of danger stands and safety is not the matter, 0.5). Beside a likelier topic one counts from ${beside.toFixed(2)} only.

**What it learned from.** ${data.corpus} texts of \`datasets/corpus/\` (\`mine-language\` and \`voices-*\`), written for this project by several writers in the language of mine employees; ${data.clauses} clauses (\`clauses.jsonl\`) that name one topic, or none, and teach topics alone, weighed less; the same do ${data.marked} clauses of texts whose carrying parts a reader marked (\`evidence.jsonl\`, weighed less still)${data.also > 0 ? `, and ${data.also} public messages to a city's mailbox labelled with the same guide (their texts are not part of the project; the labels of the later ones are \`pipelines/train/real-labels.jsonl\`)` : ''}. Names and numbers were masked first. The word lists and patterns of danger were written by people who had read part of the corpus, among it errors on about half of its writers, so the figures for critical on it are somewhat hopeful.

**How to read its labels.** The probabilities are meant to be counted on in sums; single labels err as often as the tables say. It judges texts, never persons. An alert that does not come is no proof of safety: people still read what comes in.

${parts.join('\n')}
## Known failures

- Irony ("恭喜本矿安全生产第1200天") and matters told only by their signs (a smell, a sound) without any known word.
- Critical texts in a new way of telling: see recall above. On city messages the notion of critical is another one (lifts, cracked walls), and the recall there is low.
- Rare topics on short texts: \`other\` and \`living\` are taken for one another; a second topic that takes one clause is often missed.
- Praise that begins with an old grievance, and questions that hide a complaint.
- Evidence: of 95 quotations in 75 texts drawn at random (50 of the first writers, read by models that had not seen them, 25 public messages), 76 carried the named topic, as judged by a strict reader with no part in the model (48 of 58 and 28 of 37; of each text's first topic 64 of 75); of the others 14 named a topic that the text only mentions or does not hold, 5 were another part of a text that has it. Two other readers of two other samples, when quotations were about a fifth longer: 153 of 177. \`npm run bench:text\` compares all quotations with readers' marks.
- Several matters in one long text share one vector; the evidence clause shows which words spoke, not why.
`;
}
