"""A household's application can be taken back, and a member can die or move away."""

from alembic import op

revision = "0005"
down_revision = "0004"

_UNIT = (
    "agency_id = current_setting('app.agency_id')::int"
    " AND unit_id = current_setting('app.unit_id')::int"
)
_DESK = _UNIT + " AND desk_id = current_setting('app.desk_id')::int"

_WIDER = """
ALTER TABLE household_change DROP CONSTRAINT ck_household_change_kind;
ALTER TABLE household_change ADD CONSTRAINT ck_household_change_kind
  CHECK (kind IN ('consent', 'application', 'departure'));
ALTER TABLE household_case DROP CONSTRAINT ck_household_case_state;
ALTER TABLE household_case ADD CONSTRAINT ck_household_case_state CHECK (state IN
  ('prepared', 'accepted', 'submitted', 'returned', 'checking', 'terminated', 'reported',
   'recalled', 'withdrawn'));
"""

_LEFT = """
ALTER TABLE subject ADD COLUMN left_on DATE;
ALTER TABLE subject ADD COLUMN left_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE subject ADD CONSTRAINT ck_subject_left_reason
  CHECK (left_reason IN ('', 'died', 'left'));
ALTER TABLE subject ADD CONSTRAINT ck_subject_left
  CHECK ((left_on IS NULL) = (left_reason = ''));
"""

# Whoever holds the household records that somebody left it.
_BY_UNITS = f"""
GRANT UPDATE (left_on, left_reason) ON "subject" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "subject" FOR UPDATE TO hedui_commissioner
  USING ({_UNIT}) WITH CHECK ({_UNIT});
GRANT UPDATE (left_on, left_reason) ON "subject" TO hedui_township;
CREATE POLICY township_update ON "subject" FOR UPDATE TO hedui_township
  USING ({_DESK}) WITH CHECK ({_DESK});
"""


def upgrade() -> None:
    """New states and kinds; the marks on a subject and who may set them."""
    for statements in (_WIDER, _LEFT, _BY_UNITS):
        op.execute(statements)
