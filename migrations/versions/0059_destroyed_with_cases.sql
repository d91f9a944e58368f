GRANT SELECT (agency_id, case_id) ON "periodic_case" TO hedui_shredder;
CREATE POLICY shredder_select ON "periodic_case" FOR SELECT TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "periodic_case" TO hedui_shredder;
CREATE POLICY shredder_delete ON "periodic_case" FOR DELETE TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
GRANT SELECT (agency_id, tip_off_id, case_id) ON "tip_off_case" TO hedui_shredder;
CREATE POLICY shredder_select ON "tip_off_case" FOR SELECT TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
GRANT DELETE ON "tip_off_case" TO hedui_shredder;
CREATE POLICY shredder_delete ON "tip_off_case" FOR DELETE TO hedui_shredder USING (agency_id = current_setting('app.agency_id')::int);
