"""What every test may ask for: servers of the tests' own, a fresh database, settings, the app.

Nothing starts before a test asks for it, so tests of pure rules start nothing; for the same
reason the program is imported where it is first needed.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import installed_chromium
from tests.compiled import TEMPLATES
from tests.servers import KEYS, DatabaseUrls, TestServers, running_servers

if TYPE_CHECKING:
    from flask import Flask
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

    from tenants.settings import Settings
    from tests.architecture.walk import Walk

TESTS = Path(__file__).parent
STORIES = {"faults", "journeys", "pages", "usecases"}
SHARED = {
    "test_accessibility.py": "walk",
    "test_own_pages.py": "walk",
    "test_bad_input.py": "bad input",
    "test_budgets.py": "budgets",
    "test_lanes.py": "lanes",
    "test_query_plans.py": "plans",
    "test_report_signing.py": "signing",
    "test_rows.py": "rows",
    "test_sheets.py": "sheets",
    "test_sources.py": "sources",
    "test_wall.py": "wall",
}
"""Files whose tests share what a fixture of the module opens: a world, a server, a key."""
SELDOM = 50_000, 20, 50
SETTINGS = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What takes too long for every run is asked for by name (scripts/campaign)."""
    parser.addoption("--campaign", action="store_true", help="run the tests of the campaign, too")


def pytest_configure() -> None:
    """Tests never see what the shell was set up for: not its database, not its keys."""
    for name in list(os.environ):
        if name in SETTINGS or name.startswith("HEDUI_"):
            del os.environ[name]
    # Every process that they start finds the connector, as the scripts have it.
    os.environ["PYTHONPATH"] = str(TESTS.parent / "connector")
    # Looking for cycles after every 700 new objects costs a seventh of a request's time.
    gc.set_threshold(*SELDOM)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that open a world of their own take seconds each: ``--fast`` leaves them out."""
    if not config.getoption("--campaign"):
        left = [item for item in items if item.get_closest_marker("campaign")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in STORIES:
            item.add_marker("slow")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling":
    """One test at a time to whoever is free; those that share a world to one process, so that it
    is opened once."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0].rpartition("/")[2]
            return SHARED.get(file, nodeid)

    return Together(config, log)


@pytest.fixture(scope="session")
def servers() -> Iterator[TestServers]:
    """The tests' own PostgreSQL and Redis, with the opened world at hand."""
    from tests.world.builder import worlds_brought_by

    with running_servers() as running, worlds_brought_by(running.open_world):
        yield running


@pytest.fixture
def database(servers: TestServers, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseUrls]:
    """A fresh, migrated database, named in the environment; dropped afterwards."""
    with servers.database() as urls:
        monkeypatch.setenv("DATABASE_URL", urls.login)
        monkeypatch.setenv("OWNER_DATABASE_URL", urls.owner)
        yield urls


@pytest.fixture
def redis_url(servers: TestServers, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty Redis database that no other test process uses."""
    from redis import Redis

    with Redis.from_url(servers.redis_url) as connection:
        connection.flushdb()
    monkeypatch.setenv("REDIS_URL", servers.redis_url)
    return servers.redis_url


@pytest.fixture
def settings(
    database: DatabaseUrls, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Settings":
    """Settings on a fresh database, an empty queue and an empty files folder, in test mode."""
    from tenants.settings import Settings

    files = tmp_path / "files"
    files.mkdir()
    for name, key in KEYS.items():
        monkeypatch.setenv(name, key)
    monkeypatch.setenv("HEDUI_FILES_DIR", str(files))
    monkeypatch.setenv("HEDUI_MODE", "test")
    return Settings()


@pytest.fixture
def app(settings: "Settings") -> Iterator["Flask"]:
    """The portal on a fresh database. Its connections are closed afterwards."""
    from app.web.factory import create_app
    from tenants.database import db

    portal = create_app(settings)
    portal.jinja_env.bytecode_cache = TEMPLATES
    yield portal
    with portal.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def walk(servers: TestServers, tmp_path_factory: pytest.TempPathFactory) -> "Walk":
    """Every page of a county and of a city, and what came."""
    from tests.architecture.walk import walk_through

    return walk_through(servers, tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser that scripts/test made sure of."""
    return installed_chromium()
