// In: a view. Out: words said more than before, topics raised together, and sentences that speak for a topic 诉求.
// Invariant: words and sentences come from unrestricted texts within the scope; sentences are exact substrings, and each look is audited.
import { periodMonths } from '../../datasets/metric-query.ts';
import type { Exemplar, Keyword, TopicView } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { pathSql, scopedUnit } from '../scope.ts';
import { versioned } from '../versioned.ts';
import type { Parameter } from '../warehouse.ts';

/** A word counts from this many documents of as many matters; `prior` documents of the pooled frequency steady rare words. */
const least = 3, prior = 50, surely = 1.96;
const mostWords = 15, mostQuotes = 5;

/** Condition of a text `d` with its unit `u` on lying in the view; `later` months are added to its day, where the period before is asked for. `raised` names the table of its topics and their common key. */
function inView(view: TopicView, path: string | undefined, { later = 0, raised }: { later?: number; raised?: readonly [table: string, key: string] }): { sql: string; params: Parameter[] } {
  const day = later === 0 ? 'd.received_date' : `(d.received_date + INTERVAL ${later} MONTH)::DATE`;
  // Months differ in length by three days at most: the column itself, so bounded, leaves what lies far away unread.
  const near = (sign: string) => `(?::DATE - INTERVAL ${later} MONTH ${sign} INTERVAL 4 DAY)::DATE`;
  const parts = ([
    [`${day} >= ?::DATE`, view.from], [`${day} <= ?::DATE`, view.to], [`d.received_date >= ${near('-')}`, view.from], [`d.received_date <= ${near('+')}`, view.to], ['d.channel = ?', view.channel], ['d.kind = ?', view.doc],
    raised ? [`d.${raised[1]} IN (SELECT ${raised[1]} FROM ${raised[0]} WHERE topic = ?)`, view.topic] : ['', undefined],
  ] as const).flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return { sql: [pathSql('u.path', path), ...parts.map(({ sql }) => sql)].join(' AND '), params: parts.map(({ value }) => value) };
}

export const topicRoutes = (house: House) => [
  versioned(house, 'GET /api/topics/keywords', async (reader, { query, scope }) => {
    const path = await scopedUnit(reader, query.unit, scope);
    const raised = ['demand_fact', 'document_no'] as const, now = inView(query, path, { raised }), before = inView(query, path, { raised, later: periodMonths(query, reader.monthStart) });
    const seen = (part: { sql: string }, is: boolean) => `SELECT d.document_no, d.matter_no, ${is} AS now FROM text_fact d JOIN unit u USING (unit_id) WHERE ${part.sql} AND NOT d.restricted`;
    const span = `WITH span AS (${seen(now, true)} UNION ALL ${seen(before, false)}), size AS (SELECT count(*) FILTER (now) AS n1, count(*) FILTER (NOT now) AS n0 FROM span)`;
    const params = [...now.params, ...before.params];
    // Log-odds with an informative prior (Monroe, Colaresi and Quinn 2008), over documents that hold a word.
    const [sizes, rows] = await Promise.all([
      reader.answer<{ n1: number; n0: number }>(`${span} SELECT * FROM size`, params),
      reader.answer<Keyword>(`${span}, words AS (SELECT t.term, count(*) FILTER (s.now) AS y1, count(*) FILTER (NOT s.now) AS y0, count(DISTINCT s.matter_no) FILTER (s.now) AS matters FROM term_fact t JOIN span s USING (document_no) GROUP BY t.term),
        known AS (SELECT *, ${prior} * (y1 + y0) / (n1 + n0) AS a FROM words, size WHERE n0 > 0 AND y1 >= ${least} AND matters >= ${least}),
        scored AS (SELECT *, (ln((y1 + a) / (n1 - y1 + ${prior} - a + 0.5)) - ln((y0 + a) / (n0 - y0 + ${prior} - a + 0.5))) / sqrt(1 / (y1 + a) + 1 / (y0 + a)) AS z FROM known)
        SELECT term, y1 AS documents, y0 AS before, matters, z AS score FROM scored WHERE z >= ${surely} AND length(term) > 1
          AND NOT regexp_matches(term, '^[一二三四五六七八九十百0-9]+(矿|队|厂|区|班|号|公司)?$')
          AND NOT EXISTS (FROM unit n WHERE n.name = term OR list_contains(n.aliases, term) OR (n.level <= 1 AND (starts_with(n.name, term) OR ends_with(n.name, term))))
        ORDER BY z DESC, term LIMIT ${mostWords}`, params),
    ]);
    return { documents: sizes[0]?.n1 ?? 0, before: sizes[0]?.n0 ?? 0, rows };
  }),

  versioned(house, 'GET /api/topics/together', async (reader, { query, scope }) => {
    const path = await scopedUnit(reader, query.unit, scope);
    const all = inView(query, path, {});
    // Expected where topics met by chance: documents with the one × documents with the other ÷ all documents.
    const rows = await reader.answer<{ topic: Exemplar['topic']; documents: number; expected: number }>(`WITH seen AS (SELECT d.document_no FROM text_fact d JOIN unit u USING (unit_id) WHERE ${all.sql}), raised AS (SELECT document_no, topic FROM demand_fact JOIN seen USING (document_no)),
      own AS (SELECT document_no FROM raised WHERE topic = ?)
      SELECT r.topic, count(o.document_no) AS documents, count(*) * (SELECT count(*) FROM own) / (SELECT count(*) FROM seen) AS expected
      FROM raised r LEFT JOIN own o USING (document_no) WHERE r.topic <> ? GROUP BY r.topic HAVING count(o.document_no) > 0 ORDER BY documents DESC, r.topic`, [...all.params, query.topic, query.topic]);
    return { rows };
  }),

  route('GET /api/topics/exemplars', ({ query, user, ip }) => house.warehouse.use(async (reader) => {
    const path = await scopedUnit(reader, query.unit, user.unit_path);
    const own = inView(query, path, { raised: ['demand', 'document_id'] });
    const rows = await reader.query<Omit<Exemplar, 'quote'> & { text: string; evidence_start: number; evidence_end: number }>(`WITH spans AS (
        SELECT d.document_id, d.unit_id, d.received_date, d.text, y.topic, y.subtopic, y.probability, y.evidence_start, y.evidence_end
        FROM (SELECT d.* FROM document d JOIN unit u USING (unit_id) WHERE ${own.sql} AND NOT d.restricted AND d.text IS NOT NULL) d JOIN demand y USING (document_id) WHERE y.topic = ? AND y.evidence_end - y.evidence_start >= 6
        QUALIFY row_number() OVER (PARTITION BY d.matter_id ORDER BY y.probability DESC, d.document_id) = 1)
      SELECT * EXCLUDE (probability) FROM spans ORDER BY row_number() OVER (PARTITION BY unit_id ORDER BY probability DESC, document_id), probability DESC, document_id LIMIT ${mostQuotes}`, [...own.params, query.topic]);
    house.audit.write(user.name, 'view_text', `诉求原话 ${query.topic}：${rows.map((r) => r.document_id).join(' ') || '无'}`, ip);
    return { rows: rows.map(({ text, evidence_start, evidence_end, ...row }) => ({ ...row, quote: text.slice(evidence_start, evidence_end) })) };
  })),
];
