ALTER TABLE exchange_request DROP CONSTRAINT ck_exchange_request_way;
ALTER TABLE exchange_request ADD CONSTRAINT ck_exchange_request_way CHECK (way IN ('media', 'system', 'store'));
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind
  CHECK (kind IN ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made', 'agreement', 'inquiry', 'basis', 'returned'));
ALTER POLICY desk_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry', 'returned'));
ALTER POLICY commissioner_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry', 'returned'));
ALTER POLICY township_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry', 'returned'));
DROP TABLE returned_record;
CREATE TABLE returned_load (
  unit_id INTEGER NOT NULL,
  item SMALLINT NOT NULL,
  part TEXT DEFAULT '' NOT NULL,
  as_of DATE NOT NULL,
  digest BYTEA NOT NULL,
  file_id BIGINT,
  wants_columns BOOLEAN DEFAULT 'false' NOT NULL,
  records INTEGER DEFAULT '0' NOT NULL,
  persons INTEGER DEFAULT '0' NOT NULL,
  loaded_by BIGINT NOT NULL,
  loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  ended_why TEXT DEFAULT '' NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_by BIGINT DEFAULT '0' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  faults_sealed BYTEA,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_returned_load PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_returned_load_ended_why CHECK (ended_why IN ('', 'refused', 'void', 'replaced', 'removed', 'term')),
  CONSTRAINT ck_returned_load_two_operators CHECK (loaded_by <> confirmed_by),
  CONSTRAINT ck_returned_load_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT ck_returned_load_ended CHECK ((ended_why = '') = (ended_at IS NULL)),
  CONSTRAINT fk_returned_load_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE UNIQUE INDEX uq_returned_load_in_force ON returned_load (agency_id, unit_id, item, part) WHERE confirmed_at IS NOT NULL AND ended_why = '';
CREATE UNIQUE INDEX uq_returned_load_waiting ON returned_load (agency_id, unit_id, item, part) WHERE confirmed_at IS NULL AND ended_why = '';
ALTER TABLE "returned_load" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "returned_load" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "returned_load" TO hedui_desk;
CREATE POLICY desk_select ON "returned_load" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "returned_load" TO hedui_desk;
CREATE POLICY desk_insert ON "returned_load" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "returned_load" TO hedui_desk;
CREATE POLICY desk_update ON "returned_load" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE returned_record (
  load_id BIGINT NOT NULL,
  person_hash BYTEA NOT NULL,
  as_of DATE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_returned_record PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_returned_record_agency_id_load_id FOREIGN KEY(agency_id, load_id) REFERENCES returned_load (agency_id, id)
);
CREATE INDEX ix_returned_record_agency_id_load_id_person_hash ON returned_record (agency_id, load_id, person_hash);
ALTER TABLE "returned_record" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "returned_record" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "returned_record" TO hedui_desk;
CREATE POLICY desk_select ON "returned_record" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "returned_record" TO hedui_desk;
CREATE POLICY desk_insert ON "returned_record" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "returned_record" TO hedui_desk;
CREATE POLICY desk_delete ON "returned_record" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
