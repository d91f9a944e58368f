GRANT INSERT ON "filing" TO hedui_liaison;
CREATE POLICY liaison_insert ON "filing" FOR INSERT TO hedui_liaison WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE (valid_to, confirmed_by, confirmed_at) ON "filing" TO hedui_liaison;
CREATE POLICY liaison_update ON "filing" FOR UPDATE TO hedui_liaison USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int) WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
