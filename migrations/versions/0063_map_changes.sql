CREATE TABLE agency_change (
  id BIGINT DEFAULT next_id() NOT NULL,
  kind TEXT NOT NULL,
  agency_id INTEGER NOT NULL,
  before_id INTEGER DEFAULT '0' NOT NULL,
  after_id INTEGER DEFAULT '0' NOT NULL,
  since DATE NOT NULL,
  document TEXT NOT NULL,
  document_on DATE NOT NULL,
  by_agency_id INTEGER NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_name TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_by BIGINT,
  confirmed_name TEXT DEFAULT '' NOT NULL,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  is_void BOOLEAN DEFAULT 'false' NOT NULL,
  voided_name TEXT DEFAULT '' NOT NULL,
  old_code INTEGER DEFAULT '0' NOT NULL,
  new_code INTEGER DEFAULT '0' NOT NULL,
  old_name TEXT DEFAULT '' NOT NULL,
  new_name TEXT DEFAULT '' NOT NULL,
  new_short_name TEXT DEFAULT '' NOT NULL,
  new_region_name TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_agency_change PRIMARY KEY (id),
  CONSTRAINT ck_agency_change_kind CHECK (kind IN ('move', 'rename', 'merge')),
  CONSTRAINT ck_agency_change_two_people CHECK (recorded_by <> confirmed_by),
  CONSTRAINT ck_agency_change_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT fk_agency_change_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);
CREATE INDEX ix_agency_change_agency_id_since ON agency_change (agency_id, since);
GRANT SELECT ON "agency_change" TO hedui_desk;
GRANT SELECT ON "agency_change" TO hedui_commissioner;
GRANT SELECT ON "agency_change" TO hedui_township;
GRANT SELECT ON "agency_change" TO hedui_liaison;
GRANT SELECT (id, kind, agency_id, before_id, after_id, since, document, document_on, confirmed_at, is_void, old_code, new_code, old_name, new_name) ON "agency_change" TO hedui_public;
GRANT SELECT ON "agency_change" TO hedui_registrar;
GRANT INSERT ON "agency_change" TO hedui_registrar;
GRANT UPDATE ON "agency_change" TO hedui_registrar;
CREATE TABLE agency_turn (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  change_id BIGINT NOT NULL,
  turned_on DATE NOT NULL,
  CONSTRAINT pk_agency_turn PRIMARY KEY (agency_id, change_id)
);
ALTER TABLE "agency_turn" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "agency_turn" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "agency_turn" TO hedui_desk;
CREATE POLICY desk_select ON "agency_turn" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "agency_turn" TO hedui_desk;
CREATE POLICY desk_insert ON "agency_turn" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
DROP INDEX ix_score_sheet_agency_id_child_id_year;
CREATE UNIQUE INDEX ix_score_sheet_agency_id_child_id_year_parent_id ON score_sheet (agency_id, child_id, year, parent_id);
CREATE FUNCTION letter_follows_edge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  edge agency_edge;
  child int := CASE TG_TABLE_NAME WHEN 'letter_up' THEN NEW.from_agency_id ELSE NEW.agency_id END;
  parent int := CASE TG_TABLE_NAME WHEN 'letter_up' THEN NEW.agency_id ELSE NEW.from_agency_id END;
BEGIN
  SELECT * INTO edge FROM agency_edge e WHERE e.child_id = child AND e.parent_id = parent;
  IF edge.valid_from > NEW.sent_on OR edge.valid_to < edge.valid_from
     OR (edge.valid_to < NEW.sent_on AND NEW.kind IN ('entrust', 'coverage', 'holidays')) THEN
    RAISE foreign_key_violation USING MESSAGE = 'no edge of the tree on the day of the letter: '
      || concat_ws(' ', NEW.kind, NEW.from_agency_id, NEW.agency_id, NEW.sent_on);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_up_follows_edge BEFORE INSERT ON letter_up
  FOR EACH ROW EXECUTE FUNCTION letter_follows_edge();
CREATE TRIGGER letter_down_follows_edge BEFORE INSERT ON letter_down
  FOR EACH ROW EXECUTE FUNCTION letter_follows_edge();
