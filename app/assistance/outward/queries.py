"""Reads of outward lists: each flow with its last list, a list's rows, the tiers' figures."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from app.assistance.insurance.naming import rounds_done
from app.assistance.outward import feedback, names
from app.assistance.outward.holding import held_of, told_of
from app.assistance.outward.making import FILE_KIND, asked_of, day_due, has_people
from app.assistance.outward.models import OutwardList, TierCount
from app.assistance.outward.recipients import Recipient, counted, recipient_of, region_names
from app.assistance.outward.rhythm import next_due as next_by
from app.assistance.outward.rows import Row, from_lines, told
from app.assistance.outward.rules import day_told, gap
from app.assistance.outward.states import differences, endings
from app.assistance.register.loading import law
from app.cases.paging import Page, Place, read_page
from tenants import files
from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.rulebook import Value
from tenants.rulebook.outward import OutwardFlow, Rhythm
from tenants.scope import current_scope

SAMPLE = 20


@dataclass(frozen=True)
class Flow:
    """A flow as it stands here: who gets it, its last list, the one its recipient has, and whether
    there is anybody to be told of, whether the list that is due is still missing, and at which
    rhythm lists are due where not every day."""

    value: Value[OutwardFlow]
    recipient: Recipient | None
    last: OutwardList | None
    held: OutwardList | None
    has_people: bool
    is_late: bool
    agreed: feedback.Agreed | None = None


@dataclass(frozen=True)
class Sample:
    """A row of a list as its page shows it; the number is masked."""

    change: str
    scheme: str
    name: str
    id_number: str
    township: str
    services: str
    why: str


@dataclass(frozen=True)
class Tier:
    """One agency's figures under one scheme: its own and what is held above, and how they fit."""

    row: TierCount
    region: str
    gap: str


def flows() -> list[Flow]:
    """Every flow that leaves from this agency, or would if somebody received aid."""
    lists = _newest()
    found = []
    for value in law().outward_flows.values():
        flow = value.value
        here, to = lists.get(flow.code, []), recipient_of(flow)
        last, of_round = here[0] if here else None, feedback.is_of_round(flow)
        if last is None and (to is None and flow.way != "unit" or of_round and not _begun(flow)):
            continue
        as_of = day_due(flow)
        is_told = as_of is None or last is not None and last.as_of >= as_of
        is_due = to is not None and has_people(flow, as_of or business_date())
        agreed = feedback.rhythm_of(flow) if of_round else None
        held = next((row for row in here if row.acknowledged_on and not row.ended_why), None)
        found.append(Flow(value, to, last, held, is_due, is_due and not is_told, agreed))
    return found


def _begun(flow: OutwardFlow) -> bool:
    return flow.code in rounds_done()


def _newest() -> dict[str, list[OutwardList]]:
    """Flow → its last live lists, the newest first: the very last, and the last acknowledged."""
    is_held = OutwardList.acknowledged_on.is_not(None)
    place = func.row_number().over(
        partition_by=(OutwardList.flow, is_held), order_by=OutwardList.as_of.desc()
    )
    inner = select(OutwardList.id, place.label("place")).where(OutwardList.ended_why == "")
    newest = inner.subquery()
    query = select(OutwardList).join(newest, newest.c.id == OutwardList.id)
    query = query.where(newest.c.place == 1).order_by(OutwardList.as_of.desc())
    found: dict[str, list[OutwardList]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.flow, []).append(row)
    return found


def lists(flow: str, place: Place) -> Page[OutwardList]:
    """A page of lists, the newest first; of one flow, or of all."""
    query = select(OutwardList)
    if flow:
        query = query.where(OutwardList.flow == flow)
    page = read_page(query, OutwardList.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def sample(row: OutwardList) -> list[Sample]:
    """The first rows of a list, masked, as its two days of the register give them; of a comparison,
    which a newer one replaces, as the list itself has them."""
    value = law().outward_flows[row.flow].value
    if feedback.is_of_round(value):
        return [_shown(line) for line in _lines(row)[:SAMPLE]]
    asked = asked_of(value, row.as_of, row.base_as_of)
    found = list(differences(asked, SAMPLE))
    why = endings(asked, [one.row for one in found if one.new is None])
    return [_shown(line) for line in told(asked, found, why)]


def _lines(row: OutwardList) -> list[Row]:
    return from_lines(files.read(row.rows_file_id, FILE_KIND).data)


def _shown(line: Row) -> Sample:
    return Sample(
        change=line["change"],
        scheme=line["scheme"],
        name=line["name"],
        id_number=mask_id_number(line["id_number"]),
        township=line["township"],
        services=names.THEN.join(names.SERVICES[code] for code in line.get("services", ())),
        why=line.get("why", ""),
    )


def tiers() -> list[Tier]:
    """Each agency's figures beside what is held above, those that do not fit first."""
    rows = _counts()
    names_of = region_names({row.by_agency_id for row in rows})
    found = [Tier(row, names_of[row.by_agency_id], _gap(row)) for row in rows]
    return sorted(found, key=lambda one: (not one.gap, one.row.by_agency_id, one.row.scheme))


def _gap(row: TierCount) -> str:
    found = gap(told_of(row), held_of(row))
    if found and row.explanation:
        found = "explained"
    if not found and row.told_as_of < day_told(business_date()):
        found = "late"
    return found


def open_gaps() -> int:
    """How many figures do not fit and are not explained."""
    return sum(_gap(row) not in ("", "explained") for row in _counts())


def _counts() -> list[TierCount]:
    query = select(TierCount).where(TierCount.by_agency_id.in_(counted()))
    return list(db.session.scalars(query))


def next_due(flow: Flow) -> dt.date:
    """The day on which the next list is made."""
    today = business_date()
    return today if flow.is_late else next_by(_rhythm(flow), today)


def _rhythm(flow: Flow) -> Rhythm:
    return flow.agreed.rhythm if flow.agreed else flow.value.value.rhythm


def is_first() -> bool:
    """Whether this agency is the first of its tree, which holds what those below told."""
    return parent_of(current_scope().agency_id, business_date()) is None
