CREATE TABLE coverage_below (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  child_id INTEGER NOT NULL,
  item SMALLINT NOT NULL,
  by_agency_id INTEGER NOT NULL,
  way TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  by_tier TEXT NOT NULL,
  CONSTRAINT pk_coverage_below PRIMARY KEY (agency_id, child_id, item, by_agency_id, way, valid_from),
  CONSTRAINT ck_coverage_below_way CHECK (way IN ('media', 'system', 'store'))
);
ALTER TABLE "coverage_below" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "coverage_below" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "coverage_below" TO hedui_desk;
CREATE POLICY desk_select ON "coverage_below" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "coverage_below" TO hedui_desk;
CREATE POLICY desk_insert ON "coverage_below" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "coverage_below" TO hedui_desk;
CREATE POLICY desk_delete ON "coverage_below" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind
  CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage'));
