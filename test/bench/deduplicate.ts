// In: datasets/corpus, and how many texts to make. Out: precision and recall of planted pairs, seconds, memory.
// Run: npx tsx test/bench/deduplicate.ts [100000]
// Invariant: seeded; originals share sentences with others by chance, copies are edited by 5–25 % of their letters.
import { readFileSync } from 'node:fs';
import { deduplicate } from '../../pipelines/deduplicate.ts';
import type { FactDocument, PersonKeys } from '../../pipelines/records.ts';

const total = Number(process.argv[2] ?? 100_000);
let state = 7;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const below = (n: number) => Math.floor(random() * n);

const corpus = readFileSync(new URL('../../datasets/corpus/mine-language.jsonl', import.meta.url), 'utf8').trim().split('\n')
  .map((line) => JSON.parse(line) as { text: string; pii: string[] })
  .map(({ text, pii }) => pii.reduce((t, identifier) => t.replaceAll(identifier, '[姓名]'), text));
const sentences = corpus.flatMap((text) => text.split(/(?<=[。！？\n])/)).map((s) => s.trim()).filter((s) => s.length >= 8 && s.length <= 40);
const sentence = () => sentences[below(sentences.length)] ?? '';
const original = () => {
  const parts = [sentence(), sentence(), sentence(), sentence()];
  while (parts.join('').length < 90) parts.push(sentence());
  return parts.join('');
};

/** Edits a share of the letters: clauses dropped or added, letters replaced, sums changed, a greeting put before. */
function edit(text: string, share: number): string {
  let left = Math.max(1, Math.round(text.length * share));
  let out = text;
  while (left > 0) {
    const kind = random();
    const at = below(out.length);
    const n = Math.min(left, 1 + below(6));
    if (kind < 0.35) out = out.slice(0, at) + out.slice(at + n);
    else if (kind < 0.7) out = out.slice(0, at) + sentence().slice(0, n) + out.slice(at);
    else out = out.slice(0, at) + sentence().slice(0, n) + out.slice(at + n);
    left -= n;
  }
  return random() < 0.3 ? `尊敬的领导：您好！${out}谢谢！` : out;
}

const documents: FactDocument[] = [];
const persons: PersonKeys[] = [];
const planted: { a: string; b: string; share: number; kind: 'template' | 'joint' | 'repeat' }[] = [];
const start = Date.UTC(2023, 10, 1);
function add(text: string, unit: number, day: number, person: string): string {
  const document_id = `d${String(documents.length).padStart(6, '0')}`;
  const received = new Date(start + day * 86_400_000).toISOString();
  documents.push({ document_id, kind: 'petition', unit_id: `u${unit}`, channel: '来信', received_at: received, received_date: received.slice(0, 10), occurred_date: null, title: null, text, people: 1, likes: 0, restricted: false, source_id: 's', source_row: documents.length + 1 });
  persons.push({ document_id, received_date: received.slice(0, 10), keys: [person] });
  return document_id;
}
const shares = [0.05, 0.1, 0.15, 0.2, 0.25];
while (documents.length < total) {
  const text = original(), unit = below(14), day = below(1000), person = `p${documents.length}`;
  const a = add(text, unit, day, person);
  if (random() > 0.2) continue;
  const share = shares[below(shares.length)] ?? 0.05;
  const kind = (['template', 'joint', 'repeat'] as const)[below(3)] ?? 'repeat';
  const copy = edit(text, share);
  const b = add(copy, kind === 'template' ? (unit + 1 + below(13)) % 14 : unit, day + below(60), kind === 'repeat' ? person : `p${documents.length}`);
  planted.push({ a, b, share, kind });
}

const begin = performance.now();
const groups = deduplicate(documents, persons, new Set());
const seconds = (performance.now() - begin) / 1000;
const of = new Map(groups.map((g) => [g.document_id, g]));
const together = (a: string, b: string, by: 'matter_id' | 'template_id') => { const x = of.get(a)?.[by]; return x !== null && x !== undefined && x === of.get(b)?.[by]; };

console.log('kind      edit   planted  found');
for (const kind of ['template', 'joint', 'repeat'] as const) for (const share of shares) {
  const some = planted.filter((p) => p.kind === kind && p.share === share);
  const found = some.filter((p) => together(p.a, p.b, kind === 'template' ? 'template_id' : 'matter_id')).length;
  console.log(`${kind.padEnd(9)} ${share.toFixed(2)} ${String(some.length).padStart(8)}  ${(found / some.length).toFixed(4)}`);
}
const truth = new Set(planted.map((p) => `${p.a} ${p.b}`));
for (const by of ['matter_id', 'template_id'] as const) {
  const members = new Map<string, string[]>();
  for (const g of groups) { const id = g[by]; if (id !== null) members.set(id, [...(members.get(id) ?? []), g.document_id]); }
  let pairs = 0, right = 0;
  for (const list of members.values()) { list.sort(); for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) { pairs++; if (truth.has(`${list[i]} ${list[j]}`)) right++; } }
  console.log(`${by}: ${pairs} pairs, precision ${(right / pairs).toFixed(4)}`);
}
const repeats = planted.filter((p) => p.kind === 'repeat');
console.log(`is_repeat: recall ${(repeats.filter((p) => of.get(p.b)?.is_repeat || of.get(p.a)?.is_repeat).length / repeats.length).toFixed(4)}, marked ${groups.filter((g) => g.is_repeat).length} of ${repeats.length} planted`);
console.log(`${documents.length} texts, ${seconds.toFixed(1)} s, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
