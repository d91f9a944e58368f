-- As it was at this revision; see tests/architecture/test_wall.py.
CREATE TABLE paper_tick (
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  entrustment_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  what TEXT NOT NULL,
  ticked_by BIGINT NOT NULL,
  ticked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_paper_tick PRIMARY KEY (agency_id, entrustment_id, case_id, subject_id, what),
  CONSTRAINT ck_paper_tick_what CHECK (what IN ('letter_seal', 'list_seal', 'signature', 'thumbprint', 'card_copy')),
  CONSTRAINT fk_paper_tick_agency_id_entrustment_id FOREIGN KEY(agency_id, entrustment_id) REFERENCES entrustment (agency_id, id)
);
ALTER TABLE "paper_tick" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "paper_tick" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "paper_tick" TO hedui_desk;
CREATE POLICY desk_select ON "paper_tick" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "paper_tick" TO hedui_desk;
CREATE POLICY desk_insert ON "paper_tick" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "paper_tick" TO hedui_desk;
CREATE POLICY desk_delete ON "paper_tick" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
