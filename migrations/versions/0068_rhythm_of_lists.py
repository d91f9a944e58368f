"""How often human resources wants lists, and of which comparison a list is."""

from pathlib import Path

from alembic import op

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    """Two columns of agreements, two of lists that leave."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What was agreed would no longer be known."""
    raise RuntimeError("this migration has no way back; restore the database instead")
