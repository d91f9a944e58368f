"""Keep objections: what is contested, what was said about it, and which findings it replaced."""

from pathlib import Path

from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """The tables, walled in; letters, requests and papers of their own kind."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What people contested could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
