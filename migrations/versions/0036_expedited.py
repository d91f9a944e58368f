"""Check households in an emergency at once, in requests and letters of their own."""

from pathlib import Path

from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Who allowed it; the lane of a household and of a letter; one kind of letter more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Who allowed what would no longer be known."""
    raise RuntimeError("this migration has no way back; restore the database instead")
