// In: one version of the warehouse, a parsed query, filters, a reader's scope. Out: documents that match, best first, and how they divide.
// Invariant: read through the scoped views; a restricted text is neither found nor counted; every value is a parameter.
import { reported } from '../../datasets/reporting-period.ts';
import type { SearchQuery } from '../api.ts';
import { pathSql } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import type { Parameter, Reader } from '../warehouse.ts';
import type { ParsedQuery, Vocabulary } from './parse-query.ts';

export interface Found { document_id: string; kind: string; channel: string; received_date: string; unit_id: string; unit_name: string; title: string | null; text: string; polarity: string; critical: boolean; topics: string[] }
export interface Facet { by: 'unit' | 'topic' | 'month'; key: string; documents: number }

/** Okapi BM25 (Robertson and Zaragoza 2009). */
const k1 = 1.2, b = 0.75;
export const pageSize = 20;

/** The words of a version with their document counts, read once. */
export const vocabularyOf = (reader: Reader): Promise<{ terms: Vocabulary; documents: number; length: number }> => reader.memo('vocabulary', async () => {
  const [terms, [all]] = await Promise.all([
    reader.query<{ term: string; n: number }>('SELECT term, count(*) AS n FROM term GROUP BY term'),
    reader.query<{ n: number; length: number }>('SELECT count(*) AS n, coalesce(avg(length), 1) AS length FROM document WHERE NOT restricted'),
  ]);
  return { terms: new Map(terms.map(({ term, n }) => [term, n])), documents: all?.n ?? 0, length: Math.max(1, all?.length ?? 1) };
});

export interface Asked { parsed: ParsedQuery; query: SearchQuery; path: string | undefined; scope: string | null }

/** WITH clause whose last table `found` holds the matching documents with their score; `strict` asks for every word, known or not. */
async function matching(reader: Reader, { parsed, query, path, scope }: Asked, strict: boolean): Promise<{ sql: string; params: Parameter[] }> {
  const { documents, length } = await vocabularyOf(reader);
  const params: Parameter[] = [];
  const put = (value: Parameter) => { params.push(value); return '?'; };
  const idf = (n: number) => Math.log(1 + (documents - Math.min(n, documents) + 0.5) / (Math.min(n, documents) + 0.5));
  const words = parsed.groups.flatMap(({ terms, documents: n }, g) => terms.map((term) => `(${put(term)}, ${g}, ${idf(n)}::DOUBLE)`));
  // Terms lie in their own order in the file: named as values, only their stretches of it are read.
  const hits = words.length === 0 ? '' : `q(term, g, idf) AS (VALUES ${words.join(', ')}),
    tf AS (SELECT t.document_id, q.g, any_value(q.idf) AS idf, sum(t.count) AS n FROM term t JOIN q USING (term) WHERE t.term IN (${parsed.groups.flatMap((g) => g.terms).map(put).join(', ')}) GROUP BY ALL),`;
  const score = words.length === 0 ? '0.0' : `sum(tf.idf * tf.n * ${k1 + 1} / (tf.n + ${k1} * (${1 - b} + ${b} * d.length / ${length})))`;
  const holds = (text: string) => `(contains(coalesce(d.title, ''), ${put(text)}) OR contains(d.text, ${put(text)}))`;
  const where = [
    'NOT d.restricted', pathSql('u.path', path), ...parsed.phrases.map(holds), ...(strict ? parsed.unknown.map(holds) : []), ...parsed.without.map((w) => `NOT ${holds(w)}`),
    ...([['d.received_date >= ?::DATE', query.from], ['d.received_date <= ?::DATE', query.to], ['d.channel = ?', query.channel], ['d.kind = ?', query.kind], ['d.polarity = ?', query.polarity], ['d.intent = ?', query.intent],
      [`strftime(${reported('d.received_date', reader.monthStart)}, '%Y-%m') = ?`, query.month], ['EXISTS (FROM demand x WHERE x.document_id = d.document_id AND x.topic = ?)', query.topic]] as const).flatMap(([sql, value]) => { if (value === undefined) return []; params.push(value); return [sql]; }),
    ...(query.critical ? ['d.critical'] : []),
  ];
  return { params, sql: `WITH ${hits} found AS MATERIALIZED (SELECT d.document_id, d.received_date, u.branch_id, ${score} AS score FROM (${scopedViews('main', scope).document}) d JOIN unit u USING (unit_id)${words.length > 0 ? ' JOIN tf USING (document_id)' : ''}
    WHERE ${where.join(' AND ')} GROUP BY ALL${words.length > 0 && strict ? ` HAVING count(*) = ${parsed.groups.length}` : ''})` };
}

