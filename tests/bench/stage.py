"""Where the measuring is done: servers, a database and a tree of agencies of its own.

The servers are durable, as real ones are (the tests' are not), and stand apart from the
demonstration's and the tests'.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine

from scripts.places import ROOT, VAR
from scripts.postgres import LOGIN, OWNER
from scripts.servers import start_postgres, start_redis
from tests.usecases.tree import Tree

HOME = VAR / "bench-servers"
DATABASE = "hedui_bench"
TODAY = "2026-11-05"
SHAPE: Mapping[int, tuple[str, int | None]] = {
    220000: ("province", None),
    220100: ("city", 220000),
    220182: ("county", 220100),
}
UNITS: Mapping[int, Mapping[str, tuple[int, ...]]] = {
    220000: {"省人社厅": (501, 502, 503, 504), "省残联": (1501,), "省证监局": (1604,)},
    220100: {"市公积金中心": (703,), "市公安局": (302,)},
    220182: {
        "县自然资源局": (601,),
        "县住建局": (701, 702),
        "县市场监管局": (1301, 1302),
        "县农商银行": (1601, 1602, 1603),
        "县民政局": (101, 104, 105, 107),
    },
}


@dataclass(frozen=True)
class Stage:
    """The portal on its database, the owner's way into the same database, and the tree."""

    app: Flask
    owner: Engine
    tree: Tree
    postgres_version: str


@contextlib.contextmanager
def opened() -> Iterator[Stage]:
    """Servers started if they do not run, a fresh database, three tiers opened; all ended after."""
    with contextlib.ExitStack() as held:
        HOME.mkdir(parents=True, exist_ok=True)
        postgres, is_new = start_postgres(HOME / "pg")
        if is_new:
            held.callback(postgres.stop)
        queue, is_new = start_redis(HOME / "redis")
        if is_new:
            held.callback(queue.stop)
        postgres.sql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        postgres.ensure_database(DATABASE)
        held.callback(postgres.sql, f"DROP DATABASE {DATABASE} WITH (FORCE)")
        files = held.enter_context(tempfile.TemporaryDirectory(prefix="hedui-bench-"))
        os.environ.update(
            DATABASE_URL=postgres.url(LOGIN, DATABASE),
            OWNER_DATABASE_URL=postgres.url(OWNER, DATABASE),
            REDIS_URL=queue.url(),
            HEDUI_MASTER_KEY="YmVuY2ggb25seSwgbmV2ZXIgYSByZWFsIGtleS4uLi4=",
            HEDUI_SECRET_KEY=secrets.token_urlsafe(32),
            HEDUI_FILES_DIR=files,
            HEDUI_MODE="test",
            HEDUI_BUSINESS_DATE=TODAY,
        )
        migrate(os.environ["DATABASE_URL"], os.environ["OWNER_DATABASE_URL"])
        version = postgres.sql("SHOW server_version").strip()
        yield held.enter_context(_portal(version))


def migrate(login_url: str, owner_url: str) -> None:
    """Bring an empty database up to date."""
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": login_url, "OWNER_DATABASE_URL": owner_url},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def _portal(version: str) -> Iterator[Stage]:
    from redis import Redis

    from app.web.factory import create_app
    from tenants.database import db
    from tenants.settings import Settings

    with Redis.from_url(os.environ["REDIS_URL"]) as connection:
        connection.flushdb()
    settings = Settings()
    app = create_app(settings)
    owner = create_engine(
        os.environ["OWNER_DATABASE_URL"], connect_args={"prepare_threshold": None}
    )
    try:
        yield Stage(app, owner, Tree(app, settings, SHAPE, UNITS).open(), version)
    finally:
        owner.dispose()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def folder(name: str) -> Path:
    """A folder under var/ for results."""
    path = VAR / name
    path.mkdir(parents=True, exist_ok=True)
    return path
