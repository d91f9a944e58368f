"""The register of who receives aid: the department's decisions, and two exports of the system."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.register import loading, queries
from app.assistance.register.keeping import TABLE
from app.assistance.register.models import AssistedPerson
from app.assistance.register.rules import Totals
from app.cases.queries import units_of_kind
from tenants.calendar import SHANGHAI
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import vault
from tests.world.exports import Row, export
from tests.world.identity_numbers import id_number, with_wrong_check
from tests.world.month import Counts, Month
from tests.world.plan import AgencyPlan

SCHEME, SYSTEM = "subsistence", "全国低保系统"
PEOPLE = (
    ("郑玉芬", 1951, "户主", 0, 620),
    ("罗长山", 1948, "户主", 1, 1_180),
    ("罗王氏", 1953, "妻子", 1, 1_180),
    ("何春生", 1966, "户主", 2, 560),
    ("唐桂英", 1958, "户主", 3, 590),
)
"""Name, year of birth, relation, place of the household, and what it gets: on the first export."""


def _rows(agency: AgencyPlan, *, later: bool) -> list[Row]:
    """What the system holds of a county; later one is gone, one gets more, one is new, and one has
    a number that cannot be."""
    found: list[Row] = []
    for place, (name, year, relation, home, amount) in enumerate(PEOPLE):
        number = id_number(agency.id, dt.date(year, 3, 12), 40 + place, male=bool(place % 2))
        household = f"{agency.id}{2026_0100 + home}"
        if later and name == "何春生":
            continue
        if later and name == "唐桂英":
            number = with_wrong_check(number)
        raised = 60 if later and home == 1 else 0
        found.append((household, name, number, relation, "", amount + raised))
    if later:
        number = id_number(agency.id, dt.date(1962, 7, 9), 61, male=True)
        found.append((f"{agency.id}20260199", "孟庆海", number, "户主", "", 540))
    return found


def _decided(agency: AgencyPlan) -> list[Row]:
    """Whom the department granted aid: the system knows them as well."""
    with acting_for(agency.id, read_only=True):
        query = select(AssistedPerson).where(
            AssistedPerson.valid_to.is_(None), AssistedPerson.scheme == SCHEME
        )
        rows = list(db.session.scalars(query.order_by(AssistedPerson.id)))
        told = [(row, vault().open(TABLE, row.id, row.sealed)) for row in rows]
        return [
            (
                *(said["household_no"], said["name"], said["id_number"]),
                *("户主" if row.is_head else "", "", (row.amount_fen or 0) // 100),
            )
            for row, said in told
            if not said["household_no"].startswith(f"{agency.id}2026")
        ]


def load_register(month: Month) -> Counts:
    """The first export is taken in by two operators of each county."""
    return _load(month, later=False)


def load_register_again(month: Month) -> Counts:
    """The next day's export: its difference is what 每日变化 shows."""
    return _load(month, later=True)


def _load(month: Month, *, later: bool) -> Counts:
    counts: Counts = Counter()
    at = dt.datetime.combine(month.day, dt.time(8, 30), SHANGHAI)
    for agency in month.agencies("county"):
        operators = month.world.people_of(agency.region_name, "exchange_operator")
        if len(operators) < 2:
            continue
        first, second = (person.actor for person in operators[:2])
        rows = _rows(agency, later=later) + _decided(agency)
        amounts = {row[0]: int(str(row[5])) * 100 for row in rows}
        told = Totals(len(amounts), len(rows), sum(amounts.values()))
        with acting_for(agency.id):
            unit_id = units_of_kind("commissioning")[0][0]
            name = "在享人员.xlsx"
            new = loading.NewLoad(unit_id, SCHEME, SYSTEM, at, told, export(rows), name)
            load_id = loading.take_in(new, first)
        month.work()
        _confirm(agency, load_id, second)
        month.work()
        with acting_for(agency.id, read_only=True):
            found = loading.load_of(load_id)
            counts.update(added=found.added, left=found.left_count, changed=found.changed)
            counts["held"] += found.held_households
            counts["recipients"] += sum(one.persons for one in queries.standing())
    return counts


def _confirm(agency: AgencyPlan, load_id: int, actor: Actor) -> None:
    with acting_for(agency.id):
        loading.confirm(load_id, actor)


STEPS: dict[str, Callable[[Month], Counts]] = {
    "load_register": load_register,
    "load_register_again": load_register_again,
}
