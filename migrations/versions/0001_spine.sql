CREATE TABLE account (
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  password_hash TEXT NOT NULL,
  is_active BOOLEAN DEFAULT 'true' NOT NULL,
  failed_count SMALLINT DEFAULT '0' NOT NULL,
  locked_until TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_account PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_account_kind CHECK (kind IN ('staff', 'department', 'desk', 'liaison')),
  CONSTRAINT ck_account_unit CHECK ((kind = 'staff') = (unit_id = 0)),
  CONSTRAINT ck_account_desk CHECK ((kind = 'desk') = (desk_id <> 0))
);
CREATE UNIQUE INDEX ix_account_agency_id_login ON account (agency_id, login);
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "account" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "account" TO hedui_desk;
CREATE POLICY desk_select ON "account" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "account" TO hedui_desk;
CREATE POLICY desk_insert ON "account" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "account" TO hedui_desk;
CREATE POLICY desk_update ON "account" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "account" TO hedui_registrar;
CREATE POLICY registrar_select ON "account" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "account" TO hedui_registrar;
CREATE POLICY registrar_insert ON "account" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "account" TO hedui_registrar;
CREATE POLICY registrar_update ON "account" FOR UPDATE TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "account" TO hedui_public;
CREATE POLICY public_select ON "account" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (failed_count, locked_until) ON "account" TO hedui_public;
CREATE POLICY public_update ON "account" FOR UPDATE TO hedui_public USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, id, name, unit_id) ON "account" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "account" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT (agency_id, id, name, unit_id, desk_id) ON "account" TO hedui_township;
CREATE POLICY township_select ON "account" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT (agency_id, id, name, unit_id) ON "account" TO hedui_liaison;
CREATE POLICY liaison_select ON "account" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE action (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  form_id UUID NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  account_id BIGINT NOT NULL,
  verb TEXT NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  done INTEGER DEFAULT '0' NOT NULL,
  skipped INTEGER DEFAULT '0' NOT NULL,
  CONSTRAINT pk_action PRIMARY KEY (agency_id, form_id)
);
CREATE UNIQUE INDEX ix_action_agency_id_id ON action (agency_id, id);
ALTER TABLE "action" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "action" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "action" TO hedui_desk;
CREATE POLICY desk_select ON "action" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "action" TO hedui_desk;
CREATE POLICY desk_insert ON "action" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (done, skipped) ON "action" TO hedui_desk;
CREATE POLICY desk_update ON "action" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "action" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "action" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "action" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "action" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (done, skipped) ON "action" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "action" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "action" TO hedui_township;
CREATE POLICY township_select ON "action" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "action" TO hedui_township;
CREATE POLICY township_insert ON "action" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (done, skipped) ON "action" TO hedui_township;
CREATE POLICY township_update ON "action" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "action" TO hedui_liaison;
CREATE POLICY liaison_select ON "action" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "action" TO hedui_liaison;
CREATE POLICY liaison_insert ON "action" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (done, skipped) ON "action" TO hedui_liaison;
CREATE POLICY liaison_update ON "action" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE agency (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  region_name TEXT NOT NULL,
  tier TEXT NOT NULL,
  box_public BYTEA NOT NULL,
  certificate TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_agency PRIMARY KEY (id),
  CONSTRAINT ck_agency_tier CHECK (tier IN ('province', 'city', 'county', 'township'))
);
GRANT SELECT ON "agency" TO hedui_desk;
GRANT SELECT ON "agency" TO hedui_commissioner;
GRANT SELECT ON "agency" TO hedui_township;
GRANT SELECT ON "agency" TO hedui_liaison;
GRANT SELECT ON "agency" TO hedui_relay;
GRANT SELECT ON "agency" TO hedui_public;
GRANT SELECT ON "agency" TO hedui_registrar;
GRANT INSERT ON "agency" TO hedui_registrar;
GRANT UPDATE ON "agency" TO hedui_registrar;

