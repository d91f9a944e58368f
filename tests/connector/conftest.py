"""A unit's folder as ``init`` makes it, and its connector within the process or beside it."""

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hedui_connector.answering.worker import Worker
from hedui_connector.command.main import main
from hedui_connector.server.app import create_app
from hedui_connector.server.serving import assembled
from hedui_connector.settings.loading import beside, load_settings
from hedui_connector.sources.opening import open_source
from hedui_connector.store.database import Store
from tests.connector.unit import Agency, Connector, agency_of, new_unit, with_app


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``init`` writes."""
    folder = tmp_path_factory.mktemp("unit") / "bank"
    assert main(["init", str(folder)]) == 0
    return folder


@pytest.fixture
def unit(template: Path) -> Iterator[Path]:
    """A unit's own folder, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="hedui-unit-"))
    with new_unit(folder, template):
        yield folder
    shutil.rmtree(folder)


@pytest.fixture
def connector(unit: Path) -> Iterator[Connector]:
    """The connector as a process; the test starts it."""
    served = Connector(unit)
    yield served
    if served.process is not None and served.process.poll() is None:
        served.process.kill()
        served.process.wait()


@pytest.fixture
def agency(unit: Path, connector: Connector) -> Iterator[Agency]:
    """The agency that asks the connector's process."""
    asking = agency_of(unit, connector.url)
    with asking.asker.client:
        yield asking


class Bench:
    """The connector within this process; ``step`` answers a batch."""

    def __init__(self, folder: Path, close: contextlib.ExitStack) -> None:
        path = folder / "connector.toml"
        settings = load_settings(path)
        self.store = Store(beside(path, settings.server.state))
        self.store.prepare()
        self.app = create_app(assembled(path, settings, self.store))
        self.source = close.enter_context(contextlib.closing(open_source(path, settings)))
        self.stopping = threading.Event()
        self.worker = Worker(settings, self.store, self.source, self.stopping)
        self.agency = agency_of(folder, "http://unit")
        with_app(self.agency, self.app)
        close.callback(self.agency.asker.client.close)

    def answer_all(self) -> None:
        while self.worker.step():
            pass


@pytest.fixture
def bench(unit: Path) -> Iterator[Callable[[], Bench]]:
    """Opens the connector within this process, once the settings are as the test wants them."""
    with contextlib.ExitStack() as close:
        yield lambda: Bench(unit, close)
