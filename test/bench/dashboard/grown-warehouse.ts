// In: a small published warehouse file. Out: one of the same declaration with as many documents as asked for, made in SQL.
// Invariant: copy 0 keeps its keys, the others get new ones, so that units, topics, months and lengths stay as skewed as they were.
import { DuckDBInstance } from '@duckdb/node-api';
import { factSql, isFactTable } from '../../../datasets/fact-tables.ts';
import { tableNames, tables } from '../../../datasets/schema.ts';
import { ddl, type Table } from '../../../datasets/table.ts';
import { storedOrder } from '../../../pipelines/warehouse.ts';

const renamed = ['document_id', 'matter_id', 'registration_no'] as const;
/** Tables that do not grow with documents: units × topics × weeks, surveys, hotspots and what lies in them. */
const kept: readonly string[] = ['answer', 'hotspot_member'];

/** Writes `file` with whole copies of `seed`, at least `documents`; returns how many there are. */
export async function growWarehouse(seed: string, file: string, documents: number): Promise<number> {
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '8GB', preserve_insertion_order: 'true' });
  try {
    const connection = await instance.connect();
    await connection.run(`ATTACH '${seed.replaceAll("'", "''")}' AS seed (READ_ONLY)`);
    const [counted] = await (await connection.runAndReadAll('SELECT count(*)::INTEGER AS n FROM seed.document')).getRowObjectsJS();
    const each = Number(counted?.['n']);
    const copies = Math.max(1, Math.ceil(documents / each));
    for (const name of tableNames) {
      const { columns }: Table = tables[name];
      const grows = kept.includes(name) ? [] : renamed.filter((c) => c in columns);
      await connection.run(ddl(name, tables[name]));
      if (isFactTable(name)) { await connection.run(`INSERT INTO ${name} ${factSql(name, (table) => table)}`); continue; }
      const own = grows.map((c) => `CASE WHEN copy = 0 THEN t.${c} ELSE t.${c} || '-' || copy END AS ${c}`);
      const listed = Object.keys(columns).join(', '), order = storedOrder[name] ? ` ORDER BY ${storedOrder[name]}` : '';
      await connection.run(grows.length > 0
        ? `INSERT INTO ${name} SELECT ${listed} FROM (SELECT t.* REPLACE (${own.join(', ')}) FROM range(${copies}) c(copy), seed.${name} t)${order}`
        : `INSERT INTO ${name} SELECT ${listed} FROM seed.${name}${order}`);
    }
    await connection.run(`UPDATE run SET documents = ${each * copies}`);
    await connection.run('DETACH seed');
    await connection.run('CHECKPOINT');
    connection.closeSync();
    return each * copies;
  } finally {
    instance.closeSync();
  }
}
