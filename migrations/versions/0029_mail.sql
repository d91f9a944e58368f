CREATE TABLE mail_preference (
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  account_id BIGINT NOT NULL,
  wants TEXT NOT NULL,
  address_sealed BYTEA NOT NULL,
  since DATE NOT NULL,
  code_nonce BYTEA NOT NULL,
  code_at TIMESTAMP WITH TIME ZONE NOT NULL,
  code_tries SMALLINT DEFAULT '0' NOT NULL,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  refused_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_mail_preference PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_mail_preference_wants CHECK (wants IN ('nothing', 'urgent', 'all')),
  CONSTRAINT ck_mail_preference_address CHECK ((wants = 'nothing') = (length(address_sealed) = 0)),
  CONSTRAINT fk_mail_preference_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE UNIQUE INDEX ix_mail_preference_agency_id_account_id ON mail_preference (agency_id, account_id);
ALTER TABLE "mail_preference" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail_preference" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "mail_preference" TO hedui_desk;
CREATE POLICY desk_select ON "mail_preference" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "mail_preference" TO hedui_desk;
CREATE POLICY desk_insert ON "mail_preference" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "mail_preference" TO hedui_desk;
CREATE POLICY desk_update ON "mail_preference" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "mail_preference" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "mail_preference" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "mail_preference" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "mail_preference" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE ON "mail_preference" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "mail_preference" FOR UPDATE TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "mail_preference" TO hedui_township;
CREATE POLICY township_select ON "mail_preference" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "mail_preference" TO hedui_township;
CREATE POLICY township_insert ON "mail_preference" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE ON "mail_preference" TO hedui_township;
CREATE POLICY township_update ON "mail_preference" FOR UPDATE TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "mail_preference" TO hedui_liaison;
CREATE POLICY liaison_select ON "mail_preference" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "mail_preference" TO hedui_liaison;
CREATE POLICY liaison_insert ON "mail_preference" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE ON "mail_preference" TO hedui_liaison;
CREATE POLICY liaison_update ON "mail_preference" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE mail (
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  account_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  day DATE NOT NULL,
  notice_ids BIGINT[] DEFAULT '{}' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts SMALLINT DEFAULT '0' NOT NULL,
  failure TEXT DEFAULT '' NOT NULL,
  answer SMALLINT DEFAULT '0' NOT NULL,
  tried_at TIMESTAMP WITH TIME ZONE,
  sent_at TIMESTAMP WITH TIME ZONE,
  given_up_at TIMESTAMP WITH TIME ZONE,
  dropped_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_mail PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_mail_kind CHECK (kind IN ('digest', 'code')),
  CONSTRAINT ck_mail_ended_once CHECK (num_nonnulls(sent_at, given_up_at, dropped_at) <= 1),
  CONSTRAINT fk_mail_agency_id_account_id FOREIGN KEY(agency_id, account_id) REFERENCES account (agency_id, id)
);
CREATE INDEX ix_mail_agency_id_account_id_id ON mail (agency_id, account_id, id);
CREATE UNIQUE INDEX uq_mail_digest_of_day ON mail (agency_id, account_id, day) WHERE kind = 'digest';
ALTER TABLE "mail" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "mail" TO hedui_desk;
CREATE POLICY desk_select ON "mail" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "mail" TO hedui_desk;
CREATE POLICY desk_insert ON "mail" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "mail" TO hedui_desk;
CREATE POLICY desk_update ON "mail" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "mail" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "mail" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "mail" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "mail" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "mail" TO hedui_township;
CREATE POLICY township_select ON "mail" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "mail" TO hedui_township;
CREATE POLICY township_insert ON "mail" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "mail" TO hedui_liaison;
CREATE POLICY liaison_select ON "mail" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "mail" TO hedui_liaison;
CREATE POLICY liaison_insert ON "mail" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
CREATE TABLE mail_switch (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  is_on BOOLEAN NOT NULL,
  changed_by BIGINT NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_mail_switch PRIMARY KEY (agency_id)
);
ALTER TABLE "mail_switch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail_switch" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "mail_switch" TO hedui_desk;
CREATE POLICY desk_select ON "mail_switch" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "mail_switch" TO hedui_desk;
CREATE POLICY desk_insert ON "mail_switch" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "mail_switch" TO hedui_desk;
CREATE POLICY desk_update ON "mail_switch" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "mail_switch" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "mail_switch" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "mail_switch" TO hedui_township;
CREATE POLICY township_select ON "mail_switch" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "mail_switch" TO hedui_liaison;
CREATE POLICY liaison_select ON "mail_switch" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int);
