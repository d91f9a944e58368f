"""How long this agency has to answer what human resources asks."""

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """A column of agreements: the other direction of the national notice."""
    op.execute("ALTER TABLE agreement ADD COLUMN answer_working_days SMALLINT")
    op.execute(
        "ALTER TABLE agreement ADD CONSTRAINT ck_agreement_answer_days"
        " CHECK (answer_working_days > 0)"
    )


def downgrade() -> None:
    """What was agreed would no longer be known."""
    raise RuntimeError("this migration has no way back; restore the database instead")
