CREATE TABLE employer (
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  letter_number TEXT NOT NULL,
  unit_id INTEGER,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_employer PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_employer_two_people CHECK (recorded_by <> confirmed_by),
  CONSTRAINT ck_employer_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL) AND (confirmed_by IS NULL) = (unit_id IS NULL)),
  CONSTRAINT ck_employer_void CHECK (NOT (is_void AND confirmed_by IS NOT NULL)),
  CONSTRAINT fk_employer_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_employer_agency_id_unit_id ON employer (agency_id, unit_id);
CREATE UNIQUE INDEX uq_employer_code ON employer (agency_id, code) WHERE NOT is_void;
ALTER TABLE "employer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "employer" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "employer" TO hedui_desk;
CREATE POLICY desk_select ON "employer" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "employer" TO hedui_desk;
CREATE POLICY desk_insert ON "employer" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (confirmed_by, confirmed_at, is_void, unit_id) ON "employer" TO hedui_desk;
CREATE POLICY desk_update ON "employer" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "unit" TO hedui_desk;
CREATE POLICY desk_insert ON "unit" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
