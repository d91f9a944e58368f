CREATE TABLE decision (
  case_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  from_agency_id INTEGER DEFAULT '0' NOT NULL,
  version SMALLINT NOT NULL,
  replaced_by BIGINT DEFAULT '0' NOT NULL,
  report_id BIGINT,
  outcome TEXT NOT NULL,
  scheme TEXT NOT NULL,
  amount_fen BIGINT,
  decided_on DATE,
  decided_month INTEGER DEFAULT '0' NOT NULL,
  from_period INTEGER DEFAULT '0' NOT NULL,
  sealed BYTEA,
  way TEXT NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorder_name TEXT NOT NULL,
  recorded_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_decision PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_decision_outcome CHECK (outcome IN ('granted', 'refused', 'stopped', 'changed', 'open')),
  CONSTRAINT ck_decision_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education')),
  CONSTRAINT ck_decision_way CHECK (way IN ('page', 'file', 'letter')),
  CONSTRAINT ck_decision_decided CHECK ((outcome = 'open') = (decided_month = 0)),
  CONSTRAINT ck_decision_amount CHECK (amount_fen IS NULL OR amount_fen > 0 AND outcome IN ('granted', 'changed')),
  CONSTRAINT ck_decision_report CHECK ((way = 'letter') = (report_id IS NULL)),
  CONSTRAINT fk_decision_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_decision_agency_id_report_id FOREIGN KEY(agency_id, report_id) REFERENCES report (agency_id, id)
);
CREATE UNIQUE INDEX ix_decision_agency_id_case_id_version ON decision (agency_id, case_id, version);
CREATE INDEX ix_decision_agency_id_decided_month ON decision (agency_id, decided_month);
CREATE INDEX ix_decision_agency_id_unit_id_case_id ON decision (agency_id, unit_id, case_id);
CREATE UNIQUE INDEX uq_decision_current ON decision (agency_id, case_id) WHERE replaced_by = 0;
ALTER TABLE "decision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "decision" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "decision" TO hedui_desk;
CREATE POLICY desk_select ON "decision" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "decision" TO hedui_desk;
CREATE POLICY desk_insert ON "decision" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (replaced_by) ON "decision" TO hedui_desk;
CREATE POLICY desk_update ON "decision" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "decision" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "decision" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "decision" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "decision" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (replaced_by) ON "decision" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "decision" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
ALTER TABLE household_case DROP CONSTRAINT ck_household_case_state;
ALTER TABLE household_case ADD CONSTRAINT ck_household_case_state CHECK (state IN ('prepared', 'accepted', 'submitted', 'discarded', 'returned', 'checking', 'terminated', 'reported', 'closed', 'recalled', 'withdrawn'));
DROP INDEX ix_household_case_news;
CREATE INDEX ix_household_case_news ON household_case (agency_id, id) WHERE state IN ('reported', 'closed') AND has_news;
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite', 'decision'));
