"""Keep the lists that leave, whom the first agency of a tree holds, and each tier's counts."""

from pathlib import Path

from alembic import op

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    """The tables, walled in; a kind of letter more each way."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Nobody would know any more what was told to whom."""
    raise RuntimeError("this migration has no way back; restore the database instead")
