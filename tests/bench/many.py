"""A county with very many cases in every state: the planted world, copied over and over."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from redis import Redis
from sqlalchemy import Connection, text

from app.web.factory import create_app
from scripts.postgres import LOGIN, OWNER
from scripts.servers import start_postgres, start_redis
from tenants.database import db
from tenants.settings import Settings
from tenants.vault import Vault
from tests.architecture.catalogue import as_owner
from tests.architecture.filling import STEP, fill
from tests.bench.stage import HOME, migrate
from tests.isolation.canaries.planting import plant
from tests.isolation.conftest import Watched
from tests.isolation.test_pages import OWN_COUNTY
from tests.servers import KEYS, DatabaseUrls
from tests.world.builder import build_world

DATABASE = "hedui_bench_pages"
MONTH = 10**12
FEW = 20
"""So often entrustments, lists, requests and letters are copied: each then has many cases."""

_CASES = text("SELECT count(*) FROM household_case WHERE agency_id = :agency")
# Of the cases being checked a quarter each waits for a unit of the county, has its own report and
# waits for the agency above, can be reported on, can be merged; half of them are late.
_QUARTER = "{0}.case_id / :step % 4"
_ALIVE = [
    text(
        "UPDATE household_case SET due_on = due_on + 60"
        " WHERE agency_id = :agency AND id / :step % 8 < 4"
    ),
    text(
        "DELETE FROM report r USING household_case c WHERE r.agency_id = :agency"
        " AND c.agency_id = r.agency_id AND c.id = r.case_id AND c.state = 'checking' AND"
        f" (r.kind <> 'own' OR r.state <> 'issued' OR {_QUARTER.format('r')} IN (0, 2))"
    ),
    text("DELETE FROM ask WHERE agency_id = :agency AND case_id / :step > :base / :step + :few"),
    text(
        "INSERT INTO ask (agency_id, subject_id, source, round, case_id, items, outcomes)"
        " SELECT s.agency_id, s.id, u.source, 9, s.case_id, ARRAY[101], ARRAY[CASE"
        "   WHEN c.state <> 'checking' THEN 1"
        f"  WHEN {_QUARTER.format('s')} = 0 AND u.source > 904 THEN 0"
        f"  WHEN {_QUARTER.format('s')} = 1 AND u.source = 0 THEN 0 ELSE 1 END]"
        " FROM subject s JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id"
        " CROSS JOIN unnest(ARRAY[0, 901, 902, 903, 904, 905, 906]) u(source)"
        " WHERE s.agency_id = :agency AND c.state IN ('checking', 'reported')"
    ),
    text("UPDATE household_case SET has_news = id / :step % 50 = 0 WHERE agency_id = :agency"),
    text("ANALYZE"),
]


@dataclass(frozen=True)
class Filled:
    """The portal over the filled database, the agency's region, and how many cases it has."""

    watched: Watched
    region: str
    cases: int


@contextmanager
def filled(cases: int) -> Iterator[Filled]:
    """A database of its own with about ``cases`` cases in one county; gone afterwards."""
    with ExitStack() as held:
        postgres, is_new = start_postgres(HOME / "pg")
        if is_new:
            held.callback(postgres.stop)
        queue, is_new = start_redis(HOME / "redis")
        if is_new:
            held.callback(queue.stop)
        postgres.sql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        postgres.ensure_database(DATABASE)
        held.callback(postgres.sql, f"DROP DATABASE {DATABASE} WITH (FORCE)")
        urls = DatabaseUrls(DATABASE, postgres.url(LOGIN, DATABASE), postgres.url(OWNER, DATABASE))
        migrate(urls.login, urls.owner)
        files = held.enter_context(tempfile.TemporaryDirectory(prefix="hedui-bench-"))
        yield held.enter_context(_portal(urls, queue.url(), Path(files), cases))


@contextmanager
def _portal(urls: DatabaseUrls, redis_url: str, files: Path, cases: int) -> Iterator[Filled]:
    with Redis.from_url(redis_url) as connection:
        connection.flushdb()
    app = create_app(
        Settings(
            database_url=urls.login,
            owner_database_url=urls.owner,
            redis_url=redis_url,
            hedui_master_key=KEYS["HEDUI_MASTER_KEY"],
            hedui_secret_key=KEYS["HEDUI_SECRET_KEY"],
            hedui_files_dir=files,
            hedui_mode="test",
        )
    )
    try:
        world = build_world(app, settle=False)
        watched = Watched(app, world, plant(app, urls.owner, world), urls)
        agency = world.agency(OWN_COUNTY).id
        with as_owner(urls.owner) as connection:
            there = _fill(connection, agency, cases)
        with opening_copies(agency):
            yield Filled(watched, OWN_COUNTY, there)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _fill(connection: Connection, agency: int, cases: int) -> int:
    there: int = connection.scalar(_CASES, {"agency": agency}) or 0
    fill(connection, agency, own=max(cases // there, 1), strangers=0, few=FEW)
    values = {"agency": agency, "step": STEP, "base": base_of(agency), "few": FEW}
    for statement in _ALIVE:
        connection.execute(statement, values)
    return connection.scalar(_CASES, {"agency": agency}) or 0


def base_of(agency: int) -> int:
    """The lowest id that was planted in an agency."""
    return 202611 * MONTH + agency * 10**5


@contextmanager
def opening_copies(agency: int) -> Iterator[None]:
    """Copies of rows keep the sealed values of their originals: open them as those."""
    real, base = Vault._open, base_of(agency)

    def opened(self: Vault, place: str, sealed: bytes) -> bytes:
        table, _, number = place.partition(":")
        if number.isdigit() and int(number) >= base:
            place = f"{table}:{base + (int(number) - base) % STEP}"
        return real(self, place, sealed)

    with mock.patch.object(Vault, "_open", opened):
        yield
