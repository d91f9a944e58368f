CREATE TABLE archive_file (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  case_id BIGINT NOT NULL,
  case_number TEXT NOT NULL,
  period INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  year SMALLINT NOT NULL,
  closed_on DATE NOT NULL,
  basis TEXT NOT NULL,
  kept_years SMALLINT,
  keep_until DATE,
  shelf TEXT DEFAULT '' NOT NULL,
  missing TEXT[] DEFAULT '{}' NOT NULL,
  incomplete_reason TEXT DEFAULT '' NOT NULL,
  subjects SMALLINT NOT NULL,
  documents INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  digest BYTEA NOT NULL,
  filed_on DATE NOT NULL,
  filed_by BIGINT NOT NULL,
  filer_name TEXT NOT NULL,
  renewed_on DATE,
  destruction_id BIGINT DEFAULT '0' NOT NULL,
  destroyed_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_archive_file PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_archive_file_state CHECK (state IN ('filed', 'proposed', 'destroyed')),
  CONSTRAINT ck_archive_file_basis CHECK (basis IN ('granted', 'changed', 'stopped', 'refused', 'ended', 'contested')),
  CONSTRAINT ck_archive_file_kept CHECK ((kept_years IS NULL) = (keep_until IS NULL)),
  CONSTRAINT ck_archive_file_destroyed CHECK (state <> 'destroyed' OR destroyed_at IS NOT NULL),
  CONSTRAINT ck_archive_file_complete CHECK (cardinality(missing) = 0 OR incomplete_reason <> '')
);
CREATE UNIQUE INDEX ix_archive_file_agency_id_case_id ON archive_file (agency_id, case_id);
CREATE INDEX ix_archive_file_agency_id_destruction_id_id ON archive_file (agency_id, destruction_id, id);
CREATE UNIQUE INDEX ix_archive_file_agency_id_number ON archive_file (agency_id, number);
CREATE INDEX ix_archive_file_agency_id_state_id ON archive_file (agency_id, state, id);
CREATE INDEX ix_archive_file_agency_id_year_id ON archive_file (agency_id, year, id);
CREATE INDEX ix_archive_file_due ON archive_file (agency_id, keep_until, id) WHERE state = 'filed';
ALTER TABLE "archive_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archive_file" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "archive_file" TO hedui_desk;
CREATE POLICY desk_select ON "archive_file" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "archive_file" TO hedui_desk;
CREATE POLICY desk_insert ON "archive_file" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (state, rev, shelf, basis, kept_years, keep_until, missing, incomplete_reason, documents, digest, renewed_on, destruction_id, destroyed_at) ON "archive_file" TO hedui_desk;
CREATE POLICY desk_update ON "archive_file" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE archive_hold (
  archive_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  placed_on DATE NOT NULL,
  placed_by BIGINT NOT NULL,
  placer_name TEXT NOT NULL,
  lifted_on DATE,
  lifted_by BIGINT,
  lifter_name TEXT DEFAULT '' NOT NULL,
  lift_reason TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_archive_hold PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_archive_hold_kind CHECK (kind IN ('tip_off', 'audit', 'litigation', 'other')),
  CONSTRAINT ck_archive_hold_lifted CHECK ((lifted_on IS NULL) = (lifted_by IS NULL)),
  CONSTRAINT fk_archive_hold_agency_id_archive_id FOREIGN KEY(agency_id, archive_id) REFERENCES archive_file (agency_id, id)
);
CREATE INDEX ix_archive_hold_agency_id_archive_id_id ON archive_hold (agency_id, archive_id, id);
CREATE INDEX ix_archive_hold_open ON archive_hold (agency_id, archive_id) WHERE lifted_on IS NULL;
ALTER TABLE "archive_hold" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archive_hold" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "archive_hold" TO hedui_desk;
CREATE POLICY desk_select ON "archive_hold" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "archive_hold" TO hedui_desk;
CREATE POLICY desk_insert ON "archive_hold" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (lifted_on, lifted_by, lifter_name, lift_reason) ON "archive_hold" TO hedui_desk;
CREATE POLICY desk_update ON "archive_hold" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE archive_destruction (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  reason TEXT NOT NULL,
  files INTEGER NOT NULL,
  proposed_on DATE NOT NULL,
  proposed_by BIGINT NOT NULL,
  proposer_name TEXT NOT NULL,
  confirmed_on DATE,
  confirmed_by BIGINT,
  confirmer_name TEXT DEFAULT '' NOT NULL,
  witnessed_on DATE,
  witnessed_by BIGINT,
  witness_name TEXT DEFAULT '' NOT NULL,
  destroyed_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_archive_destruction PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_archive_destruction_state CHECK (state IN ('proposed', 'confirmed', 'turned_down', 'destroying', 'destroyed')),
  CONSTRAINT ck_archive_destruction_two_people CHECK (confirmed_by <> proposed_by),
  CONSTRAINT ck_archive_destruction_witness CHECK (witnessed_by <> proposed_by AND witnessed_by <> confirmed_by),
  CONSTRAINT ck_archive_destruction_confirmed CHECK (state IN ('proposed', 'turned_down') OR confirmed_by IS NOT NULL),
  CONSTRAINT ck_archive_destruction_witnessed CHECK (state NOT IN ('destroying', 'destroyed') OR witnessed_by IS NOT NULL)
);
CREATE INDEX ix_archive_destruction_agency_id_state_id ON archive_destruction (agency_id, state, id);
ALTER TABLE "archive_destruction" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archive_destruction" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "archive_destruction" TO hedui_desk;
CREATE POLICY desk_select ON "archive_destruction" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "archive_destruction" TO hedui_desk;
CREATE POLICY desk_insert ON "archive_destruction" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "archive_destruction" TO hedui_desk;
CREATE POLICY desk_update ON "archive_destruction" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE made_file DROP CONSTRAINT ck_made_file_kind;
ALTER TABLE made_file ADD CONSTRAINT ck_made_file_kind CHECK (kind IN ('print', 'package', 'sheet', 'archive'));
