CREATE TABLE letter_inquiry (
  unit_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  letter_number TEXT NOT NULL,
  letter_on DATE NOT NULL,
  received_on DATE NOT NULL,
  due_on DATE NOT NULL,
  purpose TEXT NOT NULL,
  items SMALLINT[] NOT NULL,
  lines INTEGER NOT NULL,
  scan_file_id BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
  drafted_by BIGINT,
  drafted_at TIMESTAMP WITH TIME ZONE,
  returned_why TEXT DEFAULT '' NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  stamp TEXT DEFAULT '' NOT NULL,
  package_file_id BIGINT,
  password_sealed BYTEA,
  handed_on DATE,
  handed_how TEXT DEFAULT '' NOT NULL,
  handed_by BIGINT DEFAULT '0' NOT NULL,
  void_on DATE,
  void_by BIGINT DEFAULT '0' NOT NULL,
  void_reason TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_letter_inquiry PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_letter_inquiry_two_operators CHECK (drafted_by <> confirmed_by),
  CONSTRAINT ck_letter_inquiry_drafted CHECK ((drafted_by IS NULL) = (drafted_at IS NULL)),
  CONSTRAINT ck_letter_inquiry_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT ck_letter_inquiry_confirmed_drafted CHECK (confirmed_by IS NULL OR drafted_by IS NOT NULL),
  CONSTRAINT ck_letter_inquiry_handed_confirmed CHECK (handed_on IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT ck_letter_inquiry_void CHECK ((void_reason = '') = (void_on IS NULL)),
  CONSTRAINT fk_letter_inquiry_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE UNIQUE INDEX ix_letter_inquiry_agency_id_number ON letter_inquiry (agency_id, number);
CREATE INDEX ix_letter_inquiry_agency_id_unit_id_letter_number ON letter_inquiry (agency_id, unit_id, letter_number);
ALTER TABLE "letter_inquiry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_inquiry" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_inquiry" TO hedui_desk;
CREATE POLICY desk_select ON "letter_inquiry" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_inquiry" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_inquiry" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "letter_inquiry" TO hedui_desk;
CREATE POLICY desk_update ON "letter_inquiry" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE letter_inquiry_person (
  inquiry_id BIGINT NOT NULL,
  line INTEGER NOT NULL,
  person_hash BYTEA NOT NULL,
  authorised_on DATE,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_letter_inquiry_person PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_letter_inquiry_person_agency_id_inquiry_id FOREIGN KEY(agency_id, inquiry_id) REFERENCES letter_inquiry (agency_id, id)
);
CREATE UNIQUE INDEX ix_letter_inquiry_person_agency_id_inquiry_id_line ON letter_inquiry_person (agency_id, inquiry_id, line);
ALTER TABLE "letter_inquiry_person" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_inquiry_person" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_inquiry_person" TO hedui_desk;
CREATE POLICY desk_select ON "letter_inquiry_person" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_inquiry_person" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_inquiry_person" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE letter_inquiry_answer (
  inquiry_id BIGINT NOT NULL,
  line INTEGER NOT NULL,
  item SMALLINT NOT NULL,
  outcome TEXT DEFAULT '' NOT NULL,
  source TEXT DEFAULT '' NOT NULL,
  source_words TEXT DEFAULT '' NOT NULL,
  as_of DATE,
  answered_by BIGINT DEFAULT '0' NOT NULL,
  sealed BYTEA,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_letter_inquiry_answer PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_letter_inquiry_answer_outcome CHECK (outcome IN ('', 'hit', 'no_record', 'unable', 'refused')),
  CONSTRAINT ck_letter_inquiry_answer_source CHECK (source IN ('', 'store', 'hand', 'rule')),
  CONSTRAINT ck_letter_inquiry_answer_answered CHECK ((outcome = '') = (source = '')),
  CONSTRAINT fk_letter_inquiry_answer_agency_id_inquiry_id FOREIGN KEY(agency_id, inquiry_id) REFERENCES letter_inquiry (agency_id, id)
);
CREATE UNIQUE INDEX ix_letter_inquiry_answer_agency_id_inquiry_id_line_item ON letter_inquiry_answer (agency_id, inquiry_id, line, item);
ALTER TABLE "letter_inquiry_answer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "letter_inquiry_answer" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "letter_inquiry_answer" TO hedui_desk;
CREATE POLICY desk_select ON "letter_inquiry_answer" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "letter_inquiry_answer" TO hedui_desk;
CREATE POLICY desk_insert ON "letter_inquiry_answer" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "letter_inquiry_answer" TO hedui_desk;
CREATE POLICY desk_update ON "letter_inquiry_answer" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
