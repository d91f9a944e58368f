"""Keep the files of closed cases: their terms, what holds them, and how sets of them are destroyed."""

from pathlib import Path

from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    """The tables, walled in; a package of an archive is a made file of its own kind."""
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What was destroyed, and by whom, could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
