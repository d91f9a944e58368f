"""Send daily lists to the parent of their day only, and let a former parent forget what it counted."""

from pathlib import Path

from alembic import op

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    """One more kind of letter that begins something new; the right to forget."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Lists could go to an agency that has no part in them any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
