"""Supplementary reports: which version a report supplements, and how all stood when it was made."""

from alembic import op

revision = "0007"
down_revision = "0006"

_UP = """
ALTER TABLE report ADD COLUMN supplements TEXT DEFAULT '' NOT NULL;
ALTER TABLE report ADD COLUMN supplemented_by TEXT DEFAULT '' NOT NULL;
ALTER TABLE report ADD COLUMN replacing_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE report ADD COLUMN asked_sealed BYTEA;
GRANT SELECT (supplements, supplemented_by) ON report TO hedui_public;
"""


def upgrade() -> None:
    """What the public page may see of it are the two numbers."""
    op.execute(_UP)


def downgrade() -> None:
    """Versions only replace each other again."""
    for column in ("asked_sealed", "replacing_reason", "supplemented_by", "supplements"):
        op.execute(f"ALTER TABLE report DROP COLUMN {column}")
