CREATE TABLE own_item (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  item SMALLINT NOT NULL,
  title TEXT NOT NULL,
  law_title TEXT NOT NULL,
  law_article TEXT NOT NULL,
  law_text TEXT DEFAULT '' NOT NULL,
  law_file_id BIGINT,
  definition JSONB NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  ended_on DATE,
  CONSTRAINT pk_own_item PRIMARY KEY (agency_id, item),
  CONSTRAINT ck_own_item_item CHECK (mod(item, 100) BETWEEN 51 AND 99 AND item / 100 BETWEEN 1 AND 17),
  CONSTRAINT ck_own_item_law CHECK (law_text <> '' OR law_file_id IS NOT NULL),
  CONSTRAINT ck_own_item_two_operators CHECK (recorded_by <> confirmed_by),
  CONSTRAINT ck_own_item_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT ck_own_item_void CHECK (NOT (is_void AND confirmed_by IS NOT NULL)),
  CONSTRAINT ck_own_item_ended CHECK (ended_on IS NULL OR confirmed_by IS NOT NULL)
);
ALTER TABLE "own_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "own_item" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "own_item" TO hedui_desk;
CREATE POLICY desk_select ON "own_item" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "own_item" TO hedui_desk;
CREATE POLICY desk_insert ON "own_item" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (confirmed_by, confirmed_at, is_void, ended_on) ON "own_item" TO hedui_desk;
CREATE POLICY desk_update ON "own_item" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "own_item" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "own_item" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "own_item" TO hedui_township;
CREATE POLICY township_select ON "own_item" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "own_item" TO hedui_liaison;
CREATE POLICY liaison_select ON "own_item" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind
  CHECK (kind IN ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report', 'made', 'agreement', 'inquiry', 'basis'));
