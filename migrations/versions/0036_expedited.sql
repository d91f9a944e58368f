CREATE TABLE expedition (
  case_id BIGINT NOT NULL,
  allowed_agency_id INTEGER NOT NULL,
  allowed_by BIGINT DEFAULT '0' NOT NULL,
  allowed_name TEXT NOT NULL,
  allowed_on DATE NOT NULL,
  allowed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason TEXT NOT NULL,
  aid_on DATE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_expedition PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_expedition_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_expedition_allowed_agency_id FOREIGN KEY(allowed_agency_id) REFERENCES agency (id)
);
CREATE UNIQUE INDEX ix_expedition_agency_id_case_id ON expedition (agency_id, case_id);
ALTER TABLE "expedition" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "expedition" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "expedition" TO hedui_desk;
CREATE POLICY desk_select ON "expedition" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "expedition" TO hedui_desk;
CREATE POLICY desk_insert ON "expedition" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE household_case ADD COLUMN lane TEXT DEFAULT 'regular' NOT NULL;
ALTER TABLE household_case ADD CONSTRAINT ck_household_case_lane CHECK (lane IN ('regular', 'expedited'));
ALTER TABLE letter_out ADD COLUMN lane TEXT DEFAULT 'regular' NOT NULL;
ALTER TABLE letter_out ADD CONSTRAINT ck_letter_out_lane CHECK (lane IN ('regular', 'expedited'));
DROP INDEX uq_letter_out_prepared;
CREATE UNIQUE INDEX uq_letter_out_prepared ON letter_out (agency_id, parent_id, period, kind, lane) WHERE state = 'prepared';
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite'));
