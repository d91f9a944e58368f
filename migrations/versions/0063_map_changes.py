"""Keep approved changes of the map, and let letters follow the tree of their day."""

from pathlib import Path

from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """The tables, walled in; the triggers that hold each letter against the dated edges."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who approved which change could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
