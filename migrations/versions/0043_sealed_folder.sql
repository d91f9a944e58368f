ALTER TABLE connection ADD COLUMN their_box TEXT DEFAULT '' NOT NULL;
ALTER TABLE connection ADD COLUMN met_at TIMESTAMP WITH TIME ZONE;
GRANT UPDATE (met_at) ON "connection" TO hedui_liaison;
CREATE POLICY liaison_update ON "connection" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE not_taken (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  code TEXT NOT NULL,
  said TEXT NOT NULL,
  said_at TIMESTAMP WITH TIME ZONE NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_not_taken PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_not_taken_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE INDEX ix_not_taken_agency_id_request_id_id ON not_taken (agency_id, request_id, id);
ALTER TABLE "not_taken" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "not_taken" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "not_taken" TO hedui_desk;
CREATE POLICY desk_select ON "not_taken" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "not_taken" TO hedui_liaison;
CREATE POLICY liaison_select ON "not_taken" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "not_taken" TO hedui_liaison;
CREATE POLICY liaison_insert ON "not_taken" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
