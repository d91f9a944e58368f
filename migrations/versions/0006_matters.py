"""Matters that a household explains, what it said, and what signed exclusions take out."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The tables of 待说明, walled in, as they stand in the file beside this one."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Drop what was explained and signed."""
    for table in ("exclusion", "explanation", "matter"):
        op.execute(f"DROP TABLE {table}")
