"""Notices: what is told to a role at a place, and who has read it."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Two tables, walled in."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """The notices are lost; nothing else hangs on them."""
    op.execute("DROP TABLE notice_read, notice")
