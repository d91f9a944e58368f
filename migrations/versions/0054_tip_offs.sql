CREATE TABLE public_contact (
  address TEXT DEFAULT '' NOT NULL,
  hours TEXT DEFAULT '' NOT NULL,
  phone TEXT DEFAULT '' NOT NULL,
  tip_phone TEXT DEFAULT '' NOT NULL,
  tip_email TEXT DEFAULT '' NOT NULL,
  tip_wechat TEXT DEFAULT '' NOT NULL,
  tip_weibo TEXT DEFAULT '' NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_public_contact PRIMARY KEY (agency_id, id)
);
ALTER TABLE "public_contact" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public_contact" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "public_contact" TO hedui_desk;
CREATE POLICY desk_select ON "public_contact" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "public_contact" TO hedui_desk;
CREATE POLICY desk_insert ON "public_contact" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, id, address, hours, phone, tip_phone, tip_email, tip_wechat, tip_weibo) ON "public_contact" TO hedui_public;
CREATE POLICY public_select ON "public_contact" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE tip_off (
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  channel TEXT NOT NULL,
  about TEXT NOT NULL,
  received_on DATE NOT NULL,
  due_on DATE NOT NULL,
  follow_hash TEXT NOT NULL,
  informant_public BYTEA NOT NULL,
  entered_by BIGINT DEFAULT '0' NOT NULL,
  handler_id BIGINT DEFAULT '0' NOT NULL,
  handled_on DATE,
  outcome TEXT DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_tip_off PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_tip_off_state CHECK (state IN ('registered', 'assigned', 'handled', 'closed')),
  CONSTRAINT ck_tip_off_channel CHECK (channel IN ('web', 'phone', 'email', 'wechat', 'weibo', 'visit', 'letter')),
  CONSTRAINT ck_tip_off_about CHECK (about IN ('subject', 'organisation', 'staff', 'other')),
  CONSTRAINT ck_tip_off_outcome CHECK (outcome IN ('', 'true', 'partly', 'untrue', 'unknown', 'referred')),
  CONSTRAINT uq_tip_off_agency_id_id_follow_hash UNIQUE (agency_id, id, follow_hash)
);
CREATE UNIQUE INDEX ix_tip_off_agency_id_follow_hash ON tip_off (agency_id, follow_hash);
CREATE INDEX ix_tip_off_agency_id_handler_id_state ON tip_off (agency_id, handler_id, state);
CREATE UNIQUE INDEX ix_tip_off_agency_id_number ON tip_off (agency_id, number);
CREATE INDEX ix_tip_off_agency_id_state_id ON tip_off (agency_id, state, id);
ALTER TABLE "tip_off" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tip_off" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tip_off" TO hedui_desk;
CREATE POLICY desk_select ON "tip_off" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tip_off" TO hedui_desk;
CREATE POLICY desk_insert ON "tip_off" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "tip_off" TO hedui_desk;
CREATE POLICY desk_update ON "tip_off" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, id, number, state, received_on, due_on, outcome, follow_hash, informant_public) ON "tip_off" TO hedui_public;
CREATE POLICY public_select ON "tip_off" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int AND follow_hash = current_setting('app.follow', true));
GRANT INSERT ON "tip_off" TO hedui_public;
CREATE POLICY public_insert ON "tip_off" FOR INSERT TO hedui_public WITH CHECK (agency_id = current_setting('app.agency_id')::int AND follow_hash = current_setting('app.follow', true));
CREATE TABLE tip_off_word (
  tip_off_id BIGINT NOT NULL,
  follow_hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  said_on DATE NOT NULL,
  account_id BIGINT DEFAULT '0' NOT NULL,
  name TEXT DEFAULT '' NOT NULL,
  once TEXT NOT NULL,
  for_agency BYTEA NOT NULL,
  for_informant BYTEA DEFAULT '' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_tip_off_word PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_tip_off_word_kind CHECK (kind IN ('says', 'adds', 'asks', 'answers', 'finds')),
  CONSTRAINT fk_tip_off_word_agency_id_tip_off_id_follow_hash FOREIGN KEY(agency_id, tip_off_id, follow_hash) REFERENCES tip_off (agency_id, id, follow_hash)
);
CREATE UNIQUE INDEX ix_tip_off_word_agency_id_once ON tip_off_word (agency_id, once);
CREATE INDEX ix_tip_off_word_agency_id_tip_off_id_id ON tip_off_word (agency_id, tip_off_id, id);
ALTER TABLE "tip_off_word" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tip_off_word" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tip_off_word" TO hedui_desk;
CREATE POLICY desk_select ON "tip_off_word" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tip_off_word" TO hedui_desk;
CREATE POLICY desk_insert ON "tip_off_word" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, id, tip_off_id, follow_hash, kind, said_on, for_informant) ON "tip_off_word" TO hedui_public;
CREATE POLICY public_select ON "tip_off_word" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int AND follow_hash = current_setting('app.follow', true));
GRANT INSERT ON "tip_off_word" TO hedui_public;
CREATE POLICY public_insert ON "tip_off_word" FOR INSERT TO hedui_public WITH CHECK (agency_id = current_setting('app.agency_id')::int AND follow_hash = current_setting('app.follow', true));
CREATE TABLE tip_off_duty (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  tip_off_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  CONSTRAINT pk_tip_off_duty PRIMARY KEY (agency_id, tip_off_id, account_id),
  CONSTRAINT ck_tip_off_duty_step CHECK (step IN ('accused', 'involved', 'handle', 'close')),
  CONSTRAINT fk_tip_off_duty_agency_id_tip_off_id FOREIGN KEY(agency_id, tip_off_id) REFERENCES tip_off (agency_id, id)
);
ALTER TABLE "tip_off_duty" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tip_off_duty" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tip_off_duty" TO hedui_desk;
CREATE POLICY desk_select ON "tip_off_duty" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tip_off_duty" TO hedui_desk;
CREATE POLICY desk_insert ON "tip_off_duty" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE tip_off_case (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  tip_off_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  CONSTRAINT pk_tip_off_case PRIMARY KEY (agency_id, tip_off_id, case_id),
  CONSTRAINT fk_tip_off_case_agency_id_tip_off_id FOREIGN KEY(agency_id, tip_off_id) REFERENCES tip_off (agency_id, id),
  CONSTRAINT fk_tip_off_case_agency_id_case_id FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
ALTER TABLE "tip_off_case" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tip_off_case" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tip_off_case" TO hedui_desk;
CREATE POLICY desk_select ON "tip_off_case" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tip_off_case" TO hedui_desk;
CREATE POLICY desk_insert ON "tip_off_case" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "agency_edge" TO hedui_public;
