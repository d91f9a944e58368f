CREATE TABLE inspection (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  about TEXT NOT NULL,
  source_unit_id INTEGER DEFAULT '0' NOT NULL,
  first_on DATE NOT NULL,
  last_on DATE NOT NULL,
  purpose TEXT NOT NULL,
  sample_size INTEGER NOT NULL,
  seed BIGINT NOT NULL,
  population INTEGER DEFAULT '0' NOT NULL,
  flagged INTEGER DEFAULT '0' NOT NULL,
  opened_by BIGINT NOT NULL,
  opened_on DATE NOT NULL,
  conclusion TEXT DEFAULT '' NOT NULL,
  follow_up TEXT DEFAULT '' NOT NULL,
  ended_by BIGINT,
  ended_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_inspection PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_inspection_state CHECK (state IN ('drawing', 'judging', 'ended')),
  CONSTRAINT ck_inspection_about CHECK (about IN ('looks', 'sharing')),
  CONSTRAINT ck_inspection_dates CHECK (last_on >= first_on),
  CONSTRAINT ck_inspection_sample_size CHECK (sample_size >= 0)
);
CREATE UNIQUE INDEX ix_inspection_agency_id_number ON inspection (agency_id, number);
ALTER TABLE "inspection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inspection" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "inspection" TO hedui_desk;
CREATE POLICY desk_select ON "inspection" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "inspection" TO hedui_desk;
CREATE POLICY desk_insert ON "inspection" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "inspection" TO hedui_desk;
CREATE POLICY desk_update ON "inspection" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE training (
  held_on DATE NOT NULL,
  topic TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  teacher TEXT NOT NULL,
  remark TEXT DEFAULT '' NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_training PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_training_minutes CHECK (minutes > 0)
);
CREATE INDEX ix_training_agency_id_held_on_id ON training (agency_id, held_on, id);
ALTER TABLE "training" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "training" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "training" TO hedui_desk;
CREATE POLICY desk_select ON "training" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "training" TO hedui_desk;
CREATE POLICY desk_insert ON "training" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE device (
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  model TEXT NOT NULL,
  place TEXT NOT NULL,
  keeper_id BIGINT NOT NULL,
  is_encrypted BOOLEAN NOT NULL,
  in_use_from DATE NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  disposal TEXT DEFAULT '' NOT NULL,
  disposed_on DATE,
  disposed_by BIGINT,
  witness_id BIGINT,
  disposal_note TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_device PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_device_kind CHECK (kind IN ('computer', 'laptop', 'server', 'storage', 'printer', 'other')),
  CONSTRAINT ck_device_disposal CHECK (disposal IN ('', 'destroyed', 'wiped', 'handed_over')),
  CONSTRAINT ck_device_disposed CHECK ((disposal = '') = (disposed_on IS NULL) AND (disposal = '') = (disposed_by IS NULL) AND (disposal = '') = (witness_id IS NULL)),
  CONSTRAINT ck_device_two_people CHECK (witness_id <> disposed_by),
  CONSTRAINT fk_device_agency_id_keeper_id FOREIGN KEY(agency_id, keeper_id) REFERENCES account (agency_id, id)
);
CREATE UNIQUE INDEX ix_device_agency_id_number ON device (agency_id, number);
CREATE INDEX ix_device_kept ON device (agency_id, id) WHERE disposal = '';
ALTER TABLE "device" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "device" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "device" TO hedui_desk;
CREATE POLICY desk_select ON "device" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "device" TO hedui_desk;
CREATE POLICY desk_insert ON "device" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "device" TO hedui_desk;
CREATE POLICY desk_update ON "device" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE inspection_item (
  inspection_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  what TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  account_id BIGINT DEFAULT '0' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  verb TEXT NOT NULL,
  case_id BIGINT DEFAULT '0' NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  source_unit_id INTEGER DEFAULT '0' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  flags TEXT[] DEFAULT '{}' NOT NULL,
  due_on DATE,
  verdict TEXT DEFAULT '' NOT NULL,
  judged_by BIGINT,
  judged_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_inspection_item PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_inspection_item_state CHECK (state IN ('picked', 'answered', 'asked', 'judged')),
  CONSTRAINT ck_inspection_item_what CHECK (what IN ('look', 'request', 'inquiry')),
  CONSTRAINT ck_inspection_item_verdict CHECK (verdict IN ('', 'proper', 'explained', 'breach')),
  CONSTRAINT ck_inspection_item_judged CHECK ((verdict = '') = (judged_by IS NULL)),
  CONSTRAINT ck_inspection_item_not_oneself CHECK (judged_by <> account_id),
  CONSTRAINT fk_inspection_item_agency_id_inspection_id FOREIGN KEY(agency_id, inspection_id) REFERENCES inspection (agency_id, id)
);
CREATE INDEX ix_inspection_item_agency_id_account_id_id ON inspection_item (agency_id, account_id, id);
CREATE INDEX ix_inspection_item_agency_id_inspection_id_id ON inspection_item (agency_id, inspection_id, id);
CREATE UNIQUE INDEX ix_inspection_item_agency_id_inspection_id_what_object_id ON inspection_item (agency_id, inspection_id, what, object_id);
CREATE INDEX ix_inspection_item_asked ON inspection_item (agency_id, account_id) WHERE state = 'asked';
ALTER TABLE "inspection_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inspection_item" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "inspection_item" TO hedui_desk;
CREATE POLICY desk_select ON "inspection_item" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "inspection_item" TO hedui_desk;
CREATE POLICY desk_insert ON "inspection_item" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "inspection_item" TO hedui_desk;
CREATE POLICY desk_update ON "inspection_item" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "inspection_item" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "inspection_item" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev) ON "inspection_item" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "inspection_item" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND state = 'asked') WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND state IN ('asked', 'answered'));
GRANT SELECT ON "inspection_item" TO hedui_township;
CREATE POLICY township_select ON "inspection_item" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (state, rev) ON "inspection_item" TO hedui_township;
CREATE POLICY township_update ON "inspection_item" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int AND state = 'asked') WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int AND state IN ('asked', 'answered'));
GRANT SELECT ON "inspection_item" TO hedui_liaison;
CREATE POLICY liaison_select ON "inspection_item" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (state, rev) ON "inspection_item" TO hedui_liaison;
CREATE POLICY liaison_update ON "inspection_item" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND state = 'asked') WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND state IN ('asked', 'answered'));
CREATE TABLE recusal (
  account_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  relation TEXT NOT NULL,
  id_hash BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  recorded_on DATE NOT NULL,
  ended_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_recusal PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_recusal_relation CHECK (relation IN ('self', 'kin')),
  CONSTRAINT fk_recusal_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_recusal_agency_id_account_id ON recusal (agency_id, account_id);
ALTER TABLE "recusal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "recusal" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "recusal" TO hedui_desk;
CREATE POLICY desk_select ON "recusal" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "recusal" TO hedui_desk;
CREATE POLICY desk_insert ON "recusal" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (ended_on) ON "recusal" TO hedui_desk;
CREATE POLICY desk_update ON "recusal" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "recusal" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "recusal" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "recusal" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "recusal" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (ended_on) ON "recusal" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "recusal" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "recusal" TO hedui_township;
CREATE POLICY township_select ON "recusal" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "recusal" TO hedui_township;
CREATE POLICY township_insert ON "recusal" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE (ended_on) ON "recusal" TO hedui_township;
CREATE POLICY township_update ON "recusal" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "recusal" TO hedui_liaison;
CREATE POLICY liaison_select ON "recusal" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "recusal" TO hedui_liaison;
CREATE POLICY liaison_insert ON "recusal" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (ended_on) ON "recusal" TO hedui_liaison;
CREATE POLICY liaison_update ON "recusal" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE training_part (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  training_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  is_missing BOOLEAN NOT NULL,
  made_up_on DATE,
  CONSTRAINT pk_training_part PRIMARY KEY (agency_id, training_id, account_id),
  CONSTRAINT fk_training_part_agency_id_training_id FOREIGN KEY(agency_id, training_id) REFERENCES training (agency_id, id),
  CONSTRAINT fk_training_part_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_training_part_agency_id_account_id ON training_part (agency_id, account_id);
ALTER TABLE "training_part" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "training_part" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "training_part" TO hedui_desk;
CREATE POLICY desk_select ON "training_part" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "training_part" TO hedui_desk;
CREATE POLICY desk_insert ON "training_part" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (made_up_on) ON "training_part" TO hedui_desk;
CREATE POLICY desk_update ON "training_part" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE undertaking (
  account_id BIGINT NOT NULL,
  signed_on DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  scan_file_id BIGINT NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  void_why TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_undertaking PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_undertaking_dates CHECK (valid_to >= valid_from),
  CONSTRAINT ck_undertaking_not_oneself CHECK (account_id <> recorded_by),
  CONSTRAINT fk_undertaking_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_undertaking_agency_id_account_id_valid_to ON undertaking (agency_id, account_id, valid_to);
CREATE INDEX ix_undertaking_agency_id_valid_to_id ON undertaking (agency_id, valid_to, id);
ALTER TABLE "undertaking" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "undertaking" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "undertaking" TO hedui_desk;
CREATE POLICY desk_select ON "undertaking" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "undertaking" TO hedui_desk;
CREATE POLICY desk_insert ON "undertaking" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (is_void, void_why) ON "undertaking" TO hedui_desk;
CREATE POLICY desk_update ON "undertaking" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE inspection_word (
  item_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  said_on DATE NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_inspection_word PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_inspection_word_kind CHECK (kind IN ('asked', 'answered', 'noted', 'judged')),
  CONSTRAINT fk_inspection_word_agency_id_item_id FOREIGN KEY(agency_id, item_id) REFERENCES inspection_item (agency_id, id)
);
CREATE INDEX ix_inspection_word_agency_id_item_id_id ON inspection_word (agency_id, item_id, id);
ALTER TABLE "inspection_word" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inspection_word" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "inspection_word" TO hedui_desk;
CREATE POLICY desk_select ON "inspection_word" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "inspection_word" TO hedui_desk;
CREATE POLICY desk_insert ON "inspection_word" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "inspection_word" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "inspection_word" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "inspection_word" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "inspection_word" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "inspection_word" TO hedui_township;
CREATE POLICY township_select ON "inspection_word" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "inspection_word" TO hedui_township;
CREATE POLICY township_insert ON "inspection_word" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "inspection_word" TO hedui_liaison;
CREATE POLICY liaison_select ON "inspection_word" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "inspection_word" TO hedui_liaison;
CREATE POLICY liaison_insert ON "inspection_word" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE look_list (
  case_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  asked_as TEXT NOT NULL,
  proof TEXT NOT NULL,
  first_on DATE NOT NULL,
  last_on DATE NOT NULL,
  asked_by BIGINT NOT NULL,
  asked_on DATE NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  file_id BIGINT,
  looks INTEGER DEFAULT '0' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_look_list PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_look_list_asked_as CHECK (asked_as IN ('self', 'guardian')),
  CONSTRAINT ck_look_list_proof CHECK (proof IN ('id_card', 'household_register', 'other')),
  CONSTRAINT ck_look_list_dates CHECK (last_on >= first_on),
  CONSTRAINT fk_look_list_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id),
  CONSTRAINT fk_look_list_agency_id_subject_id FOREIGN KEY(agency_id, subject_id) REFERENCES subject (agency_id, id)
);
CREATE INDEX ix_look_list_agency_id_case_id_id ON look_list (agency_id, case_id, id);
ALTER TABLE "look_list" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "look_list" FORCE ROW LEVEL SECURITY;
GRANT SELECT (agency_id, id, case_id, file_id) ON "look_list" TO hedui_shredder;
CREATE POLICY shredder_select ON "look_list" FOR SELECT TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "look_list" TO hedui_shredder;
CREATE POLICY shredder_delete ON "look_list" FOR DELETE TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "look_list" TO hedui_desk;
CREATE POLICY desk_select ON "look_list" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "look_list" TO hedui_desk;
CREATE POLICY desk_insert ON "look_list" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "look_list" TO hedui_desk;
CREATE POLICY desk_update ON "look_list" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "look_list" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "look_list" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "look_list" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "look_list" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "look_list" TO hedui_township;
CREATE POLICY township_select ON "look_list" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "look_list" TO hedui_township;
CREATE POLICY township_insert ON "look_list" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
CREATE INDEX ix_audit_agency_id_at ON audit (agency_id, at);
CREATE INDEX ix_audit_agency_id_subject_kind_subject_id_at ON audit (agency_id, subject_kind, subject_id, at);
CREATE INDEX ix_audit_agency_id_account_id_at ON audit (agency_id, account_id, at);
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind CHECK (kind IN ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made', 'agreement', 'inquiry', 'basis', 'returned', 'undertaking', 'look_list'));
