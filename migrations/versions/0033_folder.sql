CREATE TABLE refused_file (
  unit_id INTEGER NOT NULL,
  connection_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  said TEXT NOT NULL,
  refused_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_by BIGINT,
  seen_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_refused_file PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_refused_file_agency_id_connection_id FOREIGN KEY(agency_id, connection_id) REFERENCES connection (agency_id, id)
);
CREATE INDEX ix_refused_file_unseen ON refused_file (agency_id, id) WHERE seen_at IS NULL;
ALTER TABLE "refused_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "refused_file" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "refused_file" TO hedui_desk;
CREATE POLICY desk_select ON "refused_file" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "refused_file" TO hedui_desk;
CREATE POLICY desk_insert ON "refused_file" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "refused_file" TO hedui_desk;
CREATE POLICY desk_update ON "refused_file" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, id, direction, closed_on) ON "connection" TO hedui_relay;
CREATE POLICY relay_select ON "connection" FOR SELECT TO hedui_relay USING (true);
