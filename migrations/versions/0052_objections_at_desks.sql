ALTER TABLE objection
  ADD COLUMN about SMALLINT DEFAULT '0' NOT NULL,
  ADD COLUMN was SMALLINT DEFAULT '1' NOT NULL,
  ADD COLUMN request_id BIGINT DEFAULT '0' NOT NULL,
  ADD COLUMN said_on DATE;
UPDATE objection o SET
  request_id = coalesce((SELECT f.request_id FROM finding f
                         WHERE f.agency_id = o.agency_id AND f.id = o.finding_id), 0),
  said_on = coalesce((SELECT min(w.said_on) FROM objection_word w
                      WHERE w.agency_id = o.agency_id AND w.objection_id = o.id
                        AND w.kind = 'says'), o.due_on);
ALTER TABLE objection ALTER COLUMN said_on SET NOT NULL;
ALTER TABLE objection DROP CONSTRAINT ck_objection_state;
ALTER TABLE objection ADD CONSTRAINT ck_objection_state CHECK (state IN ('lodged', 'taken', 'declined', 'sent', 'rechecking', 'concluded', 'told', 'disputed', 'settled', 'closed'));
ALTER TABLE objection ADD CONSTRAINT ck_objection_names_its_item CHECK (item <> 0 OR state IN ('lodged', 'declined'));
CREATE INDEX ix_objection_agency_id_unit_id_desk_id_id ON objection (agency_id, unit_id, desk_id, id);
GRANT SELECT (agency_id, id, number, state, rev, case_id, subject_id, unit_id, desk_id, about, said_on, due_on) ON "objection" TO hedui_township;
CREATE POLICY township_select ON "objection" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "objection" TO hedui_township;
CREATE POLICY township_insert ON "objection" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
ALTER TABLE objection_word ADD COLUMN desk_id INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE objection_word DROP CONSTRAINT ck_objection_word_kind;
ALTER TABLE objection_word ADD CONSTRAINT ck_objection_word_kind CHECK (kind IN ('says', 'declined', 'concluded', 'told', 'disputed', 'settled', 'told_settled', 'source_told'));
CREATE INDEX ix_objection_word_agency_id_unit_id_desk_id_objection_id ON objection_word (agency_id, unit_id, desk_id, objection_id);
GRANT SELECT ON "objection_word" TO hedui_township;
CREATE POLICY township_select ON "objection_word" FOR SELECT TO hedui_township USING (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "objection_word" TO hedui_township;
CREATE POLICY township_insert ON "objection_word" FOR INSERT TO hedui_township WITH CHECK (agency_id = current_setting('app.agency_id')::int AND unit_id = current_setting('app.unit_id')::int AND desk_id = current_setting('app.desk_id')::int);
