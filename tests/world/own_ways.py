"""Units of the demonstration to which nobody speaks: one whose system comes to the portal, one behind
a gate whose files cross; and one before a database of the demonstration's own server."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from sqlalchemy import create_engine, make_url, text
from werkzeug.serving import WSGIRequestHandler, make_server

from app.exchange.outbox.folders import look_into_folders
from hedui_connector.wire import boxes
from scripts.demonstration import ADDRESS
from tenants.agency.tree import agency
from tenants.calendar import business_date, business_date_set_to
from tenants.settings import Settings
from tests.world.wired import Wired

SETTINGS, MONTHS = "connector.toml", "month.toml"
PORTAL = f"http://{ADDRESS}"
EVERY_S = 10


class Quiet(WSGIRequestHandler):
    """No line per request among the steps of the month."""

    def log(self, type: str, message: str, *args: object) -> None:
        return


@dataclass(frozen=True)
class Coming:
    """A unit's system and how it comes: ``way`` is pulls or folder."""

    system: Wired
    way: str

    @property
    def gate(self) -> Path:
        """The exchange folder; the gate between its two sides takes no time."""
        return self.system.folder / "gate"

    def agree(self, agency_id: int, keyid: str) -> None:
        """Complete the agency's section of the settings, and say how the unit is started."""
        lines = [f'own_key = {{ keyid = "{keyid}", file = "unit.key" }}']
        words = ["pull"]
        if self.way == "folder":
            public = boxes.to_pem(agency(agency_id).box_public)
            (self.system.folder / "agency-box.pub").write_bytes(public)
            lines.append('box = "agency-box.pub"')
            words = ["folder", "gate/out", "gate/in"]
        else:
            lines += [f'portal = "{PORTAL}"', f"every_s = {EVERY_S}"]
        with (self.system.folder / SETTINGS).open("a", encoding="utf-8") as settings:
            settings.write("\n".join(lines) + "\n")
        started = json.dumps([*words, "--settings", SETTINGS])
        (self.system.folder / "start.json").write_text(started)

    def come(self, app: Flask) -> None:
        """One round: what waits is fetched, answered and taken in."""
        if self.way == "folder":
            self.system.once("folder", "gate/out", "gate/in")
            look_into_folders(app)
            return
        with listening(app) as url:
            text_ = (self.system.folder / SETTINGS).read_text(encoding="utf-8")
            (self.system.folder / MONTHS).write_text(text_.replace(PORTAL, url), encoding="utf-8")
            self.system.once("pull", "--settings", MONTHS)


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """The portal on 127.0.0.1, on today's business date in each of its threads; its address."""
    today = business_date()

    def dated(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with business_date_set_to(today, allow=True):
            return app(environ, start)

    server = make_server("127.0.0.1", 0, dated, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def own_database(settings: Settings, code: str) -> str:
    """The address of an empty database on the server that is there; one of that name goes."""
    given = settings.owner_database_url or settings.database_url
    url = make_url(given.get_secret_value())
    name = f"{url.database}_unit_{code.lower()}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as server:
        server.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        server.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
