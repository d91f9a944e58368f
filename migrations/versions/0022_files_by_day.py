"""Files know the day on which they were put in."""

from alembic import op

revision = "0022"
down_revision = "0021"

# An id carries the month: what is there counts from its first day.
_CHANGES = """
ALTER TABLE file ADD COLUMN stored_on DATE;
UPDATE file SET stored_on = make_date((id / 100000000000000)::int,
  mod(id / 1000000000000, 100)::int, 1);
ALTER TABLE file ALTER COLUMN stored_on SET NOT NULL;
"""


def upgrade() -> None:
    """A column, filled."""
    op.get_bind().exec_driver_sql(_CHANGES)


def downgrade() -> None:
    """The day is told by nothing else, and nothing else asks for it."""
    op.get_bind().exec_driver_sql("ALTER TABLE file DROP COLUMN stored_on")
