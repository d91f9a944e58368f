CREATE TABLE connection (
  rev INTEGER DEFAULT '0' NOT NULL,
  unit_id INTEGER NOT NULL,
  direction TEXT NOT NULL,
  url TEXT DEFAULT '' NOT NULL,
  unit_code TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  our_keyid TEXT NOT NULL,
  our_public TEXT DEFAULT '' NOT NULL,
  their_keyid TEXT DEFAULT '' NOT NULL,
  keys_sealed BYTEA NOT NULL,
  hours TEXT DEFAULT '' NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  is_paused BOOLEAN DEFAULT 'false' NOT NULL,
  closed_on DATE,
  changed_by BIGINT NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  tested_at TIMESTAMP WITH TIME ZONE,
  tested_code TEXT DEFAULT '' NOT NULL,
  failures SMALLINT DEFAULT '0' NOT NULL,
  open_until TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_connection PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_connection_direction CHECK (direction IN ('asks', 'pulls', 'folder')),
  CONSTRAINT ck_connection_algorithm CHECK (algorithm IN ('ed25519', 'hmac-sha256')),
  CONSTRAINT ck_connection_dates CHECK (valid_to >= valid_from),
  CONSTRAINT fk_connection_agency_id_unit_id FOREIGN KEY(agency_id, unit_id) REFERENCES unit (agency_id, id)
);
CREATE INDEX ix_connection_agency_id_their_keyid ON connection (agency_id, their_keyid);
CREATE UNIQUE INDEX uq_connection_open ON connection (agency_id, unit_id) WHERE closed_on IS NULL;
ALTER TABLE "connection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "connection" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "connection" TO hedui_desk;
CREATE POLICY desk_select ON "connection" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "connection" TO hedui_desk;
CREATE POLICY desk_insert ON "connection" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "connection" TO hedui_desk;
CREATE POLICY desk_update ON "connection" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE allowed_address (
  entry TEXT NOT NULL,
  allowed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_allowed_address PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ix_allowed_address_agency_id_entry ON allowed_address (agency_id, entry);
ALTER TABLE "allowed_address" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "allowed_address" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "allowed_address" TO hedui_desk;
CREATE POLICY desk_select ON "allowed_address" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "allowed_address" TO hedui_registrar;
CREATE POLICY registrar_select ON "allowed_address" FOR SELECT TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "allowed_address" TO hedui_registrar;
CREATE POLICY registrar_insert ON "allowed_address" FOR INSERT TO hedui_registrar WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "allowed_address" TO hedui_registrar;
CREATE POLICY registrar_delete ON "allowed_address" FOR DELETE TO hedui_registrar USING (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE dispatch (
  request_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  connection_id BIGINT NOT NULL,
  head TEXT DEFAULT '' NOT NULL,
  turn INTEGER DEFAULT '0' NOT NULL,
  begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
  lines INTEGER NOT NULL,
  lines_sent INTEGER DEFAULT '0' NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE,
  lines_answered INTEGER DEFAULT '0' NOT NULL,
  answers_kept INTEGER DEFAULT '0' NOT NULL,
  kept_at TIMESTAMP WITH TIME ZONE,
  taken_at TIMESTAMP WITH TIME ZONE,
  failures SMALLINT DEFAULT '0' NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE,
  dead_at TIMESTAMP WITH TIME ZONE,
  dead_code TEXT DEFAULT '' NOT NULL,
  drop_asked_by BIGINT,
  dropped_by BIGINT,
  dropped_at TIMESTAMP WITH TIME ZONE,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_dispatch PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_dispatch_two_operators CHECK (dropped_by <> drop_asked_by),
  CONSTRAINT fk_dispatch_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id),
  CONSTRAINT fk_dispatch_agency_id_connection_id FOREIGN KEY(agency_id, connection_id) REFERENCES connection (agency_id, id)
);
CREATE UNIQUE INDEX ix_dispatch_agency_id_request_id ON dispatch (agency_id, request_id);
CREATE INDEX ix_dispatch_dead ON dispatch (agency_id, id) WHERE dead_at IS NOT NULL;
ALTER TABLE "dispatch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "dispatch" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "dispatch" TO hedui_desk;
CREATE POLICY desk_select ON "dispatch" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "dispatch" TO hedui_desk;
CREATE POLICY desk_insert ON "dispatch" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "dispatch" TO hedui_desk;
CREATE POLICY desk_update ON "dispatch" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE wire_attempt (
  request_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  step TEXT NOT NULL,
  code TEXT DEFAULT '' NOT NULL,
  status SMALLINT DEFAULT '0' NOT NULL,
  first INTEGER DEFAULT '0' NOT NULL,
  count INTEGER DEFAULT '0' NOT NULL,
  milliseconds INTEGER DEFAULT '0' NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_wire_attempt PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_wire_attempt_agency_id_request_id_id ON wire_attempt (agency_id, request_id, id);
ALTER TABLE "wire_attempt" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "wire_attempt" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "wire_attempt" TO hedui_desk;
CREATE POLICY desk_select ON "wire_attempt" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "wire_attempt" TO hedui_desk;
CREATE POLICY desk_insert ON "wire_attempt" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
CREATE TABLE answer_page (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  after INTEGER NOT NULL,
  count INTEGER NOT NULL,
  is_last BOOLEAN NOT NULL,
  file_id BIGINT NOT NULL,
  kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reply_id BIGINT,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_answer_page PRIMARY KEY (agency_id, id),
  CONSTRAINT fk_answer_page_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE UNIQUE INDEX uq_answer_page_untaken ON answer_page (agency_id, request_id, after) WHERE reply_id IS NULL;
CREATE INDEX ix_answer_page_agency_id_reply_id ON answer_page (agency_id, reply_id);
ALTER TABLE "answer_page" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "answer_page" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "answer_page" TO hedui_desk;
CREATE POLICY desk_select ON "answer_page" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "answer_page" TO hedui_desk;
CREATE POLICY desk_insert ON "answer_page" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE ON "answer_page" TO hedui_desk;
CREATE POLICY desk_update ON "answer_page" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
ALTER TABLE exchange_request ADD COLUMN way TEXT DEFAULT 'media' NOT NULL;
ALTER TABLE exchange_request ADD CONSTRAINT ck_exchange_request_way CHECK (way IN ('media', 'system'));
