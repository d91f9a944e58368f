"""Open employers by hand: recorded by one person, confirmed by another."""

from pathlib import Path

from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """The table, walled in; the desk may open the unit that two people named."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Who opened which unit is a record that is not thrown away."""
    raise RuntimeError("this migration has no way back; restore the database instead")
