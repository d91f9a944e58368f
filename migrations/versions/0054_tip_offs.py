"""Keep tip-offs, who keeps away from them, and what an agency publishes about itself."""

from pathlib import Path

from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """The tables, walled in; the public may know which agency is above another."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What people told could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
