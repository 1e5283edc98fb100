// The whole way of the data on a ledger as a clerk keeps it: what comes in, what is kept, what must not get through.
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addCorrection } from '../../datasets/corrections.ts';
import { dataDir, readPointer, type DataDir } from '../../datasets/data-dir.ts';
import { tableNames, tables } from '../../datasets/schema.ts';
import { runPipeline } from '../../pipelines/pipeline.ts';
import { readTables } from '../../pipelines/warehouse.ts';
import { octoberRows, writeLedger } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'zhiwei-'));
const ledger = join(folder, '2026年10月台账.xlsx');
const fresh = () => dataDir(mkdtempSync(join(folder, 'data-')));
const run = (dir: DataDir, ...inputs: string[]) => runPipeline(dir, { inputs }, () => {});
const served = (dir: DataDir) => join(dir.warehouse, readPointer(dir)!.file);

/** One hash per table, over every value in every row. */
async function fingerprints(file: string): Promise<Record<string, unknown>> {
  const connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
  const out: Record<string, unknown> = {};
  for (const name of tableNames) out[name] = (await connection.runAndReadAll(`SELECT count(*)::INT, md5(coalesce(string_agg(t::VARCHAR, chr(10) ORDER BY t::VARCHAR), '')) FROM ${name} t`)).getRows()[0];
  return out;
}

let dir: DataDir;
beforeAll(async () => {
  await writeLedger(ledger, octoberRows);
  dir = fresh();
  await run(dir, ledger);
}, 120_000);

describe('a ledger', () => {
  it('is accounted for, row by row', async () => {
    const { source, petition } = await readTables(served(dir), ['source', 'petition']);
    expect(source.map(({ kind, rows, accepted, rejected }) => ({ kind, rows, accepted, rejected }))).toEqual([{ kind: 'petition', rows: 30, accepted: 30, rejected: 0 }]);
    expect(petition.filter((p) => p.is_joint).length).toBe(6);
    expect(petition.filter((p) => p.concluded_date === '2026-10-31').length).toBe(10);
    expect(petition.find((p) => p.registration_no === 'XL2610001')).toMatchObject({ registered_date: '2026-10-01', accepted_date: '2026-10-05', accept_due_date: '2026-10-16', conclude_due_date: '2026-12-04' });
  });
  it('keeps no name and no number anywhere in the data directory', async () => {
    const bytes = readdirSync(dir.root, { recursive: true, encoding: 'utf8' }).map((f) => join(dir.root, f)).filter((f) => statSync(f).isFile()).map((f) => readFileSync(f).toString('latin1'));
    for (const secret of ['周广田', '逯凤兰', '13800001005']) {
      const needle = Buffer.from(secret, 'utf8').toString('latin1');
      expect(bytes.some((b) => b.includes(needle))).toBe(false);
    }
  });
  it('hides the text of an accusation, and counts it', async () => {
    const { document, restricted_text } = await readTables(served(dir), ['document', 'restricted_text']);
    expect(document.filter((d) => d.restricted).map((d) => [d.title, d.text])).toEqual([[null, null]]);
    expect(restricted_text.length).toBe(1);
    const { demand_frame } = await readTables(served(dir), ['demand_frame']);
    expect(demand_frame.map((f) => f.document_id)).not.toContain(restricted_text[0]?.document_id);
    expect(demand_frame.length).toBeGreaterThan(0);
  });
  it('has unique keys in every table, and each document its labels and its matter', async () => {
    const connection = await (await DuckDBInstance.create(served(dir), { access_mode: 'READ_ONLY' })).connect();
    for (const name of tableNames) {
      const [[all, distinct]] = (await connection.runAndReadAll(`SELECT count(*)::INT, count(DISTINCT (${tables[name].key.join(', ')}))::INT FROM ${name}`)).getRows() as [[number, number]];
      expect([name, all]).toEqual([name, distinct]);
    }
    const [[orphans]] = (await connection.runAndReadAll('SELECT count(*)::INT FROM document d WHERE NOT EXISTS (FROM demand WHERE document_id = d.document_id) OR NOT EXISTS (FROM matter WHERE matter_id = d.matter_id)')).getRows() as [[number]];
    expect(orphans).toBe(0);
  });
});

