// In: nothing. Out: a small published warehouse: a group with two mines, with and without restricted texts.
// Invariant: every restricted text holds the word 密件 and nothing else does; every other text holds 明文.
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDir, versionFile, type DataDir } from '../../datasets/data-dir.ts';
import type { Row } from '../../datasets/schema.ts';
import { topicRows } from '../../datasets/taxonomy.ts';
import { writeWarehouse, type WarehouseRows } from '../../pipelines/warehouse.ts';

export const newDataDir = (): DataDir => dataDir(mkdtempSync(join(tmpdir(), 'zhiwei-server-')));

const unit = (unit_id: string, parent_id: string | null, name: string, path: string, level: number): Row<'unit'> => ({
  unit_id, parent_id, name, kind: level === 0 ? '集团' : '矿井', path, level, branch_id: level === 2 ? path.split('/')[1] ?? unit_id : unit_id, aliases: [],
});
export const units = [
  unit('G', null, '集团', 'G', 0), unit('M1', 'G', '一矿', 'G/M1', 1), unit('M2', 'G', '二矿', 'G/M2', 1),
  unit('M1A', 'M1', '综采一队', 'G/M1/M1A', 2), unit('M10', 'G', '十矿', 'G/M10', 1),
];

const petition = (n: number, unit_id: string, restricted: boolean): [Row<'document'>, Row<'petition'>] => {
  const day = `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`;
  const words = restricted ? null : `明文${n}：工资晚发了`;
  return [{
    document_id: `d${n}`, kind: 'petition', unit_id, channel: '来信', received_at: `${day} 08:00:00`, received_date: day, occurred_date: null,
    title: restricted ? null : `明文标题${n}`, text: words, length: 10, people: 1, likes: 0, restricted, polarity: 'negative', intensity: 2, intent: '求决',
    critical: restricted, critical_reason: restricted ? '密件依据' : null, matter_id: `m${n}`, template_id: null, source_id: unit_id === 'M2' ? 's2' : 's1', source_row: n,
  }, {
    document_id: `d${n}`, registration_no: `XF${n}`, purpose: restricted ? '检举控告' : '申诉求决', is_joint: false, is_escalated: false, is_repeat: false, is_first: true,
    stated_repeat: null, responsible_unit_id: unit_id, registered_date: day, accepted_date: day, accept_due_date: '2026-11-20', concluded_date: null, conclude_due_date: '2027-01-01',
    extended_days: 0, outcome: restricted ? '密件结果' : '明文结果', reply: restricted ? '密件答复' : '明文答复', satisfaction: null,
  }];
};

