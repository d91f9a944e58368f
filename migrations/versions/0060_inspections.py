"""Keep inspections of use, and the registers of confidentiality; find looks by object and person."""

from pathlib import Path

from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """The tables, walled in; indexes on the trail; two further kinds of file."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What people explained and undertook could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
