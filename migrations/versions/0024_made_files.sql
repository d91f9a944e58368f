-- As they were at this revision; see tests/architecture/test_wall.py.
CREATE TABLE made_file (
  kind TEXT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  account_id BIGINT NOT NULL,
  permission TEXT NOT NULL,
  name TEXT NOT NULL,
  asked JSONB NOT NULL,
  password_sealed BYTEA,
  done INTEGER DEFAULT '0' NOT NULL,
  total INTEGER DEFAULT '0' NOT NULL,
  reached BIGINT DEFAULT '0' NOT NULL,
  part_ids BIGINT[] DEFAULT '{}' NOT NULL,
  file_id BIGINT,
  size BIGINT DEFAULT '0' NOT NULL,
  job_id BIGINT NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE,
  expires_on DATE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_made_file PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_made_file_kind CHECK (kind IN ('print', 'package', 'sheet')),
  CONSTRAINT fk_made_file_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_made_file_agency_id_account_id_id ON made_file (agency_id, account_id, id);
CREATE INDEX ix_made_file_agency_id_expires_on ON made_file (agency_id, expires_on);
ALTER TABLE "made_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "made_file" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "made_file" TO hedui_desk;
CREATE POLICY desk_select ON "made_file" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "made_file" TO hedui_desk;
CREATE POLICY desk_insert ON "made_file" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "made_file" TO hedui_desk;
CREATE POLICY desk_update ON "made_file" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "made_file" TO hedui_desk;
CREATE POLICY desk_delete ON "made_file" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "made_file" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "made_file" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "made_file" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "made_file" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (job_id) ON "made_file" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "made_file" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "made_file" TO hedui_township;
CREATE POLICY township_select ON "made_file" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "made_file" TO hedui_township;
CREATE POLICY township_insert ON "made_file" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (job_id) ON "made_file" TO hedui_township;
CREATE POLICY township_update ON "made_file" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "made_file" TO hedui_liaison;
CREATE POLICY liaison_select ON "made_file" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "made_file" TO hedui_liaison;
CREATE POLICY liaison_insert ON "made_file" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (job_id) ON "made_file" TO hedui_liaison;
CREATE POLICY liaison_update ON "made_file" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind CHECK (kind IN
  ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made'));
ALTER POLICY desk_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND kind IN ('list', 'errors', 'paper', 'made'));
ALTER POLICY commissioner_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND kind IN ('list', 'errors', 'paper', 'made'));
ALTER POLICY township_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int AND kind IN ('list', 'errors', 'paper', 'made'));
