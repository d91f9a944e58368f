"""How long this agency has to answer what others ask of it."""

from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """When the whole inquiry was here, and until when it is answered; what came before has none."""
    op.execute("ALTER TABLE inquiry ADD COLUMN received_on DATE, ADD COLUMN due_on DATE")
    op.execute("GRANT UPDATE (received_on, due_on) ON inquiry TO hedui_liaison")


def downgrade() -> None:
    """What was promised would no longer be known."""
    raise RuntimeError("this migration has no way back; restore the database instead")
