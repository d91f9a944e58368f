CREATE TABLE agreement (
  unit_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  signed_on DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  term TEXT NOT NULL,
  reply_working_days SMALLINT,
  scan_file_id BIGINT,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_agreement PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_agreement_term CHECK (term IN ('rulebook', 'agreed', 'none')),
  CONSTRAINT ck_agreement_agreed_days CHECK ((term = 'agreed') = (reply_working_days IS NOT NULL)),
  CONSTRAINT ck_agreement_valid_to CHECK (valid_to >= valid_from),
  CONSTRAINT ck_agreement_two_operators CHECK (recorded_by <> confirmed_by),
  CONSTRAINT fk_agreement_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_agreement_agency_id_unit_id_valid_from ON agreement (agency_id, unit_id, valid_from);
ALTER TABLE "agreement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "agreement" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "agreement" TO hedui_desk;
CREATE POLICY desk_select ON "agreement" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "agreement" TO hedui_desk;
CREATE POLICY desk_insert ON "agreement" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "agreement" TO hedui_desk;
CREATE POLICY desk_update ON "agreement" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agreement" TO hedui_liaison;
CREATE POLICY liaison_select ON "agreement" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind CHECK (kind IN ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made',
  'agreement'));
