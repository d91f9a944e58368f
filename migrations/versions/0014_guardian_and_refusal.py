"""A guardian consents for a minor; a support obligor may refuse."""

from alembic import op

revision = "0014"
down_revision = "0013"

_CHANGES = """
ALTER TABLE subject ADD COLUMN refused_on DATE;
ALTER TABLE authorisation ADD COLUMN guardian_sealed BYTEA;
ALTER TABLE staged_subject ALTER COLUMN authorised_on DROP NOT NULL;
ALTER TABLE staged_subject ALTER COLUMN expires_on DROP NOT NULL;
ALTER TABLE staged_subject ADD COLUMN refused_on DATE;
ALTER TABLE staged_subject ADD COLUMN guardian_sealed BYTEA;
"""


def upgrade() -> None:
    """Columns only; what is there was signed by the person it is about."""
    op.get_bind().exec_driver_sql(_CHANGES)


def downgrade() -> None:
    """Refusals would be lost."""
    raise RuntimeError("this migration has no way back; restore the database instead")
