CREATE TABLE sent (
  name TEXT PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES request (key),
  sent_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
