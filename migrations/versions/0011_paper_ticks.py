"""What an officer ticked off on paper at the intake check."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One table, its policies and grants."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Who saw what is not thrown away."""
    raise RuntimeError("ticks have no way back; drop the database instead")
