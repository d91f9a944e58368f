"""What the migrations make is what the models say: no table, column, index or key apart."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from migrations.tables import metadata
from tests.servers import DatabaseUrls


def test_the_migrated_database_is_the_one_the_models_describe(database: DatabaseUrls) -> None:
    engine = create_engine(database.owner)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": False}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()
