CREATE TABLE insurance_round (
  insurance TEXT NOT NULL,
  period INTEGER NOT NULL,
  from_age SMALLINT NOT NULL,
  fresh_days INTEGER NOT NULL,
  sources JSONB DEFAULT '[]' NOT NULL,
  opened INTEGER DEFAULT '0' NOT NULL,
  closed INTEGER DEFAULT '0' NOT NULL,
  asked_by BIGINT NOT NULL,
  asked_on DATE NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  done_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_insurance_round PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_insurance_round_insurance CHECK (insurance IN ('pension', 'medical'))
);
CREATE INDEX ix_insurance_round_agency_id_insurance_id ON insurance_round (agency_id, insurance, id);
ALTER TABLE "insurance_round" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insurance_round" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "insurance_round" TO hedui_desk;
CREATE POLICY desk_select ON "insurance_round" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "insurance_round" TO hedui_desk;
CREATE POLICY desk_insert ON "insurance_round" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "insurance_round" TO hedui_desk;
CREATE POLICY desk_update ON "insurance_round" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE insurance_result (
  round_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  person_hash BYTEA NOT NULL,
  assisted_id BIGINT NOT NULL,
  result TEXT NOT NULL,
  why TEXT NOT NULL,
  as_of DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_insurance_result PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_insurance_result_result CHECK (result IN ('insured', 'not_insured', 'unknown', 'not_meant')),
  CONSTRAINT fk_insurance_result_agency_id_round_id FOREIGN KEY(agency_id, round_id) REFERENCES insurance_round (agency_id, id)
);
CREATE INDEX ix_insurance_result_agency_id_round_id_person_hash ON insurance_result (agency_id, round_id, person_hash);
CREATE INDEX ix_insurance_result_agency_id_round_id_result_id ON insurance_result (agency_id, round_id, result, id);
ALTER TABLE "insurance_result" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insurance_result" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "insurance_result" TO hedui_desk;
CREATE POLICY desk_select ON "insurance_result" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "insurance_result" TO hedui_desk;
CREATE POLICY desk_insert ON "insurance_result" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "insurance_result" TO hedui_desk;
CREATE POLICY desk_delete ON "insurance_result" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE insurance_count (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  insurance TEXT NOT NULL,
  period INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER NOT NULL,
  result TEXT NOT NULL,
  persons INTEGER NOT NULL,
  as_of DATE,
  CONSTRAINT pk_insurance_count PRIMARY KEY (agency_id, insurance, period, unit_id, desk_id, result),
  CONSTRAINT ck_insurance_count_insurance CHECK (insurance IN ('pension', 'medical')),
  CONSTRAINT ck_insurance_count_result CHECK (result IN ('insured', 'not_insured', 'unknown', 'not_meant'))
);
ALTER TABLE "insurance_count" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insurance_count" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "insurance_count" TO hedui_desk;
CREATE POLICY desk_select ON "insurance_count" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "insurance_count" TO hedui_desk;
CREATE POLICY desk_insert ON "insurance_count" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "insurance_count" TO hedui_desk;
CREATE POLICY desk_delete ON "insurance_count" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "insurance_count" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "insurance_count" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "insurance_count" TO hedui_township;
CREATE POLICY township_select ON "insurance_count" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE TABLE insurance_task (
  insurance TEXT NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  person_hash BYTEA NOT NULL,
  assisted_id BIGINT NOT NULL,
  opened_on DATE NOT NULL,
  opened_as_of DATE NOT NULL,
  step TEXT DEFAULT '' NOT NULL,
  step_by BIGINT DEFAULT '0' NOT NULL,
  has_reason BOOLEAN DEFAULT 'false' NOT NULL,
  next_due DATE NOT NULL,
  closed_on DATE,
  closed_why TEXT DEFAULT '' NOT NULL,
  reason_until DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_insurance_task PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_insurance_task_insurance CHECK (insurance IN ('pension', 'medical')),
  CONSTRAINT ck_insurance_task_step CHECK (step IN ('', 'visited', 'enrolled', 'paid', 'refuses', 'elsewhere', 'pupil', 'pension', 'moved', 'other', 'confirmed', 'declined', 'seen', 'left')),
  CONSTRAINT ck_insurance_task_closed_why CHECK (closed_why IN ('', 'insured', 'drawing', 'young', 'left', 'refuses', 'elsewhere', 'pupil', 'pension', 'moved', 'other')),
  CONSTRAINT ck_insurance_task_closed CHECK ((closed_why = '') = (closed_on IS NULL))
);
CREATE INDEX ix_insurance_task_agency_id_insurance_id ON insurance_task (agency_id, insurance, id);
CREATE INDEX ix_insurance_task_agency_id_insurance_reason_until ON insurance_task (agency_id, insurance, reason_until);
CREATE INDEX ix_insurance_task_agency_id_unit_id_desk_id_id ON insurance_task (agency_id, unit_id, desk_id, id);
CREATE UNIQUE INDEX uq_insurance_task_open ON insurance_task (agency_id, insurance, person_hash) WHERE closed_on IS NULL;
ALTER TABLE "insurance_task" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insurance_task" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "insurance_task" TO hedui_desk;
CREATE POLICY desk_select ON "insurance_task" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "insurance_task" TO hedui_desk;
CREATE POLICY desk_insert ON "insurance_task" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "insurance_task" TO hedui_desk;
CREATE POLICY desk_update ON "insurance_task" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "insurance_task" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "insurance_task" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (step, step_by, has_reason, next_due, closed_on, closed_why, reason_until) ON "insurance_task" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "insurance_task" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "insurance_task" TO hedui_township;
CREATE POLICY township_select ON "insurance_task" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (step, step_by, has_reason, next_due) ON "insurance_task" TO hedui_township;
CREATE POLICY township_update ON "insurance_task" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE TABLE insurance_entry (
  task_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  happened_on DATE NOT NULL,
  next_due DATE,
  account_id BIGINT NOT NULL,
  written_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_insurance_entry PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_insurance_entry_kind CHECK (kind IN ('visited', 'enrolled', 'paid', 'refuses', 'elsewhere', 'pupil', 'pension', 'moved', 'other', 'confirmed', 'declined', 'seen', 'left')),
  CONSTRAINT fk_insurance_entry_agency_id_task_id FOREIGN KEY(agency_id, task_id) REFERENCES insurance_task (agency_id, id)
);
CREATE INDEX ix_insurance_entry_agency_id_task_id_id ON insurance_entry (agency_id, task_id, id);
ALTER TABLE "insurance_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insurance_entry" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "insurance_entry" TO hedui_desk;
CREATE POLICY desk_select ON "insurance_entry" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "insurance_entry" TO hedui_desk;
CREATE POLICY desk_insert ON "insurance_entry" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (unit_id, desk_id) ON "insurance_entry" TO hedui_desk;
CREATE POLICY desk_update ON "insurance_entry" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "insurance_entry" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "insurance_entry" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "insurance_entry" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "insurance_entry" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "insurance_entry" TO hedui_township;
CREATE POLICY township_select ON "insurance_entry" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "insurance_entry" TO hedui_township;
CREATE POLICY township_insert ON "insurance_entry" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
