"""The spine: every table of the main job, walled in as it is made."""

from alembic import op

from migrations import roles
from migrations.tables import metadata
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
    metadata.create_all(op.get_bind(), checkfirst=False)
    for table in metadata.sorted_tables:
        for statement in isolation.statements(table):
            op.execute(statement)
    # Needed to give it the staging table; from now on no role of the program makes tables.
    op.execute("REVOKE CREATE ON SCHEMA public FROM hedui_loader")


def downgrade() -> None:
    """There is nothing before the spine to go back to."""
    raise RuntimeError("the first migration has no way back; drop the database instead")
