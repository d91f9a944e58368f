"""Keep the integrity record: decisions, what was said of each, and who was told."""

from pathlib import Path

from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """The tables, walled in."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What was entered could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
