ALTER TABLE reply ADD COLUMN stamp_from TEXT DEFAULT 'file' NOT NULL;
ALTER TABLE reply ADD COLUMN told_as_of DATE;
ALTER TABLE reply ADD CONSTRAINT ck_reply_stamp_from CHECK (stamp_from IN ('file', 'name', 'typed'));
ALTER TABLE reply DROP CONSTRAINT ck_reply_state;
ALTER TABLE reply ADD CONSTRAINT ck_reply_state
  CHECK (state IN ('received', 'checked', 'refused', 'unread', 'accepted_once', 'accepted'));
CREATE TABLE reply_layout (
  unit_id INTEGER NOT NULL,
  fingerprint BYTEA NOT NULL,
  version SMALLINT NOT NULL,
  item SMALLINT NOT NULL,
  layout JSONB NOT NULL,
  said_by BIGINT NOT NULL,
  said_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_reply_layout PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ix_reply_layout_agency_id_unit_id_fingerprint_version ON reply_layout (agency_id, unit_id, fingerprint, version);
ALTER TABLE "reply_layout" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reply_layout" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "reply_layout" TO hedui_desk;
CREATE POLICY desk_select ON "reply_layout" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "reply_layout" TO hedui_desk;
CREATE POLICY desk_insert ON "reply_layout" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
