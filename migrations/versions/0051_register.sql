CREATE TABLE register_load (
  unit_id INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  source TEXT NOT NULL,
  exported_at TIMESTAMP WITH TIME ZONE NOT NULL,
  told_households INTEGER NOT NULL,
  told_persons INTEGER NOT NULL,
  told_amount_fen BIGINT DEFAULT '0' NOT NULL,
  digest BYTEA NOT NULL,
  file_id BIGINT,
  wants_columns BOOLEAN DEFAULT 'false' NOT NULL,
  households INTEGER DEFAULT '0' NOT NULL,
  persons INTEGER DEFAULT '0' NOT NULL,
  amount_fen BIGINT DEFAULT '0' NOT NULL,
  held_households INTEGER DEFAULT '0' NOT NULL,
  held_persons INTEGER DEFAULT '0' NOT NULL,
  added INTEGER DEFAULT '0' NOT NULL,
  left_count INTEGER DEFAULT '0' NOT NULL,
  changed INTEGER DEFAULT '0' NOT NULL,
  loaded_by BIGINT NOT NULL,
  loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  applied_at TIMESTAMP WITH TIME ZONE,
  ended_why TEXT DEFAULT '' NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_by BIGINT DEFAULT '0' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  faults_sealed BYTEA,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_register_load PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_register_load_ended_why CHECK (ended_why IN ('', 'refused', 'void')),
  CONSTRAINT ck_register_load_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education')),
  CONSTRAINT ck_register_load_two_operators CHECK (loaded_by <> confirmed_by),
  CONSTRAINT ck_register_load_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT ck_register_load_ended CHECK ((ended_why = '') = (ended_at IS NULL)),
  CONSTRAINT fk_register_load_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_register_load_agency_id_scheme_exported_at ON register_load (agency_id, scheme, exported_at);
CREATE UNIQUE INDEX uq_register_load_waiting ON register_load (agency_id, unit_id, scheme) WHERE applied_at IS NULL AND ended_why = '';
ALTER TABLE "register_load" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "register_load" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "register_load" TO hedui_desk;
CREATE POLICY desk_select ON "register_load" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "register_load" TO hedui_desk;
CREATE POLICY desk_insert ON "register_load" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "register_load" TO hedui_desk;
CREATE POLICY desk_update ON "register_load" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE register_layout (
  fingerprint BYTEA NOT NULL,
  layout JSONB NOT NULL,
  said_by BIGINT NOT NULL,
  said_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_register_layout PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ix_register_layout_agency_id_fingerprint ON register_layout (agency_id, fingerprint);
ALTER TABLE "register_layout" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "register_layout" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "register_layout" TO hedui_desk;
CREATE POLICY desk_select ON "register_layout" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "register_layout" TO hedui_desk;
CREATE POLICY desk_insert ON "register_layout" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "register_layout" TO hedui_desk;
CREATE POLICY desk_update ON "register_layout" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE register_row (
  load_id BIGINT NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  person_hash BYTEA NOT NULL,
  household_key BYTEA NOT NULL,
  content_hash BYTEA NOT NULL,
  is_head BOOLEAN NOT NULL,
  is_held BOOLEAN NOT NULL,
  amount_fen BIGINT,
  born_month INTEGER DEFAULT '0' NOT NULL,
  is_male BOOLEAN,
  sealed BYTEA,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_register_row PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_register_row_agency_id_load_id FOREIGN KEY(agency_id, load_id) REFERENCES register_load (agency_id, id)
);
CREATE INDEX ix_register_row_agency_id_load_id_person_hash ON register_row (agency_id, load_id, person_hash);
CREATE INDEX ix_register_row_held ON register_row (agency_id, load_id, household_key) WHERE is_held;
ALTER TABLE "register_row" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "register_row" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "register_row" TO hedui_desk;
CREATE POLICY desk_select ON "register_row" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "register_row" TO hedui_desk;
CREATE POLICY desk_insert ON "register_row" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "register_row" TO hedui_desk;
CREATE POLICY desk_delete ON "register_row" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE assisted_person (
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  scheme TEXT NOT NULL,
  person_hash BYTEA NOT NULL,
  household_key BYTEA NOT NULL,
  content_hash BYTEA NOT NULL,
  is_head BOOLEAN NOT NULL,
  amount_fen BIGINT,
  born_month INTEGER DEFAULT '0' NOT NULL,
  is_male BOOLEAN,
  source TEXT NOT NULL,
  load_id BIGINT DEFAULT '0' NOT NULL,
  case_id BIGINT DEFAULT '0' NOT NULL,
  as_of DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  ended_why TEXT DEFAULT '' NOT NULL,
  ended_as_of DATE,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_assisted_person PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_assisted_person_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education')),
  CONSTRAINT ck_assisted_person_source CHECK (source IN ('decision', 'load')),
  CONSTRAINT ck_assisted_person_ended_why CHECK (ended_why IN ('', 'changed', 'stopped', 'revoked', 'left')),
  CONSTRAINT ck_assisted_person_ended CHECK ((ended_why = '') = (valid_to IS NULL)),
  CONSTRAINT ck_assisted_person_ended_as_of CHECK ((ended_why = '') = (ended_as_of IS NULL)),
  CONSTRAINT ck_assisted_person_days CHECK (valid_to >= valid_from),
  CONSTRAINT ck_assisted_person_case CHECK ((source = 'decision') = (case_id <> 0))
);
CREATE INDEX ix_assisted_person_agency_id_case_id ON assisted_person (agency_id, case_id);
CREATE INDEX ix_assisted_person_agency_id_household_key ON assisted_person (agency_id, household_key);
CREATE INDEX ix_assisted_person_agency_id_scheme_person_hash ON assisted_person (agency_id, scheme, person_hash);
CREATE INDEX ix_assisted_person_agency_id_unit_id_desk_id_id ON assisted_person (agency_id, unit_id, desk_id, id);
CREATE INDEX ix_assisted_person_agency_id_valid_from ON assisted_person (agency_id, valid_from);
CREATE INDEX ix_assisted_person_agency_id_valid_to ON assisted_person (agency_id, valid_to);
CREATE UNIQUE INDEX uq_assisted_person_current ON assisted_person (agency_id, scheme, person_hash) WHERE valid_to IS NULL;
ALTER TABLE "assisted_person" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "assisted_person" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "assisted_person" TO hedui_desk;
CREATE POLICY desk_select ON "assisted_person" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "assisted_person" TO hedui_desk;
CREATE POLICY desk_insert ON "assisted_person" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "assisted_person" TO hedui_desk;
CREATE POLICY desk_update ON "assisted_person" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "assisted_person" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "assisted_person" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "assisted_person" TO hedui_township;
CREATE POLICY township_select ON "assisted_person" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
