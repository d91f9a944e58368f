"""Keep letters that ask about people, and what was answered of each."""

from pathlib import Path

from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """The tables, walled in."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Nobody would know any more who asked and was told what."""
    raise RuntimeError("this migration has no way back; restore the database instead")
