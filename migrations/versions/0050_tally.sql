CREATE TABLE tally (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  child_id INTEGER NOT NULL,
  by_agency_id INTEGER NOT NULL,
  period INTEGER NOT NULL,
  measure TEXT NOT NULL,
  value INTEGER,
  counted_on DATE NOT NULL,
  CONSTRAINT pk_tally PRIMARY KEY (agency_id, child_id, by_agency_id, period, measure),
  CONSTRAINT ck_tally_measure CHECK (measure IN ('open', 'late', 'reported', 'over', 'ended', 'returned', 'objections', 'corrected', 'requests', 'answered', 'answered_late', 'extended', 'unanswered'))
);
CREATE INDEX ix_tally_agency_id_period ON tally (agency_id, period);
ALTER TABLE "tally" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tally" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "tally" TO hedui_desk;
CREATE POLICY desk_select ON "tally" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "tally" TO hedui_desk;
CREATE POLICY desk_insert ON "tally" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "tally" TO hedui_desk;
CREATE POLICY desk_delete ON "tally" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind CHECK (kind IN ('entrust', 'supplement', 'recall', 'withdraw', 'coverage', 'expedite', 'decision', 'object', 'tally'));
