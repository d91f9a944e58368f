"""The sharing units of 榆树市 that have systems of their own, and the two operators at the wire.

Each runs the real connector before its own data (``wired``), on a port of 127.0.0.1. The steps of
the month carry requests there and answers back through the same services as the pages.
"""

import atexit
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.exchange.models import ExchangeRequest
from app.exchange.wire import connecting, deciding
from app.exchange.wire.commands import allow
from app.exchange.wire.dispatching import ON_ITS_WAY
from app.exchange.wire.models import Connection, Dispatch
from app.exchange.wire.rules import phase_of
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import acting_for
from tests.world.crowd import crowd
from tests.world.households import Subject, subjects_by_id_number
from tests.world.month import Counts, Month
from tests.world.own_ways import Coming, own_database
from tests.world.plan import DATA, AgencyPlan, read
from tests.world.wired import Wired, admit, install

PLAN: dict[str, Any] = read(DATA / "by_wire.toml")
PATIENCE_S = 60
LATER_HOUSEHOLDS = 20
RECEIVED = ("waiting", "fetching", "kept", "taken")
TAKEN = ("taken",)
_RUNNING: list[Wired] = []
_COMING: dict[int, Coming] = {}
"""By unit: those to which nobody speaks."""


def connect_units(month: Month) -> Counts:
    """Each unit's connector is set up and admitted, agreed on with its keys, and tested."""
    counts: Counts = Counter()
    agency = month.world.agency(PLAN["agency"])
    home = month.folder / "units" if month.folder else Path(tempfile.mkdtemp(prefix="units-"))
    for row in PLAN["wired"]:
        unit = month.world.unit(row["unit"])
        people = _known_to_units(agency)
        source = row["source"]
        if source == "postgresql":
            source = own_database(month.app.extensions["hedui.settings"], row["code"])
        system = install(home / row["code"], row["unit"], unit.items, people, source=source)
        _agree(month, agency, system, row)
        counts["connected"] += 1
    _test_all(month, agency)
    return counts


def _known_to_units(agency: AgencyPlan) -> list[Subject]:
    """Everybody of this month, and who comes to the agency's desks in the next."""
    later = crowd(agency, read(DATA / "under_way.toml")["period"], LATER_HOUSEHOLDS)
    people = {subject.id_number: subject for home in later for subject in home.subjects}
    return list((people | subjects_by_id_number()).values())


def _agree(month: Month, agency: AgencyPlan, system: Wired, row: dict[str, Any]) -> None:
    unit_id, way = month.world.unit(row["unit"]).id, row.get("way", "asks")
    coming, is_asked = Coming(system, way), way == "asks"
    if way == "folder":
        for box in ("out", "in"):
            (coming.gate / box).mkdir(parents=True)
    with acting_for(agency.id, "registrar"):
        allow(f"127.0.0.1:{system.port}" if is_asked else f"dir:{coming.gate.resolve()}")
    keyid = "unit-2026" if is_asked else f"{agency.id}.{unit_id}.1"
    agreed = connecting.Agreed(
        url={"asks": system.url, "folder": str(coming.gate.resolve())}.get(way, ""),
        unit_code="UNIT01",
        their_keyid=keyid,
        their_key=system.public,
        their_box=(system.folder / "unit-box.pub").read_text() if way == "folder" else "",
        hours="",
        valid_from=business_date(),
        valid_to=None,
    )
    with acting_for(agency.id):
        operator = month.one(agency, "exchange_operator")
        made = connecting.open_connection(unit_id, way, "ed25519", agreed, operator)
        db.session.execute(
            update(Capability).where(Capability.unit_id == unit_id).values(way="system")
        )
    admit(system, agency.id, agency.name, made.our_keyid, made.our_public)
    if is_asked:
        system.start()
        _RUNNING.append(system)
        return
    with acting_for(agency.id):
        coming.agree(agency.id, keyid)
    _COMING[unit_id] = coming


def _test_all(month: Month, agency: AgencyPlan) -> None:
    """测试连接 of each; the month does not begin with one that fails."""
    with acting_for(agency.id):
        operator = month.one(agency, "exchange_operator")
        asked = select(Connection.id).where(Connection.direction == "asks")
        for connection_id in db.session.scalars(asked).all():
            connecting.ask_test(connection_id, operator)
    month.work()
    with acting_for(agency.id, read_only=True):
        failed = select(Connection.unit_id, Connection.tested_code)
        wrong = db.session.execute(failed.where(Connection.tested_code != "")).all()
    if wrong:
        raise RuntimeError(f"not connected: {wrong}")


def carry(month: Month, agency: AgencyPlan, phases: tuple[str, ...]) -> int:
    """Let the wire's time pass until every request on it has come as far as ``phases``.

    An operator has each next step done at once (立即联系) in place of waiting for its hour. Returns
    how many requests got there; ``RuntimeError`` when one is given up or it takes too long.
    """
    if agency.region_name != PLAN["agency"]:
        return 0
    operator: Actor = month.one(agency, "exchange_operator")
    until, coming = time.monotonic() + PATIENCE_S, set[int]()
    while True:
        with acting_for(agency.id):
            behind = _behind(phases)
            for request_id, found in behind:
                if found and (found.dead_at or time.monotonic() > until):
                    raise RuntimeError(f"{request_id}: {phase_of(found)} {found.dead_code}")
                if found:
                    deciding.ask_now(request_id, operator)
        coming |= {request_id for request_id, _ in behind}
        if not behind:
            return len(coming)
        month.work()
        _let_come(month, agency, [request_id for request_id, _ in behind])
        time.sleep(0.05)


def _let_come(month: Month, agency: AgencyPlan, request_ids: list[int]) -> None:
    """The units to which nobody speaks, of these requests, make a round of their own."""
    with acting_for(agency.id, read_only=True):
        rows = select(ExchangeRequest.unit_id).where(ExchangeRequest.id.in_(request_ids))
        units = set(db.session.scalars(rows))
    for unit_id in sorted(units & _COMING.keys()):
        _COMING[unit_id].come(month.app)
        month.work()


def _behind(phases: tuple[str, ...]) -> list[tuple[int, Dispatch | None]]:
    """Requests on the wire that are not in one of these phases, those not begun included."""
    query = (
        select(ExchangeRequest.id, Dispatch)
        .outerjoin(
            Dispatch,
            (Dispatch.agency_id == ExchangeRequest.agency_id)
            & (Dispatch.request_id == ExchangeRequest.id),
        )
        .where(ExchangeRequest.way == "system", ExchangeRequest.state.in_(ON_ITS_WAY))
        .order_by(ExchangeRequest.id)
    )
    rows = db.session.execute(query).tuples().all()
    return [(request_id, found) for request_id, found in rows if not _is_in(found, phases)]


def _is_in(found: Dispatch | None, phases: tuple[str, ...]) -> bool:
    if found is None:
        return False
    is_answered = found.unit_id in _COMING and phase_of(found) == "kept"
    return is_answered or phase_of(found) in (*phases, "taken", "dropped")


def goes_by_wire(request: ExchangeRequest) -> bool:
    """Whether nobody carries anything for this request."""
    return request.way == "system"


@contextmanager
def systems() -> Iterator[None]:
    """Within the block the units' systems may run; afterwards none does."""
    try:
        yield
    finally:
        hang_up()


@atexit.register
def hang_up() -> None:
    """End every unit's system that was started here."""
    while _RUNNING:
        _RUNNING.pop().stop()
    _COMING.clear()
