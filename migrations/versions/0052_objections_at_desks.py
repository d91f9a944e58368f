"""Let intake desks take objections, and let answers without a record be contested."""

from pathlib import Path

from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    """What a desk writes and may read; which answer of which request an objection is about."""
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(statements)


def downgrade() -> None:
    """What people contested at the desks could not be read any more."""
    raise RuntimeError("this migration has no way back; restore the database instead")
