"""Households typed in at a desk: drafts, lists without a file, and what a desk may change.

A household that was prepared can be changed, or discarded with a reason, until it is submitted.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

_UNIT = (
    "agency_id = current_setting('app.agency_id')::int"
    " AND unit_id = current_setting('app.unit_id')::int"
)
_DESK = f"{_UNIT} AND desk_id = current_setting('app.desk_id')::int"

_DRAFT = f"""
CREATE TABLE household_draft (
  unit_id INTEGER NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  case_id BIGINT DEFAULT '0' NOT NULL,
  account_id BIGINT NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sealed BYTEA NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_household_draft PRIMARY KEY (agency_id, id)
);
CREATE INDEX ix_household_draft_agency_id_unit_id_desk_id_id
  ON household_draft (agency_id, unit_id, desk_id, id);
CREATE UNIQUE INDEX uq_household_draft_case
  ON household_draft (agency_id, case_id) WHERE case_id <> 0;
ALTER TABLE "household_draft" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "household_draft" FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON "household_draft" TO hedui_commissioner, hedui_township;
CREATE POLICY commissioner_select ON "household_draft" FOR SELECT TO hedui_commissioner USING ({_UNIT});
CREATE POLICY commissioner_insert ON "household_draft" FOR INSERT TO hedui_commissioner WITH CHECK ({_UNIT});
CREATE POLICY commissioner_update ON "household_draft" FOR UPDATE TO hedui_commissioner USING ({_UNIT}) WITH CHECK ({_UNIT});
CREATE POLICY commissioner_delete ON "household_draft" FOR DELETE TO hedui_commissioner USING ({_UNIT});
CREATE POLICY township_select ON "household_draft" FOR SELECT TO hedui_township USING ({_DESK});
CREATE POLICY township_insert ON "household_draft" FOR INSERT TO hedui_township WITH CHECK ({_DESK});
CREATE POLICY township_update ON "household_draft" FOR UPDATE TO hedui_township USING ({_DESK}) WITH CHECK ({_DESK});
CREATE POLICY township_delete ON "household_draft" FOR DELETE TO hedui_township USING ({_DESK});
"""

_CHANGES = f"""
ALTER TABLE subject_list ALTER COLUMN file_id DROP NOT NULL;
GRANT UPDATE (household_no) ON household_case TO hedui_commissioner;
GRANT UPDATE (state, rev, household_no, list_id, scheme, application, region, size, head_sealed,
  entrustment_id, number, period, due_on) ON household_case TO hedui_township;
CREATE POLICY township_update ON "household_case" FOR UPDATE TO hedui_township
  USING ({_DESK} AND state = 'prepared')
  WITH CHECK ({_DESK} AND state IN ('prepared', 'discarded', 'submitted'));
GRANT DELETE ON subject, authorisation, declaration TO hedui_township;
CREATE POLICY township_delete ON "subject" FOR DELETE TO hedui_township USING ({_DESK});
CREATE POLICY township_delete ON "authorisation" FOR DELETE TO hedui_township USING ({_DESK});
CREATE POLICY township_delete ON "declaration" FOR DELETE TO hedui_township USING ({_DESK});
"""

_STATES = """
ALTER TABLE household_case DROP CONSTRAINT ck_household_case_state;
ALTER TABLE household_case ADD CONSTRAINT ck_household_case_state CHECK (state IN
  ('prepared', 'accepted', 'submitted', 'discarded', 'returned', 'checking', 'terminated', 'reported',
   'recalled', 'withdrawn'));
"""


def upgrade() -> None:
    """The drafts, the rights, the state of a household that was discarded."""
    for statements in (_DRAFT, _CHANGES, _STATES):
        op.get_bind().exec_driver_sql(statements)


def downgrade() -> None:
    """Drafts would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
