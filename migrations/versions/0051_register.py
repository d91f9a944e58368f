"""Keep who receives aid in a register, with the exports of the national system that say so."""

from pathlib import Path

from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """The register, the loads that it is built of, their rows while they wait, and layouts."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Who received aid on which day is a record that is not thrown away."""
    raise RuntimeError("the register of assisted persons has no way back; restore the database")
