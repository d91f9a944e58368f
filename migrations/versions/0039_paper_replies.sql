ALTER TABLE reply ADD COLUMN paper_id BIGINT;
ALTER TABLE reply ADD COLUMN settled_by BIGINT;
ALTER TABLE reply ADD CONSTRAINT ck_reply_settled_apart CHECK (first_by <> settled_by);
CREATE TABLE paper_reply (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  scan_file_id BIGINT NOT NULL,
  letter_number TEXT NOT NULL,
  as_of DATE NOT NULL,
  first_by BIGINT NOT NULL,
  first_done_at TIMESTAMP WITH TIME ZONE,
  second_by BIGINT,
  second_done_at TIMESTAMP WITH TIME ZONE,
  settled_by BIGINT,
  settled_why TEXT DEFAULT '' NOT NULL,
  reply_id BIGINT,
  discarded_on DATE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_paper_reply PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_paper_reply_two_typists CHECK (first_by <> second_by),
  CONSTRAINT ck_paper_reply_settled CHECK ((settled_by IS NULL) = (settled_why = '')),
  CONSTRAINT ck_paper_reply_ended_once CHECK (reply_id IS NULL OR discarded_on IS NULL),
  CONSTRAINT ck_paper_reply_typed_twice CHECK (reply_id IS NULL OR second_done_at IS NOT NULL),
  CONSTRAINT fk_paper_reply_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE INDEX ix_paper_reply_agency_id_request_id_id ON paper_reply (agency_id, request_id, id);
CREATE UNIQUE INDEX uq_paper_reply_open ON paper_reply (agency_id, request_id) WHERE reply_id IS NULL AND discarded_on IS NULL;
ALTER TABLE "paper_reply" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "paper_reply" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "paper_reply" TO hedui_desk;
CREATE POLICY desk_select ON "paper_reply" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "paper_reply" TO hedui_desk;
CREATE POLICY desk_insert ON "paper_reply" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "paper_reply" TO hedui_desk;
CREATE POLICY desk_update ON "paper_reply" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE typed_line (
  unit_id INTEGER NOT NULL,
  paper_id BIGINT NOT NULL,
  look SMALLINT NOT NULL,
  line_no INTEGER NOT NULL,
  account_id BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_typed_line PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_typed_line_look CHECK (look IN (1, 2, 3)),
  CONSTRAINT fk_typed_line_agency_id_paper_id FOREIGN KEY(agency_id, paper_id) REFERENCES paper_reply (agency_id, id)
);
CREATE UNIQUE INDEX ix_typed_line_agency_id_paper_id_look_line_no ON typed_line (agency_id, paper_id, look, line_no);
ALTER TABLE "typed_line" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "typed_line" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "typed_line" TO hedui_desk;
CREATE POLICY desk_select ON "typed_line" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "typed_line" TO hedui_desk;
CREATE POLICY desk_insert ON "typed_line" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "typed_line" TO hedui_desk;
CREATE POLICY desk_update ON "typed_line" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
