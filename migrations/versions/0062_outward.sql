CREATE TABLE outward_list (
  flow TEXT NOT NULL,
  number TEXT NOT NULL,
  key UUID NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  base_id BIGINT DEFAULT '0' NOT NULL,
  base_as_of DATE,
  as_of DATE NOT NULL,
  added INTEGER DEFAULT '0' NOT NULL,
  changed INTEGER DEFAULT '0' NOT NULL,
  ended INTEGER DEFAULT '0' NOT NULL,
  total INTEGER NOT NULL,
  unknown INTEGER DEFAULT '0' NOT NULL,
  schemes JSONB NOT NULL,
  stamp TEXT NOT NULL,
  rows_file_id BIGINT NOT NULL,
  package_file_id BIGINT,
  password_sealed BYTEA,
  made_by BIGINT DEFAULT '0' NOT NULL,
  made_on DATE NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  sent_by BIGINT,
  sent_on DATE,
  sent_how TEXT DEFAULT '' NOT NULL,
  acknowledged_on DATE,
  acknowledged_by BIGINT DEFAULT '0' NOT NULL,
  receipt TEXT DEFAULT '' NOT NULL,
  received INTEGER,
  explanation TEXT DEFAULT '' NOT NULL,
  explained_by BIGINT DEFAULT '0' NOT NULL,
  ended_why TEXT DEFAULT '' NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_by BIGINT DEFAULT '0' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_outward_list PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_outward_list_ended_why CHECK (ended_why IN ('', 'void', 'overtaken', 'refused')),
  CONSTRAINT ck_outward_list_base CHECK ((base_id = 0) = (base_as_of IS NULL)),
  CONSTRAINT ck_outward_list_confirmed CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
  CONSTRAINT ck_outward_list_sent CHECK ((sent_on IS NULL) = (sent_by IS NULL)),
  CONSTRAINT ck_outward_list_sent_confirmed CHECK (sent_on IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT ck_outward_list_two_operators CHECK (sent_by <> confirmed_by OR sent_by = 0),
  CONSTRAINT ck_outward_list_acknowledged_sent CHECK (acknowledged_on IS NULL OR sent_on IS NOT NULL),
  CONSTRAINT ck_outward_list_ended CHECK ((ended_why = '') = (ended_at IS NULL))
);
CREATE INDEX ix_outward_list_agency_id_flow_id ON outward_list (agency_id, flow, id);
CREATE UNIQUE INDEX ix_outward_list_agency_id_key ON outward_list (agency_id, key);
CREATE UNIQUE INDEX uq_outward_list_day ON outward_list (agency_id, flow, as_of) WHERE ended_why = '';
ALTER TABLE "outward_list" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "outward_list" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "outward_list" TO hedui_desk;
CREATE POLICY desk_select ON "outward_list" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "outward_list" TO hedui_desk;
CREATE POLICY desk_insert ON "outward_list" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "outward_list" TO hedui_desk;
CREATE POLICY desk_update ON "outward_list" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE held_person (
  by_agency_id INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  person_hash BYTEA NOT NULL,
  household_key BYTEA NOT NULL,
  content_hash BYTEA NOT NULL,
  is_head BOOLEAN NOT NULL,
  amount_fen BIGINT,
  born_month INTEGER DEFAULT '0' NOT NULL,
  is_male BOOLEAN,
  as_of DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  ended_why TEXT DEFAULT '' NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_held_person PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_held_person_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education')),
  CONSTRAINT ck_held_person_ended_why CHECK (ended_why IN ('', 'changed', 'stopped', 'revoked', 'left', 'replaced', 'over_age', 'died')),
  CONSTRAINT ck_held_person_ended CHECK ((ended_why = '') = (valid_to IS NULL)),
  CONSTRAINT ck_held_person_days CHECK (valid_to >= valid_from)
);
CREATE INDEX ix_held_person_agency_id_valid_from ON held_person (agency_id, valid_from);
CREATE INDEX ix_held_person_agency_id_valid_to ON held_person (agency_id, valid_to);
CREATE UNIQUE INDEX uq_held_person_current ON held_person (agency_id, by_agency_id, scheme, person_hash) WHERE valid_to IS NULL;
ALTER TABLE "held_person" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "held_person" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "held_person" TO hedui_desk;
CREATE POLICY desk_select ON "held_person" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "held_person" TO hedui_desk;
CREATE POLICY desk_insert ON "held_person" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "held_person" TO hedui_desk;
CREATE POLICY desk_update ON "held_person" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE tier_count (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  by_agency_id INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  child_id INTEGER NOT NULL,
  told_as_of DATE NOT NULL,
  told_number TEXT NOT NULL,
  told_households INTEGER NOT NULL,
  told_persons INTEGER NOT NULL,
  held_key UUID,
  kept_key UUID,
  held_as_of DATE,
  held_households INTEGER DEFAULT '0' NOT NULL,
  held_persons INTEGER DEFAULT '0' NOT NULL,
  differs_since DATE,
  explanation TEXT DEFAULT '' NOT NULL,
  explained_by BIGINT DEFAULT '0' NOT NULL,
  explained_on DATE,
  CONSTRAINT pk_tier_count PRIMARY KEY (agency_id, by_agency_id, scheme),
  CONSTRAINT ck_tier_count_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education'))
);
ALTER TABLE "tier_count" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tier_count" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tier_count" TO hedui_desk;
CREATE POLICY desk_select ON "tier_count" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tier_count" TO hedui_desk;
CREATE POLICY desk_insert ON "tier_count" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "tier_count" TO hedui_desk;
CREATE POLICY desk_update ON "tier_count" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite', 'decision', 'object', 'tally', 'evaluation', 'upload'));
ALTER TABLE letter_down DROP CONSTRAINT ck_letter_down_kind;
ALTER TABLE letter_down ADD CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage', 'holidays', 'recheck', 'evaluation', 'upload'));
