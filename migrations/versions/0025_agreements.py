"""Agreements with sharing units, each with its scan."""

from pathlib import Path

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """The table with its wall, and one kind of file more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """It would no longer be known with whom data may be exchanged."""
    raise RuntimeError("this migration has no way back; restore the database instead")
