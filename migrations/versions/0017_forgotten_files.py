"""Let people throw away what they put in, and the sweeper see which bytes nobody has a key for."""

from alembic import op

revision = "0017"
down_revision = "0016"

_OWN = """
GRANT DELETE ON "file" TO hedui_desk;
CREATE POLICY desk_delete ON "file" FOR DELETE TO hedui_desk
  USING (agency_id = current_setting('app.agency_id')::int
    AND kind IN ('list', 'errors', 'paper'));
GRANT DELETE ON "file" TO hedui_commissioner;
CREATE POLICY commissioner_delete ON "file" FOR DELETE TO hedui_commissioner
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND kind IN ('list', 'errors', 'paper'));
GRANT DELETE ON "file" TO hedui_township;
CREATE POLICY township_delete ON "file" FOR DELETE TO hedui_township
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND desk_id = current_setting('app.desk_id')::int
    AND kind IN ('list', 'errors', 'paper'));
GRANT SELECT (blob) ON "file" TO hedui_relay;
CREATE POLICY relay_select ON "file" FOR SELECT TO hedui_relay USING (true);
CREATE INDEX ix_file_blob ON file (blob);
"""

_BACK = """
DROP INDEX ix_file_blob;
DROP POLICY relay_select ON "file";
REVOKE SELECT (blob) ON "file" FROM hedui_relay;
DROP POLICY township_delete ON "file";
DROP POLICY commissioner_delete ON "file";
DROP POLICY desk_delete ON "file";
REVOKE DELETE ON "file" FROM hedui_desk, hedui_commissioner, hedui_township;
"""


def upgrade() -> None:
    """The rights to delete, and the relay's to see names of blobs."""
    op.get_bind().exec_driver_sql(_OWN)


def downgrade() -> None:
    """What was forgotten stays forgotten."""
    op.get_bind().exec_driver_sql(_BACK)
