"""Those who entrust see beforehand what is checked where; a desk may take numbers."""

from alembic import op

revision = "0015"
down_revision = "0014"

_AGENCY = "agency_id = current_setting('app.agency_id')::int"
_GRANTS = f"""
GRANT SELECT ON capability, coverage TO hedui_commissioner, hedui_township;
CREATE POLICY commissioner_select ON "capability" FOR SELECT TO hedui_commissioner USING ({_AGENCY});
CREATE POLICY township_select ON "capability" FOR SELECT TO hedui_township USING ({_AGENCY});
CREATE POLICY commissioner_select ON "coverage" FOR SELECT TO hedui_commissioner USING ({_AGENCY});
CREATE POLICY township_select ON "coverage" FOR SELECT TO hedui_township USING ({_AGENCY});
GRANT SELECT, INSERT, UPDATE ON counter TO hedui_township;
CREATE POLICY township_select ON "counter" FOR SELECT TO hedui_township USING ({_AGENCY});
CREATE POLICY township_insert ON "counter" FOR INSERT TO hedui_township WITH CHECK ({_AGENCY});
CREATE POLICY township_update ON "counter" FOR UPDATE TO hedui_township USING ({_AGENCY}) WITH CHECK ({_AGENCY});
"""


def upgrade() -> None:
    """Grants on tables that hold nothing about persons."""
    op.get_bind().exec_driver_sql(_GRANTS)


def downgrade() -> None:
    """Pages that need these rights would break."""
    raise RuntimeError("this migration has no way back; restore the database instead")
