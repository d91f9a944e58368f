"""Let the rate of insurance go up with the other counts, and lists for human resources be made."""

from pathlib import Path

from alembic import op

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    """Three more counts of a month, and one more kind of made file."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Counts that were told and files that were made are not thrown away."""
    raise RuntimeError("counts of the insured have no way back; restore the database")