describe('running again', () => {
  it('gives the same tables from the same inputs', async () => {
    const other = fresh();
    await run(other, ledger);
    expect(await fingerprints(served(other))).toEqual(await fingerprints(served(dir)));
  }, 60_000);
  it('changes nothing for the same file', async () => {
    const result = await run(dir, ledger);
    expect(result).toMatchObject({ version: 1, sources: [{ accepted: 30, unchanged: true }] });
    expect(readPointer(dir)?.version).toBe(1);
  });
  it('replaces rows of a corrected ledger by registration number', async () => {
    const other = fresh();
    await run(other, ledger);
    const corrected = join(folder, '2026年10月台账（更正）.xlsx');
    await writeLedger(corrected, octoberRows.map((r, i) => (i === 29 ? { ...r, 办结日期: '2026-10-30' } : r)));
    expect((await run(other, corrected)).version).toBe(2);
    const { petition, source } = await readTables(served(other), ['petition', 'source']);
    expect(petition.length).toBe(30);
    expect(petition.find((p) => p.registration_no === 'XL2610030')?.concluded_date).toBe('2026-10-30');
    expect(source.map((s) => [s.accepted, s.replaced]).sort()).toEqual([[30, 0], [30, 30]]);
  }, 60_000);
  it('keeps posts and ages as groups from run to run, and tells them by year and topic where five persons stand behind', async () => {
    const other = fresh(), posts = ['首席采煤机司机', '首席采煤机司机', '瓦斯检查员', '会计'] as const;
    const rows = Array.from({ length: 24 }, (_, i) => ({ ...octoberRows[i]!, 信访目的: i === 0 ? '检举控告' : '申诉求决', 登记编号: `GW${i}`, 信访人: `周${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地'[i]!}`, 反映内容: `${octoberRows[i]!.反映内容!.toString().replace(/我叫周广田，/, '')}`, 岗位: posts[i % 4]!, 年龄: i < 20 ? 41 + (i % 9) : '1979-06' }));
    const [first, second] = ['甲', '乙'].map((part) => join(folder, `2026年10月岗位台账${part}.xlsx`)) as [string, string];
    await writeLedger(first, rows.slice(0, 20));
    await writeLedger(second, rows.slice(20));
    await run(other, first);
    await run(other, second);
    const { petition_group, group_demand } = await readTables(served(other), ['petition_group', 'group_demand']);
    expect(petition_group.length).toBe(23);
    // Of 24, the accusation left out: 11 miners; 6 inspectors; 6 accountants; all of one age band.
    const sizes = group_demand.filter((g) => g.topic === 'pay').map((g) => [g.year, g.grouping, g.group_name, g.of_petitions]);
    expect(sizes).toEqual([['2026-01-01', 'age_band', '40–49岁', 23], ['2026-01-01', 'post', '管理技术', 6], ['2026-01-01', 'post', '通风安全地测', 6], ['2026-01-01', 'post', '采煤掘进', 11]]);
    const bytes = readdirSync(other.warehouse).map((f) => readFileSync(join(other.warehouse, f)).toString('latin1')).join('');
    for (const word of ['首席采煤机司机', '瓦斯检查员', '1979-06']) expect(bytes.includes(Buffer.from(word, 'utf8').toString('latin1'))).toBe(false);
    await run(other);
    expect((await readTables(served(other), ['group_demand'])).group_demand).toEqual(group_demand);
  }, 60_000);
  it('asks for files where nothing has been imported', async () => {
    await expect(run(fresh())).rejects.toThrow('还没有导入过数据');
  });
  it('lets a reader’s correction count from the next run on', async () => {
    const { document } = await readTables(served(dir), ['document']);
    const { document_id } = document.find((d) => !d.restricted && !d.critical)!;
    addCorrection(dir, { document_id, by: 'a', at: '2026-10-01T00:00:00.000Z', read: null, labels: { topics: [{ code: 'skills', subtopic: null }], polarity: 'negative', intensity: 3, intent: '检举', critical: true } });
    await run(dir);
    const after = await readTables(served(dir), ['document', 'demand', 'hotspot_member', 'hotspot']);
    expect(after.document.find((d) => d.document_id === document_id)).toMatchObject({ intensity: 3, intent: '检举', critical: true, critical_reason: '人工判为紧急' });
    expect(after.demand.filter((d) => d.document_id === document_id).map((d) => d.topic)).toEqual(['skills']);
    const critical = new Set(after.hotspot.filter((h) => h.kind === 'critical').map((h) => h.hotspot_id));
    expect(after.hotspot_member.some((m) => m.document_id === document_id && critical.has(m.hotspot_id))).toBe(true);
    addCorrection(dir, { document_id, by: 'a', at: '2026-10-02T00:00:00.000Z', read: null, labels: null });
  }, 60_000);
  it('relabels what is there without any file, and loses nothing', async () => {
    const other = fresh();
    await run(other, ledger);
    const before = await fingerprints(served(other));
    expect((await run(other)).version).toBe(2);
    const after = await fingerprints(served(other));
    for (const name of tableNames.filter((t) => t !== 'run')) expect([name, after[name]]).toEqual([name, before[name]]);
  }, 60_000);
});
