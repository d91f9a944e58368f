"""Extend the term of a request by a letter of the unit."""

from pathlib import Path

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """The table of extensions, walled in, and on a request by how many days it was extended."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Which letters moved which dates would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
