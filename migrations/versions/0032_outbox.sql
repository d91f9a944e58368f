CREATE TABLE line_page (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  items INTEGER NOT NULL,
  file_id BIGINT NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_line_page PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_line_page_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE UNIQUE INDEX ix_line_page_agency_id_request_id_first ON line_page (agency_id, request_id, first);
ALTER TABLE "line_page" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "line_page" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "line_page" TO hedui_desk;
CREATE POLICY desk_select ON "line_page" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "line_page" TO hedui_desk;
CREATE POLICY desk_insert ON "line_page" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "line_page" TO hedui_liaison;
CREATE POLICY liaison_select ON "line_page" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE used_nonce (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  unit_id INTEGER NOT NULL,
  keyid TEXT NOT NULL,
  nonce TEXT NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_used_nonce PRIMARY KEY (agency_id, unit_id, keyid, nonce)
);
CREATE INDEX ix_used_nonce_agency_id_until ON used_nonce (agency_id, until);
ALTER TABLE "used_nonce" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "used_nonce" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "used_nonce" TO hedui_desk;
CREATE POLICY desk_select ON "used_nonce" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "used_nonce" TO hedui_desk;
CREATE POLICY desk_delete ON "used_nonce" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "used_nonce" TO hedui_liaison;
CREATE POLICY liaison_select ON "used_nonce" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "used_nonce" TO hedui_liaison;
CREATE POLICY liaison_insert ON "used_nonce" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE done_once (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  unit_id INTEGER NOT NULL,
  keyid TEXT NOT NULL,
  key TEXT NOT NULL,
  target TEXT NOT NULL,
  digest BYTEA NOT NULL,
  response TEXT NOT NULL,
  done_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_done_once PRIMARY KEY (agency_id, unit_id, keyid, key)
);
CREATE INDEX ix_done_once_agency_id_done_at ON done_once (agency_id, done_at);
ALTER TABLE "done_once" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "done_once" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "done_once" TO hedui_desk;
CREATE POLICY desk_select ON "done_once" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "done_once" TO hedui_desk;
CREATE POLICY desk_delete ON "done_once" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "done_once" TO hedui_liaison;
CREATE POLICY liaison_select ON "done_once" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "done_once" TO hedui_liaison;
CREATE POLICY liaison_insert ON "done_once" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "connection" TO hedui_liaison;
CREATE POLICY liaison_select ON "connection" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT (agency_id, id, unit_id, direction, their_keyid, valid_from, valid_to, closed_on) ON "connection" TO hedui_public;
CREATE POLICY public_select ON "connection" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "dispatch" TO hedui_liaison;
CREATE POLICY liaison_select ON "dispatch" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (received_at, lines_answered, answers_kept, kept_at) ON "dispatch" TO hedui_liaison;
CREATE POLICY liaison_update ON "dispatch" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "answer_page" TO hedui_liaison;
CREATE POLICY liaison_select ON "answer_page" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "answer_page" TO hedui_liaison;
CREATE POLICY liaison_insert ON "answer_page" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
