"""The spine: every table of the main job, walled in as it is made.

The tables stand in ``0001_spine.sql`` as they were at this revision, so that a later change of
the models is a migration of its own. ``tests/architecture/test_wall.py`` and
``test_migrations.py`` hold the database that comes out against the models.
"""

from pathlib import Path

from alembic import op

from migrations import roles
from tenants import isolation

revision = "0001"
down_revision = None

_IDS = """
CREATE SEQUENCE row_id CACHE 100;
CREATE SEQUENCE unit_id START 101;
CREATE FUNCTION next_id() RETURNS bigint LANGUAGE sql VOLATILE AS
  $$ SELECT current_setting('app.month')::bigint * 1000000000000 + nextval('row_id') $$;
"""


def upgrade() -> None:
    """Roles, sequences, tables, policies and grants."""
    for statement in roles.statements():
        op.execute(statement)
    op.execute(_IDS)
    for role in isolation.ROLES:
        op.execute(f"GRANT USAGE ON SEQUENCE row_id, unit_id TO hedui_{role}")
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(tables)
    # Needed to give it the staging table; from now on no role of the program makes tables.
    op.execute("REVOKE CREATE ON SCHEMA public FROM hedui_loader")


def downgrade() -> None:
    """There is nothing before the spine to go back to."""
    raise RuntimeError("the first migration has no way back; drop the database instead")
