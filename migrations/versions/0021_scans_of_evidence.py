"""Sheets may show what a household explained, or what a recorded change rests on."""

from alembic import op

revision = "0021"
down_revision = "0020"

# The explanation's own column was never filled: its scans are sheets like all others.
_CHANGES = """
ALTER TABLE paper ADD COLUMN origin_id BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE paper DROP CONSTRAINT ck_paper_kind;
ALTER TABLE paper ADD CONSTRAINT ck_paper_kind CHECK (kind IN ('authorisation', 'id_card',
  'household_register', 'marriage', 'explanation', 'other', 'change', 'letter', 'list'));
ALTER TABLE explanation DROP COLUMN scan_file_id;
"""


def upgrade() -> None:
    """A column, a kind more, and a column less."""
    op.get_bind().exec_driver_sql(_CHANGES)


def downgrade() -> None:
    """It would no longer be known what a sheet shows."""
    raise RuntimeError("this migration has no way back; restore the database instead")
