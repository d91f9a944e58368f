CREATE TABLE score_sheet (
  state TEXT NOT NULL,
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  key UUID NOT NULL,
  year SMALLINT NOT NULL,
  parent_id INTEGER NOT NULL,
  child_id INTEGER NOT NULL,
  set_words TEXT DEFAULT '' NOT NULL,
  set_name TEXT DEFAULT '' NOT NULL,
  set_on DATE NOT NULL,
  self_words TEXT DEFAULT '' NOT NULL,
  self_name TEXT DEFAULT '' NOT NULL,
  self_on DATE,
  score_words TEXT DEFAULT '' NOT NULL,
  scored_by BIGINT DEFAULT '0' NOT NULL,
  score_name TEXT DEFAULT '' NOT NULL,
  score_on DATE,
  reply_words TEXT DEFAULT '' NOT NULL,
  reply_name TEXT DEFAULT '' NOT NULL,
  reply_on DATE,
  settle_words TEXT DEFAULT '' NOT NULL,
  settled_by BIGINT DEFAULT '0' NOT NULL,
  settle_name TEXT DEFAULT '' NOT NULL,
  settle_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_score_sheet PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_score_sheet_state CHECK (state IN ('set', 'assessed', 'scored', 'final', 'contested')),
  CONSTRAINT ck_score_sheet_settled_by_another CHECK (scored_by = 0 OR scored_by <> settled_by)
);
CREATE UNIQUE INDEX ix_score_sheet_agency_id_child_id_year ON score_sheet (agency_id, child_id, year);
CREATE UNIQUE INDEX ix_score_sheet_agency_id_key ON score_sheet (agency_id, key);
CREATE INDEX ix_score_sheet_agency_id_year ON score_sheet (agency_id, year);
ALTER TABLE "score_sheet" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "score_sheet" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "score_sheet" TO hedui_desk;
CREATE POLICY desk_select ON "score_sheet" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "score_sheet" TO hedui_desk;
CREATE POLICY desk_insert ON "score_sheet" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "score_sheet" TO hedui_desk;
CREATE POLICY desk_update ON "score_sheet" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE score_item (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  sheet_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  position SMALLINT NOT NULL,
  title TEXT NOT NULL,
  measure TEXT DEFAULT '' NOT NULL,
  weight SMALLINT NOT NULL,
  target SMALLINT DEFAULT '0' NOT NULL,
  self_tenths SMALLINT,
  score_tenths SMALLINT,
  settle_tenths SMALLINT,
  CONSTRAINT pk_score_item PRIMARY KEY (agency_id, sheet_id, code),
  CONSTRAINT ck_score_item_within_weight CHECK (coalesce(self_tenths, 0) BETWEEN 0 AND weight * 10 AND coalesce(score_tenths, 0) BETWEEN 0 AND weight * 10 AND coalesce(settle_tenths, 0) BETWEEN 0 AND weight * 10),
  CONSTRAINT fk_score_item_agency_id_sheet_id FOREIGN KEY(agency_id, sheet_id) REFERENCES score_sheet (agency_id, id)
);
ALTER TABLE "score_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "score_item" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "score_item" TO hedui_desk;
CREATE POLICY desk_select ON "score_item" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "score_item" TO hedui_desk;
CREATE POLICY desk_insert ON "score_item" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "score_item" TO hedui_desk;
CREATE POLICY desk_update ON "score_item" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite', 'decision', 'object', 'tally', 'evaluation'));
ALTER TABLE letter_down DROP CONSTRAINT ck_letter_down_kind;
ALTER TABLE letter_down ADD CONSTRAINT ck_letter_down_kind CHECK (kind IN ('report', 'hand_back', 'terminate', 'coverage', 'holidays', 'recheck', 'evaluation'));
