-- As it was at this revision; see tests/architecture/test_wall.py.
CREATE TABLE data_package (
  unit_id INTEGER NOT NULL,
  entrustment_id BIGINT NOT NULL,
  on_behalf BOOLEAN NOT NULL,
  digest BYTEA NOT NULL,
  households INTEGER NOT NULL,
  subjects INTEGER NOT NULL,
  held_back INTEGER NOT NULL,
  papers INTEGER NOT NULL,
  imported_by BIGINT NOT NULL,
  imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_data_package PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_data_package_agency_id_entrustment_id FOREIGN KEY(agency_id, entrustment_id) REFERENCES entrustment (agency_id, id)
);
CREATE INDEX ix_data_package_agency_id_entrustment_id ON data_package (agency_id, entrustment_id);
CREATE UNIQUE INDEX ix_data_package_agency_id_unit_id_digest ON data_package (agency_id, unit_id, digest);
ALTER TABLE "data_package" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "data_package" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "data_package" TO hedui_desk;
CREATE POLICY desk_select ON "data_package" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "data_package" TO hedui_desk;
CREATE POLICY desk_insert ON "data_package" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "data_package" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "data_package" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "data_package" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "data_package" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
