// In: nothing. Out: queries that try to get out of the sandbox or to bring it down, each with the status it must meet.
// Invariant: no entry is ever removed; a new way in found anywhere is added here first.

/** Refused before the engine runs anything (`bad_query`). */
export const refused: readonly string[] = [
  // Files
  "SELECT * FROM '/etc/passwd'", "SELECT * FROM 'x.csv'", 'SELECT * FROM "x.parquet"', "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')",
  "SELECT * FROM read_blob('/etc/passwd')", "SELECT * FROM read_json('/etc/passwd')", "SELECT * FROM parquet_scan('x')", "SELECT * FROM glob('/*')", "SELECT * FROM sniff_csv('/etc/passwd')",
  "SELECT * FROM read_duckdb('w.duckdb')", "SELECT * FROM main.read_text('/etc/passwd')", "SELECT * FROM system.main.read_text('/etc/passwd')", "FROM read_csv_auto(['/etc/passwd'])",
  "SELECT (SELECT content FROM read_text('/etc/passwd'))", "SELECT * FROM document WHERE text IN (SELECT content FROM read_text('/etc/passwd'))", "SELECT * FROM document, LATERAL (SELECT * FROM read_text(document.title))",
  "COPY document TO '/tmp/x.csv'", "COPY (SELECT 1) TO '/tmp/x'", "EXPORT DATABASE '/tmp/x'", "IMPORT DATABASE '/tmp/x'", "SELECT * FROM 'https://example.org/x.csv'", "SELECT * FROM 's3://bucket/x.parquet'",
  // Catalogs and qualified names
  'SELECT * FROM warehouse.main.document', 'SELECT * FROM main.document', 'SELECT * FROM memory.main.document', 'SELECT * FROM "memory"."main"."document"', 'SELECT * FROM restricted_text', 'SELECT * FROM "restricted_text"',
  'SELECT * FROM RESTRICTED_TEXT', 'SELECT * FROM information_schema.tables', 'SELECT * FROM sqlite_master', 'SELECT * FROM pg_catalog.pg_class', 'SELECT * FROM pg_tables', 'SELECT * FROM duckdb_tables', 'SELECT * FROM duckdb_views()',
  'SELECT * FROM duckdb_databases()', 'SELECT * FROM duckdb_settings()', 'SELECT * FROM duckdb_functions()', 'SELECT * FROM duckdb_logs', 'SELECT * FROM duckdb_secrets()', "SELECT * FROM pragma_table_info('document')", 'SELECT * FROM pragma_database_list',
  "SELECT * FROM seq_scan('restricted_text')", 'SHOW TABLES', 'SHOW ALL TABLES', 'SHOW DATABASES', 'DESCRIBE restricted_text', 'SUMMARIZE restricted_text', 'DESCRIBE main.document', "SELECT * FROM (DESCRIBE restricted_text)", 'TABLE restricted_text',
  // SQL in strings
  "SELECT * FROM query('SELECT * FROM restricted_text')", "SELECT * FROM query_table('restricted_text')", "SELECT * FROM query_table(['document', 'restricted_text'])", "SELECT * FROM json_execute_serialized_sql('{}')",
  "SELECT json_deserialize_sql('{}')", "SELECT json_serialize_plan('SELECT 1')", "SELECT * FROM sql_auto_complete('SEL')", "PREPARE q AS SELECT 1", 'EXECUTE q', "EXECUTE IMMEDIATE 'SELECT 1'",
  // CTEs that pass for tables
  'WITH restricted_text AS (SELECT * FROM restricted_text) SELECT * FROM restricted_text', 'SELECT * FROM (WITH sqlite_master AS (SELECT 1) SELECT * FROM sqlite_master), sqlite_master', 'WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a',
  'SELECT (WITH duckdb_settings AS (SELECT 1 AS x) SELECT x FROM duckdb_settings), * FROM duckdb_settings', 'WITH duc\u212Adb_settings AS (SELECT 1) SELECT * FROM duckdb_settings', 'WITH x AS (WITH sqlite_master AS (SELECT 1) SELECT 1) SELECT * FROM sqlite_master',
  "WITH x AS MATERIALIZED (SELECT * FROM sqlite_master) SELECT * FROM x", 'SELECT 1 UNION ALL (WITH sqlite_master AS (SELECT 2) SELECT * FROM sqlite_master) UNION ALL SELECT sql FROM sqlite_master',
  // Settings, environment, process
  "SELECT current_setting('memory_limit')", "SELECT getenv('HOME')", "SELECT getvariable('x')", 'SELECT version()', 'SELECT current_database()', 'SELECT current_schemas(true)', 'SELECT current_query()', 'SELECT pg_sleep(100)', 'SELECT sleep_ms(100000)', "SELECT write_log('x')",
  "SELECT system.main.getenv('HOME')", 'SELECT sum(x) FILTER (WHERE current_setting(\'threads\') = \'1\') FROM range(3) t(x)', "SELECT list_transform(['threads'], lambda s: current_setting(s))", "SELECT row_number() OVER (ORDER BY current_setting('threads')) FROM document",
  'SELECT * FROM document ORDER BY current_query()', "SELECT CASE WHEN current_setting('threads') = '1' THEN 1 END", 'SELECT 1 LIMIT (SELECT length(current_query()))', "SELECT nextval('s')", 'SELECT * FROM test_all_types()', 'SELECT * FROM checkpoint()', 'SELECT * FROM enable_logging()',
  "SET memory_limit = '100GB'", 'RESET memory_limit', 'SET VARIABLE x = 1', 'PRAGMA database_list', "PRAGMA enable_external_access = true", 'PRAGMA table_info(document)', "ATTACH '/tmp/x.duckdb' AS x", 'DETACH memory', 'USE memory', "INSTALL httpfs", 'LOAD httpfs', 'CALL duckdb_tables()', 'CHECKPOINT',
  // Writing, several statements, macros
  'CREATE TABLE t AS SELECT 1', 'CREATE TEMP TABLE t AS SELECT 1', 'CREATE OR REPLACE VIEW document AS SELECT 1', 'DROP VIEW document', 'INSERT INTO document VALUES (1)', 'DELETE FROM document', "UPDATE document SET text = 'x'", 'TRUNCATE document', 'ALTER TABLE document ADD COLUMN x INT',
  "CREATE MACRO m() AS getenv('HOME')", 'CREATE FUNCTION f() AS TABLE SELECT * FROM restricted_text', 'CREATE SECRET (TYPE s3)', 'BEGIN', 'COMMIT', 'VACUUM', 'ANALYZE', 'EXPLAIN SELECT 1', 'EXPLAIN ANALYZE SELECT 1', "COMMENT ON VIEW document IS 'x'",
  'SELECT 1; SELECT 2', 'SELECT 1; DROP VIEW document', "SELECT 1 /* x */; -- y\n ATTACH 'z'", 'WITH x AS (INSERT INTO document VALUES (1) RETURNING *) SELECT * FROM x', 'WITH x AS (DELETE FROM document RETURNING *) SELECT * FROM x', 'SELECT ?', 'SELECT $1', 'SELECT $name',
  'SELECT * FROM document AT (VERSION => 1)', "SELECT * FROM document; COPY document TO 'x'", 'PIVOT restricted_text ON document_id USING count(*)', 'SELECT * FROM (PIVOT restricted_text ON document_id IN (1) USING count(*))', 'UNPIVOT restricted_text ON text', '-- only a comment', ';', '(((', "SELECT 'unclosed",
  'MERGE INTO document USING unit ON true WHEN MATCHED THEN DELETE', 'SELECT * FROM arrow_scan(1, 2, 3)', "SELECT * FROM which_secret('x', 's3')", 'SELECT * FROM repeat(1, 2)', 'SELECT * FROM duckdb_external_file_cache()', 'SELECT json_serialize_sql(\'SELECT 1\')',
  // More readers of files and of other machines
  "SELECT * FROM '/proc/self/environ'", "SELECT * FROM '/dev/zero'", "SELECT * FROM read_blob('/proc/self/mem')", "SELECT * FROM 'http://169.254.169.254/latest/meta-data/'", "SELECT * FROM read_parquet('https://example.org/x.parquet')", "SELECT * FROM read_ndjson('x')",
  "SELECT * FROM read_json_objects('x')", "SELECT * FROM read_xlsx('x.xlsx')", "SELECT * FROM parquet_metadata('x')", "SELECT * FROM parquet_schema('x')", "SELECT * FROM postgres_scan('', 'public', 't')", "SELECT * FROM sqlite_scan('state.sqlite', 'users')", "SELECT * FROM iceberg_scan('x')", "SELECT * FROM st_read('x')",
  // More catalogs, and who and where the reader is
  'SELECT * FROM duckdb_columns()', 'SELECT * FROM duckdb_constraints()', 'SELECT * FROM duckdb_extensions()', 'SELECT * FROM duckdb_memory()', 'SELECT * FROM duckdb_schemas()', 'SELECT * FROM duckdb_temporary_files()', 'SELECT * FROM duckdb_variables()', 'SELECT * FROM duckdb_prepared_statements()',
  'SELECT * FROM information_schema.columns', 'SELECT * FROM information_schema.schemata', "SELECT * FROM pragma_storage_info('document')", 'SELECT * FROM pragma_version()', 'SELECT * FROM pragma_user_agent()', 'SELECT * FROM pg_catalog.pg_namespace', 'SELECT pg_get_viewdef(1)', 'SELECT current_schema()', 'SELECT txid_current()', 'SELECT in_search_path(\'memory\', \'main\')',
  // Restricted texts from every corner of a query
  'SELECT * FROM document POSITIONAL JOIN restricted_text', 'SELECT * FROM document SEMI JOIN restricted_text USING (document_id)', 'SELECT * FROM document ANTI JOIN restricted_text USING (document_id)', 'SELECT * FROM document NATURAL JOIN restricted_text', 'SELECT * FROM document d LEFT JOIN LATERAL (SELECT r.text FROM restricted_text r WHERE r.document_id = d.document_id) ON true',
  'SELECT EXISTS (FROM restricted_text)', 'SELECT 1 IN (SELECT document_id FROM restricted_text)', 'SELECT ARRAY(SELECT text FROM restricted_text)', 'SELECT {a: (SELECT max(text) FROM restricted_text)}', 'SELECT MAP {1: (SELECT max(text) FROM restricted_text)}', 'SELECT list_transform([1], lambda x: (SELECT max(text) FROM restricted_text))', 'VALUES ((SELECT max(text) FROM restricted_text))',
  'SELECT kind FROM document GROUP BY kind HAVING count(*) > (SELECT count(*) FROM restricted_text)', 'SELECT * FROM unnest((SELECT list(text) FROM restricted_text))', 'SELECT * FROM range((SELECT count(*) FROM restricted_text))', 'SELECT text FROM document EXCEPT SELECT text FROM restricted_text', 'SELECT text FROM document UNION ALL BY NAME SELECT text FROM restricted_text', 'SELECT * FROM document ORDER BY (SELECT max(text) FROM restricted_text)',
  'SELECT * FROM document LIMIT (SELECT count(*) FROM restricted_text)', 'SELECT CASE WHEN (SELECT count(*) FROM restricted_text) > 3 THEN 1 END', 'SELECT sum(likes) OVER (ORDER BY (SELECT max(text) FROM restricted_text)) FROM document', 'SELECT DISTINCT ON ((SELECT max(text) FROM restricted_text)) kind FROM document', 'SELECT * REPLACE ((SELECT max(text) FROM restricted_text) AS text) FROM document',
  // Names that look alike, comments that hide
  'SELECT * FROM \uFF52estricted_text', 'SELECT * FROM RESTR\u0130CTED_TEXT', 'SELECT * FROM "restricted_text\u200B"', 'SELECT * FROM /* x */ restricted_text -- y', 'SELECT * FROM document --\n, restricted_text', 'SELECT/**/*/**/FROM/**/duckdb_settings/**/()', 'SELECT * FROM document\u00A0, sqlite_master', 'SELECT "getenv"(\'HOME\')', 'SELECT GETENV(\'HOME\')', "SELECT 'HOME'.getenv()", "SELECT ('x').current_setting()",
  // Metrics by name
  "SELECT * FROM metric('petitions', unit => getenv('HOME'))", 'FROM metric((SELECT sql FROM sqlite_master))', "FROM metric('petitions'); DROP VIEW document", 'WITH unit AS (SELECT 1) FROM metric(\'petitions\')', "SELECT metric('petitions')", "FROM system.main.metric('petitions')", "FROM metric('petitions', by => ['unit', 'kind; DROP VIEW document'])", "FROM metric('petitions') WITH ORDINALITY",
  "FROM metric('petitions', unit => 'G'' OR 1 = 1 --')", "FROM metric('petitions /*'), restricted_text /* ') */", "FROM metric('petitions', topic => 'pay'') UNION SELECT text FROM restricted_text --')", 'FROM metric("petitions")', "FROM metric(metric('petitions'))", "SELECT * FROM document d, metric('petitions', unit => d.text)", "FROM metric(['petitions', 'open_matters'])", "FROM metric('petitions', survey => 'x')", "FROM metric($1)", 'SELECT {{x:sql}}',
];

