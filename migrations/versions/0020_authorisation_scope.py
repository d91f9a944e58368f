"""An authorisation may name some kinds of sharing unit only."""

from alembic import op

revision = "0020"
down_revision = "0019"

_CHANGES = """
ALTER TABLE authorisation ADD COLUMN scope SMALLINT[] DEFAULT '{}' NOT NULL;
ALTER TABLE staged_subject ADD COLUMN scope SMALLINT[] DEFAULT '{}' NOT NULL;
"""


def upgrade() -> None:
    """What is there names nothing: it covers all kinds."""
    op.get_bind().exec_driver_sql(_CHANGES)


def downgrade() -> None:
    """Narrowed authorisations would be taken for full ones."""
    raise RuntimeError("this migration has no way back; restore the database instead")
