"""Let the unit whose household it is see who allowed the emergency."""

from pathlib import Path

from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """The unit and desk of each permission, and what they may read."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What the units saw could not be shown any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
