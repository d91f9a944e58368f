"""Stand-ins (AB角) with dates; accounts of one person share an identity; acts in another's stead."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Whoever has an account is a person of their own, until told otherwise."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Who stood in for whom is lost."""
    op.execute("DROP TABLE stand_in")
    op.execute("ALTER TABLE event DROP COLUMN absent_id")
    op.execute("ALTER TABLE account DROP COLUMN person_id")
