ALTER TABLE account ADD COLUMN person_id BIGINT;
UPDATE account SET person_id = id;
ALTER TABLE account ALTER COLUMN person_id SET NOT NULL;
ALTER TABLE account ALTER COLUMN person_id SET DEFAULT next_id();
CREATE INDEX ix_account_agency_id_person_id ON account (agency_id, person_id);
CREATE UNIQUE INDEX ix_account_one_desk_each ON account (agency_id, person_id) WHERE kind = 'staff';
ALTER TABLE event ADD COLUMN absent_id BIGINT DEFAULT '0' NOT NULL;

CREATE TABLE stand_in (
  account_id BIGINT NOT NULL,
  absent_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  reason TEXT NOT NULL,
  filed_by BIGINT NOT NULL,
  filed_on DATE NOT NULL,
  ended_by BIGINT,
  ended_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_stand_in PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_stand_in_not_oneself CHECK (account_id <> absent_id),
  CONSTRAINT ck_stand_in_dates CHECK (valid_to >= valid_from),
  CONSTRAINT ck_stand_in_reason CHECK (reason IN ('leave', 'training', 'travel', 'vacancy', 'other')),
  CONSTRAINT fk_stand_in_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id),
  CONSTRAINT fk_stand_in_agency_id_absent_id FOREIGN KEY(agency_id, absent_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_stand_in_agency_id_absent_id_valid_to ON stand_in (agency_id, absent_id, valid_to);
CREATE INDEX ix_stand_in_agency_id_account_id_valid_to ON stand_in (agency_id, account_id, valid_to);
ALTER TABLE "stand_in" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "stand_in" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "stand_in" TO hedui_desk;
CREATE POLICY desk_select ON "stand_in" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "stand_in" TO hedui_desk;
CREATE POLICY desk_insert ON "stand_in" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (ended_by, ended_on) ON "stand_in" TO hedui_desk;
CREATE POLICY desk_update ON "stand_in" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "stand_in" TO hedui_public;
CREATE POLICY public_select ON "stand_in" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);

