"""Count working days by the notices of holidays that agencies record and send down."""

from pathlib import Path

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """The table with its wall, and one kind of letter more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Dates that were counted by a notice would no longer say why."""
    raise RuntimeError("this migration has no way back; restore the database instead")
