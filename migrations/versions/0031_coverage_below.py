"""Tell upwards who can check what, and keep a copy of what the tree below can check."""

from pathlib import Path

from alembic import op
from sqlalchemy import text

from tenants.calendar import business_date, instant

revision = "0031"
down_revision = "0030"

_MONTH = text("SELECT set_config('app.month', :month, true)")
_TELL = text(
    "INSERT INTO job (agency_id, kind, payload, recorded_at, run_at)"
    " SELECT id, 'coverage.push_up', '{}', :now, :now FROM agency"
)


def upgrade() -> None:
    """The table, walled in; the letter's kind; and every agency tells its parent once."""
    connection = op.get_bind()
    connection.exec_driver_sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    connection.execute(_MONTH, {"month": business_date().strftime("%Y%m")})
    connection.execute(_TELL, {"now": instant()})


def downgrade() -> None:
    """Letters of this kind may have been sent."""
    raise RuntimeError("this migration has no way back; restore the database instead")
