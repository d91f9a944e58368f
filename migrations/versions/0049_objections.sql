CREATE TABLE finding_replaced (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  finding_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  replaced_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_finding_replaced PRIMARY KEY (agency_id, finding_id),
  CONSTRAINT fk_finding_replaced_agency_id_finding_id FOREIGN KEY(agency_id, finding_id) REFERENCES finding (agency_id, id)
);
CREATE INDEX ix_finding_replaced_agency_id_case_id ON finding_replaced (agency_id, case_id);
ALTER TABLE "finding_replaced" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_replaced" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "finding_replaced" TO hedui_desk;
CREATE POLICY desk_select ON "finding_replaced" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "finding_replaced" TO hedui_desk;
CREATE POLICY desk_insert ON "finding_replaced" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE objection (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  case_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  finding_id BIGINT NOT NULL,
  item SMALLINT NOT NULL,
  by_agency_id INTEGER NOT NULL,
  source_name TEXT NOT NULL,
  source_unit_id INTEGER DEFAULT '0' NOT NULL,
  report_number TEXT DEFAULT '' NOT NULL,
  from_agency_id INTEGER DEFAULT '0' NOT NULL,
  origin_id BIGINT DEFAULT '0' NOT NULL,
  due_on DATE NOT NULL,
  outcome TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_objection PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_objection_state CHECK (state IN ('taken', 'sent', 'rechecking', 'concluded', 'told', 'disputed', 'settled', 'closed')),
  CONSTRAINT ck_objection_outcome CHECK (outcome IN ('', 'upheld', 'corrected', 'source_correcting', 'unanswered')),
  CONSTRAINT fk_objection_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_objection_agency_id_subject_id FOREIGN KEY(agency_id, subject_id) REFERENCES subject (agency_id, id)
);
CREATE INDEX ix_objection_agency_id_case_id ON objection (agency_id, case_id);
CREATE INDEX ix_objection_agency_id_state_id ON objection (agency_id, state, id);
CREATE INDEX ix_objection_agency_id_unit_id_state_id ON objection (agency_id, unit_id, state, id);
CREATE UNIQUE INDEX uq_objection_origin ON objection (agency_id, from_agency_id, origin_id) WHERE origin_id <> 0;
ALTER TABLE "objection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "objection" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "objection" TO hedui_desk;
CREATE POLICY desk_select ON "objection" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "objection" TO hedui_desk;
CREATE POLICY desk_insert ON "objection" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "objection" TO hedui_desk;
CREATE POLICY desk_update ON "objection" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "objection" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "objection" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev) ON "objection" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "objection" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE objection_word (
  objection_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  said_on DATE NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_objection_word PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_objection_word_kind CHECK (kind IN ('says', 'concluded', 'told', 'disputed', 'settled', 'told_settled', 'source_told')),
  CONSTRAINT fk_objection_word_agency_id_objection_id FOREIGN KEY(agency_id, objection_id) REFERENCES objection (agency_id, id)
);
CREATE INDEX ix_objection_word_agency_id_objection_id_id ON objection_word (agency_id, objection_id, id);
ALTER TABLE "objection_word" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "objection_word" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "objection_word" TO hedui_desk;
CREATE POLICY desk_select ON "objection_word" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "objection_word" TO hedui_desk;
CREATE POLICY desk_insert ON "objection_word" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "objection_word" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "objection_word" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "objection_word" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "objection_word" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE objection_duty (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  objection_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  CONSTRAINT pk_objection_duty PRIMARY KEY (agency_id, objection_id, account_id),
  CONSTRAINT ck_objection_duty_step CHECK (step IN ('handle', 'settle')),
  CONSTRAINT fk_objection_duty_agency_id_objection_id FOREIGN KEY(agency_id, objection_id) REFERENCES objection (agency_id, id)
);
ALTER TABLE "objection_duty" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "objection_duty" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "objection_duty" TO hedui_desk;
CREATE POLICY desk_select ON "objection_duty" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "objection_duty" TO hedui_desk;
CREATE POLICY desk_insert ON "objection_duty" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite', 'decision', 'object'));
ALTER TABLE letter_down DROP CONSTRAINT ck_letter_down_kind;
ALTER TABLE letter_down ADD CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage', 'holidays', 'recheck'));
ALTER TABLE exchange_request DROP CONSTRAINT ck_exchange_request_lane;
ALTER TABLE exchange_request ADD CONSTRAINT ck_exchange_request_lane CHECK (lane IN ('regular', 'expedited', 'recheck'));
ALTER TABLE paper DROP CONSTRAINT ck_paper_kind;
ALTER TABLE paper ADD CONSTRAINT ck_paper_kind CHECK (kind IN ('authorisation', 'id_card', 'household_register', 'marriage', 'explanation', 'other', 'change', 'objection', 'letter', 'list'));
