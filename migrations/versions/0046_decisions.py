"""Keep what was decided on a household after its report, and close its case."""

from pathlib import Path

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """The decisions, walled in; the state of a closed case; one kind of letter more."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What was decided would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
