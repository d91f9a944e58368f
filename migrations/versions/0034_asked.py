"""Answer what other deployments ask, from the store of returned data."""

from pathlib import Path

from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Inquiries, their pages, the store; the relay finds who asks."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """What was asked is a record that is not thrown away."""
    raise RuntimeError("what others asked has no way back; drop the database instead")