/** May answer or be stopped; either way the next query is answered. */
export const heavy: readonly string[] = [
  "SELECT json_valid(repeat('[', 20000000))", "SELECT length(repeat('[', 5000000)::JSON::VARCHAR)", "SELECT regexp_matches(repeat('a', 10000000), '(a*)*(a*)*b')", "SELECT regexp_matches('a', '((a{1,100}){1,100}){1,100}')", "SELECT regexp_matches('a', repeat('(', 100000))", "SELECT regexp_replace(repeat('ab', 1000000), '(a|b)', repeat('x', 1000), 'g') IS NULL",
  `SELECT ${'('.repeat(3_000)}1${')'.repeat(3_000)}`, `SELECT ${'1 + '.repeat(4_000)}1`, `SELECT ${'NOT '.repeat(4_000)}true`, `SELECT ${'['.repeat(2_000)}1${']'.repeat(2_000)}`, `SELECT 1 ${'UNION ALL SELECT 1 '.repeat(900)}`, `SELECT * FROM ${'(SELECT * FROM '.repeat(600)}document${')'.repeat(600)}`, `${'WITH a AS ('.repeat(400)}SELECT 1${') SELECT 1'.repeat(400)}`,
  `SELECT ${'CASE WHEN true THEN '.repeat(600)}1${' END'.repeat(600)}`, `SELECT * FROM unit ${'NATURAL JOIN unit '.repeat(12)}`, "SELECT error('x')", 'SELECT 1 // 0, 1 % 0, 9223372036854775807 + 1', "SELECT strftime(DATE '2026-10-01', repeat('%A', 1000000)) IS NULL", "SELECT format('{:>1000000000}', 'x') IS NULL", "SELECT levenshtein(repeat('a', 30000), repeat('b', 30000))",
];

