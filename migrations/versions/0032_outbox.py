"""Let units pull their requests and post their answers."""

from pathlib import Path

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Pages of lines, used nonces, what was done once; a unit's own role sees its connection."""
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql)


def downgrade() -> None:
    """What was laid out and signed for is not thrown away."""
    raise RuntimeError("the outbox has no way back; drop the database instead")
