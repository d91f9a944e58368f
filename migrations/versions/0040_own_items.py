"""Keep the data items that an agency adds for itself, with their legal basis."""

from pathlib import Path

from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """The table, walled in, and the kind of file for the scan of a basis."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What was answered about such items could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
