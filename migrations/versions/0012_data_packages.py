"""Data packages that came in: who imported which for whom."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """One table, its policies and grants."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Who imported what is not thrown away."""
    raise RuntimeError("data packages have no way back; drop the database instead")
