ALTER TABLE account ADD COLUMN starts_on DATE;
ALTER TABLE account ADD COLUMN ends_on DATE;
ALTER TABLE account ADD COLUMN hosted_by_agency_id INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE account ADD COLUMN hosted_account_id BIGINT DEFAULT '0' NOT NULL;
ALTER TABLE account ADD CONSTRAINT ck_account_hosted CHECK ((hosted_by_agency_id <> 0) = (hosted_account_id <> 0) AND (hosted_by_agency_id = 0 OR kind = 'staff'));

CREATE TABLE hosting (
  host_agency_id INTEGER NOT NULL,
  consent_number TEXT NOT NULL,
  consented_on DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  ended_by BIGINT,
  ended_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_hosting PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_hosting_host_agency_id FOREIGN KEY(host_agency_id) REFERENCES agency (id)
);
CREATE INDEX ix_hosting_agency_id_host_agency_id ON hosting (agency_id, host_agency_id);
ALTER TABLE "hosting" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "hosting" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "hosting" TO hedui_desk;
CREATE POLICY desk_select ON "hosting" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (ended_by, ended_on) ON "hosting" TO hedui_desk;
CREATE POLICY desk_update ON "hosting" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "hosting" TO hedui_registrar;
CREATE POLICY registrar_select ON "hosting" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "hosting" TO hedui_registrar;
CREATE POLICY registrar_insert ON "hosting" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);

