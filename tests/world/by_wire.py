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
from tests.world.plan import DATA, AgencyPlan, read
from tests.world.wired import Wired, admit, install

PLAN: dict[str, Any] = read(DATA / "by_wire.toml")
PATIENCE_S = 60
LATER_HOUSEHOLDS = 20
RECEIVED = ("waiting", "fetching", "kept", "taken")
TAKEN = ("taken",)
_RUNNING: list[Wired] = []


def connect_units(month: Month) -> Counts:
    """Each unit's connector is set up and admitted, agreed on with its keys, and tested."""
    counts: Counts = Counter()
    agency = month.world.agency(PLAN["agency"])
    home = month.folder / "units" if month.folder else Path(tempfile.mkdtemp(prefix="units-"))
    for row in PLAN["wired"]:
        unit = month.world.unit(row["unit"])
        people = _known_to_units(agency)
        system = install(home / row["code"], row["unit"], unit.items, people, source=row["source"])
        _agree(month, agency, system, row)
        system.start()
        _RUNNING.append(system)
        counts["connected"] += 1
    _test_all(month, agency)
    return counts


def _known_to_units(agency: AgencyPlan) -> list[Subject]:
    """Everybody of this month, and who comes to the agency's desks in the next."""
    later = crowd(agency, read(DATA / "under_way.toml")["period"], LATER_HOUSEHOLDS)
    people = {subject.id_number: subject for home in later for subject in home.subjects}
    return list((people | subjects_by_id_number()).values())


def _agree(month: Month, agency: AgencyPlan, system: Wired, row: dict[str, Any]) -> None:
    unit_id = month.world.unit(row["unit"]).id
    with acting_for(agency.id, "registrar"):
        allow(f"127.0.0.1:{system.port}")
    agreed = connecting.Agreed(
        url=system.url,
        unit_code="UNIT01",
        their_keyid="unit-2026",
        their_key=system.public,
        hours="",
        valid_from=business_date(),
        valid_to=None,
    )
    with acting_for(agency.id):
        operator = month.one(agency, "exchange_operator")
        made = connecting.open_connection(unit_id, "asks", "ed25519", agreed, operator)
        db.session.execute(
            update(Capability).where(Capability.unit_id == unit_id).values(way="system")
        )
    admit(system, agency.id, agency.name, made.our_keyid, made.our_public)


def _test_all(month: Month, agency: AgencyPlan) -> None:
    """测试连接 of each; the month does not begin with one that fails."""
    with acting_for(agency.id):
        operator = month.one(agency, "exchange_operator")
        for connection_id in db.session.scalars(select(Connection.id)).all():
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
        time.sleep(0.05)


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
    return found is not None and phase_of(found) in (*phases, "taken", "dropped")


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
