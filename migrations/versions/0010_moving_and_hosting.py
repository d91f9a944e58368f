"""Accounts with a first and a last day; administrators whom the agency above lends (托管)."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Accounts stay as they are: open, without end, the agency's own."""
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)


def downgrade() -> None:
    """Hosted accounts would become the agency's own: close them first."""
    op.execute("DROP TABLE hosting")
    op.execute("ALTER TABLE account DROP CONSTRAINT ck_account_hosted")
    for column in ("starts_on", "ends_on", "hosted_by_agency_id", "hosted_account_id"):
        op.execute(f"ALTER TABLE account DROP COLUMN {column}")
