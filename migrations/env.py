"""Upgrades run as the owner, whose URL nothing else uses."""

import os

from alembic import context
from sqlalchemy import create_engine

from migrations.tables import metadata


def run() -> None:
    """Apply the migrations over OWNER_DATABASE_URL, all in one transaction."""
    engine = create_engine(os.environ["OWNER_DATABASE_URL"])
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()


run()
