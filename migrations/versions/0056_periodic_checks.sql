CREATE TABLE periodic_batch (
  unit_id INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  period INTEGER NOT NULL,
  of_desk INTEGER DEFAULT '0' NOT NULL,
  checked_before DATE,
  households INTEGER NOT NULL,
  left_out INTEGER DEFAULT '0' NOT NULL,
  sample_percent SMALLINT NOT NULL,
  sample_size INTEGER NOT NULL,
  seed TEXT NOT NULL,
  made_by BIGINT NOT NULL,
  made_on DATE NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_periodic_batch PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_periodic_batch_scheme CHECK (scheme IN ('subsistence', 'extreme_hardship', 'low_income', 'temporary', 'medical', 'housing', 'education'))
);
CREATE INDEX ix_periodic_batch_agency_id_unit_id_id ON periodic_batch (agency_id, unit_id, id);
ALTER TABLE "periodic_batch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "periodic_batch" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "periodic_batch" TO hedui_desk;
CREATE POLICY desk_select ON "periodic_batch" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "periodic_batch" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "periodic_batch" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "periodic_batch" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "periodic_batch" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE periodic_case (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  case_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  batch_id BIGINT NOT NULL,
  former_case BIGINT NOT NULL,
  is_sampled BOOLEAN NOT NULL,
  CONSTRAINT pk_periodic_case PRIMARY KEY (agency_id, case_id),
  CONSTRAINT fk_periodic_case_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_periodic_case_agency_id_batch_id FOREIGN KEY(agency_id, batch_id) REFERENCES periodic_batch (agency_id, id)
);
CREATE INDEX ix_periodic_case_agency_id_batch_id_case_id ON periodic_case (agency_id, batch_id, case_id);
ALTER TABLE "periodic_case" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "periodic_case" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "periodic_case" TO hedui_desk;
CREATE POLICY desk_select ON "periodic_case" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "periodic_case" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "periodic_case" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "periodic_case" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "periodic_case" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
