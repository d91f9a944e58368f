"""Type a sealed paper reply in twice, by two people."""

from pathlib import Path

from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """The papers and what was typed of them, walled in; who settled, with the reply."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who typed what would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
