-- As they were at this revision; see tests/architecture/test_wall.py.
CREATE TABLE paper (
  case_id BIGINT,
  entrustment_id BIGINT,
  subject_id BIGINT DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  sequence SMALLINT NOT NULL,
  file_id BIGINT NOT NULL,
  original_file_id BIGINT,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  pages SMALLINT DEFAULT '1' NOT NULL,
  uploaded_by BIGINT NOT NULL,
  uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_paper PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_paper_kind CHECK (kind IN ('authorisation', 'id_card', 'household_register', 'marriage', 'explanation', 'other', 'letter', 'list')),
  CONSTRAINT ck_paper_media_type CHECK (media_type IN ('image/jpeg', 'application/pdf')),
  CONSTRAINT ck_paper_place CHECK ((case_id IS NULL) <> (entrustment_id IS NULL)),
  CONSTRAINT fk_paper_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_paper_agency_id_entrustment_id FOREIGN KEY(agency_id, entrustment_id) REFERENCES entrustment (agency_id, id)
);
CREATE INDEX ix_paper_agency_id_case_id_subject_id ON paper (agency_id, case_id, subject_id);
CREATE INDEX ix_paper_agency_id_entrustment_id ON paper (agency_id, entrustment_id);
ALTER TABLE "paper" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "paper" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "paper" TO hedui_desk;
CREATE POLICY desk_select ON "paper" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "paper" TO hedui_desk;
CREATE POLICY desk_insert ON "paper" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "paper" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "paper" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "paper" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "paper" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (subject_id, kind, file_id, original_file_id, size) ON "paper" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "paper" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT DELETE ON "paper" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "paper" FOR DELETE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "paper" TO hedui_township;
CREATE POLICY township_select ON "paper" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "paper" TO hedui_township;
CREATE POLICY township_insert ON "paper" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (subject_id, kind, file_id, original_file_id, size) ON "paper" TO hedui_township;
CREATE POLICY township_update ON "paper" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT DELETE ON "paper" TO hedui_township;
CREATE POLICY township_delete ON "paper" FOR DELETE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE TABLE paper_batch (
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  list_id BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  uploaded_by BIGINT NOT NULL,
  uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  written_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_paper_batch PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_paper_batch_agency_id_unit_id_desk_id_id ON paper_batch (agency_id, unit_id, desk_id, id);
ALTER TABLE "paper_batch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "paper_batch" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "paper_batch" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "paper_batch" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "paper_batch" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "paper_batch" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (written_at) ON "paper_batch" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "paper_batch" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "paper_batch" TO hedui_township;
CREATE POLICY township_select ON "paper_batch" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "paper_batch" TO hedui_township;
CREATE POLICY township_insert ON "paper_batch" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (written_at) ON "paper_batch" TO hedui_township;
CREATE POLICY township_update ON "paper_batch" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
