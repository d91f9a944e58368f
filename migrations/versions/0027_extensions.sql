CREATE TABLE extension (
  unit_id INTEGER NOT NULL,
  request_id BIGINT NOT NULL,
  way TEXT NOT NULL,
  days SMALLINT NOT NULL,
  ground TEXT NOT NULL,
  remark TEXT DEFAULT '' NOT NULL,
  letter_number TEXT DEFAULT '' NOT NULL,
  letter_on DATE NOT NULL,
  arrived_on DATE NOT NULL,
  due_before DATE NOT NULL,
  due_on DATE NOT NULL,
  file_id BIGINT,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_extension PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_extension_ground CHECK (ground IN ('technical', 'volume', 'other')),
  CONSTRAINT ck_extension_way CHECK (way IN ('portal', 'paper')),
  CONSTRAINT ck_extension_later CHECK (days > 0 AND due_on > due_before),
  CONSTRAINT ck_extension_in_time CHECK (arrived_on <= due_before),
  CONSTRAINT fk_extension_agency_id_request_id FOREIGN KEY(agency_id, request_id) REFERENCES exchange_request (agency_id, id)
);
CREATE UNIQUE INDEX ix_extension_agency_id_request_id ON extension (agency_id, request_id);
ALTER TABLE "extension" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "extension" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "extension" TO hedui_desk;
CREATE POLICY desk_select ON "extension" FOR SELECT TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
GRANT INSERT ON "extension" TO hedui_desk;
CREATE POLICY desk_insert ON "extension" FOR INSERT TO hedui_desk WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT UPDATE (file_id) ON "extension" TO hedui_desk;
CREATE POLICY desk_update ON "extension" FOR UPDATE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT ON "extension" TO hedui_liaison;
CREATE POLICY liaison_select ON "extension" FOR SELECT TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "extension" TO hedui_liaison;
CREATE POLICY liaison_insert ON "extension" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
ALTER TABLE exchange_request ADD COLUMN extended_days SMALLINT DEFAULT '0' NOT NULL;
GRANT UPDATE (extended_days) ON exchange_request TO hedui_liaison;
