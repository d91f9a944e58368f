"""应保尽保: what the insurance office gives back, who is not insured, and what was done about it."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select

from app.assistance.insurance import comparing, following, queries
from app.assistance.insurance.following import NewEntry
from app.assistance.insurance.queries import Filter
from app.assistance.register.keeping import TABLE
from app.assistance.register.models import AssistedPerson
from app.cases.paging import Place
from app.exchange.store.commands import load_returned
from app.exchange.store.loading import confirm
from app.exchange.store.models import ReturnedLoad
from app.sharing.models import Agreement
from tenants.agency.models import Unit
from tenants.calendar import business_date, business_date_set_to, instant
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.provisioning import add_unit
from tenants.scope import acting_for
from tenants.vault import vault
from tests.world.filings import file_everybody
from tests.world.month import Counts, Month, at_work
from tests.world.plan import AgencyPlan

HERE, STALE = "榆树市", "双阳区"
"""A county whose insurance office gives its data back in time, and one whose data are too old."""
FROM, OLD = dt.date(2026, 1, 1), dt.date(2026, 10, 5)
ITEM, EMPLOYEES, RESIDENTS = 501, "职工", "城乡居民"
REFUSES, ENROLS = "罗王氏", "唐桂英"
PAID = {"insurance": "1", "contribution_status": "1", "benefit_status": "0"}
PAUSED = PAID | {"contribution_status": "2"}
DRAWS = {"insurance": "1", "contribution_status": "3", "benefit_status": "1"}
BY_NAME = {
    "郑玉芬": (RESIDENTS, DRAWS),
    "罗长山": (EMPLOYEES, DRAWS),
    "孟庆海": (RESIDENTS, PAUSED),
    REFUSES: None,
    ENROLS: None,
}
BY_PLACE = (None, (RESIDENTS, PAID), None, (EMPLOYEES, PAID))
"""What the office knows of the others, in turn; None: nothing."""

Told = dict[str, tuple[str, Mapping[str, str]]]


def compare_insurance(month: Month) -> Counts:
    """The office's files are confirmed by two people, and everybody of the register is compared."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        if agency.region_name in (HERE, STALE):
            _give_back_first(month, agency)
            with acting_for(agency.id):
                comparing.ask("pension", month.one(agency, "exchange_operator"))
            month.work()
            _count(agency, counts)
    return counts


def see_to_insurance(month: Month) -> Counts:
    """罗琳 helps one person to enrol and visits another; a third does not want to, which 王芳
    confirms."""
    counts: Counts = Counter()
    agency = _county(month, HERE)
    (clerk,) = month.world.people_of(HERE, "department_clerk")
    tasks = _open(agency)
    done = (
        (ENROLS, "enrolled", "榆居保2026-1187", ""),
        (ENROLS, "paid", "代缴2026-0042", "由县财政代缴最低档次"),
        (REFUSES, "refuses", "", "本人称年纪大、缴费年限不够，不愿补缴；已讲明待遇。"),
    )
    others = [name for name in tasks if name not in (ENROLS, REFUSES)]
    visits = [(name, "visited", "", "上门讲解参保政策，本人考虑后答复。") for name in others[:1]]
    with at_work(clerk) as actor:
        for name, kind, proof, note in (*done, *visits):
            new = NewEntry(kind, business_date(), proof, note, None)
            following.enter(tasks[name], new, actor)
            counts["entries"] += 1
    with acting_for(agency.id):
        officer = month.one(agency, "intake_officer")
        following.confirm(tasks[REFUSES], officer, "已电话向本人核实。")
        counts["confirmed"] += 1
    counts["visited"] += len(visits)
    return counts


def insurance_again(month: Month) -> Counts:
    """The next file of the residents has who enrolled: the list closes by itself."""
    counts: Counts = Counter()
    agency = _county(month, HERE)
    told = _known(agency)
    told[ENROLS] = (RESIDENTS, PAID)
    _give_back(month, agency, RESIDENTS, month.day - dt.timedelta(days=1), told)
    month.work()
    _count(agency, counts)
    return counts


