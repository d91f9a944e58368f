CREATE TABLE holiday_notice (
  year SMALLINT NOT NULL,
  number TEXT NOT NULL,
  words TEXT NOT NULL,
  holidays DATE[] NOT NULL,
  make_up_days DATE[] NOT NULL,
  from_agency_id INTEGER DEFAULT '0' NOT NULL,
  recorded_by BIGINT,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_holiday_notice PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_holiday_notice_two_people CHECK (recorded_by <> confirmed_by),
  CONSTRAINT ck_holiday_notice_own CHECK ((from_agency_id = 0) = (recorded_by IS NOT NULL)),
  CONSTRAINT ck_holiday_notice_confirmed CHECK (from_agency_id <> 0 OR (confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX ix_holiday_notice_agency_id_year ON holiday_notice (agency_id, year);
ALTER TABLE "holiday_notice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "holiday_notice" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "holiday_notice" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "holiday_notice" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "holiday_notice" TO hedui_township;
CREATE POLICY township_select ON "holiday_notice" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "holiday_notice" TO hedui_liaison;
CREATE POLICY liaison_select ON "holiday_notice" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "holiday_notice" TO hedui_public;
CREATE POLICY public_select ON "holiday_notice" FOR SELECT TO hedui_public USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "holiday_notice" TO hedui_desk;
CREATE POLICY desk_select ON "holiday_notice" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "holiday_notice" TO hedui_desk;
CREATE POLICY desk_insert ON "holiday_notice" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "holiday_notice" TO hedui_desk;
CREATE POLICY desk_update ON "holiday_notice" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_down DROP CONSTRAINT ck_letter_down_kind;
ALTER TABLE letter_down ADD CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage', 'holidays'));
