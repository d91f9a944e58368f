"""Reads for screens: households and their members as rows, masked, one query per question."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.identity import Guardian, Identity
from app.cases.models import Authorisation, Case, Declaration, Entrustment, Subject
from app.cases.paging import Page, Place, read_page
from tenants.agency.models import Agency, Unit
from tenants.agency.tree import agency
from tenants.database import any_of, db
from tenants.masking import mask_id_number, mask_phone
from tenants.regions import region
from tenants.remembering import remembered
from tenants.scope import current_scope
from tenants.vault import Vault, vault

_OF_CONSENT = ("signed_on", "expires_on", "withdrawn_on", "guardian_sealed", "scope")


@dataclass(frozen=True)
class Member:
    """One subject as a screen shows it: number and phone masked unless ``is_open``."""

    id: int
    case_id: int
    role: str
    relation: str
    name: str
    id_type: str
    id_number: str
    phone: str
    registered_region: str
    actual_region: str
    row_no: int
    signed_on: dt.date | None
    expires_on: dt.date | None
    withdrawn_on: dt.date | None
    is_open: bool = False
    left_on: dt.date | None = None
    left_reason: str = ""
    joined_on: dt.date | None = None
    joined_reason: str = ""
    replaces: int = 0
    refused_on: dt.date | None = None
    guardian: Guardian | None = None
    scope: tuple[int, ...] = ()

    @property
    def brings_papers(self) -> bool:
        """Whether anything of this person is to be looked at: not of one who left, or who refused
        the authorisation."""
        return self.left_on is None and self.refused_on is None

    def is_authorised_on(self, day: dt.date) -> bool:
        """Whether the consent holds on ``day``."""
        if self.signed_on is None or self.expires_on is None:
            return False
        return self.signed_on <= day <= self.expires_on and self.withdrawn_on is None


@dataclass(frozen=True)
class Household:
    """One case as a row of a list. ``sender`` names the desk, department or lower agency."""

    id: int
    rev: int
    state: str
    number: str
    household_no: str
    head: str
    id_number: str
    scheme: str
    application: str
    size: int
    period: int
    due_on: dt.date | None
    origin: str
    sender: str
    entrustment_id: int | None
    unit_id: int
    desk_id: int
    lane: str = "regular"

    @property
    def title(self) -> str:
        """How a person calls it while it has no number yet."""
        return self.number or self.household_no


def households(
    condition: ColumnElement[bool], place: Place, *, ascending: bool = False, limit: int = 50
) -> Page[Household]:
    """A page of the cases that fit ``condition``, by id; four statements whatever its size."""
    fitting = select(Case).where(condition)
    page = read_page(fitting, Case.id, place, ascending=ascending, limit=limit)
    return page.holding(tuple(_as_households([row[0] for row in page.rows])))


def household(case_id: int, *conditions: ColumnElement[bool]) -> Household:
    """One case; ``LookupError`` when this scope has none such."""
    return as_household(case(case_id, *conditions))


def case(case_id: int, *conditions: ColumnElement[bool]) -> Case:
    """One case's row; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(select(Case).where(Case.id == case_id, *conditions))
    if found is None:
        raise LookupError(f"no case {case_id}")
    return found


def as_household(case: Case) -> Household:
    """A case as a row of a list."""
    return _as_households([case])[0]


def households_by_id(ids: Iterable[int]) -> dict[int, Household]:
    """Rows of these cases by id."""
    rows = db.session.scalars(select(Case).where(Case.id == any_of(sorted(set(ids)))))
    return {row.id: row for row in _as_households(list(rows))}


def _as_households(cases: Sequence[Case]) -> list[Household]:
    keys = vault()
    numbers = _head_numbers([case.id for case in cases])
    names = sender_names(cases)
    return [
        Household(
            id=case.id,
            rev=case.rev,
            state=case.state,
            number=case.number,
            household_no=case.household_no,
            head=keys.open("household_case", case.id, case.head_sealed)["name"],
            id_number=numbers.get(case.id, ""),
            scheme=case.scheme,
            application=case.application,
            size=case.size,
            period=case.period,
            due_on=case.due_on,
            origin=case.origin,
            sender=names[case.id],
            entrustment_id=case.entrustment_id,
            unit_id=case.unit_id,
            desk_id=case.desk_id,
            lane=case.lane,
        )
        for case in cases
    ]


def _head_numbers(case_ids: Sequence[int]) -> dict[int, str]:
    keys = vault()
    heads = select(Subject.case_id, Subject.id, Subject.sealed).where(
        Subject.case_id == any_of(case_ids),
        Subject.role == "applicant",
        Subject.left_reason != "corrected",
    )
    return {
        row.case_id: mask_id_number(keys.open("subject", row.id, row.sealed)["id_number"])
        for row in db.session.execute(heads)
    }


def sender_names(cases: Iterable[Case]) -> dict[int, str]:
    """Case id → the desk, else the department, else the lower agency it came from."""
    cases = list(cases)
    units = unit_names()
    agencies = agency_names({case.from_agency_id for case in cases if case.from_agency_id})
    return {
        case.id: agencies.get(case.from_agency_id, "")
        or units.get(case.desk_id or case.unit_id, "")
        for case in cases
    }


