"""Remind by e-mail those who agreed to it."""

from pathlib import Path

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Who wants what where, every e-mail with what became of it, the switch; all walled in."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who agreed to what would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