export interface SearchResult { total: number; strict: boolean; rows: Found[]; facets: Facet[] }

/** Documents with all the words; where there are none, with some of them. */
export async function findDocuments(reader: Reader, asked: Asked): Promise<SearchResult> {
  const strictly = await results(reader, asked, true);
  const { groups, unknown } = asked.parsed;
  return strictly.total > 0 || groups.length === 0 || groups.length + unknown.length < 2 ? strictly : results(reader, asked, false);
}

async function results(reader: Reader, asked: Asked, strict: boolean): Promise<SearchResult> {
  const { sql, params } = await matching(reader, asked, strict);
  const order = `${asked.query.sort === 'date' ? 'received_date DESC, score DESC' : 'score DESC, received_date DESC'}, document_id`;
  // One pass: how all divide, and with them the page that was asked for, in its order.
  const parts = await reader.answer<{ by: Facet['by'] | 'all' | 'hit'; key: string | null; documents: number }>(`${sql}
    SELECT 'all' AS "by", '' AS key, count(*) AS documents FROM found
    UNION ALL SELECT 'unit', branch_id, count(*) FROM found GROUP BY ALL
    UNION ALL SELECT 'month', strftime(${reported('received_date', reader.monthStart)}, '%Y-%m'), count(*) FROM found GROUP BY ALL
    UNION ALL SELECT 'topic', x.topic, count(*) FROM found JOIN demand x USING (document_id) GROUP BY ALL
    UNION ALL SELECT 'hit', document_id, row_number() OVER (ORDER BY ${order}) FROM (FROM found ORDER BY ${order} LIMIT ${pageSize} OFFSET ${(asked.query.page - 1) * pageSize})
    ORDER BY ALL`, params);
  const ids = parts.filter((p) => p.by === 'hit').sort((a, b) => a.documents - b.documents).map((p) => p.key);
  const rows = await textsOf(reader, ids, asked.scope);
  return { total: parts.find((p) => p.by === 'all')?.documents ?? 0, strict, rows, facets: parts.filter((p): p is Facet => p.by !== 'all' && p.by !== 'hit' && Boolean(p.key)) };
}

async function textsOf(reader: Reader, ids: (string | null)[], scope: string | null): Promise<Found[]> {
  if (ids.length === 0) return [];
  const wanted = `(VALUES ${ids.map(() => '(?)').join(', ')})`;
  const rows = await reader.answer<Found>(`WITH raised AS (SELECT document_id, list(topic ORDER BY probability DESC, topic) AS topics FROM demand WHERE document_id IN ${wanted} GROUP BY document_id)
    SELECT d.document_id, d.kind, d.channel, d.received_date, d.unit_id, u.name AS unit_name, d.title, d.text, d.polarity, d.critical, coalesce(r.topics, []) AS topics
    FROM (${scopedViews('main', scope).document}) d JOIN unit u USING (unit_id) LEFT JOIN raised r USING (document_id) WHERE d.document_id IN ${wanted} AND NOT d.restricted`, [...ids, ...ids]);
  return ids.flatMap((id) => rows.filter((r) => r.document_id === id));
}

/** Terms within the reader's scope that share two neighbouring characters with what was typed, most frequent first. */
export async function nearTerms(reader: Reader, text: string, scope: string | null): Promise<string[]> {
  const clean = text.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 12);
  const pairs = Array.from({ length: Math.max(0, clean.length - 1) }, (_, i) => clean.slice(i, i + 2));
  if (pairs.length === 0) return [];
  const rows = await reader.query<{ term: string }>(`SELECT term FROM (${scopedViews('main', scope).term}) WHERE ${pairs.map(() => 'contains(term, ?)').join(' OR ')} GROUP BY term HAVING count(*) >= 3 ORDER BY count(*) DESC, term LIMIT 6`, pairs);
  return rows.map(({ term }) => term);
}