def _county(month: Month, region: str) -> AgencyPlan:
    return next(one for one in month.agencies("county") if one.region_name == region)


def _give_back_first(month: Month, agency: AgencyPlan) -> None:
    with acting_for(agency.id, "registrar"):
        name = f"{agency.region_name}社会保险事业管理局"
        unit_id = add_unit("sharing", name, category=5)
    with acting_for(agency.id):
        agreed = {"signed_on": FROM, "valid_from": FROM, "term": "rulebook"}
        signed = {"recorded_by": 1, "confirmed_by": 2, "recorded_at": instant()}
        row = {"unit_id": unit_id, "number": f"{unit_id}号", "confirmed_at": instant()}
        db.session.execute(insert(Agreement).inline(), [agreed | signed | row])
        file_everybody(FROM, only=[unit_id])
    told = _known(agency)
    if agency.region_name == STALE:
        with business_date_set_to(dt.date(2026, 12, 3), allow=True):
            for part in (EMPLOYEES, RESIDENTS):
                _give_back(month, agency, part, OLD, told)
        return
    for part in (EMPLOYEES, RESIDENTS):
        _give_back(month, agency, part, dt.date(2026, 11, 30), told)


def _give_back(
    month: Month, agency: AgencyPlan, part: str, as_of: dt.date, told: Mapping[str, Any]
) -> None:
    """As ``flask load-returned`` takes a file, and an operator confirms it."""
    numbers, unit_id = _numbers(agency), _unit(agency)
    empty = {field.name: None for field in catalogue().item(ITEM).fields}
    rows = [
        {"id_number": numbers[name], "record": empty | said[1]}
        for name, said in told.items()
        if name in numbers and said is not None and said[0] == part
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder, "returned.jsonl")
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        given = [str(agency.id), str(unit_id), str(ITEM), as_of.isoformat(), str(path)]
        answer = month.app.test_cli_runner().invoke(load_returned, [*given, "--part", part])
    if answer.exit_code:
        raise RuntimeError(answer.output)
    with acting_for(agency.id):
        waiting = select(ReturnedLoad.id).where(
            ReturnedLoad.unit_id == unit_id,
            ReturnedLoad.confirmed_at.is_(None),
            ReturnedLoad.ended_why == "",
        )
        confirm(db.session.scalars(waiting).one(), month.one(agency, "exchange_operator"))


def _unit(agency: AgencyPlan) -> int:
    with acting_for(agency.id, read_only=True):
        name = f"{agency.region_name}社会保险事业管理局"
        return db.session.scalars(select(Unit.id).where(Unit.name == name)).one()


def _numbers(agency: AgencyPlan) -> dict[str, str]:
    """Name → number, of everybody in the register."""
    with acting_for(agency.id, read_only=True):
        query = select(AssistedPerson).where(AssistedPerson.valid_to.is_(None))
        rows = db.session.scalars(query.order_by(AssistedPerson.id)).all()
        told = [vault().open(TABLE, row.id, row.sealed) for row in rows]
        return {said["name"]: said["id_number"] for said in told}


def _known(agency: AgencyPlan) -> dict[str, Any]:
    """Name → what the insurance office knows of the person; None where it knows nothing."""
    others = [name for name in _numbers(agency) if name not in BY_NAME]
    by_turn = {name: BY_PLACE[place % len(BY_PLACE)] for place, name in enumerate(others)}
    return BY_NAME | by_turn


def _open(agency: AgencyPlan) -> dict[str, int]:
    """Name → the row of the work list."""
    with acting_for(agency.id, read_only=True):
        page = queries.work(Filter("pension"), Place())
        return {one.name: one.row.id for one in page.rows}


def _count(agency: AgencyPlan, counts: Counts) -> None:
    with acting_for(agency.id, read_only=True):
        found = queries.months("pension")
        for name, count in vars(found[max(found)]).items():
            counts[name] += count
        counts["closed"] += queries.rounds("pension")[0].closed


STEPS: dict[str, Callable[[Month], Counts]] = {
    "compare_insurance": compare_insurance,
    "see_to_insurance": see_to_insurance,
    "insurance_again": insurance_again,
}
