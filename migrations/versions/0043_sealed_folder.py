"""Seal the files of an exchange folder, and hear from the unit what it did not take."""

from pathlib import Path

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """The unit's box key and when it last came, on its connection; what it did not take."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """What units said is a record that is not thrown away."""
    raise RuntimeError("this migration has no way back; restore the database instead")
