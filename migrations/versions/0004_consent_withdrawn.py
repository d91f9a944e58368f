"""Consent can be taken back: the change is kept, the parent is told, a made package is stopped."""

from alembic import op

revision = "0004"
down_revision = "0003"

_UNIT = (
    "agency_id = current_setting('app.agency_id')::int"
    " AND unit_id = current_setting('app.unit_id')::int"
)
_DESK = _UNIT + " AND desk_id = current_setting('app.desk_id')::int"
_AGENCY = "agency_id = current_setting('app.agency_id')::int"

_TABLE = """
CREATE TABLE household_change (
  kind TEXT NOT NULL,
  case_id BIGINT NOT NULL,
  subject_id BIGINT DEFAULT '0' NOT NULL,
  unit_id INTEGER DEFAULT '0' NOT NULL,
  desk_id INTEGER DEFAULT '0' NOT NULL,
  happened_on DATE NOT NULL,
  sealed BYTEA NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  agency_id INTEGER DEFAULT current_setting('app.agency_id')::int NOT NULL,
  id BIGINT DEFAULT next_id() NOT NULL,
  CONSTRAINT pk_household_change PRIMARY KEY (agency_id, id),
  CONSTRAINT ck_household_change_kind CHECK (kind IN ('consent')),
  CONSTRAINT fk_household_change_agency_id_household_case
    FOREIGN KEY(agency_id, case_id) REFERENCES household_case (agency_id, id)
);
CREATE INDEX ix_household_change_agency_id_case_id_id
  ON household_change (agency_id, case_id, id);
"""

_WALL = f"""
ALTER TABLE "household_change" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "household_change" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "household_change" TO hedui_desk;
CREATE POLICY desk_select ON "household_change" FOR SELECT TO hedui_desk USING ({_AGENCY});
GRANT INSERT ON "household_change" TO hedui_desk;
CREATE POLICY desk_insert ON "household_change" FOR INSERT TO hedui_desk WITH CHECK ({_AGENCY});
GRANT SELECT ON "household_change" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "household_change" FOR SELECT TO hedui_commissioner
  USING ({_UNIT});
GRANT INSERT ON "household_change" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "household_change" FOR INSERT TO hedui_commissioner
  WITH CHECK ({_UNIT});
GRANT SELECT ON "household_change" TO hedui_township;
CREATE POLICY township_select ON "household_change" FOR SELECT TO hedui_township USING ({_DESK});
GRANT INSERT ON "household_change" TO hedui_township;
CREATE POLICY township_insert ON "household_change" FOR INSERT TO hedui_township
  WITH CHECK ({_DESK});
"""

# Whoever holds the household marks the consent, and leaves the message that stops what is sent.
_BY_UNITS = f"""
GRANT UPDATE (withdrawn_on) ON "authorisation" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "authorisation" FOR UPDATE TO hedui_commissioner
  USING ({_UNIT}) WITH CHECK ({_UNIT});
GRANT UPDATE (withdrawn_on) ON "authorisation" TO hedui_township;
CREATE POLICY township_update ON "authorisation" FOR UPDATE TO hedui_township
  USING ({_DESK}) WITH CHECK ({_DESK});
GRANT INSERT ON "job" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "job" FOR INSERT TO hedui_commissioner WITH CHECK ({_UNIT});
GRANT INSERT ON "job" TO hedui_township;
CREATE POLICY township_insert ON "job" FOR INSERT TO hedui_township WITH CHECK ({_DESK});
"""

_WIDER = """
ALTER TABLE letter_up DROP CONSTRAINT ck_letter_up_kind;
ALTER TABLE letter_up ADD CONSTRAINT ck_letter_up_kind
  CHECK (kind IN ('entrust', 'recall', 'withdraw'));
ALTER TABLE exchange_request DROP CONSTRAINT ck_exchange_request_state;
ALTER TABLE exchange_request ADD CONSTRAINT ck_exchange_request_state CHECK (state IN
  ('draft', 'made', 'confirmed', 'delivered', 'answered', 'closed', 'stopped'));
"""


def upgrade() -> None:
    """The changes of a household, walled in; what units may record of them."""
    for statements in (_TABLE, _WALL, _BY_UNITS, _WIDER):
        op.execute(statements)
