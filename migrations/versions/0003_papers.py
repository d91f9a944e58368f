"""Papers: a row for each scanned sheet, and batches that wait for a confirmation.

They take the place of the two scan columns of the authorisation, which nothing ever filled.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

_BEFORE = """
ALTER TABLE authorisation DROP COLUMN scan_file_id, DROP COLUMN id_scan_file_id;
ALTER TABLE file DROP CONSTRAINT ck_file_kind;
ALTER TABLE file ADD CONSTRAINT ck_file_kind CHECK (kind IN
  ('list', 'errors', 'letter', 'paper', 'package', 'reply', 'reply_rows', 'report'));
"""


def upgrade() -> None:
    """The two tables, their policies and grants."""
    connection = op.get_bind()
    connection.exec_driver_sql(_BEFORE)
    connection.exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Scans that people brought are not thrown away."""
    raise RuntimeError("papers have no way back; drop the database instead")
