// In: nothing. Out: the tables of drafts of the briefing 月报、季报 in the state file.
// Invariant: what is final, and the record of its files, stays as written; petition text is there only as quoted in the generated briefing.

/** The Word template of a unit, by which its briefings are printed. */
export const briefingTemplateTable = `
CREATE TABLE briefing_template (
  unit_path TEXT PRIMARY KEY, unit_name TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, fields TEXT NOT NULL, uploaded_by TEXT NOT NULL, uploaded_at TEXT NOT NULL
) STRICT;
`;

export const briefingTables = `
CREATE TABLE briefing_draft (
  draft_id INTEGER PRIMARY KEY AUTOINCREMENT, month TEXT NOT NULL, unit_path TEXT NOT NULL, unit_name TEXT NOT NULL, edition INTEGER NOT NULL, state TEXT NOT NULL, revision INTEGER NOT NULL,
  -- The briefing as generated from one version of the data, and what people made of it.
  data_version INTEGER NOT NULL, base TEXT NOT NULL, text TEXT NOT NULL,
  created_by TEXT NOT NULL, created_at TEXT NOT NULL, updated_by TEXT NOT NULL, updated_at TEXT NOT NULL,
  submitted_by TEXT, submitted_at TEXT, decided_by TEXT, decided_at TEXT, reason TEXT, UNIQUE (month, unit_path, edition)
) STRICT;
CREATE TRIGGER briefing_final_stays BEFORE UPDATE ON briefing_draft WHEN OLD.state = '定稿' BEGIN SELECT raise(ABORT, 'final briefings stay as written'); END;
CREATE TRIGGER briefing_is_kept BEFORE DELETE ON briefing_draft BEGIN SELECT raise(ABORT, 'briefings are kept'); END;
CREATE TABLE briefing_version (
  draft_id INTEGER NOT NULL REFERENCES briefing_draft, no INTEGER NOT NULL, what TEXT NOT NULL, data_version INTEGER NOT NULL, text TEXT NOT NULL, written_by TEXT NOT NULL, written_at TEXT NOT NULL,
  PRIMARY KEY (draft_id, no)
) STRICT;
CREATE TABLE briefing_file (
  draft_id INTEGER NOT NULL REFERENCES briefing_draft, format TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (draft_id, format)
) STRICT;
CREATE TRIGGER briefing_file_stays BEFORE UPDATE ON briefing_file BEGIN SELECT raise(ABORT, 'final files stay as written'); END;
CREATE TRIGGER briefing_file_is_kept BEFORE DELETE ON briefing_file BEGIN SELECT raise(ABORT, 'final files are kept'); END;
`;

/** A briefing is of a reporting period, which may be a quarter. */
export const briefingPeriod = `
ALTER TABLE briefing_draft RENAME COLUMN month TO period;
`;

/** One hash over the content of a final briefing, whatever the format. */
export const briefingSeal = `
ALTER TABLE briefing_draft ADD COLUMN content_sha256 TEXT;
`;