/** Lets the engine start, which must stop it within the limits (`timeout`, or `bad_query` for memory). */
export const exhausting: readonly string[] = [
  'WITH RECURSIVE q(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM q) SELECT count(*) FROM q', 'SELECT count(*) FROM range(1000000000000)', 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b',
  "SELECT length(repeat('x', 4000000000))", "WITH RECURSIVE t(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t", "SELECT string_agg(repeat('x', 1000000), '') FROM range(1000000000)",
  'SELECT range(4000000000)', 'SELECT list(range) FROM range(10000000000)', 'SELECT count(*) FROM document a, document b, document c, document d, document e, document f, document g, document h, document i, document j',
  "SELECT lpad('x', 2000000000, 'y')", 'SELECT list_resize([1], 3000000000)', "SELECT count(*) FROM range(100000000000) WHERE regexp_matches(range::VARCHAR, '(a|aa)+$')", 'SELECT * FROM range(100000000) ORDER BY hash(range)',
  'SELECT median(range), quantile_cont(range, [0.1, 0.9]), mode(range) FROM range(10000000000)',
  'SELECT count(*) FROM generate_series(1, 1000000000000)', "SELECT sum(levenshtein(repeat('a', 10000), repeat('b', 10000) || range)) FROM range(1000000)", 'SELECT count(DISTINCT hash(a.range, b.range)) FROM range(100000) a, range(100000) b', 'WITH RECURSIVE t(l) AS (SELECT [1] UNION ALL SELECT l || l FROM t) SELECT max(len(l)) FROM t',
  'SELECT array_agg(range(1000000)) FROM range(1000000)', 'SELECT max(a) FROM (SELECT row_number() OVER (ORDER BY random()) AS a FROM range(1000000000))', 'SELECT histogram(range) FROM range(10000000000)', 'SELECT count(*) FROM unnest(range(3000000000))', "SELECT count(*) FROM metric('petitions', by => 'unit') a, range(100000000) b, range(100000000) c", "SELECT sum(length(regexp_replace(repeat('a', 1000) || range, 'a*', 'b'))) FROM range(1000000000)",
];

