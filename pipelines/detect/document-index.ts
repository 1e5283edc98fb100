// In: the unit tree and documents. Out: those that a series counts, by subtree, topic, subtopic, measure and weeks.
// Invariant: survey answers are in none.
import type { Judged } from './expectations.ts';
import { dayNumber, type DetectDocument } from './material.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

/** Documents by week, for looking up those of a subtree and topic. */
export class DocumentIndex {
  private readonly byWeek: { document: DetectDocument; above: Set<string> }[][];

  constructor(tree: UnitTree, documents: readonly DetectDocument[]) {
    const first = dayNumber(tree.weeks[0] ?? '1970-01-01');
    const path = new Map([...tree.byUnit].map(([id, node]) => {
      const above = new Set<string>();
      for (let n: UnitNode | null = node; n; n = n.parent) above.add(n.unit_id);
      return [id, above];
    }));
    this.byWeek = tree.weeks.map(() => []);
    for (const document of documents) {
      if (document.kind === 'survey_answer') continue;
      this.byWeek[Math.floor((dayNumber(document.received_date) - first) / 7)]?.push({ document, above: path.get(document.unit_id) ?? new Set([document.unit_id]) });
    }
  }

  /** Documents of a subtree under a topic (and subtopic) in weeks `from` to `to`. */
  of(node: UnitNode, topic: string, from: number, to: number, subtopic: string | null = null): DetectDocument[] {
    const found: DetectDocument[] = [];
    for (let t = from; t <= to; t++) for (const { document, above } of this.byWeek[t] ?? []) if (above.has(node.unit_id) && document.topics.includes(topic) && (subtopic === null || document.subtopics.includes(subtopic))) found.push(document);
    return found;
  }

  /** Documents that a judged series counts: of negatives the negative ones. */
  counted = ({ node, topic, subtopic, measure }: Judged, from: number, to: number): DetectDocument[] =>
    this.of(node, topic, from, to, subtopic).filter((d) => measure !== 'negatives' || d.polarity === 'negative');

  /** People of each text, week by week. */
  sizes(): number[][] { return this.byWeek.map((week) => week.map(({ document }) => document.people)); }
}
