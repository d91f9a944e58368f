CREATE TABLE integrity_entry (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  about TEXT NOT NULL,
  id_hash BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  authority TEXT NOT NULL,
  decision_number TEXT NOT NULL,
  decision_on DATE NOT NULL,
  file_id BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  entered_on DATE NOT NULL,
  confirmed_by BIGINT,
  served_on DATE,
  ends_on DATE,
  answer_by DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_integrity_entry PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_integrity_entry_state CHECK (state IN ('proposed', 'confirmed', 'turned_down', 'in_force', 'suspended', 'withdrawn')),
  CONSTRAINT ck_integrity_entry_about CHECK (about IN ('person', 'organisation', 'staff')),
  CONSTRAINT ck_integrity_entry_two_people CHECK (confirmed_by <> entered_by),
  CONSTRAINT ck_integrity_entry_ends CHECK (state <> 'in_force' OR ends_on IS NOT NULL),
  CONSTRAINT fk_integrity_entry_agency_id_file_id FOREIGN KEY(agency_id, file_id) REFERENCES file (agency_id, id)
);
CREATE INDEX ix_integrity_entry_agency_id_id_hash ON integrity_entry (agency_id, id_hash);
CREATE UNIQUE INDEX ix_integrity_entry_agency_id_number ON integrity_entry (agency_id, number);
CREATE INDEX ix_integrity_entry_agency_id_state_id ON integrity_entry (agency_id, state, id);
ALTER TABLE "integrity_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "integrity_entry" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "integrity_entry" TO hedui_desk;
CREATE POLICY desk_select ON "integrity_entry" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "integrity_entry" TO hedui_desk;
CREATE POLICY desk_insert ON "integrity_entry" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "integrity_entry" TO hedui_desk;
CREATE POLICY desk_update ON "integrity_entry" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE integrity_word (
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  said_on DATE NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_integrity_word PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_integrity_word_kind CHECK (kind IN ('served', 'appealed', 'upheld', 'withdrawn', 'told')),
  CONSTRAINT fk_integrity_word_agency_id_entry_id FOREIGN KEY(agency_id, entry_id) REFERENCES integrity_entry (agency_id, id)
);
CREATE INDEX ix_integrity_word_agency_id_entry_id_id ON integrity_word (agency_id, entry_id, id);
ALTER TABLE "integrity_word" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "integrity_word" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "integrity_word" TO hedui_desk;
CREATE POLICY desk_select ON "integrity_word" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "integrity_word" TO hedui_desk;
CREATE POLICY desk_insert ON "integrity_word" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE integrity_duty (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  entry_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  CONSTRAINT pk_integrity_duty PRIMARY KEY (agency_id, entry_id, account_id),
  CONSTRAINT ck_integrity_duty_step CHECK (step IN ('enter', 'confirm', 'decide')),
  CONSTRAINT fk_integrity_duty_agency_id_entry_id FOREIGN KEY(agency_id, entry_id) REFERENCES integrity_entry (agency_id, id)
);
ALTER TABLE "integrity_duty" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "integrity_duty" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "integrity_duty" TO hedui_desk;
CREATE POLICY desk_select ON "integrity_duty" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "integrity_duty" TO hedui_desk;
CREATE POLICY desk_insert ON "integrity_duty" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE integrity_dispatch (
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  way TEXT NOT NULL,
  sent_on DATE NOT NULL,
  sent_by BIGINT NOT NULL,
  file_id BIGINT NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_integrity_dispatch PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_integrity_dispatch_kind CHECK (kind IN ('disclosed', 'withdrawn')),
  CONSTRAINT ck_integrity_dispatch_way CHECK (way IN ('hand', 'post', 'platform')),
  CONSTRAINT fk_integrity_dispatch_agency_id_entry_id FOREIGN KEY(agency_id, entry_id) REFERENCES integrity_entry (agency_id, id),
  CONSTRAINT fk_integrity_dispatch_agency_id_file_id FOREIGN KEY(agency_id, file_id) REFERENCES file (agency_id, id)
);
CREATE UNIQUE INDEX ix_integrity_dispatch_agency_id_entry_id_kind_recipient ON integrity_dispatch (agency_id, entry_id, kind, recipient);
ALTER TABLE "integrity_dispatch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "integrity_dispatch" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "integrity_dispatch" TO hedui_desk;
CREATE POLICY desk_select ON "integrity_dispatch" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "integrity_dispatch" TO hedui_desk;
CREATE POLICY desk_insert ON "integrity_dispatch" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