def unit_names() -> dict[int, str]:
    """The units of this agency by id."""
    query = select(Unit.id, Unit.name).order_by(Unit.id)
    return remembered("units", lambda: dict(db.session.execute(query).tuples().all()))


def units_of_kind(*kinds: str) -> list[tuple[int, str]]:
    """(id, name) of the units of these kinds, for a filter."""
    rows = select(Unit.id, Unit.name).where(Unit.kind.in_(kinds)).order_by(Unit.id)
    return list(db.session.execute(rows).tuples())


def agency_names(ids: Iterable[int]) -> dict[int, str]:
    """Names from the public directory of agencies."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    if wanted == [current_scope().agency_id]:
        return {wanted[0]: agency(wanted[0]).name}
    rows = select(Agency.id, Agency.name).where(Agency.id.in_(wanted))
    return dict(db.session.execute(rows).tuples().all())


def members(
    case_ids: Sequence[int],
    *,
    opened_subjects: frozenset[int] = frozenset(),
    opened_cases: frozenset[int] = frozenset(),
) -> dict[int, tuple[Member, ...]]:
    """Case id → its subjects in the list's order, each with its latest consent; masked unless
    the person has opened the subject or the case."""
    latest = (
        select(Authorisation)
        .where(
            Authorisation.subject_id.in_(
                select(Subject.id).where(Subject.case_id == any_of(case_ids))
            )
        )
        .distinct(Authorisation.subject_id)
        .order_by(
            Authorisation.subject_id,
            Authorisation.withdrawn_on.is_not(None),
            Authorisation.expires_on.desc(),
        )
        .subquery()
    )
    rows = db.session.execute(
        select(Subject, *(latest.c[name] for name in _OF_CONSENT))
        .join(latest, latest.c.subject_id == Subject.id, isouter=True)
        .where(Subject.case_id == any_of(case_ids))
        .order_by(Subject.case_id, Subject.row_no, Subject.id)
    )
    keys = vault()
    found: dict[int, list[Member]] = {}
    for row in rows:
        subject: Subject = row[0]
        is_open = subject.id in opened_subjects or subject.case_id in opened_cases
        found.setdefault(subject.case_id, []).append(_member(row, keys, is_open=is_open))
    return {case_id: tuple(rows) for case_id, rows in found.items()}


def _member(row: Row[Any], keys: Vault, *, is_open: bool) -> Member:
    subject: Subject = row[0]
    identity = Identity.of(keys.open("subject", subject.id, subject.sealed))
    return Member(
        id=subject.id,
        case_id=subject.case_id,
        role=subject.role,
        relation=subject.relation,
        name=identity.name,
        id_type=identity.id_type,
        id_number=identity.id_number if is_open else identity.masked_id_number,
        phone=identity.phone if is_open else mask_phone(identity.phone),
        registered_region=_region_name(identity.registered_region),
        actual_region=_region_name(identity.actual_region),
        row_no=subject.row_no,
        signed_on=row.signed_on,
        expires_on=row.expires_on,
        withdrawn_on=row.withdrawn_on,
        is_open=is_open,
        left_on=subject.left_on,
        left_reason=subject.left_reason,
        joined_on=subject.joined_on,
        joined_reason=subject.joined_reason,
        replaces=subject.replaces,
        refused_on=subject.refused_on,
        guardian=_guardian(row, keys, is_open=is_open),
        scope=tuple(row.scope or ()),
    )


def _guardian(row: Row[Any], keys: Vault, *, is_open: bool) -> Guardian | None:
    if row.guardian_sealed is None:
        return None
    found = Guardian.of(keys.open("authorisation", row[0].id, row.guardian_sealed))
    return found if is_open else replace(found, id_number=mask_id_number(found.id_number))


def _region_name(code: str) -> str:
    known = region(code)
    return known.name if known else code


def declared(subject_ids: Sequence[int]) -> dict[int, dict[str, int | None]]:
    """Subject id → what was declared: money in fen, counts; empty for cases from below."""
    keys = vault()
    rows = db.session.execute(
        select(Declaration.subject_id, Declaration.sealed).where(
            Declaration.subject_id == any_of(subject_ids)
        )
    )
    return {row.subject_id: keys.open("declaration", row.subject_id, row.sealed) for row in rows}


def entrustment(entrustment_id: int) -> Entrustment:
    """One entrustment that was submitted; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(select(Entrustment).where(Entrustment.id == entrustment_id))
    if found is None:
        raise LookupError(f"no entrustment {entrustment_id}")
    return found


def state_counts(
    column: InstrumentedAttribute[Any], ids: Sequence[int]
) -> dict[int, dict[str, int]]:
    """For each id in ``column`` of the cases (their list, their entrustment): state → count."""
    rows = db.session.execute(
        select(column, Case.state, func.count())
        .where(column == any_of(ids))
        .group_by(column, Case.state)
    )
    counts: dict[int, dict[str, int]] = {}
    for id_, state, count in rows:
        counts.setdefault(id_, {})[state] = count
    return counts
