// In: nothing. Out: the tables of saved queries, boards, exports and access tokens in the state file.
// Invariant: a version of a query stays as written; of a token only its hash is kept.

export const queryTables = `
CREATE TABLE saved_query (
  query_id TEXT PRIMARY KEY, owner TEXT NOT NULL, folder TEXT NOT NULL, shared_with TEXT NOT NULL, version_no INTEGER NOT NULL,
  -- Format of the file written after each publishing; NULL for none.
  refresh TEXT, created_at TEXT NOT NULL, removed_at TEXT
) STRICT;
CREATE TABLE saved_query_version (
  query_id TEXT NOT NULL REFERENCES saved_query, version_no INTEGER NOT NULL, title TEXT NOT NULL, sql TEXT NOT NULL, defaults TEXT NOT NULL, chart TEXT,
  written_by TEXT NOT NULL, written_at TEXT NOT NULL, PRIMARY KEY (query_id, version_no)
) STRICT;
CREATE TRIGGER saved_query_version_stays BEFORE UPDATE ON saved_query_version BEGIN SELECT raise(ABORT, 'versions stay as written'); END;
CREATE TABLE board_pin (user TEXT NOT NULL, query_id TEXT NOT NULL REFERENCES saved_query, place INTEGER NOT NULL, shows TEXT NOT NULL, given TEXT NOT NULL, PRIMARY KEY (user, query_id)) STRICT;
CREATE TABLE query_export (
  query_id TEXT NOT NULL REFERENCES saved_query, version INTEGER NOT NULL, format TEXT NOT NULL, scope TEXT, at TEXT NOT NULL, rows INTEGER, bytes INTEGER, error TEXT, PRIMARY KEY (query_id, version)
) STRICT;
CREATE TABLE access_token (
  token_id TEXT PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
) STRICT;
CREATE INDEX access_token_by_user ON access_token (user);
`;

/** What a query is for, in its keeper's words. */
export const queryDescription = "ALTER TABLE saved_query ADD COLUMN description TEXT NOT NULL DEFAULT ''";
