"""One planted world for all tests of a file: it takes seconds to make."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.isolation.canaries.planting import Planted, plant
from tests.servers import KEYS, DatabaseUrls, TestServers
from tests.world.builder import build_world
from tests.world.world import World


@dataclass(frozen=True)
class Watched:
    """The portal, the world, and what is planted where."""

    app: Flask
    world: World
    planted: Planted
    urls: DatabaseUrls


@pytest.fixture(scope="module")
def watched(servers: TestServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The demonstration's agencies, opened, with canaries in every private place."""
    with planted_world(servers, tmp_path_factory.mktemp("files")) as opened:
        yield opened


@contextmanager
def planted_world(servers: TestServers, files: Path) -> Iterator[Watched]:
    """A portal over a world of its own, planted."""
    from app.web.factory import create_app
    from tenants.database import db
    from tenants.settings import Settings

    # A paper's words without its pages: the engine needs a third of a second and adds none.
    with pytest.MonkeyPatch.context() as patch, servers.database() as urls:
        for routes in ("routes", "looking"):
            patch.setattr(f"app.prints.{routes}.as_pdf", lambda papers: repr(papers).encode())
        settings = Settings(
            database_url=urls.login,
            owner_database_url=urls.owner,
            redis_url=servers.redis_url,
            hedui_master_key=KEYS["HEDUI_MASTER_KEY"],
            hedui_secret_key=KEYS["HEDUI_SECRET_KEY"],
            hedui_files_dir=files,
            hedui_mode="test",
        )
        app = create_app(settings)
        world = build_world(app, settle=False)
        yield Watched(app, world, plant(app, urls.owner, world), urls)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
