"""Files that are made in the background for one person, and thrown away after days."""

from pathlib import Path

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """The table, walled in, and a kind of file that can be forgotten."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """Bytes that people still wait for would have no row."""
    raise RuntimeError("this migration has no way back; restore the database instead")
