"""Remember how each sharing unit's own replies are laid out, and how a reply bears its stamp."""

from pathlib import Path

from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """The layouts, walled in; a reply may wait until its columns are explained."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What was said of the columns would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
