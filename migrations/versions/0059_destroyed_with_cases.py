"""What knows a case of a periodic check or of a tip-off goes with the case when it is destroyed."""

from pathlib import Path

from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Grants and policies of the role that deletes, on two tables more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What the role deleted does not come back."""
    raise RuntimeError("this migration has no way back; restore the database instead")
