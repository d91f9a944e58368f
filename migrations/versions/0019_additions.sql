CREATE TABLE addition (
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  case_id BIGINT NOT NULL,
  subject_id BIGINT DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  happened_on DATE NOT NULL,
  sealed BYTEA NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_addition PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_addition_kind CHECK (kind IN ('member', 'number', 'name', 'consent')),
  CONSTRAINT ck_addition_state CHECK (state IN ('proposed', 'taken', 'returned')),
  CONSTRAINT fk_addition_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
CREATE INDEX ix_addition_agency_id_case_id_id ON addition (agency_id, case_id, id);
CREATE INDEX ix_addition_agency_id_state_id ON addition (agency_id, state, id);
CREATE UNIQUE INDEX uq_addition_proposed ON addition (agency_id, subject_id) WHERE state = 'proposed' AND subject_id <> 0;
ALTER TABLE "addition" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "addition" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "addition" TO hedui_desk;
CREATE POLICY desk_select ON "addition" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "addition" TO hedui_desk;
CREATE POLICY desk_insert ON "addition" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "addition" TO hedui_desk;
CREATE POLICY desk_update ON "addition" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "addition" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "addition" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "addition" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "addition" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "addition" TO hedui_township;
CREATE POLICY township_select ON "addition" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "addition" TO hedui_township;
CREATE POLICY township_insert ON "addition" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
ALTER TABLE subject ADD COLUMN joined_on DATE;
ALTER TABLE subject ADD COLUMN joined_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE subject ADD COLUMN replaces BIGINT DEFAULT '0' NOT NULL;
ALTER TABLE subject DROP CONSTRAINT ck_subject_left_reason;
ALTER TABLE subject ADD CONSTRAINT ck_subject_left_reason
  CHECK (left_reason IN ('', 'died', 'left', 'corrected'));
ALTER TABLE subject ADD CONSTRAINT ck_subject_joined_reason
  CHECK (joined_reason IN ('', 'birth', 'marriage', 'moved_in', 'forgotten'));
ALTER TABLE subject ADD CONSTRAINT ck_subject_joined
  CHECK ((joined_on IS NULL) = (joined_reason = ''));
ALTER TABLE letter_out ADD COLUMN kind TEXT DEFAULT 'entrust' NOT NULL;
ALTER TABLE letter_out ADD CONSTRAINT ck_letter_out_kind CHECK (kind IN ('entrust', 'supplement'));
DROP INDEX uq_letter_out_prepared;
CREATE UNIQUE INDEX uq_letter_out_prepared
  ON letter_out (agency_id, parent_id, period, kind) WHERE state = 'prepared';
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind
  CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw'));
