ALTER TABLE expedition ADD COLUMN unit_id INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE expedition ADD COLUMN desk_id INTEGER DEFAULT '0' NOT NULL;
UPDATE expedition e SET unit_id = c.unit_id, desk_id = c.desk_id
  FROM household_case c WHERE c.agency_id = e.agency_id AND c.id = e.case_id;
GRANT SELECT ON "expedition" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "expedition" FOR SELECT TO hedui_commissioner USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "expedition" TO hedui_township;
CREATE POLICY township_select ON "expedition" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
