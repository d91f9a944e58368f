"""Keep the score sheets of the yearly evaluation, and the points of their items."""

from pathlib import Path

from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    """The sheets, walled in; a kind of letter more in either direction."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """The scores of past years would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
