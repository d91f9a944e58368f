"""Let a sharing unit confirm the agency's operators and name its own people."""

from pathlib import Path

from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """What the unit's liaison may write of the filings of its own unit."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """What units confirmed would rest on nothing."""
    raise RuntimeError("this migration has no way back; restore the database instead")
