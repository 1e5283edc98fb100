// Random questions over random texts: what the fact tables give must be what document, petition and demand give, joined here by hand.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { completed, presentSql } from '../../datasets/older-version.ts';
import { comparisons, compileMetricQuery, dimensionsOf, metricQuerySchema } from '../../datasets/metric-query.ts';
import { metricNames, metrics } from '../../datasets/metrics.ts';
import type { Row } from '../../datasets/schema.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { channels, intents, purposes } from '../../datasets/vocabulary.ts';
import { writeWarehouse } from '../../pipelines/warehouse.ts';
import { random } from '../bench/random.ts';
import { smallWarehouse } from './small-warehouse.ts';

const next = random(20261129);
const one = <T>(of: readonly T[]) => of[Math.floor(next() * of.length)]!;
const day = (from: string, within: number) => new Date(Date.parse(from) + Math.floor(next() * within) * 86_400_000).toISOString().slice(0, 10);
const units = [...smallWarehouse.unit!];

const document = Array.from({ length: 600 }, (_, i): Row<'document'> => {
  const received_date = day('2025-08-01', 457);
  return {
    document_id: `t${(i * 7919) % 600}`, kind: one(['petition', 'petition', 'note', 'post', 'survey_answer']), unit_id: one(units).unit_id, channel: one(channels), received_at: `${received_date} 09:00:00`, received_date, occurred_date: null, title: null, text: '文字', length: 2,
    people: 1 + Math.floor(next() * 8), likes: 0, restricted: false, polarity: one(['negative', 'neutral', 'positive']), intensity: Math.floor(next() * 4), intent: one(intents), critical: next() < 0.1, critical_reason: null, matter_id: `m${Math.floor(next() * 300)}`, template_id: null, source_id: 's', source_row: i,
  };
});
const petition = document.filter((d) => d.kind === 'petition').map((d): Row<'petition'> => {
  const registered_date = day(d.received_date, 9), accepted_date = next() < 0.8 ? day(registered_date, 25) : null, is_repeat = next() < 0.2;
  return {
    document_id: d.document_id, registration_no: null, purpose: one(purposes), is_joint: d.people >= 5, is_escalated: next() < 0.1, is_repeat, is_first: !is_repeat, stated_repeat: null, responsible_unit_id: d.unit_id, registered_date, accepted_date, accept_due_date: day(registered_date, 16),
    concluded_date: accepted_date && next() < 0.6 ? day(accepted_date, 80) : null, conclude_due_date: accepted_date && day(accepted_date, 90), extended_days: 0, outcome: null, reply: null, satisfaction: next() < 0.4 ? one(['satisfied', 'basic', 'dissatisfied']) : null,
  };
});
const demand = document.flatMap((d) => topicCodes.filter(() => next() < 0.15).map((topic): Row<'demand'> => ({ document_id: d.document_id, topic, subtopic: next() < 0.5 ? `${topic}.x` : null, probability: next(), evidence_start: 0, evidence_end: 2 })));
const term = document.flatMap(({ document_id }) => [['工资', '薪酬'], ['夜班', 'n'], ['说明', 'v']].filter(() => next() < 0.4).map(([word = '', tag = '']): Row<'term'> => ({ document_id, term: word, tag, count: 1 })));

/** The same, without the fact tables and what spares reading them whole. */
const joined = "(SELECT d.* EXCLUDE (matter_id), d.matter_id AS matter_no, p.* EXCLUDE (document_id), d.document_id IN (SELECT document_id FROM demand) AS raised FROM document d LEFT JOIN petition p USING (document_id)) d";
const byHand = (sql: string) => sql.replaceAll('demand_fact d', `${joined} JOIN demand t USING (document_id)`).replaceAll('text_fact d', joined).replace(/\bd\.(topic|subtopic)\b/g, 't.$1').replace(/d\.\w+ [<>]= \(\?::DATE - INTERVAL [^)]*\)::DATE/g, '?::DATE IS NOT NULL');

describe('datasets/fact-tables', () => {
  let connection: DuckDBConnection;
  const rows = async (sql: string, params: (string | number)[] = []) => JSON.stringify((await connection.runAndReadAll(sql, params)).getRowsJson());
  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zhiwei-')), 'random.duckdb');
    await writeWarehouse(file, { ...smallWarehouse, document, petition, demand, term });
    connection = await (await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })).connect();
  });

  const counted = metricNames.filter((name) => ['petition', 'document'].includes(metrics[name].base));
  it.each(counted)('give %s as the tables that they are made of', async (name) => {
    for (let n = 0; n < 12; n++) {
      const from = day('2026-01-01', 300), maybe = <T>(value: T) => (next() < 0.3 ? value : undefined);
      const query = {
        metrics: [name], dimensions: [...new Set(Array.from({ length: Math.floor(next() * 3) }, () => one(dimensionsOf(name))))], compare: comparisons.filter(() => next() < 0.4),
        filters: { from, to: day(from, 120), unit: maybe(one(units).path), topic: maybe(one(topicCodes)), channel: maybe(one(channels)), polarity: maybe('negative'), purpose: metrics[name].base === 'petition' ? maybe(one(purposes)) : undefined },
      };
      const { sql, params } = compileMetricQuery(metricQuerySchema.parse(query), 'answer', one([1, 1, 26]));
      expect([query, await rows(sql, params)]).toEqual([query, await rows(byHand(sql), params)]);
    }
  });
  it('give the words that name a thing, by the day of their text', async () => {
    expect(await rows('SELECT received_date::VARCHAR, term, count(*)::INT FROM term_fact JOIN text_fact USING (document_no) GROUP BY ALL ORDER BY ALL')).toBe(await rows("SELECT received_date::VARCHAR, term, count(*)::INT FROM term JOIN document USING (document_id) WHERE tag <> 'v' GROUP BY ALL ORDER BY ALL"));
  });
  it('are in the order of their days, each number once', async () => {
    expect(await rows('SELECT count(*)::INT, count(DISTINCT document_no)::INT, max(document_no) FROM text_fact')).toBe('[[600,600,600]]');
    expect(await rows('SELECT count(*)::INT FROM text_fact a JOIN text_fact b ON b.document_no = a.document_no + 1 WHERE b.received_date < a.received_date')).toBe('[[0]]');
  });
  it('are made of the others where a version lacks them, which is nothing that it lacks', async () => {
    const present = (await connection.runAndReadAll(presentSql())).getRows().filter(([table]) => !String(table).endsWith('_fact'));
    const { lacking, asItStands, select } = completed(present, 'main');
    expect([lacking, asItStands]).toEqual([[], false]);
    for (const [name, numbers] of [['text_fact', 'document_no, matter_no'], ['demand_fact', 'document_no, matter_no'], ['term_fact', 'document_no']] as const) expect(await rows(`SELECT * EXCLUDE (${numbers}) FROM (${select[name]}) ORDER BY ALL`)).toBe(await rows(`SELECT * EXCLUDE (${numbers}) FROM ${name} ORDER BY ALL`));
    const { sql, params } = compileMetricQuery(metricQuerySchema.parse({ metrics: ['matters', 'topic_share'], dimensions: ['month', 'topic'] }));
    expect(await rows(sql.replace(/(text_fact|demand_fact) d\b/g, (_, name: 'text_fact' | 'demand_fact') => `(${select[name]}) d`), params)).toBe(await rows(sql, params));
  });
});
