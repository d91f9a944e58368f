"""Keep who of the register is insured, who is not, and what was done about it."""

from pathlib import Path

from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Rounds of comparison with their results and counts, the work list and its entries."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """What was done about somebody is a record that is not thrown away."""
    raise RuntimeError("the work list of the uninsured has no way back; restore the database")
