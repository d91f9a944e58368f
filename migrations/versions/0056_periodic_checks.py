"""Keep which recipients are checked again, the case of their last check, and the sample."""

from pathlib import Path

from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Batches of a periodic check, and their households."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """The check goes on as of any other household; what it was compared with is not known then."""
    op.execute("DROP TABLE periodic_case, periodic_batch")
