"""Keep the counts that each agency makes once a day, and those that the agencies below told."""

from pathlib import Path

from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    """The counts, walled in; one kind of letter more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """The months that were told would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