/** Rows of version `version`: 12 petitions at 一矿 (2 restricted), 6 at 二矿 (1 restricted), 1 at 十矿, 1 at the team below 一矿. */
export function rows(version: number): WarehouseRows {
  const made = Array.from({ length: 20 }, (_, n) => petition(n, n < 12 ? 'M1' : n < 18 ? 'M2' : n === 18 ? 'M10' : 'M1A', n === 0 || n === 1 || n === 12));
  const documents = made.map(([d]) => d);
  const petitions = made.map(([, p]) => p);
  const hotspot = (hotspot_id: string, unit_id: string, kind: Row<'hotspot'>['kind'], title: string, exemplar: string | null, score: number): Row<'hotspot'> => ({
    hotspot_id, kind, title, unit_id, topic: 'pay', subtopic: null, measure: 'documents', from_date: '2026-10-01', to_date: '2026-10-20', observed: 9, expected: 2.5, upper: 5, score, terms: exemplar?.includes('密件') ? ['密件'] : ['工资'], exemplar, detector: 'test',
  });
  const weeks = ['2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26'];
  return {
    unit: units, topic: topicRows(), document: documents, petition: petitions,
    headcount: units.map((u) => ({ unit_id: u.unit_id, month: '2026-10-01', headcount: 500 })),
    restricted_text: documents.filter((d) => d.restricted).map((d) => ({ document_id: d.document_id, title: '密件标题', text: '密件正文', outcome: '密件结果', reply: '密件答复' })),
    demand: documents.map((d) => ({ document_id: d.document_id, topic: 'pay' as const, subtopic: null, probability: 0.9, evidence_start: 0, evidence_end: 2 })),
    matter: documents.map((d) => ({ matter_id: d.matter_id, unit_id: d.unit_id, topic: 'pay' as const, first_date: d.received_date, last_date: d.received_date, documents: 1, letters: 1, persons: 1, people: 1, repeats: 0, is_open: true })),
    term: documents.map((d) => ({ document_id: d.document_id, term: d.restricted ? '密件词' : '工资', tag: 'n', count: 1 })),
    expectation: units.filter((u) => u.level < 2).flatMap((u) => weeks.map((week) => ({ week, unit_id: u.unit_id, topic: 'pay' as const, observed: 3, expected: 2, upper: 5, score: 0.3 }))),
    series: units.flatMap((u) => weeks.map((week) => ({ week, unit_id: u.unit_id, topic: 'pay' as const, subtopic: null, documents: 3, matters: 3, people: 3, negatives: 3, intensity_sum: 6 }))),
    hotspot: [hotspot('h1', 'M1', 'series', '一矿薪酬增多', '明文2：工资晚发了', 4), hotspot('h2', 'M2', 'series', '二矿薪酬增多', '明文13：工资晚发了', 3), hotspot('h3', 'M1', 'critical', '密件标题', '密件正文', 2)],
    demand_frame: [{ document_id: 'd1', asked_of: null, asked: '明文', lasted: null, lasted_days: null, amount: '三百元', amount_yuan: 300, people_told: null, people: null }],
    hotspot_member: [...[0, 2, 3].map((n) => ({ hotspot_id: 'h1', document_id: `d${n}` })), ...[12, 13].map((n) => ({ hotspot_id: 'h2', document_id: `d${n}` })), { hotspot_id: 'h3', document_id: 'd1' }],
    hotspot_stage: ['h1', 'h2'].map((hotspot_id) => ({ hotspot_id, week: '2026-09-28', documents: 3, matters: 3, likes: 0, units: 1, stage: 'born' as const, words: [] })),
    run: [{ version, as_of: '2026-10-28', provisional_from: '2026-10-19', alarm_from: 3, month_start_day: 1, tells_acceptance: true, model: 'test', taxonomy: '2026.1', dictionary: 'test', pipeline: 'test', documents: 20, rejects: 1 }],
    source: ['s1', 's2'].map((source_id) => ({ source_id, file: `${source_id}.xlsx`, sheet: '台账', kind: 'petition' as const, file_hash: source_id, version: 1, rows: 10, accepted: 9, rejected: 1, replaced: 0, mapping: '{}' })),
    reject: [{ source_id: 's1', source_row: 7, column_name: '信访日期', value_class: '空', reason: '没有日期', remedy: '补上日期' }],
  };
}

/** Publishes version `version` as the pipeline does: the file, then the pointer by rename. */
export async function publish(dir: DataDir, version: number, warehouse: WarehouseRows = rows(version)): Promise<void> {
  await writeWarehouse(join(dir.warehouse, versionFile(version)), warehouse);
  const manifest = { version, started_at: '2026-11-01T08:00:00.000Z', seconds: 1, stages: [], sources: [] };
  writeFileSync(join(dir.warehouse, `v${String(version).padStart(6, '0')}.json`), JSON.stringify(manifest));
  point(dir, version);
}

/** Moves the pointer to a version that is there. */
export function point(dir: DataDir, version: number): void {
  writeFileSync(`${dir.pointer}.new`, JSON.stringify({ version, file: versionFile(version) }));
  renameSync(`${dir.pointer}.new`, dir.pointer);
}
