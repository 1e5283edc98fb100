// What two sheets say about one unit and month, and what a later unit tree does to units met before it.
import { expect, it } from 'vitest';
import { mergeFacts, noFacts } from '../../pipelines/merge-facts.ts';
import type { Ingested } from '../../pipelines/records.ts';
import { placeUnits } from '../../pipelines/unit-tree.ts';

const sheet = (more: Partial<Ingested>): Ingested => ({
  source: { source_id: 's', file: 'f', sheet: 't', kind: 'headcount', file_hash: 'h', version: 1, rows: 0, accepted: 0, rejected: 0, replaced: 0, mapping: '{}' },
  documents: [], units: [], headcounts: [], survey: null, questions: [], answers: [], rejects: [], ...more,
});
const month = '2026-10-01';
const tree = placeUnits([['集团', null], ['东山煤矿', '集团'], ['掘进一队', '东山煤矿']].map(([name, parent]) => ({ unit_id: name ?? '', parent: parent ?? null, name: name ?? '', kind: '矿', aliases: [] }))).units;
const merge = (...sheets: Ingested[]) => mergeFacts(noFacts, sheets, [], []);

it.each([
  ['adds teams that no tree knows to their mine', [['东山煤矿›甲队', 200], ['东山煤矿›乙队', 300]], [['东山煤矿', 500]]],
  ['prefers the figure of the mine itself', [['东山煤矿', 900], ['东山煤矿›甲队', 200]], [['东山煤矿', 900]]],
  ['keeps a known team as its own unit', [['东山煤矿›掘进一队', 120]], [['掘进一队', 120]]],
  ['lets the later row of one unit stand', [['东山煤矿', 900], ['东山煤矿', 910]], [['东山煤矿', 910]]],
] as const)('%s', (_, rows, expected) => {
  const facts = merge(sheet({ units: tree }), sheet({ headcounts: rows.map(([unit, headcount]) => ({ unit, month, headcount })) }));
  expect(facts.headcounts.map((h) => [h.unit_id, h.headcount])).toEqual(expected);
});

it('names a team with its mine and knows it by its short name too', () => {
  expect(merge(sheet({ units: tree })).units.find((u) => u.unit_id === '掘进一队')).toMatchObject({ name: '东山煤矿掘进一队', aliases: ['掘进一队'] });
});

it('gathers a unit met before the tree under the tree', () => {
  const before = merge(sheet({ headcounts: [{ unit: '东山矿', month, headcount: 800 }] }));
  expect(before.units.map((u) => u.unit_id).sort()).toEqual(['东山矿', '集团']);
  const after = mergeFacts(before, [sheet({ units: tree })], [], []);
  expect(after.headcounts).toEqual([{ unit_id: '东山煤矿', month, headcount: 800 }]);
});
