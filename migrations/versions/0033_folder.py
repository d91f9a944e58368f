"""Exchange files with units behind a one-way gate."""

from pathlib import Path

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Files that were refused; the relay may see which connections are folders."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """What was refused is a record that is not thrown away."""
    raise RuntimeError("the exchange folder has no way back; drop the database instead")
