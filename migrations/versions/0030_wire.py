"""Exchange from system to system: connections, addresses, what travels, each attempt, answers."""

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """The tables, walled in, and the way of a request."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Keys, and what was received, would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
