// In: the data directory of a run over the messages of 附件3 (real, not in this repository), real-matters.json: matters as hand-made lists of message numbers.
// Out: printed: for each matter the cluster that holds most of it, pairwise F1 of membership, dates; then the first clusters. Texts are never printed.
// Run: npm run bench:matters -- DATA_DIR
import { readFileSync } from 'node:fs';
import { standingMatters } from '../../pipelines/detect/standing-matters.ts';
import { unitTree } from '../../pipelines/detect/unit-tree.ts';
import { ascending } from '../../pipelines/detect/material.ts';
import { loadPublished } from './detection-stories.ts';

interface Matter { name: string; place: string; ids: string[]; /** May be in or out. */ optional: string[] }

const [, , root] = process.argv;
if (!root) throw new Error('expected the data directory of a run over 附件3');
const matters = JSON.parse(readFileSync(new URL('./real-matters.json', import.meta.url), 'utf8')) as Matter[];
const { input, numbers } = await loadPublished(root);
const documents = [...input.documents].sort((a, b) => ascending(a.received_date, b.received_date) || ascending(a.document_id, b.document_id));
const numberOf = (id: string) => numbers.get(id) ?? id;
const start = performance.now();
const found = standingMatters(documents, unitTree(input.units, input.headcounts, input.series, input.asOf), new Map(input.terms.map((t) => [t.document_id, t.terms.map(({ term }) => term)])), input.asOf);
const seconds = (performance.now() - start) / 1000;
const clusters = found.map((f) => ({ ...f.hotspot, ids: f.members.map((m) => numberOf(m.document_id)) }));
const pairs = (n: number) => (n * (n - 1)) / 2;
const day = new Map(documents.map((d) => [numberOf(d.document_id), d.received_date]));

for (const { name, place, ids, optional } of matters) {
  const own = new Set(ids), may = new Set(optional);
  const best = clusters.map((c) => ({ c, kept: c.ids.filter((id) => !may.has(id)) })).map(({ c, kept }) => ({ c, kept, shared: kept.filter((id) => own.has(id)).length })).sort((a, b) => b.shared - a.shared)[0];
  const { shared, kept, c } = best?.shared ? best : { shared: 0, kept: [] as string[], c: undefined };
  const f1 = (2 * pairs(shared)) / (pairs(kept.length) + pairs(own.size));
  const days = ids.map((id) => day.get(id) ?? '').sort();
  console.log(`${f1.toFixed(2)} ${place} ${name}: ${shared} of ${own.size} found, ${kept.length - shared} others; ${days[0]} to ${days.at(-1)}${c ? ` | ${c.from_date} to ${c.to_date} ${c.title}` : ''}`);
  if (process.env.VERBOSE) console.log('   missed', ids.filter((id) => !c?.ids.includes(id)).join(' '), '| wrong', kept.filter((id) => !own.has(id)).join(' '));
}
console.log(`\n${clusters.length} matters, ${seconds.toFixed(1)} s`);
for (const c of clusters) console.log(`${c.score.toFixed(1)} ${c.title}`);
