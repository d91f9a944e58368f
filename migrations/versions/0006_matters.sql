CREATE TABLE matter (
  case_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  topic TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  opened_on DATE NOT NULL,
  due_on DATE NOT NULL,
  sealed BYTEA NOT NULL,
  signed_by BIGINT,
  signer_name TEXT DEFAULT '' NOT NULL,
  signed_on DATE,
  signed_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_matter PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_matter_kind CHECK (kind IN ('measure', 'conflict', 'relation')),
  CONSTRAINT ck_matter_state CHECK (state IN ('open', 'explained', 'signed', 'excluded', 'lapsed')),
  CONSTRAINT fk_matter_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
CREATE UNIQUE INDEX ix_matter_agency_id_case_id_kind_topic ON matter (agency_id, case_id, kind, topic);
CREATE INDEX ix_matter_agency_id_state_id ON matter (agency_id, state, id);
CREATE INDEX ix_matter_agency_id_unit_id_desk_id_state_id ON matter (agency_id, unit_id, desk_id, state, id);
CREATE INDEX ix_matter_agency_id_unit_id_state_id ON matter (agency_id, unit_id, state, id);
ALTER TABLE "matter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "matter" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "matter" TO hedui_desk;
CREATE POLICY desk_select ON "matter" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "matter" TO hedui_desk;
CREATE POLICY desk_insert ON "matter" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "matter" TO hedui_desk;
CREATE POLICY desk_update ON "matter" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "matter" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "matter" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev) ON "matter" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "matter" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "matter" TO hedui_township;
CREATE POLICY township_select ON "matter" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (state, rev) ON "matter" TO hedui_township;
CREATE POLICY township_update ON "matter" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE explanation (
  matter_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  told_on DATE NOT NULL,
  account_id BIGINT NOT NULL,
  recorder_name TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  scan_file_id BIGINT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_explanation PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_explanation_agency_id_matter_id FOREIGN KEY(agency_id, matter_id) REFERENCES matter (agency_id, id)
);
CREATE INDEX ix_explanation_agency_id_matter_id_id ON explanation (agency_id, matter_id, id);
ALTER TABLE "explanation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "explanation" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "explanation" TO hedui_desk;
CREATE POLICY desk_select ON "explanation" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "explanation" TO hedui_desk;
CREATE POLICY desk_insert ON "explanation" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "explanation" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "explanation" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "explanation" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "explanation" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "explanation" TO hedui_township;
CREATE POLICY township_select ON "explanation" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "explanation" TO hedui_township;
CREATE POLICY township_insert ON "explanation" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);

CREATE TABLE exclusion (
  case_id BIGINT NOT NULL,
  matter_id BIGINT NOT NULL,
  finding_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  ground TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  sealed BYTEA NOT NULL,
  prepared_by BIGINT NOT NULL,
  preparer_name TEXT NOT NULL,
  prepared_on DATE NOT NULL,
  prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
  signed_by BIGINT,
  signer_name TEXT DEFAULT '' NOT NULL,
  signed_on DATE,
  signed_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_exclusion PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_exclusion_state CHECK (state IN ('proposed', 'signed', 'turned_down')),
  CONSTRAINT ck_exclusion_two_people CHECK (signed_by <> prepared_by),
  CONSTRAINT fk_exclusion_agency_id_matter_id FOREIGN KEY(agency_id, matter_id) REFERENCES matter (agency_id, id),
  CONSTRAINT fk_exclusion_agency_id_finding_id FOREIGN KEY(agency_id, finding_id) REFERENCES finding (agency_id, id)
);
CREATE INDEX ix_exclusion_agency_id_case_id_state ON exclusion (agency_id, case_id, state);
CREATE INDEX ix_exclusion_agency_id_matter_id_id ON exclusion (agency_id, matter_id, id);
CREATE INDEX ix_exclusion_agency_id_state_id ON exclusion (agency_id, state, id);
ALTER TABLE "exclusion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "exclusion" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "exclusion" TO hedui_desk;
CREATE POLICY desk_select ON "exclusion" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "exclusion" TO hedui_desk;
CREATE POLICY desk_insert ON "exclusion" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "exclusion" TO hedui_desk;
CREATE POLICY desk_update ON "exclusion" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);

