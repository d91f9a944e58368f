CREATE TABLE medium (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  origin TEXT NOT NULL,
  carrier TEXT NOT NULL,
  label TEXT NOT NULL,
  serial TEXT DEFAULT '' NOT NULL,
  ended_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_medium PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_medium_carrier CHECK (carrier IN ('disc', 'usb', 'drive', 'line')),
  CONSTRAINT ck_medium_origin CHECK (origin IN ('own', 'unit')),
  CONSTRAINT fk_medium_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE UNIQUE INDEX ix_medium_agency_id_label ON medium (agency_id, label);
CREATE INDEX ix_medium_agency_id_request_id ON medium (agency_id, request_id);
CREATE INDEX ix_medium_kept ON medium (agency_id, id) WHERE ended_on IS NULL;
ALTER TABLE "medium" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "medium" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "medium" TO hedui_desk;
CREATE POLICY desk_select ON "medium" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "medium" TO hedui_desk;
CREATE POLICY desk_insert ON "medium" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (ended_on) ON "medium" TO hedui_desk;
CREATE POLICY desk_update ON "medium" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE custody_step (
  unit_id INTEGER NOT NULL,
  medium_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  done_on DATE NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  account_id BIGINT NOT NULL,
  witness_id BIGINT,
  other TEXT DEFAULT '' NOT NULL,
  how TEXT DEFAULT '' NOT NULL,
  why TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_custody_step PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_custody_step_step CHECK (step IN ('written', 'password_told', 'handed_over', 'received_back', 'destroyed', 'wiped', 'returned', 'destroyed_there', 'lost')),
  CONSTRAINT ck_custody_step_two_people CHECK (witness_id <> account_id),
  CONSTRAINT ck_custody_step_witnessed CHECK ((step IN ('destroyed', 'wiped')) = (witness_id IS NOT NULL)),
  CONSTRAINT fk_custody_step_agency_id_medium_id FOREIGN KEY(agency_id, medium_id) REFERENCES medium (agency_id, id)
);
CREATE INDEX ix_custody_step_agency_id_medium_id_id ON custody_step (agency_id, medium_id, id);
CREATE UNIQUE INDEX uq_custody_step_ending ON custody_step (agency_id, medium_id) WHERE step IN ('destroyed', 'wiped', 'returned', 'destroyed_there', 'lost');
ALTER TABLE "custody_step" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "custody_step" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "custody_step" TO hedui_desk;
CREATE POLICY desk_select ON "custody_step" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "custody_step" TO hedui_desk;
CREATE POLICY desk_insert ON "custody_step" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
