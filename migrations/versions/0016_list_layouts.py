"""Remember how each sender's sheets are laid out."""

from alembic import op

revision = "0016"
down_revision = "0015"

_MADE = """
ALTER TABLE subject_list ADD COLUMN layout_id bigint NOT NULL DEFAULT 0;
CREATE TABLE list_layout (
  agency_id integer NOT NULL DEFAULT current_setting('app.agency_id')::int,
  id bigint NOT NULL DEFAULT next_id(),
  unit_id integer NOT NULL,
  desk_id integer NOT NULL DEFAULT 0,
  fingerprint bytea NOT NULL,
  layout jsonb NOT NULL,
  said_by bigint NOT NULL,
  said_at timestamp with time zone NOT NULL,
  CONSTRAINT pk_list_layout PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ix_list_layout_agency_id_unit_id_desk_id_fingerprint
  ON list_layout (agency_id, unit_id, desk_id, fingerprint);
ALTER TABLE "list_layout" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "list_layout" FORCE ROW LEVEL SECURITY;
GRANT SELECT ON "list_layout" TO hedui_commissioner;
CREATE POLICY commissioner_select ON "list_layout" FOR SELECT TO hedui_commissioner
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int);
GRANT INSERT ON "list_layout" TO hedui_commissioner;
CREATE POLICY commissioner_insert ON "list_layout" FOR INSERT TO hedui_commissioner
  WITH CHECK (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int);
GRANT UPDATE ON "list_layout" TO hedui_commissioner;
CREATE POLICY commissioner_update ON "list_layout" FOR UPDATE TO hedui_commissioner
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int)
  WITH CHECK (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int);
GRANT SELECT ON "list_layout" TO hedui_township;
CREATE POLICY township_select ON "list_layout" FOR SELECT TO hedui_township
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND desk_id = current_setting('app.desk_id')::int);
GRANT INSERT ON "list_layout" TO hedui_township;
CREATE POLICY township_insert ON "list_layout" FOR INSERT TO hedui_township
  WITH CHECK (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND desk_id = current_setting('app.desk_id')::int);
GRANT UPDATE ON "list_layout" TO hedui_township;
CREATE POLICY township_update ON "list_layout" FOR UPDATE TO hedui_township
  USING (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND desk_id = current_setting('app.desk_id')::int)
  WITH CHECK (agency_id = current_setting('app.agency_id')::int
    AND unit_id = current_setting('app.unit_id')::int
    AND desk_id = current_setting('app.desk_id')::int);
"""


def upgrade() -> None:
    """The table with its wall, and on each list the layout that it was read by."""
    op.get_bind().exec_driver_sql(_MADE)


def downgrade() -> None:
    """What was said of the columns is said again."""
    op.get_bind().exec_driver_sql(
        "DROP TABLE list_layout; ALTER TABLE subject_list DROP COLUMN layout_id"
    )