CREATE TABLE ask (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  subject_id BIGINT NOT NULL,
  source INTEGER NOT NULL,
  round SMALLINT DEFAULT '0' NOT NULL,
  case_id BIGINT NOT NULL,
  items SMALLINT[] NOT NULL,
  outcomes SMALLINT[] NOT NULL,
  request_id BIGINT,
  letter_id BIGINT,
  line_no INTEGER,
  is_open BOOLEAN GENERATED ALWAYS AS (0 = ANY (outcomes)) STORED NOT NULL,
  CONSTRAINT pk_ask PRIMARY KEY (agency_id, subject_id, source, round),
  CONSTRAINT ck_ask_one_outcome_each CHECK (cardinality(items) = cardinality(outcomes))
);
CREATE INDEX ix_ask_agency_id_case_id ON ask (agency_id, case_id);
CREATE INDEX ix_ask_agency_id_letter_id ON ask (agency_id, letter_id);
CREATE INDEX ix_ask_agency_id_request_id_line_no ON ask (agency_id, request_id, line_no);
CREATE INDEX ix_ask_open ON ask (agency_id, case_id, source) WHERE is_open;
ALTER TABLE "ask" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ask" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "ask" TO hedui_desk;
CREATE POLICY desk_select ON "ask" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "ask" TO hedui_desk;
CREATE POLICY desk_insert ON "ask" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "ask" TO hedui_desk;
CREATE POLICY desk_update ON "ask" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "ask" TO hedui_desk;
CREATE POLICY desk_delete ON "ask" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE audit (
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  account_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  verb TEXT NOT NULL,
  subject_kind TEXT DEFAULT '' NOT NULL,
  subject_id BIGINT DEFAULT '0' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  detail JSONB NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_audit PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_audit_agency_id_account_id_id ON audit (agency_id, account_id, id);
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "audit" TO hedui_desk;
CREATE POLICY desk_select ON "audit" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "audit" TO hedui_desk;
CREATE POLICY desk_insert ON "audit" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "audit" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "audit" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "audit" TO hedui_township;
CREATE POLICY township_insert ON "audit" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "audit" TO hedui_liaison;
CREATE POLICY liaison_insert ON "audit" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "audit" TO hedui_registrar;
CREATE POLICY registrar_insert ON "audit" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "audit" TO hedui_public;
CREATE POLICY public_insert ON "audit" FOR INSERT TO hedui_public WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE audit_link (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  position BIGINT NOT NULL,
  audit_id BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  CONSTRAINT pk_audit_link PRIMARY KEY (agency_id, position)
);
CREATE UNIQUE INDEX ix_audit_link_agency_id_audit_id ON audit_link (agency_id, audit_id);
ALTER TABLE "audit_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_link" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "audit_link" TO hedui_desk;
CREATE POLICY desk_select ON "audit_link" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "audit_link" TO hedui_desk;
CREATE POLICY desk_insert ON "audit_link" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE counter (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  kind TEXT NOT NULL,
  year SMALLINT NOT NULL,
  last INTEGER NOT NULL,
  CONSTRAINT pk_counter PRIMARY KEY (agency_id, kind, year)
);
ALTER TABLE "counter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "counter" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "counter" TO hedui_desk;
CREATE POLICY desk_select ON "counter" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "counter" TO hedui_desk;
CREATE POLICY desk_insert ON "counter" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "counter" TO hedui_desk;
CREATE POLICY desk_update ON "counter" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "counter" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "counter" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "counter" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "counter" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "counter" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "counter" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE coverage (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  item SMALLINT NOT NULL,
  by_agency_id INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  by_tier TEXT NOT NULL,
  CONSTRAINT pk_coverage PRIMARY KEY (agency_id, item, by_agency_id, valid_from)
);
ALTER TABLE "coverage" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "coverage" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "coverage" TO hedui_desk;
CREATE POLICY desk_select ON "coverage" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "coverage" TO hedui_desk;
CREATE POLICY desk_insert ON "coverage" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "coverage" TO hedui_desk;
CREATE POLICY desk_delete ON "coverage" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE entrustment (
  origin TEXT NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  period INTEGER NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  from_agency_id INTEGER DEFAULT '0' NOT NULL,
  letter_key UUID,
  letter_number TEXT DEFAULT '' NOT NULL,
  letter_on DATE,
  letter_file_id BIGINT,
  sealed_by BIGINT,
  submitted_on DATE,
  submitted_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_entrustment PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_entrustment_origin CHECK (origin IN ('unit', 'below'))
);
CREATE UNIQUE INDEX ix_entrustment_agency_id_from_agency_id_letter_key ON entrustment (agency_id, from_agency_id, letter_key) WHERE origin = 'below';
CREATE UNIQUE INDEX ix_entrustment_agency_id_number ON entrustment (agency_id, number) WHERE number <> '';
CREATE INDEX ix_entrustment_agency_id_unit_id_desk_id_id ON entrustment (agency_id, unit_id, desk_id, id);
CREATE INDEX ix_entrustment_agency_id_unit_id_period ON entrustment (agency_id, unit_id, period);
ALTER TABLE "entrustment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "entrustment" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "entrustment" TO hedui_desk;
CREATE POLICY desk_select ON "entrustment" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "entrustment" TO hedui_desk;
CREATE POLICY desk_insert ON "entrustment" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "entrustment" TO hedui_desk;
CREATE POLICY desk_update ON "entrustment" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "entrustment" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "entrustment" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "entrustment" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "entrustment" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "entrustment" TO hedui_township;
CREATE POLICY township_select ON "entrustment" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "entrustment" TO hedui_township;
CREATE POLICY township_insert ON "entrustment" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE event (
  machine TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  action TEXT NOT NULL,
  from_state TEXT DEFAULT '' NOT NULL,
  to_state TEXT DEFAULT '' NOT NULL,
  account_id BIGINT NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  day DATE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_event PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_event_agency_id_machine_object_id_id ON event (agency_id, machine, object_id, id);
ALTER TABLE "event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "event" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "event" TO hedui_desk;
CREATE POLICY desk_select ON "event" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "event" TO hedui_desk;
CREATE POLICY desk_insert ON "event" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "event" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "event" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "event" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "event" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "event" TO hedui_township;
CREATE POLICY township_select ON "event" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "event" TO hedui_township;
CREATE POLICY township_insert ON "event" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "event" TO hedui_liaison;
CREATE POLICY liaison_insert ON "event" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE file (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  blob TEXT NOT NULL,
  wrapped_key BYTEA NOT NULL,
  digest BYTEA NOT NULL,
  size BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_file PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_file_kind CHECK (kind IN ('list', 'errors', 'letter', 'authorisation', 'id_scan', 'package', 'reply', 'reply_rows', 'report'))
);
ALTER TABLE "file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "file" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "file" TO hedui_desk;
CREATE POLICY desk_select ON "file" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "file" TO hedui_desk;
CREATE POLICY desk_insert ON "file" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "file" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "file" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "file" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "file" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "file" TO hedui_township;
CREATE POLICY township_select ON "file" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "file" TO hedui_township;
CREATE POLICY township_insert ON "file" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "file" TO hedui_liaison;
CREATE POLICY liaison_select ON "file" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "file" TO hedui_liaison;
CREATE POLICY liaison_insert ON "file" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE job (
  kind TEXT NOT NULL,
  payload JSONB NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  account_id BIGINT DEFAULT '0' NOT NULL,
  state TEXT DEFAULT 'waiting' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  run_at TIMESTAMP WITH TIME ZONE NOT NULL,
  lease_until TIMESTAMP WITH TIME ZONE,
  fence INTEGER DEFAULT '0' NOT NULL,
  attempts SMALLINT DEFAULT '0' NOT NULL,
  done INTEGER DEFAULT '0' NOT NULL,
  total INTEGER DEFAULT '0' NOT NULL,
  fault TEXT DEFAULT '' NOT NULL,
  once TEXT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_job PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_job_state CHECK (state IN ('waiting', 'queued', 'running', 'done', 'failed'))
);
CREATE UNIQUE INDEX ix_job_agency_id_once ON job (agency_id, once) WHERE once IS NOT NULL;
CREATE INDEX ix_job_unfinished ON job (state, run_at) WHERE state <> 'done';
ALTER TABLE "job" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "job" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "job" TO hedui_desk;
CREATE POLICY desk_select ON "job" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "job" TO hedui_desk;
CREATE POLICY desk_insert ON "job" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (state, done, total, lease_until) ON "job" TO hedui_desk;
CREATE POLICY desk_update ON "job" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "job" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "job" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "job" TO hedui_township;
CREATE POLICY township_select ON "job" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "job" TO hedui_liaison;
CREATE POLICY liaison_select ON "job" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "job" TO hedui_liaison;
CREATE POLICY liaison_insert ON "job" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "job" TO hedui_registrar;
CREATE POLICY registrar_select ON "job" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "job" TO hedui_registrar;
CREATE POLICY registrar_insert ON "job" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "job" TO hedui_relay;
CREATE POLICY relay_select ON "job" FOR SELECT TO hedui_relay USING (true);
GRANT INSERT ON "job" TO hedui_relay;
CREATE POLICY relay_insert ON "job" FOR INSERT TO hedui_relay WITH CHECK (true);
GRANT UPDATE ON "job" TO hedui_relay;
CREATE POLICY relay_update ON "job" FOR UPDATE TO hedui_relay USING (true) WITH CHECK (true);

CREATE TABLE letter_out (
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  parent_id INTEGER NOT NULL,
  period INTEGER NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  key UUID NOT NULL,
  sealed_by BIGINT,
  sent_on DATE,
  sent_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_letter_out PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_letter_out_state CHECK (state IN ('prepared', 'sent', 'answered', 'recalled'))
);
CREATE INDEX ix_letter_out_agency_id_state_id ON letter_out (agency_id, state, id);
CREATE UNIQUE INDEX uq_letter_out_prepared ON letter_out (agency_id, parent_id, period) WHERE state = 'prepared';
ALTER TABLE "letter_out" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_out" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_out" TO hedui_desk;
CREATE POLICY desk_select ON "letter_out" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_out" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_out" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "letter_out" TO hedui_desk;
CREATE POLICY desk_update ON "letter_out" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE UNLOGGED TABLE staged_subject (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  list_id BIGINT NOT NULL,
  row_no INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER NOT NULL,
  case_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  household_no TEXT NOT NULL,
  scheme TEXT NOT NULL,
  application TEXT NOT NULL,
  region INTEGER NOT NULL,
  size SMALLINT NOT NULL,
  role TEXT NOT NULL,
  relation TEXT NOT NULL,
  id_hash BYTEA NOT NULL,
  name_hash BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  head_sealed BYTEA,
  declared BYTEA NOT NULL,
  authorised_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  CONSTRAINT pk_staged_subject PRIMARY KEY (agency_id, list_id, row_no)
);
ALTER TABLE "staged_subject" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "staged_subject" ADD CONSTRAINT ck_staged_subject_own_agency CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE "staged_subject" OWNER TO hedui_loader;
GRANT SELECT ON "staged_subject" TO hedui_desk;
CREATE POLICY desk_select ON "staged_subject" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "staged_subject" TO hedui_desk;
CREATE POLICY desk_delete ON "staged_subject" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "staged_subject" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "staged_subject" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT DELETE ON "staged_subject" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "staged_subject" FOR DELETE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "staged_subject" TO hedui_township;
CREATE POLICY township_select ON "staged_subject" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT DELETE ON "staged_subject" TO hedui_township;
CREATE POLICY township_delete ON "staged_subject" FOR DELETE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE subject_list (
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  file_id BIGINT NOT NULL,
  error_file_id BIGINT,
  households INTEGER DEFAULT '0' NOT NULL,
  subjects INTEGER DEFAULT '0' NOT NULL,
  held_back INTEGER DEFAULT '0' NOT NULL,
  faults_sealed BYTEA,
  corrects BIGINT DEFAULT '0' NOT NULL,
  uploaded_by BIGINT NOT NULL,
  uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_subject_list PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_subject_list_agency_id_unit_id_desk_id_id ON subject_list (agency_id, unit_id, desk_id, id);
ALTER TABLE "subject_list" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subject_list" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "subject_list" TO hedui_desk;
CREATE POLICY desk_select ON "subject_list" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "subject_list" TO hedui_desk;
CREATE POLICY desk_insert ON "subject_list" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "subject_list" TO hedui_desk;
CREATE POLICY desk_update ON "subject_list" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "subject_list" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "subject_list" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "subject_list" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "subject_list" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "subject_list" TO hedui_township;
CREATE POLICY township_select ON "subject_list" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "subject_list" TO hedui_township;
CREATE POLICY township_insert ON "subject_list" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE account_role (
  account_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_account_role PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_account_role_role CHECK (role IN ('intake_officer', 'reviewer', 'report_issuer', 'exchange_operator', 'system_administrator', 'security_administrator', 'audit_administrator', 'department_clerk', 'desk_clerk', 'liaison')),
  CONSTRAINT fk_account_role_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_account_role_agency_id_account_id ON account_role (agency_id, account_id);
ALTER TABLE "account_role" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "account_role" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "account_role" TO hedui_desk;
CREATE POLICY desk_select ON "account_role" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "account_role" TO hedui_desk;
CREATE POLICY desk_insert ON "account_role" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "account_role" TO hedui_desk;
CREATE POLICY desk_update ON "account_role" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "account_role" TO hedui_registrar;
CREATE POLICY registrar_select ON "account_role" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "account_role" TO hedui_registrar;
CREATE POLICY registrar_insert ON "account_role" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "account_role" TO hedui_registrar;
CREATE POLICY registrar_update ON "account_role" FOR UPDATE TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "account_role" TO hedui_public;
CREATE POLICY public_select ON "account_role" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE agency_edge (
  child_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_agency_edge PRIMARY KEY (child_id, parent_id),
  CONSTRAINT ck_agency_edge_not_itself CHECK (child_id <> parent_id),
  CONSTRAINT fk_agency_edge_child_id FOREIGN KEY(child_id) REFERENCES agency (id),
  CONSTRAINT fk_agency_edge_parent_id FOREIGN KEY(parent_id) REFERENCES agency (id)
);
GRANT SELECT ON "agency_edge" TO hedui_desk;
GRANT SELECT ON "agency_edge" TO hedui_commissioner;
GRANT SELECT ON "agency_edge" TO hedui_township;
GRANT SELECT ON "agency_edge" TO hedui_liaison;
GRANT SELECT ON "agency_edge" TO hedui_relay;
GRANT SELECT ON "agency_edge" TO hedui_registrar;
GRANT INSERT ON "agency_edge" TO hedui_registrar;
GRANT UPDATE ON "agency_edge" TO hedui_registrar;

CREATE TABLE agency_key (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  purpose TEXT NOT NULL,
  key_id SMALLINT NOT NULL,
  wrapped BYTEA NOT NULL,
  CONSTRAINT pk_agency_key PRIMARY KEY (agency_id, purpose, key_id),
  CONSTRAINT ck_agency_key_purpose CHECK (purpose IN ('data', 'lookup', 'box', 'stamp', 'signature')),
  CONSTRAINT fk_agency_key_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);
ALTER TABLE "agency_key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "agency_key" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "agency_key" TO hedui_desk;
CREATE POLICY desk_select ON "agency_key" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agency_key" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "agency_key" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agency_key" TO hedui_township;
CREATE POLICY township_select ON "agency_key" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agency_key" TO hedui_liaison;
CREATE POLICY liaison_select ON "agency_key" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agency_key" TO hedui_registrar;
CREATE POLICY registrar_select ON "agency_key" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "agency_key" TO hedui_registrar;
CREATE POLICY registrar_insert ON "agency_key" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE household_case (
  entrustment_id BIGINT,
  list_id BIGINT DEFAULT '0' NOT NULL,
  origin TEXT NOT NULL,
  origin_case BIGINT DEFAULT '0' NOT NULL,
  from_agency_id INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  household_no TEXT DEFAULT '' NOT NULL,
  scheme TEXT NOT NULL,
  application TEXT NOT NULL,
  region INTEGER NOT NULL,
  size SMALLINT NOT NULL,
  head_sealed BYTEA NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  period INTEGER NOT NULL,
  due_on DATE,
  height SMALLINT DEFAULT '0' NOT NULL,
  own_answers INTEGER DEFAULT '0' NOT NULL,
  upper_answers INTEGER DEFAULT '0' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_household_case PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_household_case_state CHECK (state IN ('prepared', 'accepted', 'submitted', 'returned', 'checking', 'terminated', 'reported', 'recalled')),
  CONSTRAINT ck_household_case_origin CHECK (origin IN ('unit', 'below')),
  CONSTRAINT ck_household_case_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education')),
  CONSTRAINT ck_household_case_application CHECK (application IN ('new', 'periodic')),
  CONSTRAINT fk_household_case_agency_id_entrustment_id FOREIGN KEY(agency_id, entrustment_id) REFERENCES entrustment (agency_id, id)
);
CREATE INDEX ix_household_case_agency_id_entrustment_id_id ON household_case (agency_id, entrustment_id, id);
CREATE INDEX ix_household_case_agency_id_list_id_id ON household_case (agency_id, list_id, id);
CREATE UNIQUE INDEX ix_household_case_agency_id_number ON household_case (agency_id, number) WHERE number <> '';
CREATE INDEX ix_household_case_agency_id_state_id ON household_case (agency_id, state, id);
CREATE INDEX ix_household_case_agency_id_unit_id_desk_id_state_id ON household_case (agency_id, unit_id, desk_id, state, id);
CREATE INDEX ix_household_case_agency_id_unit_id_state_id ON household_case (agency_id, unit_id, state, id);
ALTER TABLE "household_case" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "household_case" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "household_case" TO hedui_desk;
CREATE POLICY desk_select ON "household_case" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "household_case" TO hedui_desk;
CREATE POLICY desk_insert ON "household_case" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "household_case" TO hedui_desk;
CREATE POLICY desk_update ON "household_case" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "household_case" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "household_case" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "household_case" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "household_case" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev, entrustment_id, number, period, due_on, list_id, scheme, application, region, size, head_sealed) ON "household_case" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "household_case" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "household_case" TO hedui_township;
CREATE POLICY township_select ON "household_case" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "household_case" TO hedui_township;
CREATE POLICY township_insert ON "household_case" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE sign_in_session (
  account_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_sign_in_session PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_sign_in_session_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_sign_in_session_agency_id_account_id ON sign_in_session (agency_id, account_id);
CREATE UNIQUE INDEX ix_sign_in_session_agency_id_token_hash ON sign_in_session (agency_id, token_hash);
ALTER TABLE "sign_in_session" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sign_in_session" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "sign_in_session" TO hedui_public;
CREATE POLICY public_select ON "sign_in_session" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "sign_in_session" TO hedui_public;
CREATE POLICY public_insert ON "sign_in_session" FOR INSERT TO hedui_public WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (seen_at, ended_at) ON "sign_in_session" TO hedui_public;
CREATE POLICY public_update ON "sign_in_session" FOR UPDATE TO hedui_public USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE unit (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id INTEGER DEFAULT nextval('unit_id') NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  department_id INTEGER,
  category SMALLINT,
  CONSTRAINT pk_unit PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_unit_kind CHECK (kind IN ('commissioning', 'intake_desk', 'sharing')),
  CONSTRAINT ck_unit_department CHECK ((kind = 'intake_desk') = (department_id IS NOT NULL)),
  CONSTRAINT ck_unit_category CHECK ((kind = 'sharing') = (category IS NOT NULL) AND category BETWEEN 1 AND 17),
  CONSTRAINT fk_unit_agency_id_department_id FOREIGN KEY(agency_id, department_id) REFERENCES unit (agency_id, id),
  CONSTRAINT fk_unit_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);
ALTER TABLE "unit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "unit" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "unit" TO hedui_desk;
CREATE POLICY desk_select ON "unit" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "unit" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "unit" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "unit" TO hedui_township;
CREATE POLICY township_select ON "unit" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "unit" TO hedui_liaison;
CREATE POLICY liaison_select ON "unit" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "unit" TO hedui_registrar;
CREATE POLICY registrar_select ON "unit" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "unit" TO hedui_registrar;
CREATE POLICY registrar_insert ON "unit" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "unit" TO hedui_registrar;
CREATE POLICY registrar_update ON "unit" FOR UPDATE TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE capability (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  item SMALLINT NOT NULL,
  unit_id INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  way TEXT DEFAULT 'media' NOT NULL,
  CONSTRAINT pk_capability PRIMARY KEY (agency_id, item, unit_id, valid_from),
  CONSTRAINT ck_capability_way CHECK (way IN ('media', 'system', 'store')),
  CONSTRAINT fk_capability_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_capability_agency_id_unit_id ON capability (agency_id, unit_id);
ALTER TABLE "capability" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "capability" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "capability" TO hedui_desk;
CREATE POLICY desk_select ON "capability" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "capability" TO hedui_desk;
CREATE POLICY desk_insert ON "capability" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "capability" TO hedui_desk;
CREATE POLICY desk_update ON "capability" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "capability" TO hedui_registrar;
CREATE POLICY registrar_select ON "capability" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "capability" TO hedui_registrar;
CREATE POLICY registrar_insert ON "capability" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE case_duty (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  case_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  CONSTRAINT pk_case_duty PRIMARY KEY (agency_id, case_id, account_id),
  CONSTRAINT ck_case_duty_step CHECK (step IN ('intake_check', 'review', 'issue')),
  CONSTRAINT fk_case_duty_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
ALTER TABLE "case_duty" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "case_duty" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "case_duty" TO hedui_desk;
CREATE POLICY desk_select ON "case_duty" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "case_duty" TO hedui_desk;
CREATE POLICY desk_insert ON "case_duty" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE exchange_request (
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER NOT NULL,
  period INTEGER NOT NULL,
  lane TEXT DEFAULT 'regular' NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  stamp TEXT DEFAULT '' NOT NULL,
  subjects INTEGER DEFAULT '0' NOT NULL,
  items_asked INTEGER DEFAULT '0' NOT NULL,
  items_answered INTEGER DEFAULT '0' NOT NULL,
  made_by BIGINT,
  confirmed_by BIGINT,
  made_on DATE,
  delivered_on DATE,
  delivered_how TEXT DEFAULT '' NOT NULL,
  due_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_exchange_request PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_exchange_request_state CHECK (state IN ('draft', 'made', 'confirmed', 'delivered', 'answered', 'closed')),
  CONSTRAINT ck_exchange_request_lane CHECK (lane IN ('regular', 'expedited')),
  CONSTRAINT ck_exchange_request_two_operators CHECK (made_by <> confirmed_by),
  CONSTRAINT fk_exchange_request_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE UNIQUE INDEX ix_exchange_request_agency_id_number ON exchange_request (agency_id, number) WHERE number <> '';
CREATE INDEX ix_exchange_request_agency_id_state_id ON exchange_request (agency_id, state, id);
CREATE INDEX ix_exchange_request_agency_id_unit_id_state_id ON exchange_request (agency_id, unit_id, state, id);
CREATE UNIQUE INDEX uq_exchange_request_draft ON exchange_request (agency_id, unit_id, period, lane) WHERE state = 'draft';
ALTER TABLE "exchange_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "exchange_request" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "exchange_request" TO hedui_desk;
CREATE POLICY desk_select ON "exchange_request" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "exchange_request" TO hedui_desk;
CREATE POLICY desk_insert ON "exchange_request" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "exchange_request" TO hedui_desk;
CREATE POLICY desk_update ON "exchange_request" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "exchange_request" TO hedui_liaison;
CREATE POLICY liaison_select ON "exchange_request" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev, delivered_on, delivered_how, due_on) ON "exchange_request" TO hedui_liaison;
CREATE POLICY liaison_update ON "exchange_request" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE letter_down (
  agency_id INTEGER NOT NULL,
  from_agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  key UUID NOT NULL,
  kind TEXT NOT NULL,
  period INTEGER NOT NULL,
  sent_on DATE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  taken_in BOOLEAN DEFAULT 'false' NOT NULL,
  CONSTRAINT pk_letter_down PRIMARY KEY (agency_id, from_agency_id, key),
  CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage')),
  CONSTRAINT fk_letter_down_agency_id_from_agency_id FOREIGN KEY(agency_id, from_agency_id) REFERENCES agency_edge (child_id, parent_id)
);
CREATE INDEX ix_letter_down_waiting ON letter_down (agency_id) WHERE NOT taken_in;
ALTER TABLE "letter_down" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_down" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_down" TO hedui_desk;
CREATE POLICY desk_select ON "letter_down" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (taken_in) ON "letter_down" TO hedui_desk;
CREATE POLICY desk_update ON "letter_down" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_down" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_down" FOR INSERT TO hedui_desk WITH CHECK (from_agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, from_agency_id, key, taken_in) ON "letter_down" TO hedui_relay;
CREATE POLICY relay_select ON "letter_down" FOR SELECT TO hedui_relay USING (true);

CREATE TABLE letter_up (
  number TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER NOT NULL,
  from_agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  key UUID NOT NULL,
  kind TEXT NOT NULL,
  period INTEGER NOT NULL,
  sent_on DATE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  taken_in BOOLEAN DEFAULT 'false' NOT NULL,
  CONSTRAINT pk_letter_up PRIMARY KEY (agency_id, from_agency_id, key),
  CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'recall')),
  CONSTRAINT fk_letter_up_from_agency_id_agency_id FOREIGN KEY(from_agency_id, agency_id) REFERENCES agency_edge (child_id, parent_id)
);
CREATE INDEX ix_letter_up_waiting ON letter_up (agency_id) WHERE NOT taken_in;
ALTER TABLE "letter_up" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_up" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_up" TO hedui_desk;
CREATE POLICY desk_select ON "letter_up" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (taken_in) ON "letter_up" TO hedui_desk;
CREATE POLICY desk_update ON "letter_up" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_up" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_up" FOR INSERT TO hedui_desk WITH CHECK (from_agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, from_agency_id, key, taken_in) ON "letter_up" TO hedui_relay;
CREATE POLICY relay_select ON "letter_up" FOR SELECT TO hedui_relay USING (true);

CREATE TABLE report (
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  case_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  by_agency_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  version SMALLINT DEFAULT '1' NOT NULL,
  code TEXT DEFAULT '' NOT NULL,
  replaced_by TEXT DEFAULT '' NOT NULL,
  file_id BIGINT,
  digest BYTEA,
  pages SMALLINT DEFAULT '0' NOT NULL,
  issued_by BIGINT,
  issuer_name TEXT DEFAULT '' NOT NULL,
  issued_on DATE,
  issued_at TIMESTAMP WITH TIME ZONE,
  received_on DATE,
  received_by BIGINT,
  own_answers INTEGER DEFAULT '0' NOT NULL,
  upper_answers INTEGER DEFAULT '0' NOT NULL,
  findings INTEGER DEFAULT '0' NOT NULL,
  outcomes JSONB DEFAULT '{}' NOT NULL,
  incomplete_reason TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_report PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_report_kind CHECK (kind IN ('own', 'upper', 'merged')),
  CONSTRAINT ck_report_state CHECK (state IN ('drafted', 'issued', 'received', 'replaced')),
  CONSTRAINT fk_report_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
CREATE INDEX ix_report_agency_id_by_agency_id_number ON report (agency_id, by_agency_id, number);
CREATE INDEX ix_report_agency_id_case_id_kind_version ON report (agency_id, case_id, kind, version);
CREATE INDEX ix_report_agency_id_code ON report (agency_id, code);
CREATE INDEX ix_report_agency_id_kind_state_id ON report (agency_id, kind, state, id);
CREATE INDEX ix_report_agency_id_unit_id_state_id ON report (agency_id, unit_id, state, id);
CREATE UNIQUE INDEX uq_report_drafted ON report (agency_id, case_id, kind) WHERE state = 'drafted';
ALTER TABLE "report" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "report" TO hedui_desk;
CREATE POLICY desk_select ON "report" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "report" TO hedui_desk;
CREATE POLICY desk_insert ON "report" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "report" TO hedui_desk;
CREATE POLICY desk_update ON "report" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "report" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "report" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev, received_on, received_by) ON "report" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "report" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT (agency_id, number, code, kind, version, state, issued_on, by_agency_id, replaced_by) ON "report" TO hedui_public;
CREATE POLICY public_select ON "report" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE subject (
  case_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  origin_subject BIGINT DEFAULT '0' NOT NULL,
  row_no INTEGER NOT NULL,
  role TEXT NOT NULL,
  relation TEXT NOT NULL,
  id_hash BYTEA NOT NULL,
  name_hash BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  items SMALLINT[] DEFAULT '{}' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_subject PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_subject_role CHECK (role IN ('applicant', 'member', 'obligor')),
  CONSTRAINT fk_subject_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
CREATE INDEX ix_subject_agency_id_case_id_id ON subject (agency_id, case_id, id);
CREATE INDEX ix_subject_agency_id_id_hash ON subject (agency_id, id_hash);
CREATE INDEX ix_subject_agency_id_name_hash ON subject (agency_id, name_hash);
ALTER TABLE "subject" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subject" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "subject" TO hedui_desk;
CREATE POLICY desk_select ON "subject" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "subject" TO hedui_desk;
CREATE POLICY desk_insert ON "subject" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "subject" TO hedui_desk;
CREATE POLICY desk_update ON "subject" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "subject" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "subject" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "subject" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "subject" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT DELETE ON "subject" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "subject" FOR DELETE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "subject" TO hedui_township;
CREATE POLICY township_select ON "subject" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "subject" TO hedui_township;
CREATE POLICY township_insert ON "subject" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE authorisation (
  subject_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  signed_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  withdrawn_on DATE,
  scan_file_id BIGINT,
  id_scan_file_id BIGINT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_authorisation PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_authorisation_dates CHECK (expires_on >= signed_on),
  CONSTRAINT fk_authorisation_agency_id_subject_id FOREIGN KEY(agency_id, subject_id) REFERENCES subject (agency_id, id)
);
CREATE INDEX ix_authorisation_agency_id_subject_id ON authorisation (agency_id, subject_id);
ALTER TABLE "authorisation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "authorisation" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "authorisation" TO hedui_desk;
CREATE POLICY desk_select ON "authorisation" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "authorisation" TO hedui_desk;
CREATE POLICY desk_insert ON "authorisation" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "authorisation" TO hedui_desk;
CREATE POLICY desk_update ON "authorisation" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "authorisation" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "authorisation" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "authorisation" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "authorisation" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT DELETE ON "authorisation" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "authorisation" FOR DELETE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "authorisation" TO hedui_township;
CREATE POLICY township_select ON "authorisation" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "authorisation" TO hedui_township;
CREATE POLICY township_insert ON "authorisation" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE declaration (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  subject_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  sealed BYTEA NOT NULL,
  CONSTRAINT pk_declaration PRIMARY KEY (agency_id, subject_id),
  CONSTRAINT fk_declaration_agency_id_subject_id FOREIGN KEY(agency_id, subject_id) REFERENCES subject (agency_id, id)
);
ALTER TABLE "declaration" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "declaration" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "declaration" TO hedui_desk;
CREATE POLICY desk_select ON "declaration" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "declaration" TO hedui_desk;
CREATE POLICY desk_insert ON "declaration" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "declaration" TO hedui_desk;
CREATE POLICY desk_update ON "declaration" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "declaration" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "declaration" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "declaration" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "declaration" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT DELETE ON "declaration" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "declaration" FOR DELETE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "declaration" TO hedui_township;
CREATE POLICY township_select ON "declaration" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "declaration" TO hedui_township;
CREATE POLICY township_insert ON "declaration" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE finding (
  case_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  item SMALLINT NOT NULL,
  by_agency_id INTEGER NOT NULL,
  source_name TEXT NOT NULL,
  request_number TEXT NOT NULL,
  request_id BIGINT,
  reply_id BIGINT,
  origin_finding BIGINT DEFAULT '0' NOT NULL,
  letter_key TEXT,
  as_of DATE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_finding PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_finding_one_origin CHECK ((request_id IS NULL) <> (letter_key IS NULL)),
  CONSTRAINT fk_finding_agency_id_subject_id FOREIGN KEY(agency_id, subject_id) REFERENCES subject (agency_id, id)
);
CREATE UNIQUE INDEX ix_finding_agency_id_by_agency_id_origin_finding ON finding (agency_id, by_agency_id, origin_finding) WHERE origin_finding <> 0;
CREATE INDEX ix_finding_agency_id_case_id_id ON finding (agency_id, case_id, id);
CREATE INDEX ix_finding_agency_id_reply_id ON finding (agency_id, reply_id);
CREATE INDEX ix_finding_agency_id_request_id ON finding (agency_id, request_id);
CREATE INDEX ix_finding_agency_id_subject_id ON finding (agency_id, subject_id);
ALTER TABLE "finding" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "finding" TO hedui_desk;
CREATE POLICY desk_select ON "finding" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "finding" TO hedui_desk;
CREATE POLICY desk_insert ON "finding" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE package (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  file_id BIGINT NOT NULL,
  password_sealed BYTEA NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_package PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_package_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE INDEX ix_package_agency_id_request_id ON package (agency_id, request_id);
ALTER TABLE "package" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "package" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "package" TO hedui_desk;
CREATE POLICY desk_select ON "package" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "package" TO hedui_desk;
CREATE POLICY desk_insert ON "package" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "package" TO hedui_liaison;
CREATE POLICY liaison_select ON "package" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE reply (
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  part SMALLINT NOT NULL,
  file_id BIGINT NOT NULL,
  password_sealed BYTEA,
  rows_file_id BIGINT,
  received_by BIGINT NOT NULL,
  received_on DATE NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  is_late BOOLEAN DEFAULT 'false' NOT NULL,
  hits INTEGER DEFAULT '0' NOT NULL,
  no_records INTEGER DEFAULT '0' NOT NULL,
  unable INTEGER DEFAULT '0' NOT NULL,
  refused INTEGER DEFAULT '0' NOT NULL,
  missing INTEGER DEFAULT '0' NOT NULL,
  faults_sealed BYTEA,
  first_by BIGINT,
  second_by BIGINT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_reply PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_reply_state CHECK (state IN ('received', 'checked', 'refused', 'accepted_once', 'accepted')),
  CONSTRAINT ck_reply_two_operators CHECK (first_by <> second_by),
  CONSTRAINT fk_reply_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE UNIQUE INDEX ix_reply_agency_id_request_id_part ON reply (agency_id, request_id, part);
CREATE INDEX ix_reply_agency_id_state_id ON reply (agency_id, state, id);
CREATE INDEX ix_reply_agency_id_unit_id_state_id ON reply (agency_id, unit_id, state, id);
ALTER TABLE "reply" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reply" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "reply" TO hedui_desk;
CREATE POLICY desk_select ON "reply" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "reply" TO hedui_desk;
CREATE POLICY desk_insert ON "reply" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "reply" TO hedui_desk;
CREATE POLICY desk_update ON "reply" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "reply" TO hedui_liaison;
CREATE POLICY liaison_select ON "reply" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "reply" TO hedui_liaison;
CREATE POLICY liaison_insert ON "reply" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

CREATE TABLE report_part (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  report_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  part_id BIGINT NOT NULL,
  digest BYTEA NOT NULL,
  CONSTRAINT pk_report_part PRIMARY KEY (agency_id, report_id, position),
  CONSTRAINT fk_report_part_agency_id_report_id FOREIGN KEY(agency_id, report_id) REFERENCES report (agency_id, id),
  CONSTRAINT fk_report_part_agency_id_part_id FOREIGN KEY(agency_id, part_id) REFERENCES report (agency_id, id)
);
ALTER TABLE "report_part" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_part" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "report_part" TO hedui_desk;
CREATE POLICY desk_select ON "report_part" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "report_part" TO hedui_desk;
CREATE POLICY desk_insert ON "report_part" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