/** Harmless: these must keep working. */
export const harmless: readonly string[] = [
  'SELECT 1', 'FROM document', 'VALUES (1), (2)', 'TABLE document', 'DESCRIBE document', 'SUMMARIZE petition', 'SELECT * FROM Document', 'SELECT * FROM "DOCUMENT"', 'SELECT document FROM document', 'SELECT d.* EXCLUDE (text) REPLACE (1 AS likes) FROM document d',
  'WITH document AS (SELECT * FROM document WHERE NOT restricted) SELECT count(*) FROM document', 'WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT * FROM b', 'WITH RECURSIVE q(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM q WHERE n < 5) SELECT * FROM q',
  "SELECT date_trunc('month', received_date) AS m, count(*) FROM document GROUP BY ALL ORDER BY ALL", "SELECT unit_id, count(*) FILTER (WHERE polarity = 'negative') AS n FROM document GROUP BY CUBE (unit_id) HAVING n > 0", "SELECT * FROM petition JOIN document USING (document_id) WHERE text LIKE '%工资%'",
  'SELECT unit_id, row_number() OVER (PARTITION BY unit_id ORDER BY received_date) FROM document QUALIFY row_number() OVER (PARTITION BY unit_id ORDER BY received_date) = 1', 'SELECT unnest(terms) FROM hotspot', 'SELECT list_transform([1, 2], lambda x: x + 1), [x * 2 FOR x IN [1, 2]], {a: 1}.a',
  "SELECT * FROM (PIVOT (SELECT unit_id, polarity FROM document) ON polarity IN ('negative', 'positive') USING count(*) GROUP BY unit_id)", 'SELECT COLUMNS(\'.*_id\') FROM document', 'SELECT * FROM range(5)', 'SELECT * FROM document ASOF JOIN (SELECT DATE \'2026-01-01\' AS d) e ON received_date >= e.d',
  'SELECT -- a comment\n 1 /* another */;', "SELECT 'DROP TABLE document; ATTACH ''x''' AS words", 'SELECT extract(month FROM received_date), received_date - INTERVAL 1 DAY, current_date FROM document', "SELECT count(DISTINCT matter_id), any_value(channel), string_agg(kind, ',' ORDER BY kind) FROM document",
];
