"""Keep where each medium is, from when it is written to when nothing of it is left."""

from pathlib import Path

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """The media and the steps of their custody, walled in."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who had which medium when would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
