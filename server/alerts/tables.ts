// In: nothing. Out: the tables of alerts 预警 in the state file.
// Invariant: events and sent reports stay as written; petition text is in none but for the sentences quoted in a report.

export const alertTables = `
CREATE TABLE alert (
  alert_id TEXT PRIMARY KEY, kind TEXT NOT NULL, level TEXT NOT NULL, unit_id TEXT NOT NULL, unit_path TEXT NOT NULL, unit_name TEXT NOT NULL, topic TEXT NOT NULL, title TEXT NOT NULL,
  from_date TEXT NOT NULL, to_date TEXT NOT NULL, observed INTEGER NOT NULL, expected REAL NOT NULL, upper REAL NOT NULL, score REAL NOT NULL, terms TEXT NOT NULL,
  -- What the next version's hotspots are matched by: the last hotspot, and its documents.
  hotspot_id TEXT NOT NULL, members TEXT NOT NULL, first_version INTEGER NOT NULL, last_version INTEGER NOT NULL,
  state TEXT NOT NULL, owner TEXT, owner_unit TEXT, owner_unit_name TEXT, deadline TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, closed_at TEXT, outcome TEXT, false_reason TEXT, previous_alert_id TEXT REFERENCES alert
) STRICT;
CREATE INDEX alert_by_state ON alert (state, unit_path);
CREATE TABLE alert_event (
  event_id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id TEXT NOT NULL REFERENCES alert, at TEXT NOT NULL, user TEXT, kind TEXT NOT NULL, text TEXT NOT NULL,
  from_state TEXT, to_state TEXT, date TEXT, matter_id TEXT, report_no INTEGER, attachment_ids TEXT NOT NULL
) STRICT;
CREATE INDEX alert_event_by_alert ON alert_event (alert_id);
CREATE TRIGGER alert_event_stays BEFORE UPDATE ON alert_event BEGIN SELECT raise(ABORT, 'alert events stay as written'); END;
CREATE TRIGGER alert_event_is_kept BEFORE DELETE ON alert_event BEGIN SELECT raise(ABORT, 'alert events stay as written'); END;
CREATE TABLE alert_report (
  alert_id TEXT NOT NULL REFERENCES alert, report_no INTEGER NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, version INTEGER NOT NULL,
  written_by TEXT NOT NULL, written_at TEXT NOT NULL, submitted_at TEXT, PRIMARY KEY (alert_id, report_no)
) STRICT;
CREATE TRIGGER alert_report_stays BEFORE UPDATE ON alert_report WHEN OLD.submitted_at IS NOT NULL BEGIN SELECT raise(ABORT, 'sent reports stay as written'); END;
CREATE TRIGGER alert_report_is_kept BEFORE DELETE ON alert_report WHEN OLD.submitted_at IS NOT NULL BEGIN SELECT raise(ABORT, 'sent reports stay as written'); END;
CREATE TABLE alert_attachment (
  attachment_id TEXT PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert, name TEXT NOT NULL, type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  uploaded_by TEXT NOT NULL, uploaded_at TEXT NOT NULL
) STRICT;
CREATE TABLE delivery (
  delivery_id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, alert_id TEXT NOT NULL REFERENCES alert, what TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL,
  tries INTEGER NOT NULL, created_at TEXT NOT NULL, next_at TEXT, sent_at TEXT, error TEXT, UNIQUE (channel, alert_id, what)
) STRICT;
`;

/** What the numbers of an alert count, and the second-level topic it is named by. */
export const alertMeasure = `
ALTER TABLE alert ADD COLUMN measure TEXT NOT NULL DEFAULT 'documents';
ALTER TABLE alert ADD COLUMN subtopic TEXT;
`;
