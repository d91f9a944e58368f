"""A database role that takes destroyed cases away: it deletes, and reads nothing but ids."""

from pathlib import Path

from alembic import op

from migrations import roles

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    """The role, as the others were made, and its grants and policies."""
    for statement in roles.one("shredder"):
        op.execute(statement)
    op.execute("GRANT USAGE ON SEQUENCE row_id, unit_id TO hedui_shredder")
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What the role deleted does not come back."""
    raise RuntimeError("this migration has no way back; restore the database instead")
