CREATE TABLE temporary_application (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER NOT NULL,
  locality TEXT NOT NULL,
  applied_on DATE NOT NULL,
  period SMALLINT NOT NULL,
  consent_on DATE NOT NULL,
  consent_until DATE NOT NULL,
  person_hash BYTEA NOT NULL,
  rule_id BIGINT DEFAULT '0' NOT NULL,
  amount_fen BIGINT DEFAULT '0' NOT NULL,
  refused_ground TEXT DEFAULT '' NOT NULL,
  decided_on DATE,
  taken_by BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_application PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_application_state CHECK (state IN ('applied', 'visited', 'withdrawn', 'determining', 'granted', 'refused', 'returned', 'listed', 'paid', 'released')),
  CONSTRAINT ck_temporary_application_locality CHECK (locality IN ('work', 'residence')),
  CONSTRAINT ck_temporary_application_refused_ground CHECK (refused_ground IN ('', 'income', 'insured', 'subsistence', 'elsewhere', 'other')),
  CONSTRAINT ck_temporary_application_consent CHECK (consent_until >= consent_on)
);
CREATE INDEX ix_temporary_application_agency_id_state_id ON temporary_application (agency_id, state, id);
CREATE INDEX ix_temporary_application_agency_id_unit_id_desk_id_id ON temporary_application (agency_id, unit_id, desk_id, id);
CREATE UNIQUE INDEX uq_temporary_application_open ON temporary_application (agency_id, person_hash, period) WHERE state NOT IN ('refused', 'withdrawn', 'released');
ALTER TABLE "temporary_application" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_application" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_application" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_application" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_application" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_application" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "temporary_application" TO hedui_desk;
CREATE POLICY desk_update ON "temporary_application" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_application" TO hedui_township;
CREATE POLICY township_select ON "temporary_application" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "temporary_application" TO hedui_township;
CREATE POLICY township_insert ON "temporary_application" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (state, rev) ON "temporary_application" TO hedui_township;
CREATE POLICY township_update ON "temporary_application" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE TABLE temporary_list (
  number TEXT NOT NULL,
  persons INTEGER NOT NULL,
  amount_fen BIGINT NOT NULL,
  check_value TEXT NOT NULL,
  made_by BIGINT NOT NULL,
  made_on DATE NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_list PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ix_temporary_list_agency_id_number ON temporary_list (agency_id, number);
ALTER TABLE "temporary_list" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_list" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_list" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_list" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_list" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_list" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE temporary_rule (
  key UUID NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  by_agency_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  valid_from DATE NOT NULL,
  amount_fen BIGINT NOT NULL,
  standard TEXT NOT NULL,
  procedure TEXT NOT NULL,
  proposed_by BIGINT NOT NULL,
  proposed_name TEXT NOT NULL,
  proposed_on DATE NOT NULL,
  decided_by BIGINT DEFAULT '0' NOT NULL,
  decided_name TEXT DEFAULT '' NOT NULL,
  decided_on DATE,
  words TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_rule PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_rule_state CHECK (state IN ('proposed', 'in_force', 'turned_down')),
  CONSTRAINT ck_temporary_rule_amount CHECK (amount_fen > 0),
  CONSTRAINT ck_temporary_rule_two_people CHECK (decided_by <> proposed_by OR unit_id = 0)
);
CREATE UNIQUE INDEX ix_temporary_rule_agency_id_key ON temporary_rule (agency_id, key);
CREATE INDEX ix_temporary_rule_agency_id_state_valid_from ON temporary_rule (agency_id, state, valid_from);
CREATE INDEX ix_temporary_rule_agency_id_unit_id_id ON temporary_rule (agency_id, unit_id, id);
ALTER TABLE "temporary_rule" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_rule" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_rule" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_rule" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_rule" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_rule" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_rule" TO hedui_liaison;
CREATE POLICY liaison_select ON "temporary_rule" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev, decided_by, decided_name, decided_on, words) ON "temporary_rule" TO hedui_liaison;
CREATE POLICY liaison_update ON "temporary_rule" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE temporary_ask (
  application_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  asked_on DATE NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  is_taken BOOLEAN NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_ask PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_temporary_ask_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE INDEX ix_temporary_ask_agency_id_application_id_id ON temporary_ask (agency_id, application_id, id);
CREATE INDEX ix_temporary_ask_agency_id_asked_on ON temporary_ask (agency_id, asked_on);
ALTER TABLE "temporary_ask" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_ask" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_ask" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_ask" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_ask" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_ask" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE temporary_check (
  application_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  source TEXT NOT NULL,
  as_of DATE NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_check PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_check_kind CHECK (kind IN ('income', 'insured', 'subsistence', 'elsewhere')),
  CONSTRAINT ck_temporary_check_outcome CHECK (outcome IN ('met', 'not_met', 'unknown')),
  CONSTRAINT ck_temporary_check_source CHECK (source IN ('store', 'register', 'ledger', 'document', 'visit')),
  CONSTRAINT ck_temporary_check_ledger CHECK ((kind = 'elsewhere') = (source = 'ledger')),
  CONSTRAINT fk_temporary_check_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE INDEX ix_temporary_check_agency_id_application_id_id ON temporary_check (agency_id, application_id, id);
ALTER TABLE "temporary_check" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_check" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_check" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_check" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_check" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_check" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE temporary_claim (
  application_id BIGINT NOT NULL,
  province SMALLINT NOT NULL,
  period SMALLINT NOT NULL,
  claim_hash BYTEA NOT NULL,
  standing TEXT NOT NULL,
  held_on DATE NOT NULL,
  changed_on DATE,
  asked_by BIGINT DEFAULT '0' NOT NULL,
  released_by BIGINT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_claim PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_claim_standing CHECK (standing IN ('held', 'paid', 'released')),
  CONSTRAINT ck_temporary_claim_two_people CHECK ((standing = 'released') = (released_by IS NOT NULL) AND (released_by IS NULL OR asked_by <> 0 AND released_by <> asked_by)),
  CONSTRAINT fk_temporary_claim_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE INDEX ix_temporary_claim_agency_id_application_id ON temporary_claim (agency_id, application_id);
CREATE UNIQUE INDEX uq_temporary_claim_once ON temporary_claim (province, period, claim_hash) WHERE standing <> 'released';
ALTER TABLE "temporary_claim" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_claim" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_claim" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_claim" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_claim" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_claim" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (standing, asked_by, released_by, changed_on) ON "temporary_claim" TO hedui_desk;
CREATE POLICY desk_update ON "temporary_claim" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE temporary_paper (
  application_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  file_id BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  uploaded_by BIGINT NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_paper PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_paper_kind CHECK (kind IN ('consent', 'identity', 'proof')),
  CONSTRAINT fk_temporary_paper_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE INDEX ix_temporary_paper_agency_id_application_id_id ON temporary_paper (agency_id, application_id, id);
CREATE INDEX ix_temporary_paper_agency_id_unit_id_desk_id_id ON temporary_paper (agency_id, unit_id, desk_id, id);
ALTER TABLE "temporary_paper" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_paper" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_paper" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_paper" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_paper" TO hedui_township;
CREATE POLICY township_select ON "temporary_paper" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "temporary_paper" TO hedui_township;
CREATE POLICY township_insert ON "temporary_paper" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE TABLE temporary_payment (
  list_id BIGINT NOT NULL,
  application_id BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  paid_on DATE,
  voucher TEXT DEFAULT '' NOT NULL,
  proved_by BIGINT DEFAULT '0' NOT NULL,
  returned_on DATE,
  returned_why TEXT DEFAULT '' NOT NULL,
  returned_by BIGINT DEFAULT '0' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_payment PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_payment_proof CHECK ((paid_on IS NULL) = (voucher = '')),
  CONSTRAINT ck_temporary_payment_returned CHECK ((returned_on IS NULL) = (returned_why = '')),
  CONSTRAINT fk_temporary_payment_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id),
  CONSTRAINT fk_temporary_payment_agency_id_list_id FOREIGN KEY(agency_id, list_id) REFERENCES temporary_list (agency_id, id)
);
CREATE INDEX ix_temporary_payment_agency_id_application_id_id ON temporary_payment (agency_id, application_id, id);
CREATE INDEX ix_temporary_payment_agency_id_list_id_id ON temporary_payment (agency_id, list_id, id);
ALTER TABLE "temporary_payment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_payment" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_payment" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_payment" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_payment" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_payment" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (paid_on, voucher, proved_by, returned_on, returned_why, returned_by) ON "temporary_payment" TO hedui_desk;
CREATE POLICY desk_update ON "temporary_payment" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE temporary_referral (
  unit_id INTEGER NOT NULL,
  application_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  put_on DATE NOT NULL,
  put_by BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  all_met BOOLEAN NOT NULL,
  outcome TEXT DEFAULT '' NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_referral PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_referral_outcome CHECK (outcome IN ('', 'granted', 'refused')),
  CONSTRAINT fk_temporary_referral_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE UNIQUE INDEX ix_temporary_referral_agency_id_application_id ON temporary_referral (agency_id, application_id);
CREATE INDEX ix_temporary_referral_agency_id_unit_id_id ON temporary_referral (agency_id, unit_id, id);
ALTER TABLE "temporary_referral" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_referral" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_referral" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_referral" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_referral" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_referral" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (outcome) ON "temporary_referral" TO hedui_desk;
CREATE POLICY desk_update ON "temporary_referral" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_referral" TO hedui_liaison;
CREATE POLICY liaison_select ON "temporary_referral" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE temporary_verdict (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  application_id BIGINT NOT NULL,
  side TEXT NOT NULL,
  unit_id INTEGER NOT NULL,
  agrees BOOLEAN NOT NULL,
  ground TEXT NOT NULL,
  amount_fen BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  decided_on DATE NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  CONSTRAINT pk_temporary_verdict PRIMARY KEY (agency_id, application_id, side),
  CONSTRAINT ck_temporary_verdict_side CHECK (side IN ('civil', 'bureau')),
  CONSTRAINT ck_temporary_verdict_ground CHECK (ground IN ('', 'income', 'insured', 'subsistence', 'elsewhere', 'other')),
  CONSTRAINT ck_temporary_verdict_refusal CHECK (agrees = (ground = '')),
  CONSTRAINT ck_temporary_verdict_unit CHECK ((side = 'civil') = (unit_id = 0)),
  CONSTRAINT fk_temporary_verdict_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE UNIQUE INDEX ix_temporary_verdict_agency_id_application_id_account_id ON temporary_verdict (agency_id, application_id, account_id);
ALTER TABLE "temporary_verdict" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_verdict" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_verdict" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_verdict" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "temporary_verdict" TO hedui_desk;
CREATE POLICY desk_insert ON "temporary_verdict" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_verdict" TO hedui_liaison;
CREATE POLICY liaison_select ON "temporary_verdict" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "temporary_verdict" TO hedui_liaison;
CREATE POLICY liaison_insert ON "temporary_verdict" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE temporary_visit (
  application_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  desk_id INTEGER NOT NULL,
  visited_on DATE NOT NULL,
  proposal TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_temporary_visit PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_temporary_visit_proposal CHECK (proposal IN ('grant', 'refuse')),
  CONSTRAINT fk_temporary_visit_agency_id_application_id FOREIGN KEY(agency_id, application_id) REFERENCES temporary_application (agency_id, id)
);
CREATE INDEX ix_temporary_visit_agency_id_application_id_id ON temporary_visit (agency_id, application_id, id);
CREATE INDEX ix_temporary_visit_agency_id_unit_id_desk_id_id ON temporary_visit (agency_id, unit_id, desk_id, id);
ALTER TABLE "temporary_visit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "temporary_visit" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "temporary_visit" TO hedui_desk;
CREATE POLICY desk_select ON "temporary_visit" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "temporary_visit" TO hedui_township;
CREATE POLICY township_select ON "temporary_visit" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "temporary_visit" TO hedui_township;
CREATE POLICY township_insert ON "temporary_visit" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
ALTER TABLE letter_down DROP CONSTRAINT ck_letter_down_kind;
ALTER TABLE letter_down ADD CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage', 'holidays', 'recheck', 'evaluation', 'upload', 'temporary_rule'));
ALTER TABLE account_role DROP CONSTRAINT ck_account_role_role;
ALTER TABLE account_role ADD CONSTRAINT ck_account_role_role CHECK (role IN ('intake_officer', 'reviewer', 'report_issuer', 'exchange_operator', 'director', 'system_administrator', 'security_administrator', 'audit_administrator', 'department_clerk', 'desk_clerk', 'liaison', 'joint_determiner'));
