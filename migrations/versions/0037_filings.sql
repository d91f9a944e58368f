CREATE TABLE filing (
  unit_id INTEGER NOT NULL,
  side TEXT NOT NULL,
  account_id BIGINT DEFAULT '0' NOT NULL,
  name TEXT NOT NULL,
  letter_number TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  replaces BIGINT DEFAULT '0' NOT NULL,
  filed_by BIGINT NOT NULL,
  filed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_filing PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_filing_side CHECK (side IN ('agency', 'unit')),
  CONSTRAINT ck_filing_operator CHECK (side = 'unit' OR account_id <> 0),
  CONSTRAINT ck_filing_valid_to CHECK (valid_to >= valid_from),
  CONSTRAINT ck_filing_two_people CHECK (filed_by <> confirmed_by),
  CONSTRAINT ck_filing_not_oneself CHECK (account_id = 0 OR account_id <> confirmed_by),
  CONSTRAINT fk_filing_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_filing_agency_id_account_id_unit_id ON filing (agency_id, account_id, unit_id);
CREATE INDEX ix_filing_agency_id_unit_id ON filing (agency_id, unit_id);
ALTER TABLE "filing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "filing" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "filing" TO hedui_desk;
CREATE POLICY desk_select ON "filing" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "filing" TO hedui_desk;
CREATE POLICY desk_insert ON "filing" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "filing" TO hedui_desk;
CREATE POLICY desk_update ON "filing" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "filing" TO hedui_liaison;
CREATE POLICY liaison_select ON "filing" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "filing" TO hedui_public;
CREATE POLICY public_select ON "filing" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
