"""People of an agency and of a sharing unit act only when they are filed with each other."""

from pathlib import Path

from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """The table with its wall. Nobody is filed yet: that is for people to do."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """It would no longer be known who may act."""
    raise RuntimeError("this migration has no way back; restore the database instead")
