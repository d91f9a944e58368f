"""Keep applications for one-off temporary assistance, what both bureaus decided, and the ledger."""

from pathlib import Path

from alembic import op

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    """The tables, walled in; a role of human resources and a kind of letter more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Who was paid would not be known any more, and could be paid twice."""
    raise RuntimeError("this migration has no way back; restore the database instead")
