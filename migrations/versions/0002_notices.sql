CREATE TABLE notice (
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  role TEXT NOT NULL,
  account_id BIGINT DEFAULT '0' NOT NULL,
  kind TEXT NOT NULL,
  object_id BIGINT DEFAULT '0' NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  count INTEGER DEFAULT '0' NOT NULL,
  day DATE NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_notice PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_notice_agency_id_kind_object_id ON notice (agency_id, kind, object_id);
CREATE INDEX ix_notice_agency_id_unit_id_desk_id_role_id ON notice (agency_id, unit_id, desk_id, role, id);
ALTER TABLE "notice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "notice" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "notice" TO hedui_desk;
CREATE POLICY desk_select ON "notice" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "notice" TO hedui_desk;
CREATE POLICY desk_insert ON "notice" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "notice" TO hedui_desk;
CREATE POLICY desk_delete ON "notice" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "notice" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "notice" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "notice" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "notice" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "notice" TO hedui_township;
CREATE POLICY township_select ON "notice" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "notice" TO hedui_township;
CREATE POLICY township_insert ON "notice" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "notice" TO hedui_liaison;
CREATE POLICY liaison_select ON "notice" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "notice" TO hedui_liaison;
CREATE POLICY liaison_insert ON "notice" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int);

CREATE TABLE notice_read (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  notice_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  CONSTRAINT pk_notice_read PRIMARY KEY (agency_id, notice_id, account_id),
  CONSTRAINT fk_notice_read_agency_id_notice_id FOREIGN KEY(agency_id, notice_id) REFERENCES notice (agency_id, id) ON DELETE CASCADE
);
ALTER TABLE "notice_read" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "notice_read" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "notice_read" TO hedui_desk;
CREATE POLICY desk_select ON "notice_read" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "notice_read" TO hedui_desk;
CREATE POLICY desk_insert ON "notice_read" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "notice_read" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "notice_read" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "notice_read" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "notice_read" FOR INSERT TO hedui_commissioner WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "notice_read" TO hedui_township;
CREATE POLICY township_select ON "notice_read" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "notice_read" TO hedui_township;
CREATE POLICY township_insert ON "notice_read" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT SELECT ON "notice_read" TO hedui_liaison;
CREATE POLICY liaison_select ON "notice_read" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "notice_read" TO hedui_liaison;
CREATE POLICY liaison_insert ON "notice_read" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);

