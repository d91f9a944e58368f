"""Add somebody to a household that is handed in, put a number right, send supplements up."""

from pathlib import Path

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """The table of additions, walled in, and what a subject and a letter say of them."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who was added, and which numbers were wrong, would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
