// In: a table's name and a reader's scope. Out: the most frequent values of its category columns, the range of its numbers and days.
// Invariant: over the reader's own views; a column of free text is in none of the lists below, so no text is ever sampled.
import { z } from 'zod';
import { ZhiweiError } from '../datasets/errors.ts';
import type { Column } from '../datasets/table.ts';
import type { SqlValuesReply } from './api.ts';
import { scopedViews, shapeOf, visibleTables, type VisibleTable } from './scoped-views.ts';
import type { Reader } from './warehouse.ts';

/** Category columns that are no closed list: names of units, topics, surveys, files, parts of speech. */
const named: Partial<Record<VisibleTable, readonly string[]>> = {
  unit: ['unit_id', 'name', 'kind'], topic: ['topic', 'parent', 'label'], demand: ['subtopic'], series: ['unit_id', 'subtopic'], hotspot: ['subtopic', 'detector'],
  headcount: ['unit_id'], document: ['unit_id'], survey: ['survey_id', 'title'], term: ['tag'], source: ['file', 'sheet'], reject: ['column_name', 'reason'],
};
const mostValues = 8;

const isClosed = ({ zod }: Column) => (zod instanceof z.ZodNullable ? zod.unwrap() : zod) instanceof z.ZodEnum;

export function valuesOf(reader: Reader, name: string, scope: string | null): Promise<SqlValuesReply> {
  const table = visibleTables.find((visible) => visible === name);
  if (!table) throw new ZhiweiError('not_found', `没有名为“${name}”的表`);
  return reader.memo(`values ${table} ${scope ?? ''}`, () => sample(reader, table, scopedViews('main', scope)[table]));
}

async function sample(reader: Reader, table: VisibleTable, view: string): Promise<SqlValuesReply> {
  const columns = Object.entries(shapeOf(table).columns);
  const listed = columns.filter(([name, column]) => isClosed(column) || column.sql.startsWith('BOOLEAN') || named[table]?.includes(name)).map(([name]) => name);
  const ranged = columns.filter(([, { sql }]) => /^(INTEGER|DOUBLE|DATE)/.test(sql)).map(([name]) => name);
  const ranges = ranged.map((name, i) => `min(${name})::VARCHAR AS low${i}, max(${name})::VARCHAR AS high${i}`);
  const [whole = {}] = await reader.query(`SELECT ${['count(*) AS rows', ...ranges].join(', ')} FROM (${view})`);
  const found = new Map<string, { value: string; rows: number }[]>();
  for (const name of listed) found.set(name, await reader.query(`SELECT ${name}::VARCHAR AS value, count(*) AS rows FROM (${view}) WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostValues}`));
  return {
    rows: Number(whole['rows']),
    columns: columns.map(([name]) => {
      const [low, high] = [whole[`low${ranged.indexOf(name)}`], whole[`high${ranged.indexOf(name)}`]];
      return { name, values: found.get(name) ?? [], range: typeof low === 'string' && typeof high === 'string' ? [low, high] : null };
    }),
  };
}
