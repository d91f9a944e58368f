ALTER TABLE connection DROP CONSTRAINT ck_connection_direction;
ALTER TABLE connection ADD CONSTRAINT ck_connection_direction CHECK (direction IN ('asks', 'pulls', 'folder', 'asked'));
REVOKE SELECT (agency_id, id, direction, closed_on) ON "connection" FROM hedui_relay;
GRANT SELECT (agency_id, id, unit_id, direction, their_keyid, valid_from, valid_to, closed_on) ON "connection" TO hedui_relay;
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind CHECK (kind IN ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made', 'agreement', 'inquiry'));
ALTER POLICY desk_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry'));
ALTER POLICY commissioner_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry'));
ALTER POLICY township_delete ON "file" USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int AND kind IN ('list', 'errors', 'paper', 'made', 'inquiry'));
CREATE TABLE inquiry (
  unit_id INTEGER NOT NULL,
  connection_id BIGINT NOT NULL,
  wire_id TEXT NOT NULL,
  head TEXT NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  lines INTEGER NOT NULL,
  lines_received INTEGER DEFAULT '0' NOT NULL,
  lines_answered INTEGER DEFAULT '0' NOT NULL,
  answers BIGINT DEFAULT '0' NOT NULL,
  hits BIGINT DEFAULT '0' NOT NULL,
  answered_at TIMESTAMP WITH TIME ZONE,
  taken_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_inquiry PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_inquiry_agency_id_connection_id FOREIGN KEY(agency_id, connection_id) REFERENCES connection (agency_id, id)
);
CREATE UNIQUE INDEX ix_inquiry_agency_id_connection_id_wire_id ON inquiry (agency_id, connection_id, wire_id);
ALTER TABLE "inquiry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inquiry" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "inquiry" TO hedui_desk;
CREATE POLICY desk_select ON "inquiry" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "inquiry" TO hedui_desk;
CREATE POLICY desk_update ON "inquiry" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "inquiry" TO hedui_liaison;
CREATE POLICY liaison_select ON "inquiry" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "inquiry" TO hedui_liaison;
CREATE POLICY liaison_insert ON "inquiry" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (lines_received, taken_at) ON "inquiry" TO hedui_liaison;
CREATE POLICY liaison_update ON "inquiry" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE inquiry_page (
  unit_id INTEGER NOT NULL,
  inquiry_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  first BIGINT NOT NULL,
  count INTEGER NOT NULL,
  file_id BIGINT NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_inquiry_page PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_inquiry_page_part CHECK (part IN ('lines', 'answers')),
  CONSTRAINT fk_inquiry_page_agency_id_inquiry_id FOREIGN KEY(agency_id, inquiry_id) REFERENCES inquiry (agency_id, id)
);
CREATE UNIQUE INDEX ix_inquiry_page_agency_id_inquiry_id_part_first ON inquiry_page (agency_id, inquiry_id, part, first);
ALTER TABLE "inquiry_page" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inquiry_page" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "inquiry_page" TO hedui_desk;
CREATE POLICY desk_select ON "inquiry_page" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "inquiry_page" TO hedui_desk;
CREATE POLICY desk_insert ON "inquiry_page" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "inquiry_page" TO hedui_desk;
CREATE POLICY desk_delete ON "inquiry_page" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "inquiry_page" TO hedui_liaison;
CREATE POLICY liaison_select ON "inquiry_page" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "inquiry_page" TO hedui_liaison;
CREATE POLICY liaison_insert ON "inquiry_page" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE returned_record (
  item SMALLINT NOT NULL,
  person_hash BYTEA NOT NULL,
  as_of DATE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_returned_record PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_returned_record_agency_id_item_person_hash ON returned_record (agency_id, item, person_hash);
ALTER TABLE "returned_record" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "returned_record" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "returned_record" TO hedui_desk;
CREATE POLICY desk_select ON "returned_record" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "returned_record" TO hedui_desk;
CREATE POLICY desk_insert ON "returned_record" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "returned_record" TO hedui_desk;
CREATE POLICY desk_delete ON "returned_record" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
