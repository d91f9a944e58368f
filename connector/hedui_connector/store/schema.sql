CREATE TABLE request (
  key INTEGER PRIMARY KEY,
  agency TEXT NOT NULL,
  id TEXT NOT NULL,
  head TEXT NOT NULL,
  head_digest BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('receiving', 'answering', 'answered', 'taken')),
  lines INTEGER NOT NULL,
  lines_received INTEGER NOT NULL DEFAULT 0,
  lines_answered INTEGER NOT NULL DEFAULT 0,
  answers INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  received_at TEXT NOT NULL,
  UNIQUE (agency, id)
) STRICT;

CREATE TABLE line (
  request INTEGER NOT NULL REFERENCES request (key),
  line INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (request, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  request INTEGER NOT NULL REFERENCES request (key),
  answer INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (request, answer)
) STRICT, WITHOUT ROWID;

-- What has been done under an Idempotency-Key, and the answer that was given.
CREATE TABLE done (
  keyid TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  target TEXT NOT NULL,
  digest BLOB NOT NULL,
  response TEXT NOT NULL,
  done_at TEXT NOT NULL,
  PRIMARY KEY (keyid, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE nonce (
  keyid TEXT NOT NULL,
  nonce TEXT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (keyid, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_until ON nonce (until);

-- The unit's own log of look-ups: persons stand in it as a keyed hash only.
CREATE TABLE look_up (
  key INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  agency TEXT NOT NULL,
  request_number TEXT NOT NULL,
  item INTEGER NOT NULL,
  persons INTEGER NOT NULL
) STRICT;

CREATE TABLE looked_up (
  person BLOB NOT NULL,
  look_up INTEGER NOT NULL REFERENCES look_up (key),
  PRIMARY KEY (person, look_up)
) STRICT, WITHOUT ROWID;

-- What was put into the exchange folder, until the agency has taken the answers.
CREATE TABLE sent (
  name TEXT PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES request (key),
  sent_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
