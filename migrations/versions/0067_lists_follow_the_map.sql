CREATE OR REPLACE FUNCTION letter_follows_edge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  edge agency_edge;
  child int := CASE TG_TABLE_NAME WHEN 'letter_up' THEN NEW.from_agency_id ELSE NEW.agency_id END;
  parent int := CASE TG_TABLE_NAME WHEN 'letter_up' THEN NEW.agency_id ELSE NEW.from_agency_id END;
BEGIN
  SELECT * INTO edge FROM agency_edge e WHERE e.child_id = child AND e.parent_id = parent;
  IF edge.valid_from > NEW.sent_on OR edge.valid_to < edge.valid_from
     OR (edge.valid_to < NEW.sent_on
         AND (NEW.kind IN ('entrust', 'coverage', 'holidays')
              OR TG_TABLE_NAME = 'letter_up' AND NEW.kind = 'upload')) THEN
    RAISE foreign_key_violation USING MESSAGE = 'no edge of the tree on the day of the letter: '
      || concat_ws(' ', NEW.kind, NEW.from_agency_id, NEW.agency_id, NEW.sent_on);
  END IF;
  RETURN NEW;
END $$;
GRANT DELETE ON "tier_count" TO hedui_desk;
CREATE POLICY desk_delete ON "tier_count" FOR DELETE TO hedui_desk USING (agency_id = current_setting('app.agency_id')::int);
